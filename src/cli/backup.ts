/** `huiyin backup`: a whole copy of the database, also while the bot runs. */
import { chmod, mkdir, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { systemClock } from '../kernel/clock.ts';
import { copyKept } from '../media/backup.ts';
import { noteBackup } from './backup-mark.ts';
import { CliError } from './failure.ts';
import { mediaPath } from './media.ts';
import { type PlaceOptions, placeOf } from './place.ts';

export interface BackupOptions extends PlaceOptions {
  readonly target: string;
}

export async function backup(options: BackupOptions): Promise<void> {
  const { db, dataDir } = await placeOf(options);
  const target = resolve(options.target);
  const files = `${target}-media`;
  const taken = [target, files].map((path) => stat(path).catch(() => null));
  if ((await Promise.all(taken)).some((found) => found !== null)) {
    throw new CliError(2, {
      what: `${target} 已经有了，不覆盖。`,
      safe: '什么都没有改动。',
      next: '换一个文件名，例如带上日期。',
    });
  }
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const source = openReadOnly(db);
  let photos = 0;
  try {
    await source.backup(target);
    await chmod(target, 0o600);
    checked(target);
    photos = await copyKept(mediaPath(dataDir), files);
    await noteBackup(db, { at: systemClock.now(), file: target });
  } catch (error) {
    await rm(target, { force: true });
    await rm(files, { recursive: true, force: true });
    throw error;
  } finally {
    source.close();
  }
  process.stdout.write(
    `备份好了：${target}\n${photosLine(photos, files)}密钥不在里面（联系方式要靠它才读得出来）：请把密钥文件另外放在安全的地方，位置用 huiyin doctor 看。\n`,
  );
}

const photosLine = (photos: number, files: string): string =>
  photos === 0
    ? ''
    : `照片等附件${photos}个在 ${files}（都是加密的）。恢复时把它改名为 media，和数据库放在同一个文件夹。\n`;

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
