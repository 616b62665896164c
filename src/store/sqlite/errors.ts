/** SQLite's result codes as our closed set. Anything else is a bug in the program and stays what it is. */
import Database from 'better-sqlite3';
import { StoreError, type StoreErrorCode, storeError } from '../errors.ts';

/** By the primary code; extended ones (SQLITE_IOERR_WRITE) begin with it. */
const CODES: readonly (readonly [prefix: string, code: StoreErrorCode])[] = [
  ['SQLITE_FULL', 'full'],
  ['SQLITE_BUSY', 'locked'],
  ['SQLITE_LOCKED', 'locked'],
  ['SQLITE_READONLY', 'read_only'],
  ['SQLITE_PERM', 'read_only'],
  ['SQLITE_CANTOPEN', 'io'],
  ['SQLITE_IOERR', 'io'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'corrupt'],
];

/** The error as a `StoreError` where the database is to blame, else as it came. */
export function translated(error: unknown): unknown {
  if (error instanceof StoreError || !(error instanceof Database.SqliteError)) return error;
  const code = CODES.find(([prefix]) => error.code.startsWith(prefix))?.[1];
  return code ? storeError(code, error) : error;
}
