/** The thread that builds digests: there while it is needed, gone when it has been idle for a while. */
import { expect, test } from 'vitest';
import type { DigestInput } from '../../src/digest/build.ts';
import { pastOf, spansOf } from '../../src/digest/past.ts';
import { DigestThread, IDLE_MS } from '../../src/digest/thread.ts';
import { ManualClock, ManualTimers } from '../../src/kernel/clock.ts';
import { at, testPolicy } from '../support/world.ts';
import { period, ZONE } from './support.ts';

const { roster, taxonomy, settings } = testPolicy();
const november = period('2026-11');
const input: Omit<DigestInput, 'records' | 'before'> = {
  ...{ roster, taxonomy, drawn: false, pageMatters: 8, incidents: settings.incidents },
  period: november,
  asOf: at('2026-12-01 09:00'),
  past: pastOf([], spansOf(november, november.to, ZONE)),
};

async function* nothing(): AsyncGenerator<never> {}

test('ends when it has been idle, not before, and starts anew for the next digest', async () => {
  const timers = new ManualTimers(new ManualClock(0));
  const thread = new DigestThread(timers);
  expect(thread.alive).toBe(false);
  expect((await thread.build(nothing(), input)).lines[0]).toContain('2026年11月');
  timers.advanceBy(IDLE_MS - 1);
  expect(thread.alive).toBe(true);
  // Asked again in time, it has all its time again.
  await thread.build(nothing(), input);
  timers.advanceBy(IDLE_MS - 1);
  expect(thread.alive).toBe(true);
  timers.advanceBy(1);
  expect(thread.alive).toBe(false);
  expect((await thread.build(nothing(), input)).files).toHaveLength(5);
  timers.advanceBy(IDLE_MS);
  expect(thread.alive).toBe(false);
});

test('two digests asked for at once are built one after the other; the time of rest begins after the second', async () => {
  const timers = new ManualTimers(new ManualClock(0));
  const thread = new DigestThread(timers);
  const both = await Promise.all([thread.build(nothing(), input), thread.build(nothing(), input)]);
  expect(both.map(({ files }) => files.length)).toEqual([5, 5]);
  timers.advanceBy(IDLE_MS);
  expect(thread.alive).toBe(false);
});

test('ends at once where a digest fails: half of its cases may lie in it', async () => {
  const thread = new DigestThread(new ManualTimers(new ManualClock(0)));
  const gone = (): AsyncGenerator<never> =>
    ({
      next: () => Promise.reject(new Error('the database is gone')),
      [Symbol.asyncIterator]: () => gone(),
    }) as unknown as AsyncGenerator<never>;
  await expect(thread.build(gone(), input)).rejects.toThrow('the database is gone');
  expect(thread.alive).toBe(false);
  const miscounted = { ...input, past: { first: 0, spans: [] } };
  await expect(thread.build(nothing(), miscounted)).rejects.toThrow('nothing was counted');
  expect(thread.alive).toBe(false);
  expect((await thread.build(nothing(), input)).files).toHaveLength(5);
});
