/** Connections: numbers as numbers, errors of idle connections heard, words for a server that is not there. */
import pg from 'pg';

/** `int8` comes as text, for fear of 2^53; instants and ids stay far below. */
const INT8 = 20;

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** A writer, a few readers, and one that listens. */
const CONNECTIONS = 6;

/**
 * Every question here is a look by key, and the plans of named statements are kept from when the tables were
 * empty, until the server has counted their rows: so it is told not to walk through tables. Compiling
 * (jit) never pays for a few rows.
 */
const PLANS = ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin', 'jit'].map(
  (name) => `-c ${name}=off`,
);

/** In milliseconds. A server that does not answer is one that is away, and whoever waits is told so. */
const PATIENCE = {
  connectionTimeoutMillis: 5_000,
  /** No question of ours takes so long: the network ate the answer. */
  query_timeout: 60_000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
};

/**
 * A process that stands still in the middle of a transaction holds its township's turn: the server ends it, and
 * who waits for the turn is told to come again.
 */
const TURNS = ['-c idle_in_transaction_session_timeout=30s', '-c lock_timeout=20s'];

export interface PoolOptions {
  /** Whoever only reads takes fewer connections and can't write by mistake. */
  readonly readOnly?: boolean;
}

/** `problem` hears of connections that break while nobody uses them: unheard, such an error ends the process. */
export function createPool(
  url: string,
  problem: (error: Error) => void,
  { readOnly = false }: PoolOptions = {},
): pg.Pool {
  const settings = [...PLANS, ...TURNS, ...(readOnly ? ['-c default_transaction_read_only=on'] : [])];
  const pool = new pg.Pool({
    ...{ connectionString: url, types, max: readOnly ? 2 : CONNECTIONS, ...PATIENCE },
    application_name: 'huiyin',
    options: settings.join(' '),
  });
  pool.on('error', problem);
  // The pool listens to idle ones alone; one that breaks in somebody's hands is heard by its query too.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
