/** Statements with a name, which the server plans once a connection, and rows in bulk from one JSON document. */
import { getTableColumns, getTableName } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { ClientBase } from 'pg';
import { translated } from './errors.ts';

export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Runs one statement on one connection and gives its rows. Throws `StoreError` where the server failed. */
export type Run = <R>(statement: Statement, values: readonly unknown[]) => Promise<R[]>;

export function runOn(client: Pick<ClientBase, 'query'>): Run {
  return async <R>({ name, text }: Statement, values: readonly unknown[]) => {
    try {
      const result = await client.query({ name, text, values: [...values] });
      return result.rows as R[];
    } catch (error) {
      throw translated(error);
    }
  };
}

interface Column {
  readonly key: string;
  readonly column: PgColumn;
}

/** All columns but those that the server numbers itself. */
function columnsOf(table: PgTable): readonly Column[] {
  return Object.entries(getTableColumns(table))
    .map(([key, column]) => ({ key, column }))
    .filter(({ column }) => column.generatedIdentity === undefined);
}

const quoted = (name: string): string => `"${name}"`;

/** `part` of the document as a table `r` with the columns of `table`, under the names they have in the program. */
export function recordset(table: PgTable, part: string, extra = ''): string {
  const columns = columnsOf(table).map(({ key, column }) => `${quoted(key)} ${column.getSQLType()}`);
  return `doc, json_to_recordset(doc.d -> '${part}') AS r(${columns.join(', ')}${extra})`;
}

/** `INSERT INTO table … SELECT` of all rows that the document holds under `part`; `tail` follows. */
export function bulkInsert(table: PgTable, part: string, tail = ''): string {
  const columns = columnsOf(table);
  const names = columns.map(({ column }) => quoted(column.name)).join(', ');
  const values = columns.map(({ key }) => `r.${quoted(key)}`).join(', ');
  return `INSERT INTO ${quoted(getTableName(table))} (${names}) SELECT ${values} FROM ${recordset(table, part)} ${tail}`;
}

/** Turns what `SELECT *` gives into the table's row type. */
export function decoder<T extends PgTable>(table: T): (raw: unknown) => T['$inferSelect'] {
  const columns = Object.entries(getTableColumns(table)).map(([key, column]) => ({ key, column }));
  return (raw) => {
    const given = raw as Record<string, unknown>;
    const row: Record<string, unknown> = {};
    for (const { key, column } of columns) {
      const value = given[column.name];
      row[key] = value === null || value === undefined ? null : column.mapFromDriverValue(value as never);
    }
    return row as T['$inferSelect'];
  };
}

/** Bytes inside a JSON document, in the form in which PostgreSQL reads them. */
export const hexOf = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString('hex')}`;
