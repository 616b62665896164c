/** `huiyin area`: the figures of a county or 片区 by township, for whoever has the database at hand. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { areaFigures, type TownshipFigures } from '../digest/area.ts';
import type { AreaTownship } from '../digest/area-task.ts';
import { areaFile } from '../digest/documents/area-sheet.ts';
import { figuresFrom } from '../digest/make.ts';
import { percent } from '../digest/rate.ts';
import { townshipsOf } from '../domain/areas.ts';
import { systemClock } from '../kernel/clock.ts';
import { localDate } from '../kernel/zone.ts';
import { areaSourceOf } from './areas.ts';
import { readPeriod } from './digest.ts';
import { CliError } from './failure.ts';
import { type PlaceOptions, placeOf } from './place.ts';

export interface AreaOptions extends PlaceOptions {
  readonly area: string;
  readonly month: string;
  readonly out: string;
}

export async function area(options: AreaOptions): Promise<void> {
  const place = await placeOf(options);
  const { config } = place;
  const found = config.areas.find(({ id }) => id === options.area);
  if (found === undefined) {
    const next = `设置文件里有：${config.areas.map(({ id }) => id).join('、') || '一个也没有'}。`;
    throw new CliError(2, { what: `没有区域 ${options.area}。`, safe: '什么都没有改动。', next });
  }
  const source = areaSourceOf(place, null);
  const now = systemClock.now();
  const townships: TownshipFigures[] = [];
  const missing: string[] = [];
  for (const id of townshipsOf(found.id, config.areas)) {
    const one = (await source?.open(id)) ?? null;
    if (one === null) missing.push(id);
    else townships.push(await figuresIn(one, options.month, now).finally(() => one.close()));
  }
  const figures = areaFigures(found.name, townships);
  await mkdir(resolve(options.out), { recursive: true });
  const path = join(options.out, `${found.name}${figures.period}民情汇总.xlsx`);
  await writeFile(path, await areaFile(figures, { at: now, timezone: 'Asia/Shanghai' }));
  for (const { name, received, due } of [...figures.rows, figures.total]) {
    const { numerator, denominator } = due.inTime;
    process.stdout.write(
      `${name}：收到${received}件，到期${denominator}件，按时答复${numerator}件（${percent(due.inTime) ?? '—'}）\n`,
    );
  }
  if (missing.length > 0) process.stdout.write(`没有读到数据，没算在内：${missing.join('、')}\n`);
  process.stdout.write(`${path}\n`);
}

async function figuresIn(
  { policy, store }: AreaTownship,
  month: string,
  asOf: number,
): Promise<TownshipFigures> {
  const { id, name, timezone } = policy.roster.township;
  const period = readPeriod(month, timezone, localDate(asOf, timezone));
  const figures = await figuresFrom({ store, scope: { township: id }, policy, period, asOf });
  return { id, name, figures };
}
