/** `huiyin backup`: a whole copy of the database, also while the bot runs. */
import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { systemClock } from '../kernel/clock.ts';
import { copyKept } from '../media/backup.ts';
import { backupSqlite } from '../store/backup.ts';
import { addressOf } from '../store/postgres/address.ts';
import { keyPlace } from '../vault/key.ts';
import { noteBackup } from './backup-mark.ts';
import { isAddress, shownDb } from './database.ts';
import { CliError } from './failure.ts';
import { mediaPath } from './media.ts';
import { keyEnvironment } from './open.ts';
import { type Place, type PlaceOptions, placeOf } from './place.ts';

export interface BackupOptions extends PlaceOptions {
  readonly target: string;
}

export async function backup(options: BackupOptions): Promise<void> {
  const place = await placeOf(options);
  const { db, dataDir } = place;
  if (isAddress(db)) throw onServer(place, options.target);
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
  const photos = await copied(db, target, mediaPath(dataDir), files);
  process.stdout.write(
    `备份好了：${target}\n${photosLine(photos, files)}密钥不在里面（联系方式要靠它才读得出来）：请把密钥文件另外放在安全的地方，位置用 huiyin doctor 看。\n`,
  );
}

/** Both or none. @returns how many photos and files went along */
async function copied(db: string, target: string, media: string, files: string): Promise<number> {
  if ((await stat(db).catch(() => null)) === null) {
    throw new CliError(2, {
      what: `打不开数据库 ${db}。`,
      safe: '什么都没有改动。',
      next: '用 --db 写对路径。',
    });
  }
  await backupSqlite(db, target);
  try {
    const photos = await copyKept(media, files);
    await noteBackup(db, { at: systemClock.now(), file: target });
    return photos;
  } catch (error) {
    await rm(target, { force: true });
    await rm(files, { recursive: true, force: true });
    throw error;
  }
}

/** The server keeps the data, and has a tool that copies it whole while it runs; a second one would copy it worse. */
function onServer({ db, dataDir, config }: Place, target: string): CliError {
  const media = mediaPath(dataDir);
  const { path } = keyPlace(keyEnvironment(config.keyFile));
  return new CliError(2, {
    what: `数据库在服务器上（${shownDb(db)}），备份由 pg_dump 来做，这里没有做。`,
    safe: '什么都没有改动；做的时候机器人不用停。',
    next: [
      '照这个顺序做三样（口令由 PGPASSWORD 或 ~/.pgpass 给）：',
      `  pg_dump --format=custom --file=${quoted(target)} --dbname=${quoted(addressOf(db)?.bare ?? '')}`,
      `  cp -a ${quoted(media)} ${quoted(`${target}-media`)}`,
      `  密钥 ${path} 另外放一份，不要和前两样放在一起`,
      '恢复见 docs/operations.md。',
    ].join('\n'),
  });
}

/** As a shell takes it whole. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

const photosLine = (photos: number, files: string): string =>
  photos === 0
    ? ''
    : `照片等附件${photos}个在 ${files}（都是加密的）。恢复时把它改名为 media，放回数据文件夹（没有另设 dataDir 的，就是数据库所在的文件夹）。\n`;
