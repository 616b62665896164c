/** Fetching from platforms: an end for each, nothing kept of what was handed over. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { ManualClock, ManualTimers } from '../../src/kernel/clock.ts';
import { FETCH_TIMEOUT_MS, mediaPlatforms } from '../../src/media/platforms.ts';
import { PLATFORM } from '../support/world.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function platforms(fetchMedia: () => Promise<{ bytes: Uint8Array; mime: null }>) {
  const timers = new ManualTimers(new ManualClock(0));
  const chat = {
    id: 'chat',
    capabilities: PLATFORM,
    start: async () => undefined,
    send: async () => ({ type: 'unknown', detail: '' }) as const,
    stop: async () => undefined,
    health: () => ({ state: 'online', lastInboundAt: null, lastError: null, qr: null }) as const,
    fetchMedia,
  };
  const made = mediaPlatforms({ adapters: new Map([['chat', chat]]), timers, absentIsNothing: false });
  return { ...made, timers };
}

const never = () => new Promise<never>(() => undefined);
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('a photo that was handed over takes no memory any more', async () => {
  const kept: WeakRef<Uint8Array>[] = [];
  const { fetch } = platforms(async () => {
    const bytes = new Uint8Array(1_000);
    kept.push(new WeakRef(bytes));
    return { bytes, mime: null };
  });
  for (let n = 0; n < 5; n++) expect((await fetch('chat|x')).type).toBe('bytes');
  await turn();
  collect();
  await turn();
  collect();
  expect(kept.map((one) => one.deref() === undefined)).toEqual([true, true, true, true, true]);
});

test('a platform that never answers is one that failed, and so is every one when the program stops', async () => {
  const { fetch, timers } = platforms(never);
  const hung = fetch('chat|x');
  await turn();
  timers.advanceBy(FETCH_TIMEOUT_MS);
  expect(await hung).toEqual({ type: 'failed', why: 'hung' });

  const stopping = platforms(never);
  const both = [stopping.fetch('chat|x'), stopping.fetch('chat|y')];
  await turn();
  stopping.stop();
  expect(await Promise.all(both)).toEqual(Array(2).fill({ type: 'failed', why: 'stopping' }));
  expect(await stopping.fetch('chat|late')).toEqual({ type: 'failed', why: 'stopping' });
});

test('an account that does not run may do so later', async () => {
  expect(await platforms(never).fetch('gone|x')).toEqual({ type: 'failed', why: 'offline' });
});
