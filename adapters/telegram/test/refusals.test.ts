/** What the outbox is told of a message that did not simply go. */
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Outbound } from '../../../src/port.ts';
import { outbound } from '../../../tests/adapters/contract.ts';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, pass, RecordingSink } from '../../../tests/adapters/support.ts';
import { createTelegram } from '../index.ts';
import type { Fault } from './fake-telegram.ts';
import { refusal, tooMany } from './fake-telegram.ts';
import { GROUP, optionsFor, running } from './harness.ts';

onlyLoopback();

const message = (over: Partial<Outbound> = {}): Outbound =>
  outbound('o1', 'telegram', { chat: { id: String(GROUP), kind: 'group' }, ...over });

describe('a refusal', () => {
  const cases: readonly (readonly [string, Fault, unknown])[] = [
    ['too many requests', tooMany(7), { type: 'deferred', retryAfterMs: 7_000 }],
    [
      'too many for longer than a chat has to wait',
      tooMany(61),
      { type: 'deferred', retryAfterMs: 61_000, scope: 'account' },
    ],
    [
      'too many, without a time',
      { status: 429, body: refusal(429, 'x') },
      { type: 'deferred', retryAfterMs: 5_000 },
    ],
    [
      'kicked',
      { status: 403, body: refusal(403, 'Forbidden: bot was kicked from the group chat') },
      { type: 'rejected', permanent: true, code: 'unreachable' },
    ],
    [
      'blocked',
      { status: 403, body: refusal(403, 'Forbidden: bot was blocked by the user') },
      { type: 'rejected', permanent: true, code: 'unreachable' },
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
      const sent = await adapter.send(message());
      expect(sent).toMatchObject(expected as object);
      expect('scope' in sent).toBe('scope' in (expected as object));
      // Nothing is tried again behind the outbox's back.
      expect(fake.called('sendMessage')).toHaveLength(1);
    });
  });

  test('no answer at all: unknown after half a minute', async () => {
    await running(async (parts) => {
      parts.fake.fail('sendMessage', 'hang');
      const sending = parts.adapter.send(message());
      await eventually(() => parts.fake.called('sendMessage').length === 1);
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
