import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backoff } from '../../src/outbox/backoff.ts';
import { fitted } from '../../src/outbox/compose.ts';
import { allowedAt, taken } from '../../src/outbox/gcra.ts';
import { compareTurns, turnOfClaimed, turnsOfBatch } from '../../src/outbox/order.ts';
import { rowOf } from './support.ts';

describe('the limit', () => {
  const limit = { count: 6, perMs: 60_000 };

  test('lets a burst of its count go at once, then one each span', () => {
    let next: number | null = null;
    const went: number[] = [];
    for (let n = 0; n < 9; n++) {
      const at = allowedAt(next, 0, limit);
      went.push(at);
      next = taken(next, at, limit);
    }
    expect(went).toEqual([0, 0, 0, 0, 0, 0, 10_000, 20_000, 30_000]);
  });

  test('never lets more than twice its count through any window', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 20, maxLength: 80 });
    fc.assert(
      fc.property(gaps, (waits) => {
        let now = 0;
        let next: number | null = null;
        const went: number[] = [];
        for (const wait of waits) {
          now = allowedAt(next, now + wait, limit);
          next = taken(next, now, limit);
          went.push(now);
        }
        const most = Math.max(
          ...went.map((from) => went.filter((at) => at >= from && at < from + 60_000).length),
        );
        return most <= 2 * limit.count;
      }),
    );
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
