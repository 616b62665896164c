import { getTableColumns, getTableName } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { layout, type TableName } from '../../src/store/sqlite/layout.ts';
import * as schema from '../../src/store/sqlite/schema.ts';

test('the layout says of each table what the schema says', () => {
  const tables = Object.entries(schema);
  expect(Object.keys(layout).sort()).toEqual(tables.map(([key]) => key).sort());
  for (const [key, table] of tables) {
    const columns = Object.entries(getTableColumns(table));
    const ofType = (type: string) =>
      columns.filter(([, { dataType }]) => dataType === type).map(([name]) => name);
    expect(layout[key as TableName], key).toEqual({
      name: getTableName(table),
      columns: Object.fromEntries(columns.map(([inProgram, { name }]) => [inProgram, name])),
      json: ofType('json'),
      flags: ofType('boolean'),
    });
  }
});
