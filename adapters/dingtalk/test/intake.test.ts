/** Messages over the official SDK's stream: taken, acknowledged, tried again. */
import { describe, expect, test } from 'vitest';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, pass } from '../../../tests/adapters/support.ts';
import { received, running } from './harness.ts';

onlyLoopback();

describe('a message', () => {
  test('is acknowledged after the commit, and not before', async () => {
    await running(async ({ fake, sink, adapter, clock }) => {
      const commit = Promise.withResolvers<void>();
      sink.hold = commit.promise;
      const frame = fake.push(received('m1'));
      await eventually(() => sink.received.length === 1);
      expect(fake.acks).toEqual([]);
      commit.resolve();
      await eventually(() => fake.ackOf(frame) !== undefined);
      expect(fake.ackOf(frame)).toEqual({
        code: 200,
        headers: { contentType: 'application/json', messageId: frame },
        message: 'OK',
        data: '{"response":null}',
      });
      expect(adapter.health()).toMatchObject({ state: 'online', lastInboundAt: clock.now() });
    });
  });

  test('that could not be taken is tried again while DingTalk waits, and holds up no other', async () => {
    await running(async (parts) => {
      const { fake, sink } = parts;
      sink.failures = 2;
      const first = fake.push(received('m1'));
      await eventually(() => sink.failures === 1);
      await pass(parts, 1_000);
      await eventually(() => sink.failures === 0);
      const second = fake.push(received('m2'));
      await eventually(() => fake.ackOf(second) !== undefined);
      expect(fake.ackOf(first)).toBeUndefined();
      await pass(parts, 2_000);
      await eventually(() => fake.ackOf(first) !== undefined);
      expect(sink.effects.map(({ eventKey }) => eventKey)).toEqual(['m:m2', 'm:m1']);
      expect(parts.adapter.health().state).toBe('online');
    });
  });

  test('that can never be taken stays unacknowledged, and health says so until one is taken', async () => {
    await running(async (parts) => {
      const { fake, sink, adapter } = parts;
      sink.failures = 6;
      const frame = fake.push(received('m1'));
      for (const wait of [1_000, 2_000, 4_000, 8_000, 16_000]) await pass(parts, wait);
      await eventually(() => adapter.health().state === 'degraded');
      expect(adapter.health().lastError).toContain('没有记下来');
      expect(sink.received).toHaveLength(6);
      expect(fake.ackOf(frame)).toBeUndefined();
      // DingTalk brings it again, in another frame.
      const again = fake.push(received('m1'));
      await eventually(() => fake.ackOf(again) !== undefined);
      expect(sink.effects).toHaveLength(1);
      expect(adapter.health().state).toBe('online');
    });
  });

  test('that waits to be tried again does not hold up a stop', async () => {
    await running(async ({ fake, sink, adapter, timers }) => {
      sink.failures = 1;
      const frame = fake.push(received('m1'));
      await eventually(() => timers.isWaiting(1_000));
      await adapter.stop();
      expect(fake.ackOf(frame)).toBeUndefined();
    });
  });

  test('under way is committed and acknowledged before a stop ends', async () => {
    await running(async ({ fake, sink, adapter }) => {
      const commit = Promise.withResolvers<void>();
      sink.hold = commit.promise;
      const frame = fake.push(received('m1'));
      await eventually(() => sink.received.length === 1);
      const stopping = adapter.stop();
      commit.resolve();
      await stopping;
      await eventually(() => fake.ackOf(frame) !== undefined);
      expect(sink.effects).toHaveLength(1);
    });
  });

  test('that comes again has one effect', async () => {
    await running(async ({ fake, sink }) => {
      const frames = [1, 2, 3].map(() => fake.push(received('m1')));
      await eventually(() => frames.every((frame) => fake.ackOf(frame) !== undefined));
      expect([sink.received.length, sink.effects.length]).toEqual([3, 1]);
    });
  });

  test('of the robot itself or of no use is acknowledged, and is none', async () => {
    await running(async ({ fake, sink }) => {
      const frames = [
        fake.push(received('m1', { senderId: '$:LWCP_v1:$robot', senderStaffId: '' })),
        fake.push('{"msgId":'),
        fake.push(received('m2', { conversationType: '1', msgtype: 'interactiveCard' })),
      ];
      await eventually(() => frames.every((frame) => fake.ackOf(frame) !== undefined));
      expect(sink.received).toEqual([]);
    });
  });

  test('names its group in the log, once', async () => {
    await running(async ({ fake, sink, lines }) => {
      fake.push(received('m1'));
      fake.push(received('m2'));
      fake.push(received('m3', { conversationType: '1' }));
      await eventually(() => sink.effects.length === 3);
      expect(lines.filter((line) => line.includes('cidGroup=='))).toHaveLength(1);
    });
  });

  test('to another robot than the one that is configured is told to the admin', async () => {
    await running(async ({ fake, sink, adapter }) => {
      fake.push(received('m1', { robotCode: 'dingold00code' }));
      await eventually(() => sink.effects.length === 1);
      expect(adapter.health()).toMatchObject({ state: 'degraded' });
      expect(adapter.health().lastError).toContain('robotCode: dingold00code');
      fake.push(received('m2'));
      await eventually(() => sink.effects.length === 2);
      expect(adapter.health().state).toBe('online');
    });
  });
});
