/** Events over the official SDK's long connection: taken, acknowledged, refused. */
import { describe, expect, test } from 'vitest';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually } from '../../../tests/adapters/support.ts';
import { frame } from './frames.ts';
import { acked, event, received, running } from './harness.ts';

onlyLoopback();

const press = (id: string, over: Readonly<Record<string, unknown>> = {}) =>
  event('card.action.trigger', id, {
    operator: { open_id: 'ou_wang', tenant_key: '736588' },
    token: 'c-1',
    action: { tag: 'button', value: { command: '接单 0042', chat: 'group' } },
    host: 'im_message',
    context: { open_message_id: 'om_9', open_chat_id: 'oc_1' },
    ...over,
  });

describe('an event', () => {
  test('is acknowledged after the commit, and not before', async () => {
    await running(async (parts) => {
      const commit = Promise.withResolvers<void>();
      parts.sink.hold = commit.promise;
      const id = parts.fake.push(received('om_1'));
      await eventually(() => parts.sink.received.length === 1);
      expect(parts.fake.acks).toEqual([]);
      commit.resolve();
      expect(await acked(parts, id)).toEqual({ id, code: 200, data: null });
      expect(parts.adapter.health()).toMatchObject({ state: 'online', lastInboundAt: parts.clock.now() });
    });
  });

  test('that could not be taken is refused, and taken when it comes again', async () => {
    await running(async (parts) => {
      parts.sink.failures = 1;
      expect(await acked(parts, parts.fake.push(received('om_1')))).toMatchObject({ code: 500 });
      expect(parts.adapter.health()).toMatchObject({ state: 'degraded' });
      expect(await acked(parts, parts.fake.push(received('om_1')))).toMatchObject({ code: 200 });
      expect(parts.adapter.health().state).toBe('online');
    });
  });

  test('that comes again has one effect', async () => {
    await running(async (parts) => {
      for (const _ of [1, 2, 3]) await acked(parts, parts.fake.push(received('om_1')));
      expect(parts.sink.received).toHaveLength(3);
      expect(parts.sink.effects).toHaveLength(1);
    });
  });

  test('is put together from its fragments', async () => {
    await running(async (parts) => {
      await acked(parts, parts.fake.push(received('om_1'), { parts: 3 }));
      expect(parts.sink.effects[0]?.text).toBe('3组王家桥路灯坏了两盏');
    });
  });

  test('for another app, of the bot itself, or of an unknown kind is none', async () => {
    await running(async (parts) => {
      const other = received('om_1');
      const foreign = { ...other, header: { ...other.header, app_id: 'cli_0000000000000000' } };
      await acked(parts, parts.fake.push(foreign));
      await acked(parts, parts.fake.push(received('om_2', {}, 'ou_bot')));
      await acked(parts, parts.fake.push(event('im.message.message_read_v1', 'e-9', {})));
      expect(parts.sink.received).toEqual([]);
    });
  });

  test('that is none at all harms nobody', async () => {
    await running(async (parts) => {
      const { fake } = parts;
      fake.pushRaw(Buffer.from('not a frame'));
      fake.pushRaw(frame(1, { type: 'event', message_id: 'x', sum: '0', seq: '0' }, Buffer.from('{}')));
      fake.pushRaw(
        frame(1, { type: 'event', message_id: 'y', sum: '99999999999', seq: '0' }, Buffer.from('')),
      );
      fake.pushRaw(frame(1, { type: 'card', message_id: 'z', sum: '1', seq: '0' }, Buffer.from('{}')));
      fake.pushRaw(frame(0, { type: 'pong' }, Buffer.from('{')));
      for (const text of ['{', 'null', '[]', '{"schema":"2.0"}', '"x"']) fake.push(text);
      fake.push(received('om_big', { content: JSON.stringify({ text: '长'.repeat(1_000_000) }) }));
      await acked(parts, fake.push(received('om_1')));
      expect(parts.sink.effects.map(({ messageId }) => messageId)).toContain('om_1');
    });
  });

  test('while the adapter stops is left to Feishu, the one under way is acknowledged', async () => {
    await running(async (parts) => {
      const commit = Promise.withResolvers<void>();
      parts.sink.hold = commit.promise;
      const first = parts.fake.push(received('om_1'));
      await eventually(() => parts.sink.received.length === 1);
      const stopping = parts.adapter.stop();
      const second = parts.fake.push(received('om_2'));
      expect(await acked(parts, second)).toMatchObject({ code: 500 });
      commit.resolve();
      await stopping;
      expect(await acked(parts, first)).toMatchObject({ code: 200 });
      expect(parts.sink.received).toHaveLength(1);
      await eventually(() => !parts.fake.connected);
      expect(parts.adapter.health().state).toBe('stopped');
    });
  });
});

describe('a button', () => {
  test('is an action of who pressed it, and answered with an object', async () => {
    await running(async (parts) => {
      expect(await acked(parts, parts.fake.push(press('e-1')))).toMatchObject({ code: 200, data: '{}' });
      expect(parts.sink.effects).toMatchObject([
        { kind: 'action', eventKey: 'a:e-1', text: '接单 0042', chat: { id: 'oc_1', kind: 'group' } },
      ]);
    });
  });
});

describe('a recall', () => {
  const recall = (id: string) =>
    event('im.message.recalled_v1', `r-${id}`, {
      message_id: id,
      chat_id: 'oc_p2p',
      recall_time: '1793577660000',
      recall_type: 'message_owner',
    });

  test('is of who wrote the message, in the chat where it was', async () => {
    await running(async (parts) => {
      await acked(parts, parts.fake.push(received('om_1', { chat_type: 'p2p', chat_id: 'oc_p2p' })));
      await acked(parts, parts.fake.push(recall('om_1')));
      expect(parts.sink.effects[1]).toMatchObject({
        kind: 'recall',
        eventKey: 'r:om_1',
        chat: { id: 'ou_lin', kind: 'direct' },
        sender: { id: 'ou_lin' },
      });
    });
  });

  test('of a message of before the start is asked of Feishu, and again where that fails', async () => {
    await running(async (parts) => {
      const sender = { id: 'ou_lin', id_type: 'open_id', sender_type: 'user' };
      const item = { message_id: 'om_1', chat_id: 'oc_p2p', deleted: true, sender };
      const found = { status: 200, body: { code: 0, data: { items: [item] } } };
      parts.fake.fail('GET /open-apis/im/v1/messages/om_1', 'drop', found);
      parts.fake.fail('GET /open-apis/im/v1/chats/oc_p2p', {
        status: 200,
        body: { code: 0, data: { chat_mode: 'p2p' } },
      });
      expect(await acked(parts, parts.fake.push(recall('om_1')))).toMatchObject({ code: 500 });
      expect(await acked(parts, parts.fake.push(recall('om_1')))).toMatchObject({ code: 200 });
      expect(parts.sink.effects).toMatchObject([{ chat: { id: 'ou_lin', kind: 'direct' } }]);
      // What Feishu knows nothing of is let go.
      parts.fake.fail('GET /open-apis/im/v1/messages/om_2', {
        status: 400,
        body: { code: 230110, msg: 'the message has been deleted' },
      });
      expect(await acked(parts, parts.fake.push(recall('om_2')))).toMatchObject({ code: 200 });
    });
  });
});
