/** The stream by the official SDK, and what it does on DingTalk's bad days. */
import { createRequire } from 'node:module';
import { describe, expect, test, vi } from 'vitest';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, pass } from '../../../tests/adapters/support.ts';
import { CLIENT, type FakeDingtalk, OPEN, SECRET } from './fake-dingtalk.ts';
import type { Running } from './harness.ts';
import { received, running } from './harness.ts';

onlyLoopback();

const online = ({ adapter }: Running): Promise<void> => eventually(() => adapter.health().state === 'online');

describe('the connection', () => {
  test('subscribes to what is said to the robot and to nothing else', async () => {
    await running(async ({ fake }) => {
      const [call] = fake.called(OPEN);
      expect(JSON.parse(call?.body ?? '')).toEqual({
        clientId: CLIENT,
        clientSecret: SECRET,
        subscriptions: [{ type: 'CALLBACK', topic: '/v1.0/im/bot/messages/get' }],
        ua: 'huiyin',
      });
    });
  });

  test('is made anew after a cut, with growing patience, and says so', async () => {
    await running(async (parts) => {
      parts.fake.cut();
      await eventually(() => parts.adapter.health().state === 'connecting');
      expect(parts.adapter.health().lastError).toContain('正在重连');
      await pass(parts, 1_000);
      await online(parts);
      parts.fake.cut();
      await pass(parts, 2_000);
      await online(parts);
      parts.fake.push(received('m1'));
      await eventually(() => parts.sink.effects.length === 1);
      expect(parts.fake.tickets).toBe(3);
    });
  });

  test('that held for long is made anew at once, and then with fresh patience', async () => {
    await running(async (parts) => {
      for (const wait of [1_000, 2_000]) {
        parts.fake.cut();
        await pass(parts, wait);
        await online(parts);
      }
      for (const _ of [1, 2, 3]) {
        await pass(parts, 30_000);
        parts.fake.system('ping', { opaque: 'x' });
        await eventually(() => parts.fake.acks.length > 0);
        parts.fake.acks.length = 0;
      }
      parts.fake.cut();
      await eventually(() => parts.fake.tickets === 4);
      await online(parts);
      parts.fake.cut();
      await pass(parts, 1_000);
      await online(parts);
    });
  });

  test('answers the server’s ping with what it brought', async () => {
    await running(async ({ fake }) => {
      fake.system('ping', { opaque: '123-dsfs' });
      await eventually(() => fake.acks.length === 1);
      expect(fake.acks[0]).toMatchObject({ code: 200, message: 'OK', data: '{"opaque":"123-dsfs"}' });
      expect(fake.acks[0]).toMatchObject({ headers: { messageId: 'system-ping', topic: 'ping' } });
    });
  });

  test('that nobody answers is given up after a minute, and made anew', async () => {
    await running(async (parts) => {
      parts.fake.autoPong = false;
      await pass(parts, 30_000);
      await eventually(() => parts.fake.pings === 1);
      await pass(parts, 30_000);
      await eventually(() => parts.adapter.health().state === 'connecting');
      expect(parts.adapter.health().lastError).toContain('没有声音');
      parts.fake.autoPong = true;
      await pass(parts, 1_000);
      await online(parts);
    });
  });

  test('that the server asks to leave is followed at once by the next, and what is under way is acknowledged', async () => {
    await running(async (parts) => {
      const { fake, sink, clock } = parts;
      for (const _ of [1, 2, 3]) {
        await pass(parts, 30_000);
        fake.system('ping', { opaque: 'x' });
        await eventually(() => fake.acks.length > 0);
        fake.acks.length = 0;
      }
      const commit = Promise.withResolvers<void>();
      sink.hold = commit.promise;
      const frame = fake.push(received('m1'));
      await eventually(() => sink.received.length === 1);
      const before = clock.now();
      fake.system('disconnect', { reason: 'connection is expired' });
      await eventually(() => fake.connections === 2);
      expect(clock.now()).toBe(before);
      expect(parts.adapter.health().state).toBe('online');
      commit.resolve();
      await eventually(() => fake.ackOf(frame) !== undefined);
      fake.push(received('m2'));
      await eventually(() => sink.effects.length === 2);
      // The server hangs up after ten seconds; if it forgets, we do.
      await pass(parts, 10_000);
      await eventually(() => fake.connections === 1);
    });
  });

  test('that the server asks to leave as soon as it stands is not made anew in a rage', async () => {
    await running(async (parts) => {
      parts.fake.system('disconnect', { reason: 'maintenance' });
      await eventually(() => parts.adapter.health().state === 'connecting');
      expect(parts.fake.tickets).toBe(1);
      await pass(parts, 1_000);
      await online(parts);
    });
  });

  test.each([
    ['throttled', { status: 403, body: { code: 'Forbidden.AccessDenied.QpsLimitForApi' } }, 2_000, '限流'],
    ['behind a firewall', { status: 403, body: '<html>x5' }, 300_000, '限流'],
    ['broken', { status: 502, body: '<html>bad gateway</html>' }, 1_000, '拒绝'],
    ['gone', 'drop', 1_000, '连不上'],
    ['silly', { status: 200, body: { endpoint: 'wss://x.example' } }, 1_000, '看不懂'],
    [
      'elsewhere in the clear',
      { status: 200, body: { endpoint: 'ws://x.example', ticket: 't' } },
      1_000,
      '看不懂',
    ],
  ] as const)('waits where the gateway is %s, and tries again', async (_, fault, wait, words) => {
    await running(
      async (parts) => {
        await eventually(() => parts.adapter.health().lastError !== null);
        expect(parts.adapter.health()).toMatchObject({ state: 'connecting' });
        expect(parts.adapter.health().lastError).toContain(words);
        await pass(parts, wait);
        await online(parts);
      },
      { prepare: (fake) => fake.fail(OPEN, fault), wait: false },
    );
  });

  test.each([
    ['at the gateway', (fake: FakeDingtalk) => fake.fail(OPEN, 'hang'), 0],
    ['in the handshake', (fake: FakeDingtalk) => fake.setDoor('silent'), 1],
  ])('that hangs %s is given up after a while', async (_, prepare, tickets) => {
    await running(
      async (parts) => {
        await eventually(() => parts.fake.called(OPEN).length === 1 && parts.fake.tickets === tickets);
        await pass(parts, 15_000);
        await eventually(() => parts.adapter.health().lastError !== null);
        parts.fake.door = 'open';
        await pass(parts, 1_000);
        await online(parts);
      },
      { prepare, wait: false },
    );
  });

  test('whose handshake is turned away is made anew', async () => {
    await running(
      async (parts) => {
        await eventually(() => parts.adapter.health().lastError !== null);
        expect(parts.adapter.health().lastError).toContain('连不上');
        parts.fake.door = 'open';
        await pass(parts, 1_000);
        await online(parts);
      },
      { prepare: (fake) => fake.setDoor('closed'), wait: false },
    );
  });

  test('with a secret that is no good is `kicked`, in words, and tried again', async () => {
    const wrong = { status: 401, body: { code: 'authFailed', message: `鉴权失败 ${SECRET}` } };
    await running(
      async (parts) => {
        await eventually(() => parts.adapter.health().state === 'kicked');
        expect(parts.adapter.health().lastError).toContain('不认这对 clientId 和 clientSecret');
        await pass(parts, 1_000);
        await online(parts);
      },
      { prepare: (fake) => fake.fail(OPEN, wrong), wait: false },
    );
  });

  test('can be stopped at any moment', async () => {
    const hang = (fake: FakeDingtalk): void => fake.fail(OPEN, 'hang');
    await running(async ({ fake }) => eventually(() => fake.calls.length === 1), {
      prepare: hang,
      wait: false,
    });
    await running(async () => undefined, { wait: false });
    const shut = (fake: FakeDingtalk): void => fake.setDoor('closed');
    await running(async ({ adapter }) => eventually(() => adapter.health().lastError !== null), {
      prepare: shut,
      wait: false,
    });
  });
});

describe('a frame', () => {
  test.each([
    ['no JSON', '{"x'],
    ['null', 'null'],
    ['a number', '7'],
    ['without headers', '{"type":"CALLBACK","data":"{}"}'],
    ['of an unknown kind', '{"type":"OTHER","headers":{}}'],
    ['of an unknown topic', '{"type":"CALLBACK","headers":{"topic":"/v2","messageId":"f"},"data":"{}"}'],
    ['named like an error', '{"type":"CALLBACK","headers":{"topic":"error","messageId":"f"},"data":"{}"}'],
    ['of the system, without a topic', '{"type":"SYSTEM"}'],
    ['of bytes', Buffer.from([0xff, 0xfe, 0])],
  ])('that is %s harms nothing', async (_, frame) => {
    await running(async ({ fake, sink, adapter }) => {
      fake.pushRaw(frame);
      fake.push(received('m1'));
      await eventually(() => sink.effects.length === 1);
      expect(adapter.health().state).toBe('online');
    });
  });

  test('without an id is taken, and nothing is acknowledged or printed', async () => {
    await running(async ({ fake, sink }) => {
      fake.push(received('m1'), { headers: { topic: '/v1.0/im/bot/messages/get' } });
      fake.push(received('m2'));
      await eventually(() => fake.acks.length === 1);
      expect(sink.effects).toHaveLength(2);
    });
  });

  test('of events is not acknowledged: nobody asked for them', async () => {
    await running(async ({ fake, sink }) => {
      fake.push({ userId: ['1'] }, { type: 'EVENT' });
      const frame = fake.push(received('m1'));
      await eventually(() => fake.ackOf(frame) !== undefined);
      expect([fake.acks.length, sink.effects.length]).toEqual([1, 1]);
    });
  });

  test('that is too long ends the connection, and the next one begins', async () => {
    await running(async (parts) => {
      parts.fake.pushRaw('x'.repeat(2_000_001));
      await eventually(() => parts.adapter.health().state === 'connecting');
      await pass(parts, 1_000);
      await online(parts);
    });
  });
});

test('the SDK waits for nothing by the machine’s clock: connecting again is ours', async () => {
  const timeouts = vi.spyOn(globalThis, 'setTimeout');
  const intervals = vi.spyOn(globalThis, 'setInterval');
  try {
    await running(
      async (parts) => {
        await pass(parts, 1_000);
        await online(parts);
        parts.fake.cut();
        await pass(parts, 2_000);
        await online(parts);
        expect(parts.fake.tickets).toBe(2);
      },
      { prepare: (fake) => fake.fail(OPEN, { status: 502, body: '' }), wait: false },
    );
    expect(timeouts.mock.calls.map(([, milliseconds]) => milliseconds)).not.toContain(1_000);
    expect(intervals).not.toHaveBeenCalled();
  } finally {
    vi.restoreAllMocks();
  }
});

test('the SDK is the one whose habits were read', () => {
  const { version } = createRequire(import.meta.url)('dingtalk-stream/package.json') as { version: string };
  expect(version).toBe('v2.1.5');
});
