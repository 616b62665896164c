/** A database that is only read: beside the running bot, without its lock, without a change. */
import Database from 'better-sqlite3';
import { jobMark } from '../schedule/job-table.ts';
import type { Store } from '../store/port.ts';
import { prepareReads } from '../store/sqlite/reads.ts';
import { prepareWalks } from '../store/sqlite/walks.ts';
import { CliError } from './failure.ts';
import type { JobRecords } from './jobs.ts';

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
  jobs(township: string): JobRecords;
  close(): void;
}

export function openReader(file: string): Reader {
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
    jobs: (township) => jobsOf(db, township),
    close: () => void db.close(),
  };
}

/** A reader changes nothing, so it can't bring an older database up to date either. */
function walksOf(db: Database.Database): ReturnType<typeof prepareWalks> {
  const known = db.prepare("SELECT 1 FROM pragma_table_info('cases') WHERE name = 'active_until'").get();
  if (known !== undefined) return prepareWalks(db);
  throw new CliError(1, {
    what: '这个数据库还是旧版的样子。',
    safe: '里面的登记都在，什么都没有改动。',
    next: '先运行一次 huiyin start，它会把数据库升级好，然后再试。',
  });
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
