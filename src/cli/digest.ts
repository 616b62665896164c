/** `huiyin digest`: the files of one period, from the database as it is; also while the bot runs. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeDigest } from '../digest/make.ts';
import { type Period, parsePeriod } from '../digest/period.ts';
import { systemClock } from '../kernel/clock.ts';
import { localDate } from '../kernel/zone.ts';
import { CliError } from './failure.ts';
import { type PlaceOptions, placeOf } from './place.ts';
import { openReader } from './reader.ts';
import { loadTownship, policyOf } from './township.ts';

export interface DigestOptions extends PlaceOptions {
  /** `2026-10`, `2026-W45` or `2026-06-01..2026-10-31`. */
  readonly month: string;
  readonly out: string;
}

export async function digest(options: DigestOptions): Promise<void> {
  const place = await placeOf(options);
  const policy = policyOf(await loadTownship(place.township), 1);
  const { timezone, id: township } = policy.roster.township;
  const now = systemClock.now();
  const period = readPeriod(options.month, timezone, localDate(now, timezone));
  const store = await openReader(place.db);
  try {
    const made = await makeDigest({ store, scope: { township }, policy, period, asOf: now, drawn: true });
    const folder = resolve(options.out);
    await mkdir(folder, { recursive: true });
    for (const { name, bytes } of made.files) await writeFile(join(folder, name), bytes);
    const names = made.files.map(({ name }) => `  ${join(options.out, name)}`);
    process.stdout.write(`${made.lines.join('\n')}\n\n文件：\n${names.join('\n')}\n`);
  } finally {
    await store.close();
  }
}

/** Throws where the words name no period, or one that has not begun. */
export function readPeriod(words: string, timezone: string, today: string): Period {
  const period = parsePeriod(words, timezone);
  if (period === null) {
    throw new CliError(2, {
      what: `看不懂 --month ${words}。`,
      safe: '什么都没有改动。',
      next: '写 2026-10（一个月）、2026-W45（一周）或 2026-06-01..2026-10-31（一段日子）。',
    });
  }
  if (period.first <= today) return period;
  throw new CliError(2, {
    what: `${words} 还没有到。`,
    safe: '什么都没有改动。',
    next: '写已经开始的月份。',
  });
}
