/**
 * Both databases hold the same rows. The check is done by the compiler: where a column differs, `Same` is
 * `false` and the assignment below does not type. The test only keeps the lists of tables equal.
 */
import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, test } from 'vitest';
import * as postgres from '../../src/store/postgres/schema.ts';
import * as sqlite from '../../src/store/sqlite/schema.ts';

type Rows<S> = { [T in keyof S]: S[T] extends { $inferSelect: infer Row } ? Row : never };
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

const rowsAreEqual: Same<Rows<typeof sqlite>, Rows<typeof postgres>> = true;

function columns(schema: Record<string, unknown>) {
  const tables = Object.values(schema).filter((table) => is(table, SQLiteTable) || is(table, PgTable));
  return Object.fromEntries(
    tables.map((table) => [
      getTableName(table),
      Object.values(getTableColumns(table)).map(({ name, notNull }) => `${name}${notNull ? '' : '?'}`),
    ]),
  );
}

test('both schemas have the same tables and columns', () => {
  expect(rowsAreEqual).toBe(true);
  expect(columns(postgres)).toEqual(columns(sqlite));
  expect(Object.keys(columns(sqlite)).length).toBeGreaterThan(14);
});

test('the township stands in every table', () => {
  for (const [table, names] of Object.entries(columns(sqlite))) expect(names, table).toContain('township_id');
});
