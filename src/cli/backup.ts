/** `huiyin backup`: a whole copy of the database, also while the bot runs. */
import { chmod, mkdir, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { systemClock } from '../kernel/clock.ts';
import { noteBackup } from './backup-mark.ts';
import { CliError } from './failure.ts';
import { type PlaceOptions, placeOf } from './place.ts';

export interface BackupOptions extends PlaceOptions {
  readonly target: string;
}

export async function backup(options: BackupOptions): Promise<void> {
  const { db } = await placeOf(options);
  const target = resolve(options.target);
  if ((await stat(target).catch(() => null)) !== null) {
    throw new CliError(2, {
      what: `${target} 已经有了，不覆盖。`,
      safe: '什么都没有改动。',
      next: '换一个文件名，例如带上日期。',
    });
  }
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const source = openReadOnly(db);
  try {
    await source.backup(target);
    await chmod(target, 0o600);
    checked(target);
    await noteBackup(db, { at: systemClock.now(), file: target });
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  } finally {
    source.close();
  }
  process.stdout.write(
    `备份好了：${target}\n密钥不在里面（联系方式要靠它才读得出来）：请把密钥文件另外放在安全的地方，位置用 huiyin doctor 看。\n`,
  );
}

function openReadOnly(db: string): Database.Database {
  try {
    return new Database(db, { readonly: true, fileMustExist: true });
  } catch (error) {
    throw new CliError(
      2,
      { what: `打不开数据库 ${db}。`, safe: '什么都没有改动。', next: '用 --db 写对路径。' },
      error,
    );
  }
}

/** A backup that can't be read back is none. */
function checked(target: string): void {
  const copy = new Database(target, { readonly: true });
  try {
    const found = copy.pragma('quick_check', { simple: true });
    if (found !== 'ok')
      throw new CliError(1, { what: `备份读回来有错：${String(found)}`, next: '检查磁盘，再来一次。' });
  } finally {
    copy.close();
  }
}
