/** Reading for a digest, over a real database: everything that matters, in small pages, with turns for the chat between. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DigestStore, gather } from '../../src/digest/gather.ts';
import { seenOf } from '../../src/digest/history.ts';
import { figuresFrom } from '../../src/digest/make.ts';
import { pastOf, spansOf } from '../../src/digest/past.ts';
import type { Case } from '../../src/domain/case.ts';
import type { Store } from '../../src/store/port.ts';
import { storeOver } from '../../src/store/sqlite/index.ts';
import { openDatabase } from '../../src/store/sqlite/open.ts';
import { Whole } from '../support/house.ts';
import { at, testPolicy } from '../support/world.ts';
import { answered, DAY, dated, figuresFor, many, period, plain, ZONE } from './support.ts';

const policy = testPolicy();
const SCOPE = { township: 'x' };

async function storeOf(cases: readonly Case[]): Promise<Store> {
  const store = storeOver(openDatabase(':memory:'), { now: () => 0, owner: 'test' }, () => undefined);
  const change = { answer: null, cases: cases.map((value) => ({ value, parts: [], nextAt: null })) };
  await store.transact(SCOPE, [{ load: {}, decide: () => change }]);
  return store;
}

interface Asked {
  readonly sizes: number[];
  events: number;
}

function watched(store: Store, asked: Asked): DigestStore {
  return {
    received: (...args) => store.received(...args),
    firstReceived: (...args) => store.firstReceived(...args),
    activeCases: async (...args) => {
      const page = await store.activeCases(...args);
      asked.sizes.push(page.numbers.length);
      return page;
    },
    settledCases: async (...args) => {
      const page = await store.settledCases(...args);
      asked.sizes.push(page.numbers.length);
      return page;
    },
    eventsJson: (scope, numbers) => {
      asked.events += numbers.length;
      return store.eventsJson(scope, numbers);
    },
  };
}

async function read(cases: readonly Case[], month = '2026-12') {
  const store = await storeOf(cases);
  const asked: Asked = { sizes: [], events: 0 };
  const { records, before } = await gather({
    store: watched(store, asked),
    scope: SCOPE,
    period: period(month),
  });
  await store.close();
  return {
    records: records.map(({ value }) => value.number),
    before: before.map(({ number }) => number),
    asked,
  };
}

const inYear = (year: number, serial: number, changes: Partial<Case>): Case =>
  dated(serial, {
    year,
    number: `LC${String(year).slice(2)}01-${String(serial).padStart(4, '0')}`,
    ...changes,
  });

const settled = (year: number, serial: number, receivedAt: number, closedAt: number): Case =>
  inYear(year, serial, { receivedAt, state: 'closed', closedAt, resolvedAt: closedAt, dueAt: closedAt });

test('each case once, in the order of the numbers; events only of those that have a say in the month', async () => {
  const cases = [
    inYear(2024, 1, { receivedAt: at('2024-05-01 09:00'), state: 'deferred' }),
    settled(2024, 2, at('2024-05-01 09:00'), at('2024-06-01 09:00')),
    // Older than a year, and closed in the month.
    settled(2025, 1, at('2025-10-10 09:00'), at('2026-12-20 09:00')),
    ...many(300, 1, (n) => answered(n, DAY, { receivedAt: at('2026-06-01 09:00') })),
    ...many(150, 301, (n) => answered(n, DAY, { receivedAt: at('2026-10-01 09:00') })),
    ...many(250, 451, (n) => dated(n, { receivedAt: at('2026-12-01 09:00') })),
  ];
  const { records, before, asked } = await read(cases);
  const opened = cases.slice(450 + 3).map(({ number }) => number);
  expect(records).toEqual(['LC2401-0001', 'LC2501-0001', ...opened]);
  expect(new Set(before)).toEqual(new Set(cases.slice(303, 453).map(({ number }) => number)));
  expect(asked.events).toBe(records.length);
});

test('in pages that a chat does not notice; what is settled and long past is not read at all', async () => {
  const cases = many(5_000, 1, (n) => {
    const receivedAt = at('2025-01-01 09:00') + Math.floor((n * 365 * DAY) / 5_000);
    return settled(2025, n, receivedAt, receivedAt);
  });
  const { records, before, asked } = await read(cases, '2026-01');
  const recent = cases.filter(
    ({ receivedAt, closedAt }) =>
      receivedAt >= at('2026-01-01 00:00') - 90 * DAY && (closedAt ?? 0) < at('2026-01-01 00:00'),
  );
  expect(before).toEqual(recent.map(({ number }) => number));
  expect(records.length + before.length).toBe(asked.sizes.reduce((a, b) => a + b));
  expect(Math.max(...asked.sizes)).toBe(100);
});

test('gives others a turn between pages', async () => {
  let turns = 0;
  let over = false;
  const count = (): void => {
    turns++;
    if (!over) setImmediate(count);
  };
  const store = await storeOf(many(1000, 1, (n) => dated(n)));
  setImmediate(count);
  await gather({ store, scope: SCOPE, period: period('2026-12') });
  over = true;
  await store.close();
  expect(turns).toBeGreaterThanOrEqual(10);
});

const someCase = fc
  .record({
    received: fc.integer({ min: 0, max: 480 }),
    took: fc.integer({ min: 0, max: 200 }),
    category: fc.constantFrom('road.damage', 'power.lamp', 'water.outage'),
    place: fc.constantFrom('王家桥', '李家塘', null),
    open: fc.boolean(),
  })
  .map(({ received, took, open, ...over }) => (serial: number): Case => {
    const receivedAt = at('2025-09-01 09:00') + received * DAY;
    const due = { dueAt: receivedAt + 2 * DAY, originalDueAt: receivedAt + 2 * DAY };
    return open
      ? dated(serial, { receivedAt, ...due, ...over })
      : answered(serial, took * DAY, { receivedAt, ...due, ...over });
  });

test('the figures of what was gathered are those of all there is', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(someCase, { maxLength: 40 }),
      fc.constantFrom('2026-12', '2026-11', '2026-W49', '2026-11-15..2026-12-03'),
      fc.integer({ min: 0, max: 60 }),
      async (makers, name, late) => {
        const cases = makers.map((make, i) => make(i + 1));
        const about = period(name);
        const asOf = about.from + (late + 1) * DAY;
        const store = await storeOf(cases);
        const counted = await figuresFrom({ store, scope: SCOPE, policy, period: about, asOf });
        await store.close();
        const seen = cases.map(seenOf);
        const past = pastOf(seen, spansOf(about, Math.min(about.to, asOf), ZONE));
        const order = {
          villages: policy.roster.villages.map(({ id }) => id),
          offices: policy.roster.offices.map(({ id }) => id),
        };
        expect(counted).toEqual(figuresFor(name, plain(cases), { asOf, past, order }));
      },
    ),
    { numRuns: 60 },
  );
});

test('what came in more than a year ago and is answered and closed in the month is counted in it', async () => {
  const whole = await new Whole({ start: '2025-08-04 08:00' }).open();
  try {
    await whole.say('lin', '#上报 3组王家桥路灯不亮', '2025-08-04 09:00', 'g-fl');
    await whole.say('lin', '#上报 5组李家坳路灯不亮', '2025-08-04 09:10', 'g-fl');
    await whole.say('duty', '代办结 2 李师傅电话说换好了', '2025-08-05 09:00');
    await whole.say('lin', '满意 2', '2025-08-05 10:00');
    await whole.say('duty', '代办结 1 李师傅电话说换好了', '2026-10-12 09:00');
    await whole.say('lin', '没解决 1', '2026-10-12 10:00');
    await whole.say('duty', '代办结 1 李师傅又去了一趟', '2026-10-13 09:00');
    await whole.say('lin', '满意 1', '2026-10-13 10:00');
    const figures = await figuresFrom({
      ...{ store: whole.store, scope: whole.scope, policy: whole.policy },
      period: period('2026-10'),
      asOf: whole.at('2026-11-02 09:00'),
    });
    expect(figures.ratings).toMatchObject({ satisfied: 1, unsatisfied: 0 });
    expect(figures.times.resolutionDays.count).toBe(1);
    expect(figures.received.total).toBe(0);
    // The bulletin tells what became of it; the other one was settled long ago.
    expect(
      figures.bulletin.flatMap(({ items }) => items.map(({ matter, state }) => [matter.brief.number, state])),
    ).toEqual([['LX2508-0001', 'answered']]);
  } finally {
    await whole.close();
  }
});
