/** `huiyin adapters`: what is configured, how it stands in the running bot, what it can do; and what this build knows. */
import type { AdapterConfig } from '../config/huiyin.ts';
import type { Policy } from '../domain/policy.ts';
import type { Adapters } from './adapters.ts';
import { capabilityWords, healthWords } from './adapters-words.ts';
import { askRunning } from './asking.ts';
import type { AccountHealth } from './control.ts';
import { asFailure } from './failure.ts';
import { type Place, type PlaceOptions, placeOf } from './place.ts';
import { platformOf } from './platforms.ts';
import { loadTownship, policyOf } from './township.ts';

/** Of a machine without a township file yet. */
const ANYWHERE = 'Asia/Shanghai';

export async function listAdapters(options: PlaceOptions, registry: Adapters): Promise<void> {
  const place = await placeOf(options);
  const policy = await loadTownship(place.township).then(
    (source) => policyOf(source, 1),
    () => null,
  );
  const answer = await askRunning<readonly AccountHealth[]>(place, { op: 'health' });
  const running = answer.state === 'answered' ? answer.value : [];
  const entries = Object.entries(place.config.adapters);
  const say = (line: string): unknown => process.stdout.write(`${line}\n`);
  say(entries.length === 0 ? 'huiyin.yaml 里还没有写平台（adapters）。' : '已设置的平台：');
  for (const entry of entries) {
    const health = running.find(({ account }) => account === entry[0])?.health;
    const timezone = policy?.roster.township.timezone ?? ANYWHERE;
    say(
      await lineOf(entry, health === undefined ? null : healthWords(health, timezone), {
        place,
        policy,
        registry,
      }),
    );
  }
  say(RUNS[answer.state]);
  say('\n这个程序认得的平台：');
  for (const { name, about } of registry.notes) say(`  ${name.padEnd(10)}${about}`);
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
