/** Opens a database file as this program needs it, and brings its schema up to date. */
import { closeSync, openSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { StoreError, storeWords } from '../errors.ts';
import { translated } from './errors.ts';
import type { Handle } from './tables.ts';

export const MEMORY = ':memory:';

/** A waiting writer blocks the whole event loop, so it does not wait long; the caller tries again. */
const BUSY_MS = 200;

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

/** The migrations that drizzle-kit wrote, in order: `user_version` of a database counts those it has had. */
function migrations(): readonly string[] {
  const journal = readFileSync(`${migrationsFolder}/meta/_journal.json`, 'utf8');
  return (JSON.parse(journal) as { entries: readonly { tag: string }[] }).entries.map(({ tag }) => tag);
}

/** Throws `newer_schema` for a database that knows more than this program, before touching it. */
function upgrade(db: Handle, file: string): void {
  const known = migrations();
  const has = db.pragma('user_version', { simple: true }) as number;
  if (has > known.length) {
    const numbers = `${file}: ${has} > ${known.length}`;
    throw new StoreError('newer_schema', `${storeWords.newer_schema}\n${numbers}`);
  }
  if (has === known.length) return;
  const run = db.transaction(() => {
    for (const tag of known.slice(has)) db.exec(readFileSync(`${migrationsFolder}/${tag}.sql`, 'utf8'));
    // Within the transaction: the count and the tables are never apart.
    db.pragma(`user_version = ${known.length}`);
  });
  run.immediate();
}

/** Durable at each commit: WAL alone with NORMAL may lose the last ones when the power goes. */
function configure(db: Handle): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  // Pages that change with every case are copied back once in 16 MB, not once in 4.
  db.pragma('wal_autocheckpoint = 4000');
  // 4 MB: what is asked again soon. The rest the system keeps; 16 MB were no faster with 100,000 cases.
  db.pragma('cache_size = -4000');
  db.pragma('foreign_keys = ON');
  // Deleted words are overwritten where that costs no extra page (keys always are: see ./commit.ts).
  db.pragma('secure_delete = FAST');
}

/** The file is the owner's alone from its first byte; SQLite gives its side files the same rights. */
export function createPrivately(file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600));
  } catch (error) {
    const denied = error instanceof Error && 'code' in error && error.code === 'EACCES';
    const code = denied ? 'read_only' : 'io';
    throw new StoreError(code, `${storeWords[code]}\n${file}`, error);
  }
}

/** A ready connection. Throws `StoreError`: newer_schema, locked, full, read_only, corrupt, io. */
export function openDatabase(file: string): Handle {
  let db: Handle | undefined;
  try {
    if (file !== MEMORY) createPrivately(file);
    db = new Database(file, { timeout: BUSY_MS });
    configure(db);
    upgrade(db, file);
    return db;
  } catch (error) {
    db?.close();
    throw translated(error);
  }
}
