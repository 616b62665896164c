/** What goes out, and what the outbox is told of it. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Outbound } from '../../../src/port.ts';
import { outbound } from '../../../tests/adapters/contract.ts';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, pass } from '../../../tests/adapters/support.ts';
import { refusal, tooMany } from './fake-telegram.ts';
import { GROUP, groupMessage, run, running } from './harness.ts';

onlyLoopback();

const message = (over: Partial<Outbound> = {}): Outbound =>
  outbound('o1', 'telegram', { chat: { id: String(GROUP), kind: 'group' }, ...over });

async function file(name: string, bytes: string | Uint8Array): Promise<Outbound['media'][number]> {
  const path = join(await mkdtemp(join(tmpdir(), 'telegram-')), 'kept');
  await writeFile(path, bytes);
  return { name, mime: name.endsWith('.png') ? 'image/png' : 'application/octet-stream', path };
}

const PNG = 'image/png';

describe('a message', () => {
  test('comes back with its id', async () => {
    await running(async ({ adapter, fake }) => {
      expect(await adapter.send(message({ replyTo: '88' }))).toEqual({ type: 'sent', messageId: '1000' });
      expect(fake.called('sendMessage')[0]?.payload).toMatchObject({
        chat_id: GROUP,
        reply_parameters: { message_id: 88, allow_sending_without_reply: true },
      });
    });
  });

  test('goes into the topic it came from, never to another chat than its own', async () => {
    await running(async ({ adapter, fake }) => {
      await adapter.send(message({ address: { chatId: GROUP, threadId: 31 } }));
      await adapter.send(
        message({ id: 'o2', chat: { id: '77', kind: 'direct' }, address: { chatId: GROUP, threadId: 31 } }),
      );
      expect(
        fake.called('sendMessage').map(({ payload }) => [payload.chat_id, payload.message_thread_id]),
      ).toEqual([
        [GROUP, 31],
        [77, undefined],
      ]);
    });
  });

  test('too long for Telegram goes in parts, and is known by the first', async () => {
    await running(async ({ adapter, fake }) => {
      const text = `${'一'.repeat(3_000)}\n${'二'.repeat(3_000)}`;
      expect(await adapter.send(message({ text }))).toEqual({ type: 'sent', messageId: '1000' });
      expect(fake.called('sendMessage').map(({ payload }) => payload.text)).toEqual(text.split('\n'));
    });
  });
});

describe('files', () => {
  test('go with their names and words', async () => {
    await running(async ({ adapter, fake }) => {
      const media = [await file('十月 "月报".docx', 'docx-bytes')];
      expect(await adapter.send(message({ text: '十月民情月报', media }))).toMatchObject({ type: 'sent' });
      const [call] = fake.called('sendDocument');
      expect(call?.payload).toMatchObject({ caption: '十月民情月报' });
      expect(call?.files).toEqual([{ name: '十月 _月报_.docx', bytes: 'docx-bytes' }]);
    });
  });

  test('of one kind go together: charts as photos, papers as documents', async () => {
    await running(async ({ adapter, fake }) => {
      const media = [
        await file('a.png', 'A'),
        await file('b.docx', 'B'),
        await file('c.png', 'C'),
        await file('d.xlsx', 'D'),
      ];
      expect(await adapter.send(message({ media }))).toEqual({ type: 'sent', messageId: '1000' });
      const albums = fake.called('sendMediaGroup');
      expect(albums.map(({ files }) => files.map(({ name }) => name))).toEqual([
        ['a.png', 'c.png'],
        ['b.docx', 'd.xlsx'],
      ]);
      const kinds = albums.map(({ payload }) =>
        JSON.parse(String(payload.media)).map(({ type }: { type: string }) => type),
      );
      expect(kinds).toEqual([
        ['photo', 'photo'],
        ['document', 'document'],
      ]);
    });
  });

  test('a picture that is too big for a photo, or that Telegram refuses as one, is a document', async () => {
    await running(async ({ adapter, fake }) => {
      await adapter.send(message({ text: '', media: [await file('big.png', new Uint8Array(10_000_001))] }));
      expect(fake.called('sendDocument')).toHaveLength(1);
      fake.fail('sendPhoto', { status: 400, body: refusal(400, 'Bad Request: PHOTO_INVALID_DIMENSIONS') });
      expect(
        await adapter.send(message({ id: 'o2', text: '', media: [await file('long.png', 'x')] })),
      ).toMatchObject({
        type: 'sent',
      });
      expect(fake.called('sendDocument')).toHaveLength(2);
    });
  });

  test.each([
    ['is gone', async () => ({ name: 'x.png', mime: PNG, path: '/nowhere/x.png' })],
    ['is empty', () => file('x.png', '')],
  ])('that %s ends the message, for a person to see', async (_, make) => {
    await running(async ({ adapter, fake }) => {
      const result = await adapter.send(message({ text: '', media: [await make()] }));
      expect(result).toMatchObject({ type: 'rejected', permanent: true, code: 'no_file' });
      expect(fake.called('sendPhoto')).toHaveLength(0);
    });
  });
});

describe('a message in parts', () => {
  const text = `${'一'.repeat(3_000)}\n${'二'.repeat(3_000)}`;

  test('goes on where it was told to wait: people see each part once', async () => {
    await running(async ({ adapter, fake }) => {
      await adapter.send(message({ id: 'o0' }));
      fake.fail('sendMessage', { raw: '{"ok":true,"result":{"message_id":5}}' }, tooMany(3));
      expect(await adapter.send(message({ text }))).toEqual({ type: 'deferred', retryAfterMs: 3_000 });
      expect(await adapter.send(message({ text }))).toEqual({ type: 'sent', messageId: '5' });
      const heads = fake.called('sendMessage').map(({ payload }) => String(payload.text)[0]);
      expect(heads).toEqual(['记', '一', '二', '二']);
    });
  });

  test('broken off says how much went', async () => {
    await running(async ({ adapter, fake }) => {
      fake.fail('sendMessage', { raw: '{"ok":true,"result":{"message_id":5}}' }, 'cut');
      expect(await adapter.send(message({ text }))).toMatchObject({
        type: 'unknown',
        detail: expect.stringContaining('1 of 2'),
      });
    });
  });
});

describe('what has gone since', () => {
  const gone = { status: 400, body: refusal(400, 'Bad Request: message thread not found') };

  test('a topic: the message goes into the group', async () => {
    await running(async ({ adapter, fake }) => {
      fake.fail('sendMessage', gone);
      const address = { chatId: GROUP, threadId: 31 };
      expect(await adapter.send(message({ address }))).toMatchObject({ type: 'sent' });
      expect(fake.called('sendMessage').at(-1)?.payload).not.toHaveProperty('message_thread_id');
    });
  });

  test('a quoted message in a topic: the answer stays in the topic', async () => {
    await running(async ({ adapter, fake }) => {
      fake.fail('sendMessage', gone);
      const address = { chatId: GROUP, threadId: 31 };
      await adapter.send(message({ address, replyTo: '88' }));
      const { payload } = fake.called('sendMessage').at(-1) ?? {};
      expect(payload).toMatchObject({ message_thread_id: 31 });
      expect(payload).not.toHaveProperty('reply_parameters');
    });
  });
});

describe('stopping', () => {
  test('waits for what is being sent, but not for ever', async () => {
    const parts = await run();
    await eventually(() => parts.fake.polling);
    parts.fake.fail('sendMessage', 'hang');
    const sending = parts.adapter.send(message());
    await eventually(() => parts.fake.called('sendMessage').length === 1);
    const stopping = parts.adapter.stop();
    expect(await parts.adapter.send(message({ id: 'o2' }))).toMatchObject({ type: 'deferred' });
    await pass(parts, 5_000);
    expect(await sending).toMatchObject({ type: 'unknown' });
    await stopping;
    parts.fake.push(groupMessage(1));
    expect(parts.sink.received).toHaveLength(0);
    await parts.fake.close();
  });
});
