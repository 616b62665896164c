import fc from 'fast-check';
import { expect, test } from 'vitest';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { START } from '../../../tests/adapters/support.ts';
import { rushWait } from '../rush.ts';
import { message, running } from './harness.ts';

onlyLoopback();

const SECOND = 1_000;

test('a digest of the clock is not pushed on the hour or half hour, and goes within the minute and a half after', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.nat(3_600 * SECOND), fc.string(), (hours, after, id) => {
      const now = hours * 3_600 * SECOND + after;
      const wait = rushWait({ ...message('o1', { kind: 'digest' }), id }, now);
      const at = (now + wait) % (1_800 * SECOND);
      expect(at).toBeGreaterThanOrEqual(60 * SECOND);
      expect(wait).toBeLessThanOrEqual(90 * SECOND);
      if (now % (1_800 * SECOND) >= 60 * SECOND) expect(wait).toBe(0);
    }),
  );
});

test('neither an answer nor an emergency waits', () => {
  for (const kind of ['page', 'emergency', 'overdue', 'receipt', 'assignment']) {
    expect(rushWait(message('o1', { kind }), START)).toBe(0);
  }
  expect(rushWait(message('o1', { kind: 'digest', replyTo: 'om_1' }), START)).toBe(0);
});

test('it is the outbox that waits, and sends the digest then', async () => {
  await running(async ({ fake, adapter, clock }) => {
    const digest = message('o1', { kind: 'digest' });
    const result = await adapter.send(digest);
    expect(result.type).toBe('deferred');
    expect(fake.said).toEqual([]);
    clock.advanceBy(result.type === 'deferred' ? result.retryAfterMs : 0);
    expect(await adapter.send(digest)).toMatchObject({ type: 'sent' });
  });
});
