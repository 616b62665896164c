/** Waiting: never shorter than asked, never longer than a stop. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ManualClock } from '../../src/kernel/clock.ts';
import { backoffMs, Patience } from '../../src/kit/index.ts';
import { START, WatchedTimers } from '../adapters/support.ts';

test('backing off begins with a second, doubles, and ends at a minute', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8].map(backoffMs)).toEqual([
    1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000,
  ]);
  fc.assert(
    fc.property(fc.integer(), fc.nat(), (failures, more) => {
      expect(backoffMs(failures)).toBeGreaterThanOrEqual(1_000);
      expect(backoffMs(failures + more)).toBeGreaterThanOrEqual(backoffMs(failures));
      expect(backoffMs(failures)).toBeLessThanOrEqual(60_000);
    }),
  );
});

describe('patience', () => {
  const waiting = () => {
    const clock = new ManualClock(START);
    const timers = new WatchedTimers(clock);
    return { clock, timers, patience: new Patience(timers) };
  };
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  test('lasts as long as asked, for each that waits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 8 }),
        async (spans) => {
          const { clock, timers, patience } = waiting();
          const ended = spans.map(() => -1);
          spans.forEach((span, i) => {
            void patience.pause(span).then(() => {
              ended[i] = clock.now() - START;
            });
          });
          for (const span of spans.toSorted((a, b) => a - b)) {
            timers.advanceBy(START + span - clock.now());
            await turn();
          }
          expect(ended).toEqual(spans);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('ends with a stop at once, for all, leaves no timer, and does not begin again', async () => {
    const { clock, timers, patience } = waiting();
    const pauses = [1_000, 60_000, 60_000].map((span) => patience.pause(span));
    patience.stop();
    await Promise.all(pauses);
    expect(clock.now()).toBe(START);
    expect([timers.isWaiting(1_000), timers.isWaiting(60_000)]).toEqual([false, false]);
    expect(patience.stopped).toBe(true);
    await patience.pause(60_000);
    expect(timers.isWaiting(60_000)).toBe(false);
    patience.stop();
  });

  test('that ended by itself is nothing to a stop', async () => {
    const { timers, patience } = waiting();
    const pause = patience.pause(5);
    timers.advanceBy(5);
    await pause;
    patience.stop();
    expect(patience.stopped).toBe(true);
  });
});
