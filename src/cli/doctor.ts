/** `huiyin doctor`: looks at what an installation needs and says in one line each what is wrong. Changes nothing. */
import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { AssistSettings } from '../domain/settings.ts';
import type { Calendar } from '../kernel/calendar.ts';
import { systemClock } from '../kernel/clock.ts';
import { addDays, type Instant, type LocalDate } from '../kernel/zone.ts';
import type { ServerFacts } from '../store/postgres/reader.ts';
import { keyPlace } from '../vault/key.ts';
import type { Adapters } from './adapters.ts';
import { isAddress, shownDb } from './database.ts';
import {
  backupVerdict,
  bad,
  clockVerdict,
  configVerdict,
  fontVerdict,
  good,
  peopleVerdicts,
  soon,
  type Verdict,
} from './doctor-checks.ts';
import { asFailure } from './failure.ts';
import { keyEnvironment } from './open.ts';
import { type Place, type PlaceOptions, placeOf } from './place.ts';
import { chosen, platformOf } from './platforms.ts';
import { readerIfAny, serverFacts } from './reader.ts';
import { loadTownship, policyOf } from './township.ts';
import { whoIsWho } from './who.ts';

/** @returns 0 where all is well, else 1 */
export async function doctor(options: PlaceOptions, registry: Adapters): Promise<0 | 1> {
  const verdicts = [good(`Node ${process.versions.node}`), ...(await checked(options, registry))];
  for (const { mark, words } of verdicts) process.stdout.write(`${mark} ${words}\n`);
  return verdicts.some(({ mark }) => mark === '✗') ? 1 : 0;
}

async function checked(options: PlaceOptions, registry: Adapters): Promise<readonly Verdict[]> {
  let place: Place;
  try {
    place = await placeOf(options);
  } catch (error) {
    // Nothing else can be found without it.
    return [bad(asFailure(error).words.what), await fontVerdict()];
  }
  const now = systemClock.now();
  const found = await database(place, now);
  return [
    await configVerdict(options.config ?? 'huiyin.yaml', place),
    ...(await township(place, found.readable)),
    ...found.verdicts,
    await key(place),
    await disk(place),
    await backupVerdict(place, now),
    await fontVerdict(),
    ...(await platforms(place, registry)),
  ];
}

/** A quarter ahead: deadlines of deferred matters reach so far. */
const CALENDAR_DAYS = 90;

/** @param readable whether the database can be asked: if not, that is said once */
async function township(place: Place, readable: boolean): Promise<readonly Verdict[]> {
  try {
    const path = place.township;
    const policy = policyOf(await loadTownship(path), 1);
    const { calendar, roster } = policy;
    const now = systemClock.now();
    const people = async () => peopleVerdicts(place, policy, await whoIsWho(place, policy));
    const last = readable ? await lastWritten(place, roster.township.id) : null;
    return [
      good(
        `乡镇文件 ${path}：${roster.township.name}，${roster.people.length} 人，${roster.offices.length} 个单位`,
      ),
      ...(readable ? await people() : []),
      clockVerdict(now, last, roster.township.timezone),
      calendarVerdict(calendar, calendar.dateOf(now)),
      ...secondReader(policy.settings.intake.assist),
    ];
  } catch (error) {
    return [bad(asFailure(error).words.what)];
  }
}

/** Whoever looks after the bot should know that words leave the machine, and where to. */
function secondReader({ mode, url, model }: AssistSettings): readonly Verdict[] {
  if (mode === 'off' || url === null) return [];
  return [good(`第二读者开着：拿不准的消息去掉姓名和号码后发给 ${new URL(url).host}（${model}）`)];
}

const FILL_IN = '升级程序，或在乡镇文件的 holidays 里补上，再写 holidaysUntil';

/** How far the legal holidays are known from a local day on. */
export function calendarVerdict(calendar: Calendar, today: LocalDate): Verdict {
  const { coveredUntil } = calendar;
  if (coveredUntil < today)
    return soon(`节假日表到 ${coveredUntil} 就完了，春节、端午和调休现在都没有算进时限：${FILL_IN}`);
  return coveredUntil < addDays(today, CALENDAR_DAYS)
    ? soon(`节假日表只到 ${coveredUntil}：${FILL_IN}`)
    : good(`节假日表到 ${coveredUntil}`);
}

/** When anything was taken in last; null where nothing was, or it can't be read, which is said elsewhere. */
async function lastWritten({ db }: Place, township: string): Promise<number | null> {
  const reader = await readerIfAny(db).catch(() => null);
  if (reader === null) return null;
  return reader
    .lastWritten(township)
    .catch(() => null)
    .finally(() => reader.close());
}

interface DatabaseFound {
  readonly readable: boolean;
  readonly verdicts: readonly Verdict[];
}

async function database({ db }: Place, now: Instant): Promise<DatabaseFound> {
  const verdicts = isAddress(db) ? await server(db, now) : [await file(db)];
  return { readable: verdicts.every(({ mark }) => mark === '✓'), verdicts };
}

/** Processes tell by their clocks whether another still lives; a few seconds are the network's. */
const APART_MS = 5_000;

async function server(db: string, now: Instant): Promise<readonly Verdict[]> {
  try {
    const { standing, version, encoding, now: there } = await serverFacts(db);
    const named = `数据库 ${shownDb(db)}（PostgreSQL ${version}）`;
    const apart = Math.round(Math.abs(there - now) / 1_000);
    return [
      encoding === 'UTF8' ? STANDINGS[standing](named) : bad(`${named}的编码是 ${encoding}，存不了中文`),
      ...(apart * 1_000 > APART_MS
        ? [bad(`这台机器和数据库服务器的时间差 ${apart} 秒：两边都打开自动对时`)]
        : []),
    ];
  } catch (error) {
    const { what, next } = asFailure(error).words;
    return [bad(`${what}${next ?? ''}`)];
  }
}

const STANDINGS: Readonly<Record<ServerFacts['standing'], (named: string) => Verdict>> = {
  none: (named) => good(`${named}连得上，还是空的，第一次启动时会建表`),
  older: (named) => soon(`${named}连得上，还是旧版的样子，下次启动时会升级`),
  ready: (named) => good(`${named}连得上`),
  newer: (named) => bad(`${named}是用更新版本的程序写的，请升级程序`),
};

async function file(db: string): Promise<Verdict> {
  if ((await stat(db).catch(() => null)) === null) return good(`数据库 ${db} 还没有，第一次启动时会建`);
  try {
    const handle = new Database(db, { readonly: true, fileMustExist: true });
    const found = handle.pragma('quick_check', { simple: true });
    handle.close();
    return found === 'ok'
      ? good(`数据库 ${db} 完好`)
      : bad(`数据库 ${db} 有损坏：${String(found)}。用备份恢复`);
  } catch (error) {
    return bad(`打不开数据库 ${db}：${asFailure(error).words.what}`);
  }
}

async function key({ config }: Place): Promise<Verdict> {
  const { path, mayCreate } = keyPlace(keyEnvironment(config.keyFile));
  const found = await stat(path).catch(() => null);
  if (found === null)
    return mayCreate ? good(`密钥还没有，第一次启动时会建在 ${path}`) : bad(`找不到密钥文件 ${path}`);
  const exposed = process.platform !== 'win32' && (found.mode & 0o077) !== 0;
  return exposed ? bad(`密钥 ${path} 别人也能读：chmod 600 ${path}`) : good(`密钥在 ${path}，请另外留一份`);
}

async function platforms(place: Place, registry: Adapters): Promise<readonly Verdict[]> {
  const source = await loadTownship(place.township).catch(() => null);
  // What is wrong with the township file has been said above.
  if (source === null) return [];
  const policy = policyOf(source, 1);
  const looked = chosen(place, []).map(async (entry) => {
    try {
      return await (await platformOf(entry, { place, policy: () => policy, registry })).checkup();
    } catch (error) {
      return [bad(asFailure(error).words.what)];
    }
  });
  return (await Promise.all(looked)).flat();
}

const LEAST_FREE = 500_000_000;

async function disk({ dataDir }: Place): Promise<Verdict> {
  const folder = (await stat(dataDir).catch(() => null)) === null ? dirname(dataDir) : dataDir;
  const { bavail, bsize } = await statfs(folder).catch(() => ({ bavail: LEAST_FREE, bsize: 1 }));
  const free = bavail * bsize;
  const words = `磁盘还剩 ${(free / 1e9).toFixed(1)} GB`;
  return free < LEAST_FREE ? bad(`${words}，请腾出空间`) : good(words);
}
