import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ManualClock, ManualTimers } from '../../src/kernel/clock.ts';
import { Lane } from '../../src/outbox/lane.ts';
import { turnOfClaimed } from '../../src/outbox/order.ts';
import { Pace } from '../../src/outbox/pace.ts';
import type { Capabilities } from '../../src/port.ts';
import type { OutboxRow } from '../../src/store/port.ts';
import { bench, rowOf, START, still } from './support.ts';

const SECOND = 1_000;

type Limits = Capabilities['limits'];
interface Limit {
  readonly count: number;
  readonly perMs: number;
}

interface Went {
  readonly chat: string;
  readonly at: number;
  readonly rows: readonly OutboxRow[];
}

const limit = fc.record({
  count: fc.integer({ min: 1, max: 4 }),
  perMs: fc.integer({ min: 500, max: 9_000 }),
});
const limits: fc.Arbitrary<Limits> = fc.record({
  perChat: fc.option(limit, { nil: null }),
  global: fc.option(limit, { nil: null }),
  jitterMs: fc.option(
    fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 900 })).map(([min, more]) => ({
      ...{ min, max: min + more },
    })),
    { nil: null },
  ),
});
const coming = fc.array(
  fc.record({
    wait: fc.integer({ min: 0, max: 1_500 }),
    chat: fc.constantFrom('a', 'b', 'c'),
    priority: fc.constantFrom(0, 5),
    kind: fc.constantFrom('receipt' as const, 'progress' as const),
  }),
  { minLength: 1, maxLength: 30 },
);

/** What a lane sends of rows that come at these times, each send taking `slow`. */
async function sentBy(given: Limits, rows: readonly (readonly [number, OutboxRow])[], slow: number) {
  const clock = new ManualClock(START);
  const timers = new ManualTimers(clock);
  const went: Went[] = [];
  const back: OutboxRow[] = [];
  const shares = [0, 0.99, 0.5];
  let draw = 0;
  const lane = new Lane({
    ...{ clock, timers, parallel: 4, pace: new Pace(given, () => shares[draw++ % 3] ?? 0) },
    deliver: (entries) => {
      went.push({ chat: entries[0].row.chat.id, at: clock.now(), rows: entries.map(({ row }) => row) });
      return new Promise((resolve) => {
        timers.after(slow, () => resolve());
      });
    },
    giveBack: async ({ row }) => void back.push(row),
  });
  for (const [at, row] of rows) {
    while (clock.now() < at) await stepped(timers, Math.min(250, at - clock.now()));
    lane.add([{ row, turn: turnOfClaimed(row), keepUntil: START + 10_000 * SECOND, done: () => undefined }]);
  }
  const count = () => went.reduce((sum, one) => sum + one.rows.length, 0);
  for (let turn = 0; turn < 2_000 && count() < rows.length; turn++) await stepped(timers, 250);
  return { went, back };
}

async function stepped(timers: ManualTimers, milliseconds: number): Promise<void> {
  timers.advanceBy(milliseconds);
  for (let n = 0; n < 6; n++) await Promise.resolve();
}

const keeps = (times: readonly number[], { count, perMs }: Limit): boolean =>
  times.every((from) => times.filter((at) => at >= from && at < from + perMs).length <= count);

describe('any schedule of sends', () => {
  test('keeps to the limits of each chat and of the account in every window, and drops nothing', async () => {
    await fc.assert(
      fc.asyncProperty(limits, coming, fc.integer({ min: 0, max: 700 }), async (given, lines, slow) => {
        let at = START;
        const rows = lines.map(({ wait, chat, priority, kind }, i) => {
          at += wait;
          return [at, rowOf({ id: i + 1, chat: { id: chat, kind: 'group' }, priority, kind })] as const;
        });
        const { went, back } = await sentBy(given, rows, slow);
        const ids = went.flatMap((one) => one.rows.map(({ id }) => id));
        expect([...ids].sort((a, b) => a - b)).toEqual(rows.map(([, { id }]) => id));
        expect(back).toEqual([]);
        const { perChat, global, jitterMs } = given;
        const times = went.map((one) => one.at);
        if (global) expect(keeps(times, global)).toBe(true);
        for (const chat of ['a', 'b', 'c']) {
          const own = went.filter((one) => one.chat === chat).map((one) => one.at);
          if (perChat) expect(keeps(own, perChat)).toBe(true);
        }
        for (const [i, time] of times.entries()) {
          const before = times[i - 1];
          if (jitterMs && before !== undefined) expect(time - before).toBeGreaterThanOrEqual(jitterMs.min);
        }
        // Only receipts of one chat go together.
        for (const { rows: joined } of went.filter((one) => one.rows.length > 1)) {
          expect(new Set(joined.map(({ chat, kind }) => `${chat.id} ${kind}`)).size).toBe(1);
          expect(joined[0]?.kind).toBe('receipt');
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  test('lets what is urgent go first of all that waits', async () => {
    const given: Limits = { perChat: null, global: { count: 1, perMs: 1_000 }, jitterMs: null };
    const rows = Array.from({ length: 12 }, (_, i) => {
      const priority = i === 11 ? 0 : 5;
      return [START, rowOf({ id: i + 1, chat: { id: `c${i}`, kind: 'direct' }, priority })] as const;
    });
    const { went } = await sentBy(given, rows, 0);
    expect(went.slice(0, 2).map((one) => one.rows[0]?.id)).toEqual([1, 12]);
  });

  test('waits after each message as long as the draw says, between its bounds', async () => {
    const given: Limits = { perChat: null, global: null, jitterMs: { min: 3_000, max: 8_000 } };
    const rows = Array.from({ length: 7 }, (_, i) => {
      return [START, rowOf({ id: i + 1, chat: { id: `c${i}`, kind: 'direct' } })] as const;
    });
    const { went } = await sentBy(given, rows, 0);
    const gaps = went.slice(1).map(({ at }, i) => at - (went[i]?.at ?? 0));
    // Draws of 0, 0.99 and 0.5.
    expect(gaps).toEqual([3_000, 7_950, 5_500, 3_000, 7_950, 5_500]);
  });
});

describe('a platform that throttles', () => {
  test('the whole account: nothing goes to any chat until then, nothing is lost', async () => {
    const chat = (id: string) => ({ chat: { id, kind: 'direct' } as const });
    const { queue, dispatcher, platform, advance, statuses } = bench({
      capabilities: { limits: { perChat: { count: 9, perMs: SECOND }, global: null, jitterMs: null } },
    });
    platform.answer = ({ id }) =>
      platform.got.length === 1
        ? { type: 'deferred', retryAfterMs: 20 * SECOND, scope: 'account' }
        : { type: 'sent', messageId: id };
    await dispatcher.send(await queue({ case: 'A', ...chat('a') }));
    await dispatcher.send(await queue({ case: 'B', ...chat('b') }, { case: 'C', ...chat('c'), priority: 0 }));
    await still();
    expect(platform.got.map((message) => message.case)).toEqual(['A']);
    await advance(19 * SECOND);
    expect(platform.got).toHaveLength(1);
    await advance(SECOND);
    expect(
      platform.got
        .map((message) => message.case)
        .slice(1)
        .sort(),
    ).toEqual(['A', 'B', 'C']);
    expect(platform.got[1]?.case).toBe('C');
    expect(await statuses()).toEqual(['sent', 'sent', 'sent']);
  });
});
