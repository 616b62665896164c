/** Published bulletins as arithmetic: build the case set they describe, run the digest, get their numbers. */
import { describe, expect, test } from 'vitest';
import { percent, sumRates } from '../../src/digest/rate.ts';
import type { Case } from '../../src/domain/case.ts';
import { at } from '../support/world.ts';
import {
  answered,
  DAY,
  dated,
  event,
  figuresFor,
  HOUR,
  many,
  plain,
  selfHandled,
  withdrawn,
} from './support.ts';

describe('Tianmen, urban management, a December bulletin', () => {
  // Two kinds, here as two tiers: 956 + 16 due, 902 + 9 closed; on time 737 of all.
  const township = (serial: number): Partial<Case> => ({
    level: 'township',
    source: serial <= 940 ? 'walk' : 'phone',
  });
  const county = { level: 'county', source: 'walk' } as const;
  const cases = [
    ...many(730, 1, (n) => answered(n, DAY, township(n))),
    ...many(172, 731, (n) => answered(n, 3 * DAY, township(n))),
    ...many(54, 903, (n) => dated(n, township(n))),
    // Registered, and due after the year's end.
    ...many(15, 957, (n) => dated(n, { ...township(n), dueAt: at('2027-01-04 17:30') })),
    ...many(7, 1001, (n) => answered(n, DAY, county)),
    ...many(2, 1008, (n) => answered(n, 3 * DAY, county)),
    ...many(7, 1010, (n) => dated(n, county)),
    ...many(9, 1017, (n) => dated(n, { level: 'county', source: 'phone', dueAt: at('2027-01-04 17:30') })),
    ...many(58, 1101, (n) => withdrawn(n)),
  ];
  // 953 of the registered were found by patrol: 940 and 16, less what the two lists above give to the phone.
  const shifted = cases.map((c) =>
    c.serial >= 1010 && c.serial < 1013 ? { ...c, source: 'phone' as const } : c,
  );
  const counted = figuresFor('2026-12', plain(shifted));

  test('accepted, registered, due', () => {
    expect(counted.received.total).toBe(1054);
    expect(counted.closedOfReceived.denominator).toBe(996);
    expect(counted.due.resolved.denominator).toBe(972);
    expect(counted.dueByTier.map(({ key, rates }) => [key, rates.resolved.denominator])).toEqual([
      ['township', 956],
      ['county', 16],
    ]);
  });

  test('closed and on time, out of what was due and not of what was accepted', () => {
    expect(counted.due.resolved).toMatchObject({ numerator: 911, denominator: 972 });
    expect(percent(counted.due.resolved, 2)).toBe('93.72%');
    expect(counted.due.inTime).toMatchObject({ numerator: 737, denominator: 972 });
    expect(percent(counted.due.inTime, 2)).toBe('75.82%');
  });

  test('each kind by itself, and the two as the whole', () => {
    const [first, second] = counted.dueByTier.map(({ rates }) => rates.resolved);
    expect([first, second].map((one) => one && percent(one, 2))).toEqual(['94.35%', '56.25%']);
    expect(first && second && sumRates([first, second])).toMatchObject({ numerator: 911, denominator: 972 });
  });

  test('found by patrol', () => {
    const patrol = counted.sourceShares.find(({ key }) => key === 'walk')?.rate;
    expect(patrol).toMatchObject({ numerator: 953, denominator: 996 });
    expect(patrol && percent(patrol, 2)).toBe('95.68%');
  });

  test('what is left out is named and adds up to all', () => {
    expect(counted.due.inTime.excluded).toEqual([
      { why: 'withdrawn', count: 58 },
      { why: 'not_due_yet', count: 24 },
    ]);
    expect(972 + 58 + 24).toBe(counted.received.total);
  });
});

/** Cases by main category, one sub-category each. */
const byNature = (counts: Readonly<Record<string, number>>, changes: Partial<Case>): readonly Case[] => {
  let first = 1;
  return Object.entries(counts).flatMap(([category, count]) => {
    const made = many(count, first, (n) => dated(n, { category, ...changes }));
    first += count;
    return made;
  });
};

test('Daying 12345, weekly: by nature, and against the week before', () => {
  const week = {
    'gov.consult': 460,
    'gov.service': 0,
    'env.garbage': 38,
    'road.damage': 3,
    'water.leak': 4,
    'edu.bus': 1,
  };
  const before = many(420, 2001, (n) => dated(n, { receivedAt: at('11-28 10:00') }));
  const now = byNature(week, { receivedAt: at('12-02 10:00') });
  const { received } = figuresFor('2026-W49', plain([...now, ...before]));
  expect(received.total).toBe(506);
  expect(received.byCategory.map(({ count }) => count)).toEqual([460, 38, 4, 3, 1]);
  expect(received.overPeriodBefore).toMatchObject({ now: 506, before: 420 });
  expect((100 * (received.overPeriodBefore?.share ?? 0)).toFixed(2)).toBe('20.48');
});

test('Daying 12345, monthly: three ways to cut one sum', () => {
  const natures = {
    'gov.consult': 1878,
    'env.garbage': 267,
    'road.damage': 87,
    'water.leak': 53,
    'edu.bus': 210,
  };
  const cases = byNature(natures, {}).map((c, i) => ({
    ...c,
    source: i < 2388 ? ('12345' as const) : ('private' as const),
    level: i < 2424 ? ('township' as const) : ('county' as const),
  }));
  const { received } = figuresFor('2026-12', plain(cases));
  const sumOf = (counts: readonly { count: number }[]) => counts.reduce((all, one) => all + one.count, 0);
  expect(received.total).toBe(2495);
  expect(received.byMain.map(({ count }) => count)).toEqual([1878, 267, 210, 87, 53]);
  expect(received.bySource).toEqual([
    { key: 'private', count: 107 },
    { key: '12345', count: 2388 },
  ]);
  expect(received.byTier).toEqual([
    { key: 'township', count: 2424 },
    { key: 'county', count: 71 },
  ]);
  for (const counts of [received.byMain, received.bySource, received.byTier])
    expect(sumOf(counts)).toBe(2495);
});

describe('Ningguo, April', () => {
  const april = at('2026-04-08 10:00');
  const of = (n: number): Partial<Case> => ({ receivedAt: april, level: n <= 532 ? 'township' : 'county' });
  // 99 were called back: 12 had nothing to say.
  const rated = (n: number): Partial<Case> =>
    n <= 8 ? { rating: 'unsatisfied' } : n <= 87 ? { rating: 'satisfied' } : { rating: null };
  const cases = [
    ...many(99, 1, (n) => answered(n, DAY, { ...of(n), ...rated(n) })),
    ...many(498, 100, (n) => answered(n, DAY, { ...of(n), state: 'resolved', closedAt: null, rating: null })),
    ...many(4, 598, (n) => dated(n, of(n))),
    ...many(2276, 1001, (n) => selfHandled(n, { receivedAt: april })),
  ];
  const counted = figuresFor('2026-04', plain(cases));

  test('received = answered at once + registered; registered by tier', () => {
    expect(counted.received).toMatchObject({ total: 2877, selfHandled: 2276 });
    expect(counted.due.inTime.denominator).toBe(601);
    expect(counted.dueByTier.map(({ rates }) => rates.inTime.denominator)).toEqual([532, 69]);
    expect(counted.due.inTime.excluded).toEqual([{ why: 'self_handled', count: 2276 }]);
  });

  test('597 of 601', () => {
    expect(counted.due.inTime).toMatchObject({ numerator: 597, denominator: 601 });
    expect(percent(counted.due.inTime, 0)).toBe('99%');
  });

  test('9% dissatisfied is of 87 rated, not of 99 called: the denominator is printed', () => {
    const { discontent } = counted.ratings;
    expect(discontent).toMatchObject({ numerator: 8, denominator: 87 });
    expect(percent(discontent, 0)).toBe('9%');
    expect(percent({ numerator: 8, denominator: 99 }, 0)).toBe('8%');
    expect(discontent.excluded).toContainEqual({ why: 'unrated', count: 12 });
  });
});

test('Dandong Yuanbao, five months: received, closed, satisfied', () => {
  const cases = [
    ...many(8128, 1, (n) =>
      answered(n, DAY, {
        receivedAt: at('2026-06-01 09:00') + (n % 140) * DAY,
        rating: n <= 7722 ? 'satisfied' : 'unsatisfied',
      }),
    ),
    ...many(751, 8129, (n) => dated(n, { receivedAt: at('2026-06-01 09:00') + (n % 140) * DAY })),
  ];
  const counted = figuresFor('2026-06-01..2026-10-31', plain(cases));
  expect(counted.received.total).toBe(8879);
  expect(counted.closedOfReceived).toMatchObject({ numerator: 8128, denominator: 8879 });
  expect(percent(counted.closedOfReceived)).toBe('91.5%');
  expect(counted.ratings.content).toMatchObject({ numerator: 7722, denominator: 8128 });
  expect(percent(counted.ratings.content)).toBe('95.0%');
});

describe('Fuzhou 12345, 1,184 river tickets', () => {
  /** How many tickets took so many days, for each number of transfers. */
  const TICKETS: Readonly<Record<number, readonly (readonly [days: number, count: number])[]>> = {
    0: [
      [1, 100],
      [2, 120],
      [4, 90],
      [7, 20],
      [16, 10],
    ],
    1: [
      [2, 100],
      [4, 120],
      [5, 73],
      [8, 50],
      [14, 30],
    ],
    2: [
      [3, 60],
      [5, 50],
      [6, 60],
      [10, 70],
      [14, 16],
      [20, 15],
    ],
    3: [
      [6, 0],
      [8, 110],
      [14, 26],
      [20, 64],
    ],
  };
  let serial = 0;
  const records = Object.entries(TICKETS).flatMap(([transfers, spread]) =>
    spread.flatMap(([days, count]) =>
      many(count, serial + 1, (n) => {
        serial = n;
        return answered(n, days * DAY, { receivedAt: at('12-01 09:00') });
      }).map((value) => ({
        value,
        events: Array.from({ length: Number(transfers) }, (_, i) =>
          event(value, i + 2, 'case_transferred', value.receivedAt + (i + 1) * HOUR, {
            from: 'cunjian',
            office: 'gongdian',
            reason: '河道',
          }),
        ),
      })),
    ),
  );
  const { times } = figuresFor('2026-12', records, { asOf: at('2026-12-31 23:00') });

  test('count, median and 90th percentile in days', () => {
    expect(times.resolutionDays).toEqual({ count: 1184, median: 5, p90: 14 });
  });
  test('within 7 and 15 days', () => {
    expect(times.withinDays.map(({ days, rate }) => [days, percent(rate)])).toEqual([
      [7, '67.0%'],
      [15, '92.5%'],
    ]);
  });
  test('transferred twice or more', () => {
    expect(times.twiceTransferred).toMatchObject({ numerator: 471, denominator: 1184 });
    expect(percent(times.twiceTransferred)).toBe('39.8%');
  });
  test('median days by transfers: each handing over costs two days', () => {
    expect(times.byTransfers.map(({ transfers, days }) => [transfers, days.median])).toEqual([
      [0, 2],
      [1, 4],
      [2, 6],
      [3, 8],
    ]);
  });
});
