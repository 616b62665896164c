/** A database that is only read: beside the running bot, without its lock, without a change. */
import Database from 'better-sqlite3';
import type { Store } from '../store/port.ts';
import { prepareReads } from '../store/sqlite/reads.ts';

export interface Reader extends Pick<Store, 'cases' | 'events' | 'facts'> {
  close(): void;
}

export function openReader(file: string): Reader {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  const reads = prepareReads(db);
  return {
    cases: async ({ township }, filter) => reads.cases(township, filter),
    events: async ({ township }, numbers) => reads.events(township, numbers),
    facts: async ({ township }, prefix) => reads.facts(township, prefix),
    close: () => void db.close(),
  };
}
