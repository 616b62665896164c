/**
 * A copy of a SQLite database while it is in use. The master key of the vault is in no database and so in no
 * copy: whoever finds a backup can't read the contacts in it, and whoever restores one needs the key too.
 */
import { closeSync, existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { StoreError, storeError } from './errors.ts';
import { translated } from './sqlite/errors.ts';

export interface BackupReport {
  readonly file: string;
  readonly bytes: number;
  readonly cases: number;
  readonly events: number;
  /** To be shown with the report: what the copy does not hold. */
  readonly note: string;
}

export const BACKUP_NOTE =
  '备份里没有密钥：联系方式要有原来的密钥文件才能读，请另外保管一份。 ' +
  'The key is not in this backup: contacts can be read only with the original key file, so keep a copy of that elsewhere.';

/** Pages copied before others get a turn: 0.4 MB, about a millisecond. */
const PAGES_A_STEP = 100;

function count(db: Database.Database, table: 'cases' | 'events'): number {
  return db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
}

/** Copies one state of the database, however much is written meanwhile: the open transaction holds it still. */
async function copy(source: string, target: string): Promise<void> {
  const db = new Database(source, { readonly: true, fileMustExist: true });
  try {
    db.exec('BEGIN');
    count(db, 'cases');
    await db.backup(target, { progress: () => PAGES_A_STEP });
  } finally {
    db.close();
  }
}

/** Reads the copy back; a backup that nobody has opened is a hope. */
function verified(file: string, target: string): BackupReport {
  const db = new Database(file);
  try {
    // One file that can be carried away, without side files.
    db.pragma('journal_mode = DELETE');
    if (db.pragma('integrity_check', { simple: true }) !== 'ok') throw storeError('corrupt');
    const { size } = statSync(file);
    return {
      file: target,
      bytes: size,
      cases: count(db, 'cases'),
      events: count(db, 'events'),
      note: BACKUP_NOTE,
    };
  } finally {
    db.close();
  }
}

/**
 * Writes a checked copy of `source` to `target`, for its owner alone. Throws `StoreError`; never overwrites a
 * file, and leaves none behind that is not whole.
 */
export async function backupSqlite(source: string, target: string): Promise<BackupReport> {
  if (existsSync(target)) {
    throw new StoreError(
      'in_use',
      `${target}：文件已经存在，不覆盖。 The file exists; it is not overwritten.`,
    );
  }
  const part = `${target}.part`;
  try {
    closeSync(openSync(part, 'w', 0o600));
    await copy(source, part);
    const report = verified(part, target);
    renameSync(part, target);
    return report;
  } catch (error) {
    rmSync(part, { force: true });
    const known = translated(error);
    throw known instanceof StoreError ? known : storeError('io', error);
  }
}
