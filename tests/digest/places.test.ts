/** Where the same thing happens again: against the plain definition, and how long it takes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Spotted } from '../../src/digest/history.ts';
import { placeCore, type Repeat, repeatsIn } from '../../src/digest/places.ts';
import { at } from '../support/world.ts';
import { DAY, dated, figuresFor, HOUR, plain } from './support.ts';

const FROM = at('12-01 00:00');
const TO = at('2027-01-01 00:00');

function same(a: Spotted, b: Spotted): boolean {
  const [core, other] = [placeCore(a.place), placeCore(b.place)];
  if (a.category !== b.category || a.village === null || a.village !== b.village || core !== other)
    return false;
  const shared = a.groups.some((id) => b.groups.includes(id));
  return core === null ? shared : shared || a.groups.length === 0 || b.groups.length === 0;
}

/** Each with each, the latest first. */
function slow(history: readonly Spotted[]): string[] {
  const told = new Set<Spotted>();
  const ordered = history.toSorted((a, b) => b.receivedAt - a.receivedAt || (a.number < b.number ? 1 : -1));
  return ordered
    .flatMap((last) => {
      if (told.has(last) || last.receivedAt < FROM || last.receivedAt >= TO) return [];
      const before = ordered.filter(
        (one) =>
          one.receivedAt <= last.receivedAt &&
          last.receivedAt - one.receivedAt <= 90 * DAY &&
          same(one, last),
      );
      const oldest = before.at(-1)?.receivedAt ?? last.receivedAt;
      if (last.receivedAt - oldest <= 48 * HOUR) return [];
      for (const one of before) told.add(one);
      return before
        .map(({ number }) => number)
        .toReversed()
        .join();
    })
    .toSorted();
}

const shape = (repeats: readonly Repeat[]): string[] =>
  repeats.map(({ numbers }) => numbers.join()).toSorted();

const anySpot = fc.record({
  receivedAt: fc.integer({ min: -100 * 4, max: 31 * 4 }).map((n) => FROM + (n * DAY) / 4),
  category: fc.constantFrom('power.lamp', 'env.garbage'),
  village: fc.constantFrom('ltw', 'bs', null),
  groups: fc.subarray(['1', '2', '3'], { maxLength: 2 }),
  place: fc.constantFrom(null, '王家桥', '王家桥头', '门口', '石桥'),
});

test('the same as each with each', () => {
  fc.assert(
    fc.property(fc.array(anySpot, { maxLength: 30 }), (drawn) => {
      const history = drawn.map((one, i) => ({
        ...one,
        number: String(i).padStart(4, '0'),
        hidden: false,
        withdrawn: false,
      }));
      expect(shape(repeatsIn(history, FROM, TO))).toEqual(slow(history));
    }),
    { numRuns: 500 },
  );
});

test('words that fit every house name no place: three doors of three groups are three matters', () => {
  const cases = ['g1', 'g2', 'g3'].map((id, i) =>
    dated(i + 1, {
      category: 'env.garbage',
      village: 'ltw',
      groups: [id],
      place: '门口',
      receivedAt: at('12-05 09:00') + i * HOUR,
    }),
  );
  expect(figuresFor('2026-12', plain(cases)).incidents).toEqual([]);
});

test.each([
  ['all in one group', () => ({ groups: ['1'], place: null })],
  ['each in a group of its own', (i: number) => ({ groups: [String(i)], place: null })],
  ['all at one place', () => ({ groups: ['1'], place: '王家桥' })],
  ['of no group', () => ({ groups: [], place: '王家桥' })],
])('ten thousand within an hour, %s, take no time that grows with their square', (_, more) => {
  const time = (length: number): number => {
    const history = Array.from({ length }, (_, i) => ({
      ...{ number: String(i), receivedAt: FROM + i * 300, category: 'power.lamp', village: 'ltw' },
      ...{ hidden: false, withdrawn: false },
      ...more(i),
    }));
    const before = process.cpuUsage();
    expect(repeatsIn(history, FROM, TO)).toEqual([]);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
  time(1_000);
  // Its square would be a hundred times as much.
  expect(time(10_000)).toBeLessThan(40 * Math.max(time(1_000), 10));
});
