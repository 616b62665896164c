/** `huiyin doctor`: looks at what an installation needs and says in one line each what is wrong. Changes nothing. */
import { stat, statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { AssistSettings } from '../domain/settings.ts';
import type { Calendar } from '../kernel/calendar.ts';
import { systemClock } from '../kernel/clock.ts';
import { addDays, type LocalDate } from '../kernel/zone.ts';
import { keyPlace } from '../vault/key.ts';
import type { Adapters } from './adapters.ts';
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
import { type Place, type PlaceOptions, placeOf } from './place.ts';
import { chosen, platformOf } from './platforms.ts';
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
  return [
    await configVerdict(options.config ?? 'huiyin.yaml', place),
    ...(await township(place)),
    await database(place),
    await key(place),
    await disk(place),
    await backupVerdict(place, now),
    await fontVerdict(),
    ...(await platforms(place, registry)),
  ];
}

/** A quarter ahead: deadlines of deferred matters reach so far. */
const CALENDAR_DAYS = 90;

async function township(place: Place): Promise<readonly Verdict[]> {
  try {
    const path = place.township;
    const policy = policyOf(await loadTownship(path), 1);
    const { calendar, roster } = policy;
    const now = systemClock.now();
    return [
      good(
        `乡镇文件 ${path}：${roster.township.name}，${roster.people.length} 人，${roster.offices.length} 个单位`,
      ),
      ...(await peopleVerdicts(place, policy, await whoIsWho(place, policy))),
      clockVerdict(now, await lastWritten(place, roster.township.id), roster.township.timezone),
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
  if ((await stat(db).catch(() => null)) === null) return null;
  const handle = new Database(db, { readonly: true, fileMustExist: true });
  try {
    return (
      handle
        .prepare<[string], number | null>('SELECT max(at) FROM audit WHERE township_id = ?')
        .pluck()
        .get(township) ?? null
    );
  } catch {
    return null;
  } finally {
    handle.close();
  }
}

async function database({ db }: Place): Promise<Verdict> {
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
  const env = config.keyFile === null ? process.env : { HUIYIN_KEY_FILE: config.keyFile, ...process.env };
  const { path, mayCreate } = keyPlace({ env, platform: process.platform, home: homedir() });
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
