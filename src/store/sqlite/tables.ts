/**
 * Statements are raw better-sqlite3, prepared once, with their columns taken from the layout. Drizzle's own
 * prepared insert took a third longer for the same row (6.4 against 4.8 µs, in memory), can't say what the
 * planner must be told (./load.ts), and costs a tenth of a second at each start; it writes the migrations.
 */
import type Database from 'better-sqlite3';
import { layout, type TableName, type Tables } from './layout.ts';

export type Handle = Database.Database;
export type RowOf<T extends TableName> = Tables[T]['$inferSelect'];
type Value = string | number | bigint | Buffer | null;
type Kind = 'plain' | 'json' | 'flag';

interface Column {
  readonly key: string;
  readonly name: string;
  readonly kind: Kind;
}

function columnsOf(table: TableName): readonly Column[] {
  const { columns, json, flags } = layout[table];
  const kindOf = (key: string): Kind =>
    json.includes(key) ? 'json' : flags.includes(key) ? 'flag' : 'plain';
  return Object.entries(columns).map(([key, name]) => ({ key, name, kind: kindOf(key) }));
}

function encoded(kind: Kind, value: unknown): Value {
  if (kind === 'plain') return value as Value;
  return kind === 'json' ? JSON.stringify(value) : value ? 1 : 0;
}

function decoded(kind: Kind, value: unknown): unknown {
  if (kind === 'plain') return value;
  return kind === 'json' ? JSON.parse(value as string) : value === 1;
}

/** An insert of a whole row; columns left out of `row` are null. `tail` is what follows VALUES (…). */
export function inserter<T extends TableName>(
  db: Handle,
  table: T,
  tail = '',
): (row: Tables[T]['$inferInsert']) => Database.RunResult {
  const columns = columnsOf(table);
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const marks = columns.map(() => '?').join(', ');
  const statement = db.prepare(`INSERT INTO "${layout[table].name}" (${names}) VALUES (${marks}) ${tail}`);
  return (row) => {
    const given = row as Record<string, unknown>;
    const values: Value[] = [];
    for (const { key, kind } of columns) {
      const value = given[key] ?? null;
      values.push(value === null ? null : encoded(kind, value));
    }
    return statement.run(values);
  };
}

/** Turns what `SELECT *` gives into the table's row type. */
export function decoder<T extends TableName>(table: T): (raw: unknown) => RowOf<T> {
  const columns = columnsOf(table);
  return (raw) => {
    const given = raw as Record<string, unknown>;
    const row: Record<string, unknown> = {};
    for (const { key, name, kind } of columns) {
      const value = given[name] ?? null;
      row[key] = value === null ? null : decoded(kind, value);
    }
    return row as RowOf<T>;
  };
}
