/** What comes by the bot is in the core before it is forgotten: WeCom sends nothing twice. */
import { expect, test } from 'vitest';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, pass } from '../../../tests/adapters/support.ts';
import type { Running } from './harness.ts';
import { heard, message, onlyBot, pressed, received, running, single } from './harness.ts';

onlyLoopback();

const keys = ({ sink }: Running): readonly string[] => sink.effects.map(({ eventKey }) => eventKey);

test('an event that the core could not take is offered again until it can, in the chat’s order', async () => {
  await running(onlyBot, async (parts) => {
    const { fake, sink, adapter } = parts;
    sink.failures = 4;
    fake.push(received('m1'));
    fake.push(received('m2'));
    await pass(parts, 1_000);
    await pass(parts, 2_000);
    expect(adapter.health()).toMatchObject({
      state: 'degraded',
      lastError: expect.stringContaining('没有记下来'),
    });
    await pass(parts, 4_000);
    await eventually(() => sink.effects.length === 2);
    expect(keys(parts)).toEqual(['m:m1', 'm:m2']);
    await eventually(() => adapter.health().state === 'online');
  });
});

test('one chat’s trouble holds up no other', async () => {
  await running(onlyBot, async (parts) => {
    const { fake, sink } = parts;
    sink.failures = 2;
    fake.push(received('m1'));
    await eventually(() => sink.failures === 0);
    await heard(parts, received('m2', { chatid: 'g-2' }));
    expect(keys(parts)).toEqual(['m:m2']);
    await pass(parts, 1_000);
    await eventually(() => sink.effects.length === 2);
  });
});

test('what can not be taken at all is given up after two minutes, and said', async () => {
  await running(onlyBot, async (parts) => {
    const { fake, sink, adapter } = parts;
    sink.failures = 9;
    fake.push(received('m1'));
    for (const pause of [1, 2, 4, 8, 16, 32, 60]) await pass(parts, pause * 1_000);
    await eventually(() => sink.failures === 0);
    await heard(parts, received('m2'));
    expect(keys(parts)).toEqual(['m:m2']);
    expect(adapter.health().state).toBe('online');
    expect(parts.lines.filter((line) => line.includes('a message was not taken'))).toHaveLength(9);
  });
});

test('a stop ends the waiting, and takes nothing more', async () => {
  await running(onlyBot, async ({ fake, sink, adapter }) => {
    sink.failures = 100;
    fake.push(received('m1'));
    await eventually(() => sink.received.length >= 2);
    await adapter.stop();
    expect(sink.effects).toEqual([]);
  });
});

test('a stop waits for what is being taken', async () => {
  await running(onlyBot, async ({ fake, sink, adapter }) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    sink.hold = promise;
    fake.push(received('m1'));
    await eventually(() => sink.received.length === 1);
    const stopping = adapter.stop();
    resolve();
    await stopping;
    expect(sink.effects).toHaveLength(1);
  });
});

test('a button’s press is an action of who pressed it, and opens no window', async () => {
  await running(onlyBot, async (parts) => {
    const { fake, sink, adapter } = parts;
    fake.push(pressed('e1', '接单 42', { from: { userid: 'zhao' } }), 'aibot_event_callback');
    await eventually(() => sink.effects.length === 1);
    expect(sink.effects[0]).toMatchObject({ kind: 'action', text: '接单 42', sender: { id: 'zhao' } });
    expect(await adapter.send(message('o1'))).toMatchObject({ code: 'window_closed' });
  });
});

test('a group’s number stands in the log once, for the admin to bind it', async () => {
  await running(onlyBot, async (parts) => {
    await heard(parts, received('m1', { chatid: 'wrkSFfCgAA' }));
    await heard(parts, received('m2', { chatid: 'wrkSFfCgAA' }));
    await heard(parts, single('m3'));
    expect(parts.lines.filter((line) => line.includes('for the first time'))).toEqual([
      'a group writes for the first time since the start {"chat":"wrkSFfCgAA"}',
    ]);
  });
});

test('other events are none of the core’s', async () => {
  await running(onlyBot, async (parts) => {
    for (const eventtype of ['enter_chat', 'feedback_event', 'of_tomorrow']) {
      const event = { ...single('e1'), msgtype: 'event', event: { eventtype } };
      parts.fake.push(event, 'aibot_event_callback');
    }
    await heard(parts, received('m1'));
    expect(parts.sink.received).toHaveLength(1);
  });
});

test('a second start is refused', async () => {
  await running(onlyBot, async ({ adapter, sink }) => {
    await expect(adapter.start(sink)).rejects.toThrow('runs already');
  });
});
