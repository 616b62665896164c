/** Long polling: in order, acknowledged after the commit, whatever Telegram or the store does. */
import { describe, expect, test } from 'vitest';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, pass, RecordingSink } from '../../../tests/adapters/support.ts';
import { FakeTelegram, refusal, tooMany } from './fake-telegram.ts';
import type { Running } from './harness.ts';
import { groupMessage, run, running } from './harness.ts';

onlyLoopback();

const texts = ({ sink }: Running): string[] => sink.effects.map(({ text }) => text);
const polls = (fake: FakeTelegram): number => fake.called('getUpdates').length;

describe('updates', () => {
  test('come in order and are acknowledged only after the commit', async () => {
    await running(async (parts) => {
      const { fake, sink } = parts;
      const { promise, resolve } = Promise.withResolvers<void>();
      sink.hold = promise;
      fake.push(groupMessage(1, { text: '一' }));
      fake.push(groupMessage(2, { text: '二' }));
      await eventually(() => sink.received.length === 1);
      expect([polls(fake), fake.confirmed]).toEqual([1, 0]);
      resolve();
      await eventually(() => fake.polling);
      expect(texts(parts)).toEqual(['一', '二']);
      expect(fake.confirmed).toBe(3);
    });
  });

  test('not taken come again, in order, at once and then ever more slowly', async () => {
    await running(async (parts) => {
      const { fake, sink } = parts;
      sink.failures = 3;
      fake.push(groupMessage(1, { text: '一' }));
      fake.push(groupMessage(2, { text: '二' }));
      await eventually(() => sink.received.length === 2);
      expect(parts.adapter.health()).toMatchObject({ state: 'degraded' });
      await pass(parts, 1_000);
      await eventually(() => sink.received.length === 3);
      await pass(parts, 2_000);
      await eventually(() => sink.effects.length === 2);
      expect(texts(parts)).toEqual(['一', '二']);
      await eventually(() => fake.polling);
      expect(fake.confirmed).toBe(3);
    });
  });

  test('of a process that died after the commit come again to the next one, with one effect', async () => {
    const sink = new RecordingSink();
    const first = await run({}, sink);
    await eventually(() => first.fake.polling);
    const { promise, resolve } = Promise.withResolvers<void>();
    sink.stuck = promise;
    first.fake.push(groupMessage(1));
    await eventually(() => sink.effects.length === 1);
    // Here it dies: what it would have asked next is never asked.
    sink.stuck = null;
    const second = await run({}, sink, first.fake);
    await eventually(() => first.fake.confirmed === 2);
    expect(sink.received).toHaveLength(2);
    expect(sink.effects.map(({ eventKey }) => eventKey)).toEqual(['m:1']);
    resolve();
    await first.adapter.stop();
    await second.stop();
  });

  test('are asked for without an offset once nothing is left to acknowledge: ids may start anew, lower', async () => {
    await running(async (parts) => {
      const { fake, sink } = parts;
      fake.push(groupMessage(1), 900_000);
      await eventually(() => fake.confirmed === 900_001 && fake.polling);
      // Half a minute passes without news.
      fake.answerEmpty();
      await eventually(() => fake.polling);
      expect(fake.called('getUpdates').at(-1)?.payload).not.toHaveProperty('offset');
      fake.push(groupMessage(2), 5_000);
      await eventually(() => sink.effects.length === 2);
    });
  });

  test('that can not be read are passed over', async () => {
    await running(async (parts) => {
      const { fake, sink } = parts;
      fake.pushRaw({ update_id: 1, message: { chat: 'none' } });
      fake.push(groupMessage(2), 2);
      await eventually(() => sink.effects.length === 1 && fake.polling);
      fake.pushRaw({ update_id: 3, message: 12, edited_message: null });
      fake.push(groupMessage(4), 4);
      await eventually(() => sink.effects.length === 2 && fake.polling);
      expect(fake.confirmed).toBe(5);
    });
  });

  test('handed over twice have one effect', async () => {
    await running(async (parts) => {
      const { fake, sink } = parts;
      fake.push(groupMessage(1), 1);
      await eventually(() => fake.confirmed === 2 && fake.polling);
      fake.pushRaw({ update_id: 2, ...groupMessage(1) });
      await eventually(() => sink.received.length === 2);
      expect(sink.effects).toHaveLength(1);
    });
  });

  test('are acknowledged at a stop', async () => {
    const parts = await run();
    await eventually(() => parts.fake.polling);
    parts.sink.hold = new Promise((resolve) => setImmediate(resolve));
    parts.fake.push(groupMessage(1));
    await eventually(() => parts.sink.received.length === 1);
    await parts.adapter.stop();
    expect(parts.fake.confirmed).toBe(2);
    expect(parts.adapter.health().state).toBe('stopped');
    await parts.fake.close();
  });
});

describe('Telegram away', () => {
  test.each([
    ['says nothing of use', { raw: '<html>502 Bad Gateway</html>', status: 502 }],
    ['gives no list', { raw: '{"ok":true,"result":{}}' }],
    ['gives a list of no updates', { raw: '{"ok":true,"result":[1,{"a":2}]}' }],
    ['answers half', 'cut'],
    ['hangs up', 'drop'],
    ['is told to wait for', tooMany(1)],
  ] as const)('%s: health tells, and after a moment it goes on', async (_, fault) => {
    await running(async (parts) => {
      const { fake, sink, adapter } = parts;
      fake.fail('getUpdates', fault);
      fake.push(groupMessage(1));
      await eventually(() => adapter.health().state === 'degraded');
      expect(adapter.health().lastError).not.toBeNull();
      await pass(parts, 1_000);
      await eventually(() => sink.effects.length === 1);
      fake.push(groupMessage(2));
      await eventually(() => sink.effects.length === 2 && adapter.health().state === 'online');
    });
  });

  test('without a word: the long poll is given up and asked anew', async () => {
    await running(async (parts) => {
      parts.timers.advanceBy(50_000);
      await eventually(() => parts.adapter.health().state === 'degraded');
      await pass(parts, 1_000);
      await eventually(() => parts.fake.polling);
      expect(parts.adapter.health().state).toBe('degraded');
      parts.fake.push(groupMessage(1));
      await eventually(() => parts.sink.effects.length === 1);
      expect(parts.adapter.health().state).toBe('online');
    });
  });

  test('another program takes the updates: told in words, and tried again', async () => {
    await running(async (parts) => {
      const { fake, adapter, sink } = parts;
      fake.fail('getUpdates', {
        status: 409,
        body: refusal(409, 'Conflict: terminated by other getUpdates request'),
      });
      fake.push(groupMessage(1));
      await eventually(() => sink.effects.length === 1);
      await eventually(() => adapter.health().state === 'degraded');
      expect(adapter.health().lastError).toContain('另一个程序');
      await pass(parts, 1_000);
      await eventually(() => fake.polling);
    });
  });

  test('the token is revoked: kicked, for a person to see to', async () => {
    await running(async ({ fake, adapter }) => {
      fake.fail('getUpdates', { status: 401, body: refusal(401, 'Unauthorized') });
      fake.push(groupMessage(1));
      await eventually(() => adapter.health().state === 'kicked');
      expect(adapter.health().lastError).toContain('token');
    });
  });

  test('at the start: the program runs, and connects when it can', async () => {
    const fake = await FakeTelegram.open();
    fake.fail('getMe', 'drop', { raw: 'no', status: 502 });
    const parts = await run({}, new RecordingSink(), fake);
    expect(parts.adapter.health().state).toBe('connecting');
    for (const calls of [1, 2]) {
      await eventually(() => parts.lines.length === calls);
      await pass(parts, 1_000 * calls);
    }
    await eventually(() => fake.polling);
    expect(parts.adapter.health().state).toBe('online');
    await parts.stop();
  });
});
