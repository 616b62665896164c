/** Where an installation keeps its things: the command's options, else huiyin.yaml, else the defaults. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { HuiyinConfig } from '../config/huiyin.ts';
import { readHuiyin } from '../config/huiyin.ts';
import { formatErrors } from '../config/township.ts';
import { log } from '../kernel/log.ts';
import { addressOf } from '../store/postgres/address.ts';
import { isAddress, readableDb } from './database.ts';
import { CliError } from './failure.ts';

export interface PlaceOptions {
  readonly township?: string | undefined;
  readonly db?: string | undefined;
  readonly config?: string | undefined;
}

export interface Place {
  readonly township: string;
  /** A file's path, or `postgres://…`, which may hold a password: people are shown `shownDb` of it. */
  readonly db: string;
  /** Files made or received, adapters' own state: beside a database file unless huiyin.yaml says where. */
  readonly dataDir: string;
  readonly config: HuiyinConfig;
}

export async function placeOf({ township, db, config: file = 'huiyin.yaml' }: PlaceOptions): Promise<Place> {
  const yaml = await readFile(file, 'utf8').catch(() => null);
  const read = readHuiyin(yaml, basename(file), process.env);
  if (!read.ok) {
    throw new CliError(2, {
      what: `设置文件有 ${read.error.length} 处要改：\n${formatErrors(read.error)}`,
      safe: '什么都没有改动。',
      next: '按上面的行号改好，再运行一次。',
    });
  }
  const [first = 'township.yaml'] = read.value.townships;
  if (db !== undefined && addressOf(db)?.hasPassword) hideArguments();
  const given = readableDb(db ?? read.value.database);
  const database = isAddress(given) ? given : resolve(given);
  const beside = isAddress(given) ? 'data' : dirname(database);
  const dataDir = resolve(read.value.dataDir ?? beside);
  return { township: township ?? first, db: database, dataDir, config: read.value };
}

/** On Linux and macOS a new title takes the place of what stood on the command line, for all to read. */
function hideArguments(): void {
  process.title = 'huiyin';
  log.warn(
    'the password of the database stood on the command line, where others on this machine could read it: ' +
      'put it into HUIYIN_DB, PGPASSWORD or ~/.pgpass',
  );
}
