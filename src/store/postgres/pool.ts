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

/** `problem` hears of connections that break while nobody uses them: unheard, such an error ends the process. */
export function createPool(url: string, problem: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    ...{ connectionString: url, types, max: CONNECTIONS },
    application_name: 'huiyin',
    options: PLANS.join(' '),
  });
  pool.on('error', problem);
  return pool;
}
