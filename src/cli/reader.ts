/** A database that is only read: beside the running bot, without its lock, without a change. */
import { stat } from 'node:fs/promises';
import Database from 'better-sqlite3';
import type { Instant } from '../kernel/zone.ts';
import { jobMark } from '../schedule/job-table.ts';
import { storeError } from '../store/errors.ts';
import type { Lease, Store } from '../store/port.ts';
import type { ServerFacts } from '../store/postgres/reader.ts';
import { prepareReads } from '../store/sqlite/reads.ts';
import { prepareWalks } from '../store/sqlite/walks.ts';
import { isAddress, shownDb } from './database.ts';
import { CliError } from './failure.ts';
import type { JobRecords } from './jobs.ts';
import { serverFailure } from './server-words.ts';

export interface Reader
  extends Pick<
    Store,
    | 'cases'
    | 'events'
    | 'facts'
    | 'bindings'
    | 'activeCases'
    | 'settledCases'
    | 'eventsJson'
    | 'received'
    | 'firstReceived'
  > {
  jobs(township: string): Promise<JobRecords>;
  /** When anything was taken in last; null where nothing was. */
  lastWritten(township: string): Promise<Instant | null>;
  /** Who carries what on a server, by name; a file has one process and none of these. */
  leases(township: string, prefix: string): Promise<readonly Lease[]>;
  close(): Promise<void>;
}

/** @throws CliError where there is no such database, or it can't be read */
export async function openReader(db: string): Promise<Reader> {
  const reader = await readerIfAny(db);
  if (reader !== null) return reader;
  throw new CliError(2, {
    what: `没有数据库 ${shownDb(db)}。`,
    safe: '什么都没有改动。',
    next: isAddress(db)
      ? '库是空的：先运行一次 huiyin start，它会建好表。'
      : '用 --db 写对路径；还没有启动过就没有数据库。',
  });
}

/** Null where nothing was ever started on it. */
export async function readerIfAny(db: string): Promise<Reader | null> {
  if (isAddress(db)) return serverReader(db);
  return (await stat(db).catch(() => null)) === null ? null : fileReader(db);
}

/** What a server says of itself, also before anything was started there. @throws CliError */
export async function serverFacts(db: string): Promise<ServerFacts> {
  const opened = await openServer(db);
  await opened.close();
  return opened.facts;
}

/** The driver costs start-up time: it is loaded where there is a server to ask. */
async function openServer(db: string) {
  const { openPostgresReader } = await import('../store/postgres/reader.ts');
  return openPostgresReader(db).catch((error: unknown) => {
    throw serverFailure(error, db);
  });
}

async function serverReader(db: string): Promise<Reader | null> {
  const { facts, reads, walks, records, close } = await openServer(db);
  if (facts.standing === 'ready') {
    return {
      cases: ({ township }, filter) => reads.cases(township, filter),
      events: ({ township }, numbers) => reads.events(township, numbers),
      facts: ({ township }, prefix) => reads.facts(township, prefix),
      bindings: ({ township }, known) => reads.bindings(township, known),
      activeCases: ({ township }, walk) => walks.activeCases(township, walk),
      settledCases: ({ township }, walk) => walks.settledCases(township, walk),
      eventsJson: ({ township }, numbers) => walks.eventsJson(township, numbers),
      received: ({ township }, from, to) => walks.received(township, from, to),
      firstReceived: ({ township }) => walks.firstReceived(township),
      jobs: async (township) => {
        const { lastRun, doneUntil, failing } = await records.jobs(township, jobMark(''));
        return {
          doneUntil: (job) => doneUntil.get(jobMark(job)) ?? null,
          lastRun: (job) => lastRun.get(job) ?? null,
          failing,
        };
      },
      lastWritten: records.lastWritten,
      leases: records.leases,
      close,
    };
  }
  await close();
  if (facts.standing === 'none') return null;
  throw facts.standing === 'older' ? older() : storeError('newer_schema');
}

function fileReader(file: string): Reader {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  const reads = prepareReads(db);
  let prepared: ReturnType<typeof prepareWalks> | null = null;
  const walks = () => (prepared ??= walksOf(db));
  return {
    cases: async ({ township }, filter) => reads.cases(township, filter),
    events: async ({ township }, numbers) => reads.events(township, numbers),
    activeCases: async ({ township }, walk) => walks().activeCases(township, walk),
    settledCases: async ({ township }, walk) => walks().settledCases(township, walk),
    eventsJson: async ({ township }, numbers) => walks().eventsJson(township, numbers),
    received: async ({ township }, from, to) => walks().received(township, from, to),
    firstReceived: async ({ township }) => walks().firstReceived(township),
    facts: async ({ township }, prefix) => reads.facts(township, prefix),
    bindings: async ({ township }, known) => reads.bindings(township, known),
    jobs: async (township) => jobsOf(db, township),
    lastWritten: async (township) => lastOf(db, township),
    leases: async () => [],
    close: async () => void db.close(),
  };
}

const older = (): CliError =>
  new CliError(1, {
    what: '这个数据库还是旧版的样子。',
    safe: '里面的登记都在，什么都没有改动。',
    next: '先运行一次 huiyin start，它会把数据库升级好，然后再试。',
  });

/** A reader changes nothing, so it can't bring an older database up to date either. */
function walksOf(db: Database.Database): ReturnType<typeof prepareWalks> {
  const known = db.prepare("SELECT 1 FROM pragma_table_info('cases') WHERE name = 'active_until'").get();
  if (known !== undefined) return prepareWalks(db);
  throw older();
}

function lastOf(db: Database.Database, township: string): Instant | null {
  const query = db.prepare<[string], number | null>('SELECT max(at) FROM audit WHERE township_id = ?');
  return query.pluck().get(township) ?? null;
}

/** A run's key is the job's name, a colon and the time it was for. */
function jobsOf(db: Database.Database, township: string): JobRecords {
  const mark = db
    .prepare<unknown[], string>('SELECT value FROM meta WHERE township_id = ? AND key = ?')
    .pluck();
  const last = db
    .prepare<unknown[], number | null>(
      `SELECT max(at) FROM jobs WHERE township_id = :township AND key > :name || ':' AND key < :name || ';'`,
    )
    .pluck();
  const failing = db
    .prepare<unknown[], number>(
      `SELECT count(*) FROM tasks WHERE township_id = ? AND status = 'queued' AND attempts > 0`,
    )
    .pluck();
  return {
    doneUntil: (job) => {
      const kept = mark.get(township, jobMark(job));
      return kept === undefined ? null : Number(kept);
    },
    lastRun: (name) => last.get({ township, name }) ?? null,
    failing: failing.get(township) ?? 0,
  };
}
