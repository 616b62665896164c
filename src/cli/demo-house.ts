/** The program over the demonstration's database, while no page is served. */
import type { Policy } from '../domain/policy.ts';
import type { ManualClock } from '../kernel/clock.ts';
import { log } from '../kernel/log.ts';
import type { Store } from '../store/port.ts';
import type { DemoChat } from './adapters.ts';
import { createHouse, type House } from './house.ts';
import { mediaBeside } from './media.ts';
import { owner } from './open.ts';
import { keeperOf, NO_TIMERS, simulationVault } from './simulate.ts';
import { policyInForce, type TownshipSource } from './township.ts';

/** Where the demonstration's own time stands: it goes on from there at the next start. */
export const DEMO_NOW = 'demo:now';

export interface DemoPlace {
  readonly db: string;
  /** What people and the bot wrote: the page's own memory. */
  readonly chat: string;
  readonly files: string;
}

export interface DemoParts {
  readonly place: DemoPlace;
  readonly source: TownshipSource;
  readonly store: Store;
  readonly chat: DemoChat;
  readonly clock: ManualClock;
}

/** The program over the demonstration's database, writing into the page's memory without a page. */
export async function quietHouse(parts: DemoParts): Promise<{ house: House; policy: Policy }> {
  const { place, source, store, chat, clock } = parts;
  const policy = await policyInForce(store, source);
  const house = createHouse({
    store,
    policy: () => policy,
    clock,
    timers: NO_TIMERS,
    vault: simulationVault(),
    log: log.child('demo'),
    owner: owner(),
    adapters: new Map([[chat.quiet.id, chat.quiet]]),
    keepFile: keeperOf(place.files),
    media: mediaBeside(place.files),
    waits: true,
  });
  return { house, policy };
}
