/** Starts and stops what runs: adapters, then the loop that catches up; on a signal the other way round. */
import type { Clock, Timers } from '../kernel/clock.ts';
import { log } from '../kernel/log.ts';
import type { ChatAdapter } from '../port.ts';
import { createLoop, type Loop } from '../schedule/loop.ts';
import type { Store } from '../store/port.ts';
import type { House } from './house.ts';

export interface RunningParts {
  readonly house: House;
  readonly store: Store;
  readonly adapters: readonly ChatAdapter[];
  readonly clock: Clock;
  readonly timers: Timers;
  /** Told when all runs. */
  readonly started?: () => void;
  /** The last thing before the database is closed. */
  readonly closing?: () => Promise<void>;
}

/** Runs until `over` resolves or a signal comes; then finishes what is under way and closes. */
export async function runUntil(parts: RunningParts, over: Promise<unknown>): Promise<void> {
  const { house, adapters, clock, timers, store } = parts;
  const loop = createLoop({ ...house.due, store, clock, timers, watch: house.watch });
  const signalled = signal();
  try {
    // What a process that died was sending is taken back before anything new is said.
    for (const adapter of adapters) await adapter.start(house.sink);
    await house.dispatcher.recover();
    await loop.start();
    parts.started?.();
    await Promise.race([over, signalled.came]);
  } finally {
    await stop(parts, loop);
    signalled.forget();
  }
}

/** In this order nothing is begun that can't be ended: the clock, what is being sent, the platforms, the rest. */
async function stop({ house, adapters, store, closing }: RunningParts, loop: Loop): Promise<void> {
  await loop.stop();
  for (const adapter of adapters) await adapter.stop().catch((error: unknown) => stopFailed(adapter, error));
  // With the database away none of these can write: what they hold comes back by its leases.
  for (const end of [() => house.release(), () => house.dispatcher.stop(), async () => closing?.()])
    await end().catch((error: unknown) => log.warn('a part did not end cleanly', { error }));
  await store.close();
}

function stopFailed(adapter: ChatAdapter, error: unknown): void {
  log.warn('an adapter did not stop cleanly', { adapter: adapter.id, error });
}

/** The first SIGINT or SIGTERM asks, the second ends at once: everything committed is safe either way. */
function signal(): { came: Promise<void>; forget: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  let asked = false;
  const ask = (): void => {
    if (asked) process.exit(1);
    asked = true;
    resolve();
  };
  process.on('SIGINT', ask);
  process.on('SIGTERM', ask);
  const forget = (): void => {
    process.off('SIGINT', ask);
    process.off('SIGTERM', ask);
  };
  return { came: promise, forget };
}
