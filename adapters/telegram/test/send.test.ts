/** What goes out, and what the outbox is told of it. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Outbound } from '../../../src/port.ts';
import { outbound, until } from '../../../tests/adapters/contract.ts';
import { createTelegram } from '../index.ts';
import type { Fault } from './fake-telegram.ts';
import { refusal, tooMany } from './fake-telegram.ts';
import type { Running } from './harness.ts';
import { GROUP, groupMessage, optionsFor, pass, RecordingSink, run } from './harness.ts';
import { onlyLoopback } from './loopback.ts';

onlyLoopback();

const message = (over: Partial<Outbound> = {}): Outbound =>
  outbound('o1', 'telegram', { chat: { id: String(GROUP), kind: 'group' }, ...over });

async function running<T>(use: (running: Running) => Promise<T>): Promise<T> {
  const parts = await run();
  try {
    await until(() => parts.fake.polling);
    return await use(parts);
  } finally {
    await parts.stop();
  }
}

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

describe('a refusal', () => {
  const cases: readonly (readonly [string, Fault, unknown])[] = [
    ['too many requests', tooMany(7), { type: 'deferred', retryAfterMs: 7_000 }],
    [
      'too many, without a time',
      { status: 429, body: refusal(429, 'x') },
      { type: 'deferred', retryAfterMs: 5_000 },
    ],
    [
      'kicked',
      { status: 403, body: refusal(403, 'Forbidden: bot was kicked from the group chat') },
      { type: 'rejected', permanent: true, code: 'forbidden' },
    ],
    [
      'blocked',
      { status: 403, body: refusal(403, 'Forbidden: bot was blocked by the user') },
      { type: 'rejected', permanent: true, code: 'forbidden' },
    ],
    [
      'no such chat',
      { status: 400, body: refusal(400, 'Bad Request: chat not found') },
      { type: 'rejected', permanent: true, code: 'bad_request' },
    ],
    [
      'a token revoked',
      { status: 401, body: refusal(401, 'Unauthorized') },
      { type: 'rejected', permanent: false, code: 'bad_token' },
    ],
    [
      'too large',
      { status: 413, body: refusal(413, 'Request Entity Too Large') },
      { type: 'rejected', permanent: true, code: 'too_large' },
    ],
    [
      'an error of the server',
      { status: 500, body: refusal(500, 'Internal Server Error') },
      { type: 'unknown' },
    ],
    ['a gateway that gave up', { status: 502, raw: '<html>Bad Gateway</html>' }, { type: 'unknown' }],
    ['a gateway that waited', { status: 504, raw: 'Gateway Timeout' }, { type: 'unknown' }],
    ['not served now', { status: 503, raw: 'Service Unavailable' }, { type: 'deferred' }],
    ['an answer cut off', 'cut', { type: 'unknown' }],
    ['a connection closed without an answer', 'drop', { type: 'unknown' }],
    ['an answer of nonsense', { raw: '[1,2' }, { type: 'unknown' }],
    ['an answer without an end', { raw: `{"ok":true,"x":"${'x'.repeat(21_000_000)}"}` }, { type: 'unknown' }],
    ['a sent message without an id', { raw: '{"ok":true,"result":{}}' }, { type: 'sent', messageId: null }],
  ];

  test.each(cases)('%s', async (_, fault, expected) => {
    await running(async ({ adapter, fake }) => {
      fake.fail('sendMessage', fault);
      expect(await adapter.send(message())).toMatchObject(expected as object);
      // Nothing is tried again behind the outbox's back.
      expect(fake.called('sendMessage')).toHaveLength(1);
    });
  });

  test('no answer at all: unknown after half a minute', async () => {
    await running(async (parts) => {
      parts.fake.fail('sendMessage', 'hang');
      const sending = parts.adapter.send(message());
      await until(() => parts.fake.called('sendMessage').length === 1);
      await pass(parts, 30_000);
      expect(await sending).toMatchObject({ type: 'unknown' });
    });
  });

  test('nobody listens there: nothing was sent, it may go later', async () => {
    const vacant = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => vacant.once('listening', resolve));
    const { port } = vacant.address() as { port: number };
    await new Promise((resolve) => vacant.close(resolve));
    const adapter = createTelegram(optionsFor(`http://127.0.0.1:${port}`).options);
    await adapter.start(new RecordingSink());
    expect(await adapter.send(message())).toEqual({ type: 'deferred', retryAfterMs: 5_000 });
    await adapter.stop();
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
    await until(() => parts.fake.polling);
    parts.fake.fail('sendMessage', 'hang');
    const sending = parts.adapter.send(message());
    await until(() => parts.fake.called('sendMessage').length === 1);
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
