import { describe, expect, test } from 'vitest';
import type { SendResult } from '../../src/port.ts';
import { bench, FakePlatform, still } from './support.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

describe('the pace of a platform', () => {
  const limits = { perChat: { count: 2, perMs: 20 * SECOND }, global: null, jitterMs: null };

  test('receipts that it held back in one chat go as one message', async () => {
    const { queue, dispatcher, platform, advance, statuses } = bench({ capabilities: { limits } });
    for (const number of [1, 2, 3, 4, 5]) {
      void dispatcher.send(
        await queue({ kind: 'receipt', case: `LC2611-000${number}`, replyTo: `m${number}` }),
      );
    }
    await still();
    expect(platform.got).toHaveLength(2);
    await advance(19 * SECOND);
    expect(platform.got).toHaveLength(2);
    await advance(SECOND);
    expect(platform.got).toHaveLength(3);
    expect(platform.got[2]).toMatchObject({
      id: 'o3',
      case: null,
      cases: ['LC2611-0003', 'LC2611-0004', 'LC2611-0005'],
      replyTo: null,
      text: 'thanks\nthanks\nthanks',
    });
    expect(await statuses()).toEqual(Array(5).fill('sent'));
  });

  test('nothing else is merged, and what must wait long goes back to the store', async () => {
    const slow = { perChat: { count: 1, perMs: 5 * MINUTE }, global: null, jitterMs: null };
    const { queue, dispatcher, platform, advance, statuses } = bench({ capabilities: { limits: slow } });
    await dispatcher.send(await queue({ kind: 'progress' }, { kind: 'progress' }));
    expect(await statuses()).toEqual(['sent', 'queued']);
    await advance(5 * MINUTE);
    expect(platform.got).toHaveLength(2);
    expect(await statuses()).toEqual(['sent', 'sent']);
  });

  test('stopping ends what is under way and gives the rest back', async () => {
    const { queue, dispatcher, platform, statuses, successor } = bench({ capabilities: { limits } });
    let answer: (result: SendResult) => void = () => undefined;
    platform.answer = () => new Promise((resolve) => (answer = resolve));
    void dispatcher.send(await queue({ kind: 'progress' }, { kind: 'progress' }));
    await still();
    const stopped = dispatcher.stop();
    answer({ type: 'sent', messageId: 'p1' });
    await stopped;
    expect(await statuses()).toEqual(['sent', 'queued']);
    const platformOfNext = new FakePlatform();
    const next = successor(platformOfNext);
    await next.sweep();
    await next.flush();
    expect(platformOfNext.got.map(({ id }) => id)).toEqual(['o2']);
  });
});
