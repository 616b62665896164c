/** The adapters that a start carries: the platforms of huiyin.yaml, or the bridge. */
import { resolve } from 'node:path';
import type { Policy } from '../domain/policy.ts';
import { systemClock } from '../kernel/clock.ts';
import { log } from '../kernel/log.ts';
import type { ChatAdapter } from '../port.ts';
import type { Adapters, Times } from './adapters.ts';
import { CliError } from './failure.ts';
import type { House } from './house.ts';
import type { Place } from './place.ts';
import { chosen, platformOf } from './platforms.ts';

export interface CarriedOptions {
  readonly adapter: readonly string[];
  readonly listen?: string;
  readonly mediaDir?: string;
}

export interface Carried {
  readonly adapters: readonly ChatAdapter[];
  /** When the run is over by itself: a bridge's input has ended and all is said. */
  over(house: () => House): Promise<unknown>;
}

interface PlatformParts {
  readonly place: Place;
  readonly policy: () => Policy;
  readonly registry: Adapters;
}

export async function openPlatforms(
  { adapter: names }: CarriedOptions,
  parts: PlatformParts,
): Promise<Carried> {
  const entries = chosen(parts.place, names);
  if (entries.length === 0) throw unknownAdapters(names);
  const platforms = await Promise.all(entries.map((entry) => platformOf(entry, parts)));
  return { adapters: platforms.map((platform) => platform.open()), over: () => new Promise(() => undefined) };
}

/** What huiyin.yaml has enabled and other processes carry: made to be asked what they can do, never started. */
export async function carriedElsewhere(
  own: ReadonlySet<string>,
  parts: PlatformParts,
): Promise<ReadonlyMap<string, Pick<ChatAdapter, 'capabilities'>>> {
  const found = new Map<string, Pick<ChatAdapter, 'capabilities'>>();
  for (const entry of chosen(parts.place, [])) {
    const [id] = entry;
    if (own.has(id)) continue;
    try {
      found.set(id, (await platformOf(entry, parts)).open());
    } catch (error) {
      log.warn('what another process’s platform can do is not known here', { account: id, error });
    }
  }
  return found;
}

export async function openBridge(
  { adapter: names, listen, mediaDir }: CarriedOptions,
  registry: Adapters,
  times: Times,
  house: () => House,
): Promise<Carried> {
  const [name, ...others] = names;
  if (name !== 'bridge' || others.length > 0) throw unknownAdapters(names);
  const common = {
    times,
    clock: systemClock,
    mediaDir: mediaDir === undefined ? null : resolve(mediaDir),
    acknowledged: (id: string) => house().dispatcher.acknowledge(id),
    warn: (text: string) => log.warn(text, { adapter: 'bridge' }),
  };
  if (listen !== undefined) {
    const socket = await registry.bridgeSocket({ ...common, listen, token: bridgeToken() });
    return { adapters: [socket], over: () => new Promise(() => undefined) };
  }
  const bridge = await registry.bridge({ ...common, input: process.stdin, output: process.stdout });
  return {
    adapters: [bridge],
    over: async (running) => {
      if ((await bridge.ended) !== 'end') return;
      await running().finish();
      await running().dispatcher.flush();
    },
  };
}

function unknownAdapters(names: readonly string[]): CliError {
  return new CliError(2, {
    what: names.length === 0 ? '没有说接哪个平台。' : `不认识的平台：${names.join('、')}。`,
    safe: '什么都没有启动。',
    next: '在 huiyin.yaml 的 adapters 里写上平台，或写 --adapter bridge；huiyin adapters 列出全部平台。',
  });
}

const MIN_TOKEN = 16;

function bridgeToken(): string {
  const token = process.env.HUIYIN_BRIDGE_TOKEN ?? '';
  if (token.length >= MIN_TOKEN) return token;
  throw new CliError(2, {
    what: `--listen 需要口令：环境变量 HUIYIN_BRIDGE_TOKEN 没有设，或者短于 ${MIN_TOKEN} 个字符。`,
    safe: '什么都没有启动。',
    next: '例如 HUIYIN_BRIDGE_TOKEN=$(openssl rand -hex 16)，连接时在 Authorization: Bearer 里带上它。',
  });
}
