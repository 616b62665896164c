/** The long connection over the official SDK: how it comes back, and when it does not hurry. */
import { expect, test } from 'vitest';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, pass } from '../../../tests/adapters/support.ts';
import { KICKED_MS } from '../connect.ts';
import { BOT_SECRET } from './fake-wecom.ts';
import type { Running } from './harness.ts';
import { aibotTo, all, heard, message, onlyBot, received, running, single, to } from './harness.ts';

onlyLoopback();

const state = ({ adapter }: Running): string => adapter.health().state;

test('waits longer each time, and is well as soon as it stands', async () => {
  await running(onlyBot, async (parts) => {
    const { fake, adapter } = parts;
    fake.fail('aibot_subscribe', 'drop', 'drop');
    fake.cut();
    await eventually(() => state(parts) === 'connecting');
    expect(adapter.health().lastError).toContain('正在重连');
    await pass(parts, 1_000);
    await pass(parts, 2_000);
    await pass(parts, 4_000);
    await eventually(() => state(parts) === 'online');
    expect(adapter.health().lastError).toBeNull();
    expect(fake.subscriptions).toBe(2);
  });
});

test('begins anew at once after a connection that held', async () => {
  await running(onlyBot, async (parts) => {
    const { fake, timers } = parts;
    for (const again of [2, 3, 4]) {
      timers.advanceBy(61_000);
      fake.cut();
      await pass(parts, 1_000);
      await eventually(() => fake.subscriptions === again && state(parts) === 'online');
    }
  });
});

test('kicked by another program it says so, and does not throw that one out at once', async () => {
  await running(onlyBot, async (parts) => {
    const { fake, adapter, timers } = parts;
    await heard(parts, received('m1'));
    fake.kick();
    await eventually(() => state(parts) === 'kicked');
    expect(adapter.health().lastError).toContain('另一处用同一个智能机器人连上了');
    timers.advanceBy(60_000);
    expect(fake.subscriptions).toBe(1);
    expect(await adapter.send(message('o1'))).toMatchObject({ type: 'deferred' });
    await pass(parts, KICKED_MS);
    await eventually(() => state(parts) === 'online');
    expect(await adapter.send(message('o1'))).toMatchObject({ type: 'sent' });
  });
});

test('knows a kick also where it is told in another form', async () => {
  await running(onlyBot, async (parts) => {
    const body = { event: { eventtype: 'disconnected_event' } };
    parts.fake.pushRaw(JSON.stringify({ cmd: 'aibot_event_callback', headers: { req_id: 'r' }, body }));
    await eventually(() => state(parts) === 'kicked');
  });
});

test('kicked it goes on speaking where another road is open', async () => {
  await running(all, async (parts) => {
    const { fake, adapter } = parts;
    await heard(parts, received('m1', { chatid: 'g-robot' }));
    fake.kick();
    await eventually(() => state(parts) === 'kicked');
    expect(await adapter.send(message('o1', to('g-robot')))).toMatchObject({ type: 'sent' });
    expect(await adapter.send(message('o2', to('zhao', 'direct')))).toMatchObject({ type: 'sent' });
    expect(fake.said.map(({ road }) => road)).toEqual(['webhook', 'app']);
  });
});

test('refused it names what to put right, keeps the secret, and tries once a minute', async () => {
  const setup: typeof onlyBot = (fake) => ({ aibot: aibotTo(fake, { secret: `${BOT_SECRET}-wrong` }) });
  await running(
    setup,
    async (parts) => {
      const { fake, adapter } = parts;
      await eventually(() => state(parts) === 'kicked');
      expect(adapter.health().lastError).toContain('核对 botId 和长连接的 Secret');
      expect(adapter.health().lastError).toContain('853000');
      await pass(parts, 60_000);
      await eventually(() => fake.frames.filter(({ cmd }) => cmd === 'aibot_subscribe').length === 2);
      expect(JSON.stringify([adapter.health(), parts.lines])).not.toContain('planted');
    },
    { wait: false },
  );
});

test('says which network trouble it has', async () => {
  const setup: typeof onlyBot = (fake) => ({ aibot: aibotTo(fake, { wsUrl: 'ws://127.0.0.1:1/' }) });
  await running(
    setup,
    async ({ adapter }) => {
      await eventually(() => adapter.health().lastError !== null);
      expect(adapter.health()).toMatchObject({
        state: 'connecting',
        lastError: expect.stringContaining('ECONNREFUSED'),
      });
    },
    { wait: false },
  );
});

test('does not wait for good on a subscription that nobody answers', async () => {
  await running(
    onlyBot,
    async (parts) => {
      await eventually(() => parts.fake.frames.length === 1);
      await pass(parts, 15_000);
      await pass(parts, 1_000);
      await eventually(() => state(parts) === 'online');
    },
    { prepare: (fake) => fake.fail('aibot_subscribe', 'silent'), wait: false },
  );
});

test('frames of no use are passed over; one too long ends the connection and no more', async () => {
  await running(onlyBot, async (parts) => {
    const { fake, sink } = parts;
    for (const text of [
      '{',
      'null',
      '[]',
      '{"cmd":"aibot_msg_callback"}',
      '{"cmd":7,"headers":3}',
      '\u0000',
    ]) {
      fake.pushRaw(text);
    }
    fake.push({ msgtype: 'text', text: { content: 'without an id' } });
    fake.push({ ...received('m0'), from: {} });
    await heard(parts, received('m1'));
    fake.pushRaw(
      JSON.stringify({ cmd: 'aibot_msg_callback', body: received('m2', { x: 'x'.repeat(1_100_000) }) }),
    );
    await pass(parts, 1_000);
    await eventually(() => state(parts) === 'online');
    await heard(parts, received('m3'));
    expect(sink.effects.map(({ eventKey }) => eventKey)).toEqual(['m:m1', 'm:m3']);
  });
});

test('what is on its way when the connection breaks is not called unsent', async () => {
  await running(onlyBot, async (parts) => {
    await heard(parts, single('m1'));
    parts.fake.fail('aibot_send_msg', 'drop');
    expect((await parts.adapter.send(message('o1', to('lin', 'direct')))).type).toBe('unknown');
    expect(await parts.adapter.send(message('o2', to('lin', 'direct')))).toMatchObject({ type: 'deferred' });
  });
});

test('stops while it waits, and while nothing answers', async () => {
  await running(
    onlyBot,
    async ({ adapter, fake }) => {
      await eventually(() => fake.frames.length === 1);
      await adapter.stop();
      expect(adapter.health().state).toBe('stopped');
    },
    { prepare: (fake) => fake.fail('aibot_subscribe', 'silent'), wait: false },
  );
});
