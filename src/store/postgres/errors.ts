/** SQLSTATE as our closed set (PostgreSQL manual, appendix A); what has none came from the connection itself. */
import pg from 'pg';
import { StoreError, type StoreErrorCode, storeError } from '../errors.ts';

const CODES: readonly (readonly [prefix: string, code: StoreErrorCode])[] = [
  ['53100', 'full'],
  ['25006', 'read_only'],
  ['42501', 'read_only'],
  ['55P03', 'locked'],
  // A deadlock or a conflict of two transactions: nothing was written, the same again works.
  ['40', 'locked'],
  ['57014', 'locked'],
  ['XX001', 'corrupt'],
  ['XX002', 'corrupt'],
  // No such user, a wrong password, no such database: a person has to do something.
  ['28', 'denied'],
  ['3D000', 'denied'],
  ['08', 'io'],
  ['25P03', 'io'],
  ['53', 'io'],
  ['57P', 'io'],
  ['58', 'io'],
];

/** The driver says so without a code where the server asks for a password and nobody gave one. */
const NO_PASSWORD = /^SASL: /;

/** The migrator wraps what the driver threw. */
const atBottom = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof pg.DatabaseError ? error.cause : error;

/** What a query threw, as a `StoreError` where the server is to blame; a broken rule of the tables stays as it is. */
export function translated(thrown: unknown): unknown {
  if (thrown instanceof StoreError) return thrown;
  const error = atBottom(thrown);
  if (error instanceof Error && NO_PASSWORD.test(error.message)) return storeError('denied', error);
  if (!(error instanceof pg.DatabaseError)) return storeError('io', error);
  const code = CODES.find(([prefix]) => error.code?.startsWith(prefix))?.[1];
  return code ? storeError(code, error) : error;
}

/** What connecting threw: no step has run yet, so none is to blame. */
export function notConnected(error: unknown): StoreError {
  const known = translated(error);
  return known instanceof StoreError ? known : storeError('io', error);
}
