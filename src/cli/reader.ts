/** A database that is only read: beside the running bot, without its lock, without a change. */
import Database from 'better-sqlite3';
import { jobMark } from '../schedule/job-table.ts';
import type { Store } from '../store/port.ts';
import { prepareReads } from '../store/sqlite/reads.ts';
import type { JobRecords } from './jobs.ts';

export interface Reader extends Pick<Store, 'cases' | 'events' | 'facts'> {
  jobs(township: string): JobRecords;
  close(): void;
}

export function openReader(file: string): Reader {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  const reads = prepareReads(db);
  return {
    cases: async ({ township }, filter) => reads.cases(township, filter),
    events: async ({ township }, numbers) => reads.events(township, numbers),
    facts: async ({ township }, prefix) => reads.facts(township, prefix),
    jobs: (township) => jobsOf(db, township),
    close: () => void db.close(),
  };
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
