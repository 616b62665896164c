/**
 * One month's digest over a million cases of ten years, beside the bare SQL of its own queries and beside fetching
 * the same rows plainly, and the longest time for which the chat got no turn meanwhile.
 */
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { makeDigest } from '../../src/digest/make.ts';
import { parsePeriod } from '../../src/digest/period.ts';
import { REPEAT_MS } from '../../src/digest/places.ts';
import type { Store } from '../../src/store/port.ts';
import { storeOver } from '../../src/store/sqlite/index.ts';
import { openDatabase } from '../../src/store/sqlite/open.ts';
import { fill, played } from './large.ts';
import { alternate, rounded, timed } from './measure.ts';
import type { BenchSettings } from './row.ts';
import { benchClock, benchTownship } from './township.ts';

type Handle = ReturnType<typeof openDatabase>;
let asOctober: ReturnType<typeof readOctober> | null = null;
/** Read once: a running bot has its township at hand. */
const october = (): ReturnType<typeof readOctober> => (asOctober ??= readOctober());

function readOctober() {
  const { policy } = benchTownship();
  const { id: township, timezone } = policy.roster.township;
  const period = parsePeriod('2026-10', timezone);
  if (period === null) throw new Error('October is a period');
  return { policy, township, period };
}

type Statement = Database.Statement<unknown[], unknown>;

/** A query as the digest has asked it. */
interface Asked {
  readonly sql: string;
  readonly plucked: boolean;
  readonly how: 'all' | 'get';
  readonly values: readonly unknown[];
}

const MOST_PAIRS = 5;

interface Pause {
  readonly ms: number;
  /** The loop's own processor time in it: what is left of it on a quiet machine. */
  readonly cpuMs: number;
}

export async function month({ folder, pairs, small }: BenchSettings): Promise<object> {
  const cases = small ? 3_000 : 1_000_000;
  const file = join(folder, 'month.db');
  fill(file, await played(file), cases);
  const asked: Asked[] = [];
  const db = openDatabase(file);
  const store = storeOver(heard(db, asked), { now: () => benchClock.now(), owner: 'bench' }, () => undefined);
  // Once before: the thread is started, what draws is loaded.
  await digestOf(store, !small);
  asked.length = 0;
  const lines = await digestOf(store, false);
  const queries = [...asked];
  // Apart from the comparison: whoever watches keeps a processor busy, and what the rulers fetch is swept up later.
  const pauses: Pause[] = [];
  for (const drawn of [false, !small, false, !small])
    pauses.push(await longestPause(() => digestOf(store, drawn)));
  const result = await alternate(Math.min(pairs, MOST_PAIRS), {
    lines: () => timed(1, () => digestOf(store, false)),
    files: () => timed(1, () => digestOf(store, !small)),
    sql: () => timed(1, () => askAgain(db, queries)),
    rows: () => timed(1, () => fetchRows(db)),
  });
  const idle = await longestPause(() => new Promise((resolve) => setTimeout(resolve, 2_000)));
  await store.close();
  const seconds = (name: 'lines' | 'files' | 'sql' | 'rows') => rounded(1 / result.exactly(name));
  return {
    cases,
    ...{ said: lines[1], queries: queries.length },
    seconds: { sql: seconds('sql'), rows: seconds('rows'), lines: seconds('lines'), files: seconds('files') },
    toSql: {
      lines: rounded(1 / result.ratio('lines', 'sql')),
      files: rounded(1 / result.ratio('files', 'sql')),
    },
    toRows: {
      lines: rounded(1 / result.ratio('lines', 'rows')),
      files: rounded(1 / result.ratio('files', 'rows')),
    },
    longestPause: {
      ms: rounded(Math.max(...pauses.map(({ ms }) => ms))),
      cpuMs: rounded(Math.max(...pauses.map(({ cpuMs }) => cpuMs))),
      msDoingNothing: rounded(idle.ms),
    },
    aims: { toSql: 1.5, longestPause: 50 },
  };
}

async function digestOf(store: Store, drawn: boolean): Promise<readonly string[]> {
  const { policy, township, period } = october();
  const options = { store, scope: { township }, policy, period, asOf: benchClock.now(), drawn };
  return (await makeDigest(options)).lines;
}

/** The same connection; what is asked of it is noted. */
function heard(db: Handle, asked: Asked[]): Handle {
  return new Proxy(db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name !== 'prepare') return typeof value === 'function' ? value.bind(target) : value;
      return (sql: string) => noting(target.prepare(sql), sql, asked);
    },
  });
}

function noting(statement: Statement, sql: string, asked: Asked[]): Statement {
  let plucked = false;
  const noted: Statement = new Proxy(statement, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...values: unknown[]) => {
        if (name === 'pluck') plucked = true;
        if (name === 'all' || name === 'get') asked.push({ sql, plucked, how: name, values });
        const given: unknown = value.apply(target, values);
        return given === target ? noted : given;
      };
    },
  });
  return noted;
}

/** Nothing but the queries: no value is decoded, counted or handed on. */
function askAgain(db: Handle, queries: readonly Asked[]): void {
  const prepared = new Map<string, Statement>();
  for (const { sql, plucked, how, values } of queries) {
    let statement = prepared.get(sql);
    if (statement === undefined) {
      statement = plucked ? db.prepare(sql).pluck() : db.prepare(sql);
      prepared.set(sql, statement);
    }
    statement[how](...values);
  }
}

/** The rows that the digest reads, as any program would fetch them: nothing is put together by the database. */
function fetchRows(db: Handle): void {
  const { township, period } = october();
  const { from } = period;
  const active = db
    .prepare<unknown[], { number: string }>('SELECT * FROM cases WHERE township_id = ? AND active_until > ?')
    .all(township, from);
  const events = db.prepare<unknown[]>('SELECT * FROM events WHERE township_id = ? AND case_number = ?');
  for (const { number } of active) events.all(township, number);
  db.prepare(
    'SELECT * FROM cases WHERE township_id = ? AND received_at >= ? AND received_at < ? AND active_until < ?',
  ).all(township, from - REPEAT_MS, from, from);
}

/** Somebody who asks for a turn again and again, as a chat's messages do. */
async function longestPause(run: () => Promise<unknown>): Promise<Pause> {
  let over = false;
  const longest = { ms: 0, cpuMs: 0 };
  const watch = async (): Promise<void> => {
    while (!over) {
      const start = performance.now();
      const before = process.threadCpuUsage();
      await new Promise((resolve) => setImmediate(resolve));
      const { user, system } = process.threadCpuUsage(before);
      longest.ms = Math.max(longest.ms, performance.now() - start);
      longest.cpuMs = Math.max(longest.cpuMs, (user + system) / 1000);
    }
  };
  const watching = watch();
  await run();
  over = true;
  await watching;
  return longest;
}
