/** Where an installation keeps its things: the command's options, else huiyin.yaml, else the defaults. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { HuiyinConfig } from '../config/huiyin.ts';
import { readHuiyin } from '../config/huiyin.ts';
import { formatErrors } from '../config/township.ts';
import { CliError } from './failure.ts';

export interface PlaceOptions {
  readonly township?: string | undefined;
  readonly db?: string | undefined;
  readonly config?: string | undefined;
}

export interface Place {
  readonly township: string;
  readonly db: string;
  /** Beside the database: files made or received. */
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
  const database = resolve(db ?? read.value.database);
  return { township: township ?? first, db: database, dataDir: dirname(database), config: read.value };
}
