/**
 * One writing process per database. The lock is an open write transaction on a side file: the operating
 * system lets go of it when the process ends, however it ends, so a lock is never stale. (A file with a
 * process id would be: ids are used again.) Readers need no lock.
 */
import Database from 'better-sqlite3';
import { StoreError, storeWords } from '../errors.ts';
import { translated } from './errors.ts';
import { createPrivately } from './open.ts';

/** Waiting makes no sense: whoever holds it holds it for days. */
const NO_WAIT = { timeout: 0 } as const;

/** What the holder wrote about itself; null where it can't be read just now. */
function holder(lock: Database.Database): string | null {
  try {
    return lock.prepare<[], string>('SELECT owner FROM holder').pluck().get() ?? null;
  } catch {
    return null;
  }
}

function refuse(lock: Database.Database, file: string, cause: unknown): never {
  const error = translated(cause);
  if (!(error instanceof StoreError) || error.code !== 'locked') {
    lock.close();
    throw error;
  }
  const who = holder(lock);
  lock.close();
  throw new StoreError('in_use', `${storeWords.in_use}\n${file}${who ? `: ${who}` : ''}`, cause);
}

/** Takes the lock for `owner`, or refuses in words with code `in_use`; returns how to let go. */
export function lockDatabase(file: string, owner: string): () => void {
  createPrivately(`${file}.lock`);
  const lock = new Database(`${file}.lock`, NO_WAIT);
  try {
    lock.pragma('synchronous = OFF');
    lock.exec('BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS holder (owner TEXT NOT NULL); DELETE FROM holder');
    lock.prepare('INSERT INTO holder VALUES (?)').run(owner);
    // Committed first, so that a second process can read who it is; then held.
    lock.exec('COMMIT; BEGIN IMMEDIATE');
  } catch (error) {
    refuse(lock, file, error);
  }
  return () => lock.close();
}
