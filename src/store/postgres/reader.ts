/** A database on a server that is only read: the connection itself refuses to write. */
import type pg from 'pg';
import type { Instant } from '../../domain/case.ts';
import { addressOf } from './address.ts';
import { notConnected, translated } from './errors.ts';
import { standing } from './migrate.ts';
import { createPool } from './pool.ts';
import { readsOver } from './reads.ts';
import { type Run, runOn, type Statement } from './tables.ts';
import { leases } from './tasks.ts';
import { walksOver } from './walks.ts';

/** What stands on the server, and how it is. */
export interface ServerFacts {
  readonly standing: 'none' | 'older' | 'ready' | 'newer';
  /** `18.4` */
  readonly version: string;
  readonly encoding: string;
  readonly now: Instant;
}

const FACTS: Statement = {
  name: 'server_facts',
  text: `SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding,
                (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now`,
};

/** A run's key is the job's name, a colon and the time it was for. */
const JOBS: Statement = {
  name: 'jobs_seen',
  text: `SELECT split_part(key, ':', 1) AS name, max(at) AS at FROM jobs WHERE township_id = $1 GROUP BY 1`,
};
const MARKS: Statement = {
  name: 'job_marks',
  text: `SELECT key, value FROM meta WHERE township_id = $1 AND key >= $2 AND key < $2 || U&'\\+10FFFF'`,
};
const FAILING: Statement = {
  name: 'failing_tasks',
  text: `SELECT count(*)::int AS count FROM tasks
    WHERE township_id = $1 AND status = 'queued' AND attempts > 0`,
};
const LAST: Statement = {
  name: 'last_audit',
  text: 'SELECT max(at) AS at FROM audit WHERE township_id = $1',
};

async function factsOf(pool: pg.Pool): Promise<ServerFacts> {
  const client = await pool.connect().catch((error: unknown) => {
    throw notConnected(error);
  });
  try {
    const [found] = await runOn(client)<Omit<ServerFacts, 'standing'>>(FACTS, []);
    if (found === undefined) throw new Error('a row of settings always comes');
    return { ...found, standing: await standing(client) };
  } catch (error) {
    throw translated(error);
  } finally {
    client.release();
  }
}

function recordsOver(run: Run) {
  return {
    /** Of each job: when it ran last, by name; and up to when it is done, by mark. */
    jobs: async (township: string, markPrefix: string) => {
      const ran = await run<{ name: string; at: Instant }>(JOBS, [township]);
      const marks = await run<{ key: string; value: string }>(MARKS, [township, markPrefix]);
      const [failing] = await run<{ count: number }>(FAILING, [township]);
      return {
        lastRun: new Map(ran.map(({ name, at }) => [name, at])),
        doneUntil: new Map(marks.map(({ key, value }) => [key, Number(value)])),
        failing: failing?.count ?? 0,
      };
    },
    /** When anything was taken in last; null where nothing was. */
    lastWritten: async (township: string): Promise<Instant | null> =>
      (await run<{ at: Instant | null }>(LAST, [township]))[0]?.at ?? null,
    leases: (township: string, prefix: string) => leases(run, township, prefix),
  };
}

/**
 * Connects and looks; `facts.standing` says whether there is anything to read.
 * @throws StoreError io, denied; RangeError for an address that can't be read
 */
export async function openPostgresReader(address: string) {
  const url = addressOf(address)?.url;
  if (url === undefined) throw new RangeError('no address of a PostgreSQL database');
  const pool = createPool(url, () => undefined, { readOnly: true });
  try {
    const facts = await factsOf(pool);
    const run = runOn(pool);
    return {
      facts,
      reads: readsOver(run),
      walks: walksOver(run),
      records: recordsOver(run),
      close: () => pool.end(),
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
}
