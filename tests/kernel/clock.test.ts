import { expect, test } from 'vitest';
import {
  ManualClock,
  ManualTimers,
  randomFraction,
  randomId,
  systemClock,
  systemTimers,
} from '../../src/kernel/clock.ts';

test('the system’s clock tells the time of the machine', () => {
  const before = Date.now();
  const told = systemClock.now();
  expect(told).toBeGreaterThanOrEqual(before);
  expect(told).toBeLessThanOrEqual(Date.now());
});

test('a manual clock stands still, goes forward, and jumps only when told to', () => {
  const clock = new ManualClock(1_000);
  clock.advanceBy(500);
  clock.advanceTo(1_200);
  expect(clock.now()).toBe(1_500);
  clock.jumpTo(900);
  expect(clock.now()).toBe(900);
});

test('manual timers run in order of time, each at its own instant', () => {
  const clock = new ManualClock(0);
  const timers = new ManualTimers(clock);
  const ran: string[] = [];
  const note = (name: string) => (): void => void ran.push(`${name}@${clock.now()}`);
  timers.after(300, note('late'));
  const stop = timers.every(100, note('tick'));
  timers.after(100, () => timers.after(50, note('nested')));
  timers.after(200, note('cancelled'))();
  timers.advanceBy(300);
  expect(ran).toEqual(['tick@100', 'nested@150', 'tick@200', 'late@300', 'tick@300']);
  stop();
  timers.advanceBy(1_000);
  expect(ran).toHaveLength(5);
  expect(clock.now()).toBe(1_300);
});

test('the system’s timers run once, or until they are cancelled', async () => {
  await new Promise<void>((resolve) => systemTimers.after(0, resolve));
  await new Promise<void>((resolve) => {
    let runs = 0;
    const stop = systemTimers.every(1, () => {
      runs++;
      if (runs < 2) return;
      stop();
      resolve();
    });
  });
});

test('a delay longer than 32 bits does not fire at once', async () => {
  let fired = false;
  const cancel = systemTimers.after(2 ** 32, () => {
    fired = true;
  });
  await new Promise<void>((resolve) => systemTimers.after(5, resolve));
  cancel();
  expect(fired).toBe(false);
});

test('chance', () => {
  expect(randomId()).not.toBe(randomId());
  expect(randomFraction()).toBeGreaterThanOrEqual(0);
  expect(randomFraction()).toBeLessThan(1);
});
