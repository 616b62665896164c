/** The address that Telegram calls: only for who knows the secret, answered only after the commit. */
import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, pass } from '../../../tests/adapters/support.ts';
import { refusal } from './fake-telegram.ts';
import type { Running } from './harness.ts';
import { groupMessage, photo, run, SECRET } from './harness.ts';

onlyLoopback();

const WEBHOOK = { url: 'https://bot.example.org/telegram', host: '127.0.0.1', port: 0, secret: SECRET };

async function listening<T>(use: (running: Running) => Promise<T>): Promise<T> {
  const parts = await run({ webhook: WEBHOOK });
  try {
    await eventually(() => parts.adapter.health().state === 'online');
    return await use(parts);
  } finally {
    await parts.stop();
  }
}

interface Ask {
  readonly secret?: string | null;
  readonly method?: string;
  readonly body?: string;
}

const asked = ({ adapter }: Running, { secret = SECRET, method = 'POST', body = '' }: Ask): Promise<number> =>
  fetch(`http://127.0.0.1:${adapter.port()}/telegram`, {
    method,
    headers: secret === null ? {} : { 'x-telegram-bot-api-secret-token': secret },
    ...(method === 'GET' ? {} : { body }),
  }).then(({ status }) => status);

const told = (running: Running, id: number, update: unknown, ask: Ask = {}): Promise<number> =>
  asked(running, { ...ask, body: JSON.stringify({ update_id: id, ...(update as object) }) });

test('is set with its secret, for what is read and nothing else', async () => {
  await listening(async ({ fake }) => {
    expect(fake.called('deleteWebhook')).toHaveLength(0);
    expect(fake.called('setWebhook')[0]?.payload).toEqual({
      url: WEBHOOK.url,
      secret_token: SECRET,
      max_connections: 10,
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
    });
  });
});

test('is answered only after the commit', async () => {
  await listening(async (parts) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    parts.sink.hold = promise;
    let status = 0;
    const telling = told(parts, 1, groupMessage(1)).then((given) => {
      status = given;
    });
    await eventually(() => parts.sink.received.length === 1);
    expect(status).toBe(0);
    resolve();
    await telling;
    expect(status).toBe(200);
  });
});

test('not taken is refused, so that Telegram sends it again; then it has its one effect', async () => {
  await listening(async (parts) => {
    parts.sink.failures = 1;
    expect(await told(parts, 1, groupMessage(1))).toBe(500);
    expect(await told(parts, 1, groupMessage(1))).toBe(200);
    expect(await told(parts, 1, groupMessage(1))).toBe(200);
    expect(parts.sink.effects).toHaveLength(1);
  });
});

describe('a stranger', () => {
  test.each([
    ['without the secret', { secret: null }, 401],
    ['with an empty one', { secret: '' }, 401],
    ['with another one', { secret: `${SECRET.slice(0, -1)}x` }, 401],
    ['with the beginning of it', { secret: SECRET.slice(0, -1) }, 401],
    ['with more than it', { secret: `${SECRET}x` }, 401],
    ['who only looks', { method: 'GET' }, 405],
  ] as const)('%s has no effect', async (_, ask, status) => {
    await listening(async (parts) => {
      expect(await told(parts, 1, groupMessage(1), ask)).toBe(status);
      expect(parts.sink.received).toHaveLength(0);
    });
  });
});

describe('a body', () => {
  test.each([
    ['that is no JSON', '{', 400],
    ['that is empty', '', 400],
    ['that is no update', '{"update_id":"x"}', 200],
    ['that is a list', '[]', 200],
    ['over a million bytes', JSON.stringify({ update_id: 1, message: { text: 'x'.repeat(1_100_000) } }), 413],
  ])('%s has no effect', async (_, body, status) => {
    await listening(async (parts) => {
      // A server that stops reading may break the connection before its answer is read.
      expect(await asked(parts, { body }).catch(() => 413)).toBe(status);
      expect(parts.sink.received).toHaveLength(0);
      expect(await told(parts, 2, groupMessage(2))).toBe(200);
    });
  });

  test('cut off in the middle has no effect', async () => {
    await listening(async (parts) => {
      const headers = { 'x-telegram-bot-api-secret-token': SECRET, 'content-length': '500' };
      const cut = request({ host: '127.0.0.1', port: parts.adapter.port(), method: 'POST', headers });
      const closed = new Promise((resolve) => cut.on('error', resolve).on('close', resolve));
      cut.write('{"update_id":1,"message":{', () => cut.destroy());
      await closed;
      expect(await told(parts, 2, groupMessage(2))).toBe(200);
      expect(parts.sink.received).toHaveLength(1);
    });
  });
});

test('an album comes picture by picture: the first is the report, the others follow alone', async () => {
  await listening(async (parts) => {
    await told(parts, 1, photo(1, 'g', { caption: '桥栏断了' }));
    await told(parts, 2, photo(2, 'g'));
    expect(parts.sink.effects.map(({ text, media }) => [text, media.length])).toEqual([
      ['桥栏断了', 1],
      ['', 1],
    ]);
  });
});

test('a button pressed is answered', async () => {
  await listening(async (parts) => {
    const from = { id: 77, first_name: '秀英' };
    const message = { message_id: 80, chat: { id: 77, type: 'private' }, date: 1, text: '#0042 办好了' };
    await told(parts, 1, { callback_query: { id: 'c1', from, data: '满意 0042', message } });
    await eventually(() => parts.fake.called('answerCallbackQuery').length === 1);
    expect(parts.sink.effects).toMatchObject([
      { kind: 'action', text: '满意 0042', quote: { text: '#0042 办好了' } },
    ]);
  });
});

test('before the bot knows who it is, Telegram is asked to wait', async () => {
  const parts = await run({ webhook: WEBHOOK });
  parts.fake.fail('setWebhook', { status: 500, body: refusal(500, 'Internal Server Error') });
  await eventually(
    () => parts.adapter.health().lastError !== null || parts.adapter.health().state === 'online',
  );
  if (parts.adapter.health().state !== 'online') await pass(parts, 1_000);
  await eventually(() => parts.adapter.health().state === 'online');
  await parts.stop();
});

test('a port that is taken is told at the start', async () => {
  await listening(async ({ adapter }) => {
    const port = adapter.port() ?? 0;
    await expect(run({ webhook: { ...WEBHOOK, port } })).rejects.toThrow('EADDRINUSE');
  });
});
