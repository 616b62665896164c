/** `huiyin start`: a township's bot on its chat platforms. */
import { resolve } from 'node:path';
import { Bound } from '../desk/bound.ts';
import { replan } from '../desk/replanning.ts';
import type { Policy } from '../domain/policy.ts';
import { systemClock, systemTimers } from '../kernel/clock.ts';
import { log } from '../kernel/log.ts';
import { parseInstant, printed } from '../kernel/zone.ts';
import type { ChatAdapter } from '../port.ts';
import type { Store } from '../store/port.ts';
import type { Adapters, Times } from './adapters.ts';
import { areaSourceOf } from './areas.ts';
import { type Control, controlPath, openControl } from './control.ts';
import { controlOver } from './control-of.ts';
import { CliError } from './failure.ts';
import { createHouse, type House, platformsOf } from './house.ts';
import { mediaBeside } from './media.ts';
import { openStore, openVault, owner, refuseTried } from './open.ts';
import { type Place, placeOf } from './place.ts';
import { chosen, platformOf } from './platforms.ts';
import { runUntil } from './running.ts';
import { secondReaderOf } from './second-reader.ts';
import { keeperOf } from './simulate.ts';
import { loadTownship, policyInForce } from './township.ts';

export interface StartOptions {
  readonly adapter: readonly string[];
  readonly township?: string;
  readonly db?: string;
  readonly config?: string;
  readonly listen?: string;
  readonly mediaDir?: string;
}

export async function start(options: StartOptions, registry: Adapters): Promise<void> {
  const place = await placeOf(options);
  const source = await loadTownship(place.township);
  const { id: township, timezone } = source.file.roster.township;
  const clock = systemClock;
  const store = await openStore(place, clock);
  try {
    await refuseTried(store, township, place.db);
    const policy = { ...(await policyInForce(store, source)), areas: place.config.areas };
    const vault = await openVault(place);
    const bound = new Bound(() => policy, store, { township });
    await bound.refresh();
    const opened = options.adapter.includes('bridge')
      ? await openAdapters(options, registry, timesOf(timezone), () => house)
      : await openPlatforms(options, { place, policy: () => bound.policy(), registry });
    const adapters = new Map(opened.adapters.map((adapter) => [adapter.id, adapter]));
    await replanned(store, bound.policy(), adapters);
    const house: House = createHouse({
      store,
      policy: () => policy,
      bound,
      clock,
      timers: systemTimers,
      vault,
      log,
      owner: owner(),
      adapters,
      keepFile: keeperOf(resolve(place.dataDir, 'files')),
      areas: areaSourceOf(place, { policy, store }),
      media: mediaBeside(place.dataDir),
      secondReader: await secondReaderOf(policy.settings.intake.assist, { clock, log, env: process.env }),
      waits: false,
    });
    const closing = await listen(place, controlOver({ store, bound, vault, adapters, clock }));
    log.info('started', { township, adapters: [...adapters.keys()] });
    await runUntil(
      { house, store, adapters: opened.adapters, clock, timers: systemTimers, closing },
      opened.over(() => house),
    );
  } catch (error) {
    await store.close().catch(() => undefined);
    throw error;
  }
}

async function replanned(
  store: Store,
  policy: Policy,
  adapters: ReadonlyMap<string, ChatAdapter>,
): Promise<void> {
  const cases = await replan(store, policy, [...adapters.keys()], platformsOf(adapters));
  if (cases > 0)
    log.info('the township file or the calendar has changed: open cases are planned anew', { cases });
}

/** Commands beside the bot ask it there; where they can't, it runs all the same. */
async function listen({ db }: Place, control: Control): Promise<() => Promise<void>> {
  const path = controlPath(db, process.platform);
  const opened = path === null ? null : await openControl(path, control).catch(() => null);
  if (opened === null) log.warn('other commands can’t ask this bot while it runs', { path: path ?? db });
  return opened ?? (async () => undefined);
}

const timesOf = (timezone: string): Times => ({
  print: (at) => printed(at, timezone),
  read: (text) => parseInstant(text, timezone),
});

interface Opened {
  readonly adapters: readonly ChatAdapter[];
  /** When the run is over by itself: a bridge's input has ended and all is said. */
  over(house: () => House): Promise<unknown>;
}

async function openPlatforms(
  { adapter: names }: StartOptions,
  parts: { place: Place; policy: () => Policy; registry: Adapters },
): Promise<Opened> {
  const entries = chosen(parts.place, names);
  if (entries.length === 0) throw unknownAdapters(names);
  const platforms = await Promise.all(entries.map((entry) => platformOf(entry, parts)));
  return { adapters: platforms.map((platform) => platform.open()), over: () => new Promise(() => undefined) };
}

async function openAdapters(
  { adapter: names, listen, mediaDir }: StartOptions,
  registry: Adapters,
  times: Times,
  house: () => House,
): Promise<Opened> {
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
