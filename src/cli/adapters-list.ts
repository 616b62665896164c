/** `huiyin adapters`: what is configured, how it stands in the running bot, what it can do; and what this build knows. */
import type { AdapterConfig } from '../config/huiyin.ts';
import type { Policy } from '../domain/policy.ts';
import { systemClock } from '../kernel/clock.ts';
import { type Instant, printed } from '../kernel/zone.ts';
import type { Adapters } from './adapters.ts';
import { capabilityWords, healthWords } from './adapters-words.ts';
import { askRunning } from './asking.ts';
import { type AccountHealth, controlPlaces } from './control.ts';
import { isAddress } from './database.ts';
import { asFailure } from './failure.ts';
import { carriersIn } from './held.ts';
import { type Place, type PlaceOptions, placeOf } from './place.ts';
import { platformOf } from './platforms.ts';
import { readerIfAny } from './reader.ts';
import { loadTownship, policyOf } from './township.ts';

/** Of a machine without a township file yet. */
const ANYWHERE = 'Asia/Shanghai';

export async function listAdapters(options: PlaceOptions, registry: Adapters): Promise<void> {
  const place = await placeOf(options);
  const policy = await loadTownship(place.township).then(
    (source) => policyOf(source, 1),
    () => null,
  );
  const entries = Object.entries(place.config.adapters);
  const { state, running, away } = await askAll(place, [...entries.map(([id]) => id), 'bridge']);
  const carriers = await carriersOf(place, policy);
  const say = (line: string): unknown => process.stdout.write(`${line}\n`);
  say(entries.length === 0 ? 'huiyin.yaml 里还没有写平台（adapters）。' : '已设置的平台：');
  for (const entry of entries) {
    const health = running.find(({ account }) => account === entry[0])?.health;
    const timezone = policy?.roster.township.timezone ?? ANYWHERE;
    const carrier = carriers.get(entry[0]);
    const far = carrier === undefined ? null : `由 ${carrier} 带着`;
    const words = health === undefined ? far : healthWords(health, timezone);
    say(await lineOf(entry, words, { place, policy, registry }));
  }
  say(RUNS[state]);
  if (away !== null) {
    const since = printed(away, policy?.roster.township.timezone ?? ANYWHERE).slice(11, 16);
    say(`✗ 数据库从 ${since} 起连不上：这期间什么都不登记，也不应答；它回来后自己接上。`);
  }
  say('\n这个程序认得的平台：');
  for (const { name, about } of registry.notes) say(`  ${name.padEnd(10)}${about}`);
}

/** On one machine several processes may carry accounts of one database on a server: each is asked for its own. */
async function askAll(place: Place, accounts: readonly string[]) {
  type Healths = readonly AccountHealth[];
  const places = controlPlaces(place, accounts);
  const answers = await Promise.all(places.map((db) => askRunning<Healths>({ db }, { op: 'health' })));
  const outages = isAddress(place.db)
    ? await Promise.all(places.map((db) => askRunning<Instant | null>({ db }, { op: 'database' })))
    : [];
  const since = outages.flatMap((answer) => (answer.state === 'answered' ? (answer.value ?? []) : []));
  const running = answers.flatMap((answer) => (answer.state === 'answered' ? answer.value : []));
  const states = new Set(answers.map(({ state }) => state));
  const state = (['answered', 'deaf'] as const).find((one) => states.has(one));
  return { state: state ?? ('nobody' as const), running, away: since.toSorted()[0] ?? null };
}

/** On other machines; none where the database can't be asked just now, which `doctor` says. */
async function carriersOf({ db }: Place, policy: Policy | null): Promise<ReadonlyMap<string, string>> {
  const reader = isAddress(db) && policy !== null ? await readerIfAny(db).catch(() => null) : null;
  if (reader === null || policy === null) return new Map();
  const leases = (prefix: string) => reader.leases(policy.roster.township.id, prefix);
  return carriersIn(leases, systemClock.now()).finally(() => reader.close());
}

const RUNS = {
  answered: '状态是正在运行的机器人说的。',
  nobody: '机器人没有在运行，现在的状态不知道：huiyin start 启动，huiyin doctor 逐项检查。',
  deaf: '机器人在运行，但问不到它的状态：看它的日志，或用 huiyin doctor 检查。',
} as const;

interface Parts {
  readonly place: Place;
  readonly policy: Policy | null;
  readonly registry: Adapters;
}

async function lineOf(
  entry: readonly [string, AdapterConfig],
  health: string | null,
  { place, policy, registry }: Parts,
): Promise<string> {
  const [id, { type, enabled }] = entry;
  const head = `  ${id.padEnd(10)}${type}，${enabled ? '开着' : '关着'}${health === null ? '' : `，${health}`}`;
  try {
    const { capabilities } = (await platformOf(entry, { place, policy: () => policy, registry })).open();
    return `${head}\n${' '.repeat(12)}${capabilityWords(capabilities).join('；')}`;
  } catch (error) {
    return `${head}\n${' '.repeat(12)}✗ ${asFailure(error).words.what}`;
  }
}
