/** `huiyin area`: the figures of a county or 片区 by township, for whoever has the database at hand. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { areaFigures, type TownshipFigures, townshipsOf } from '../digest/area.ts';
import { areaFile } from '../digest/documents/area-sheet.ts';
import { figuresFrom } from '../digest/make.ts';
import { percent } from '../digest/rate.ts';
import type { Policy } from '../domain/policy.ts';
import { systemClock } from '../kernel/clock.ts';
import { localDate } from '../kernel/zone.ts';
import { readPeriod } from './digest.ts';
import { CliError } from './failure.ts';
import { type PlaceOptions, placeOf } from './place.ts';
import { openReader, type Reader } from './reader.ts';
import { loadTownship, policyOf } from './township.ts';

export interface AreaOptions extends PlaceOptions {
  readonly area: string;
  readonly month: string;
  readonly out: string;
}

export async function area(options: AreaOptions): Promise<void> {
  const { config, db } = await placeOf(options);
  const found = config.areas.find(({ id }) => id === options.area);
  if (found === undefined) {
    const next = `设置文件里有：${config.areas.map(({ id }) => id).join('、') || '一个也没有'}。`;
    throw new CliError(2, { what: `没有区域 ${options.area}。`, safe: '什么都没有改动。', next });
  }
  const policies = await Promise.all(
    config.townships.map(async (file) => policyOf(await loadTownship(file), 1)),
  );
  const byId = new Map(policies.map((policy) => [policy.roster.township.id, policy]));
  const inside = townshipsOf(found.id, config.areas).flatMap((id) => byId.get(id) ?? []);
  const store = openReader(db);
  const now = systemClock.now();
  try {
    const townships: TownshipFigures[] = [];
    for (const policy of inside) townships.push(await figuresIn(store, policy, options.month, now));
    const figures = areaFigures(found.name, townships);
    const timezone = inside[0]?.calendar.timezone ?? 'Asia/Shanghai';
    await mkdir(resolve(options.out), { recursive: true });
    const path = join(options.out, `${found.name}${figures.period}民情汇总.xlsx`);
    await writeFile(path, await areaFile(figures, { at: now, timezone }));
    for (const { name, received, due } of [...figures.rows, figures.total]) {
      const { numerator, denominator } = due.inTime;
      process.stdout.write(
        `${name}：收到${received}件，到期${denominator}件，按时答复${numerator}件（${percent(due.inTime) ?? '—'}）\n`,
      );
    }
    process.stdout.write(`${path}\n`);
  } finally {
    store.close();
  }
}

async function figuresIn(
  store: Reader,
  policy: Policy,
  month: string,
  asOf: number,
): Promise<TownshipFigures> {
  const { id, name, timezone } = policy.roster.township;
  const period = readPeriod(month, timezone, localDate(asOf, timezone));
  const figures = await figuresFrom({ store, scope: { township: id }, policy, period, asOf });
  return { id, name, figures };
}
