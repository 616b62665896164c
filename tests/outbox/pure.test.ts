import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backoff } from '../../src/outbox/backoff.ts';
import { fitted } from '../../src/outbox/compose.ts';
import { allowedAt, type Sent, taken } from '../../src/outbox/limits.ts';
import { compareTurns, turnOfClaimed, turnsOfBatch } from '../../src/outbox/order.ts';
import { rowOf } from './support.ts';

describe('the limit', () => {
  const limit = { count: 6, perMs: 60_000 };

  test('lets a burst of its count go at once, then the next when the first is a span old', () => {
    let sent: Sent = [];
    const went: number[] = [];
    for (let n = 0; n < 13; n++) {
      const at = allowedAt(sent, went.at(-1) ?? 0, limit);
      went.push(at);
      sent = taken(sent, at, limit);
    }
    expect(went).toEqual([0, 0, 0, 0, 0, 0, ...Array(6).fill(60_000), 120_000]);
  });

  test('never lets more than its count through any window, and holds nobody longer than it must', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 20, maxLength: 80 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 9 }), (waits, count) => {
        const some = { count, perMs: 60_000 };
        let now = 0;
        let sent: Sent = [];
        const went: number[] = [];
        for (const wait of waits) {
          const asked = now + wait;
          now = allowedAt(sent, asked, some);
          // Held: then a moment earlier would have been one too many.
          if (now > asked && went.filter((at) => at > now - 1 - some.perMs).length < count) return false;
          sent = taken(sent, now, some);
          went.push(now);
        }
        return went.every(
          (from) => went.filter((at) => at >= from && at < from + some.perMs).length <= count,
        );
      }),
    );
  });

  test('is not kept waiting by a clock that was set back', () => {
    const sent = [1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000];
    expect(allowedAt(sent, 0, limit)).toBe(60_000);
  });
});

describe('backoff', () => {
  test('doubles from five seconds to an hour and is spread by its share', () => {
    expect([1, 2, 3, 4].map((attempt) => backoff(attempt, 1))).toEqual([5_000, 10_000, 20_000, 40_000]);
    expect(backoff(1, 0)).toBe(2_500);
    expect(backoff(50, 0.999)).toBeLessThanOrEqual(3_600_000);
    expect(backoff(0, 1)).toBe(5_000);
  });
});

describe('turns', () => {
  test('the sends of one message: emergency, page, receipt, assignment, the rest', () => {
    const kinds = ['assignment', 'notice', 'receipt', 'page', 'emergency'] as const;
    const rows = kinds.map((kind, i) => rowOf({ id: i + 1, kind, priority: kind === 'page' ? 0 : 3 }));
    const turns = turnsOfBatch(rows);
    const order = rows.map((row, i) => ({ row, turn: turns[i] ?? ([0, 0, 0, 0] as const) }));
    order.sort((a, b) => compareTurns(a.turn, b.turn));
    expect(order.map(({ row }) => row.kind)).toEqual([
      'emergency',
      'page',
      'receipt',
      'assignment',
      'notice',
    ]);
  });

  test('what waited goes by priority, then age; a later batch does not overtake an earlier one', () => {
    const [old, urgent] = [rowOf({ id: 1, priority: 3 }), rowOf({ id: 9, priority: 0 })];
    expect(compareTurns(turnOfClaimed(urgent), turnOfClaimed(old))).toBeLessThan(0);
    const [late] = turnsOfBatch([rowOf({ id: 5, kind: 'emergency', priority: 3 })]);
    expect(compareTurns(turnOfClaimed(old), late ?? [0, 0, 0, 0])).toBeLessThan(0);
  });
});

describe('a text too long for its platform', () => {
  test('is cut at a whole character within the limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 3, max: 60 }), (text, max) => {
        const cut = fitted(text, max);
        if (Buffer.byteLength(text) <= max) return cut === text;
        return Buffer.byteLength(cut) <= max && cut.endsWith('…') && text.startsWith(cut.slice(0, -1));
      }),
    );
  });
});
