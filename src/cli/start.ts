/** `huiyin start`: a township's bot on its chat platforms. */
import { resolve } from 'node:path';
import { Bound } from '../desk/bound.ts';
import { replan } from '../desk/replanning.ts';
import type { Policy } from '../domain/policy.ts';
import { systemClock, systemTimers } from '../kernel/clock.ts';
import { log } from '../kernel/log.ts';
import { type Instant, parseInstant, printed } from '../kernel/zone.ts';
import type { Store } from '../store/port.ts';
import type { Adapters, Times } from './adapters.ts';
import { areaSourceOf } from './areas.ts';
import { isAnswered } from './asking.ts';
import { type CarriedOptions, carriedElsewhere, openBridge, openPlatforms } from './carried.ts';
import { type Control, controlPath, controlPlaces, openControl } from './control.ts';
import { controlOver } from './control-of.ts';
import { isAddress } from './database.ts';
import { CliError } from './failure.ts';
import { type Held, holdAccounts } from './held.ts';
import { createHouse, type House, platformsOf, reachOf } from './house.ts';
import { mediaBeside } from './media.ts';
import { openStore, openVault, owner, refuseOtherKey, refuseTried } from './open.ts';
import { type Place, placeOf } from './place.ts';
import { runUntil } from './running.ts';
import { secondReaderOf } from './second-reader.ts';
import { keeperOf } from './simulate.ts';
import { loadTownship, policyInForce, type TownshipSource } from './township.ts';

export interface StartOptions extends CarriedOptions {
  readonly township?: string;
  readonly db?: string;
  readonly config?: string;
}

export async function start(options: StartOptions, registry: Adapters): Promise<void> {
  const place = await placeOf(options);
  const source = await loadTownship(place.township);
  let away: Instant | null = null;
  const store = await openStore(place, systemClock, (since) => {
    away = since;
  });
  const ends = new Ends();
  try {
    await started(options, { place, source, store, registry, ends, awaySince: () => away });
  } catch (error) {
    await ends.run();
    await store.close().catch(() => undefined);
    throw error;
  }
}

/** What is to be undone once, in the opposite order, however the run ends. */
class Ends {
  #steps: (() => Promise<void>)[] = [];

  add(step: () => Promise<void>): void {
    this.#steps.unshift(step);
  }

  async run(): Promise<void> {
    const steps = this.#steps;
    this.#steps = [];
    for (const step of steps)
      await step().catch((error: unknown) => log.warn('a part did not end cleanly', { error }));
  }
}

interface Beginning {
  readonly place: Place;
  readonly source: TownshipSource;
  readonly store: Store;
  readonly registry: Adapters;
  readonly ends: Ends;
  /** Since when the database has been away. */
  readonly awaySince: () => Instant | null;
}

async function started(options: StartOptions, beginning: Beginning): Promise<void> {
  const { place, source, store, registry, ends, awaySince } = beginning;
  const { id: township, timezone } = source.file.roster.township;
  const clock = systemClock;
  await refuseTried(store, township, place.db);
  const policy = { ...(await policyInForce(store, source)), areas: place.config.areas };
  const vault = await openVault(place);
  await refuseOtherKey(store, township, vault, place);
  const bound = new Bound(() => policy, store, { township });
  await bound.refresh();
  const parts = { place, policy: () => bound.policy(), registry };
  const opened = options.adapter.includes('bridge')
    ? await openBridge(options, registry, timesOf(timezone), () => house)
    : await openPlatforms(options, parts);
  const adapters = new Map(opened.adapters.map((adapter) => [adapter.id, adapter]));
  const held = await holding([...adapters.keys()], beginning);
  const others = held && {
    platforms: await carriedElsewhere(new Set(adapters.keys()), parts),
    carried: (account: string) => held.elsewhere().has(account),
  };
  await replanned(store, bound.policy(), reachOf(adapters, others));
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
    others,
    keepFile: keeperOf(resolve(place.dataDir, 'files')),
    areas: areaSourceOf(place, { policy, store }),
    media: mediaBeside(place.dataDir),
    secondReader: await secondReaderOf(policy.settings.intake.assist, { clock, log, env: process.env }),
    waits: false,
  });
  await listen(
    place,
    controlOver({ store, bound, vault, adapters, clock, awaySince }),
    [...adapters.keys()],
    ends,
  );
  const over = Promise.race([opened.over(() => house), ...(held === null ? [] : [held.lost])]);
  const run = { house, store, adapters: opened.adapters, clock, timers: systemTimers };
  const told = () => log.info('started', { township, adapters: [...adapters.keys()] });
  await runUntil({ ...run, started: told, closing: () => ends.run() }, over);
}

/** Null where the database is a file: its lock says already that nobody else runs. */
async function holding(
  accounts: readonly string[],
  { place, source, store, ends }: Beginning,
): Promise<Held | null> {
  if (!isAddress(place.db)) return null;
  const scope = { township: source.file.roster.township.id };
  const parts = { store, scope, clock: systemClock, timers: systemTimers, log };
  const held = await holdAccounts(accounts, parts);
  ends.add(() => held.release());
  return held;
}

async function replanned(store: Store, policy: Policy, reach: ReturnType<typeof reachOf>): Promise<void> {
  const cases = await replan(store, policy, [...reach.keys()], platformsOf(reach));
  if (cases > 0)
    log.info('the township file or the calendar has changed: open cases are planned anew', { cases });
}

/** Commands beside the bot ask it there; where they can't, it runs all the same. */
async function listen(
  place: Place,
  control: Control,
  accounts: readonly string[],
  ends: Ends,
): Promise<void> {
  for (const at of controlPlaces(place, accounts)) {
    const path = controlPath(at, process.platform);
    // Beside a file nobody else can be: its lock is ours.
    if (path !== null && isAddress(place.db) && (await isAnswered(path))) throw sharedFolder(place);
    const close = path === null ? null : await openControl(path, control).catch(() => null);
    if (close === null) log.warn('other commands can’t ask this bot while it runs', { path: path ?? at });
    else ends.add(close);
  }
}

/** Another township's bot, since this one's accounts are held: their adapters' files would be mixed up. */
function sharedFolder({ dataDir }: Place): CliError {
  return new CliError(1, {
    what: `数据文件夹 ${dataDir} 正由另一个乡镇的程序用着。`,
    safe: '什么都没有启动，那一个照常运行。',
    next: '每个乡镇用自己的：在 huiyin.yaml 里写 dataDir，或设 HUIYIN_DATA_DIR。',
  });
}

const timesOf = (timezone: string): Times => ({
  print: (at) => printed(at, timezone),
  read: (text) => parseInstant(text, timezone),
});
