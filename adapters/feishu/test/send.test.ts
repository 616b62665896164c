/** What people get to see, and what comes of a send on Feishu's bad days. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, pass } from '../../../tests/adapters/support.ts';
import type { Fault } from './fake-feishu.ts';
import { message, running, SAY, TOKENS } from './harness.ts';

onlyLoopback();

const REPLY = 'POST /open-apis/im/v1/messages/om_q/reply';
const refused = (code: number, status = 400, headers = {}): Fault => ({
  status,
  body: { code, msg: 'in words' },
  headers,
});

async function fileAt(name: string, bytes: string | Buffer): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'feishu-')), name);
  await writeFile(path, bytes);
  return path;
}

describe('a message', () => {
  test('goes to the group by its id, to a person by open_id', async () => {
    await running(async ({ fake, adapter }) => {
      expect(await adapter.send(message('o1'))).toEqual({ type: 'sent', messageId: 'om_1' });
      await adapter.send(message('o2', { chat: { id: 'ou_lin', kind: 'direct' } }));
      const calls = fake.called(SAY);
      expect(calls.map(({ query }) => query.get('receive_id_type'))).toEqual(['chat_id', 'open_id']);
      const uuids = calls.map(({ body }) => JSON.parse(body).uuid as string);
      expect(new Set(uuids).size).toBe(2);
      for (const uuid of uuids) expect(uuid).toMatch(/^[0-9a-f]{40}$/);
    });
  });

  test('answers the one quoted; without it where that one is gone', async () => {
    await running(async ({ fake, adapter }) => {
      await adapter.send(message('o1', { replyTo: 'om_q' }));
      fake.fail(REPLY, refused(230011));
      expect(await adapter.send(message('o2', { replyTo: 'om_q' }))).toMatchObject({ type: 'sent' });
      expect(fake.said.map(({ replyTo, chat }) => [replyTo, chat])).toEqual([
        ['om_q', ''],
        [null, 'g-1'],
      ]);
    });
  });

  test('stays in its topic, weeks later too', async () => {
    await running(async ({ fake, adapter }) => {
      await adapter.send(message('o1', { address: { chatId: 'g-1', topic: 'om_root' } }));
      expect(fake.said[0]).toMatchObject({ replyTo: 'om_root', inTopic: true });
    });
  });

  test('with a picture and a document comes in parts, each once however often it is sent', async () => {
    const media = [
      { name: '本月.png', mime: 'image/png', path: await fileAt('a.png', 'png') },
      { name: '月报 十一月.docx', mime: 'application/msword', path: await fileAt('b.docx', 'docx') },
      { name: 'kept nowhere', mime: 'image/png', path: null },
    ];
    await running(async ({ fake, adapter }) => {
      fake.fail('POST /open-apis/im/v1/files', 'drop', { status: 502, body: '' });
      const sent = message('o1', { media });
      expect(await adapter.send(sent)).toEqual({ type: 'deferred', retryAfterMs: 5_000 });
      expect(await adapter.send(sent)).toEqual({ type: 'deferred', retryAfterMs: 5_000 });
      expect(await adapter.send(sent)).toEqual({ type: 'sent', messageId: 'om_1' });
      expect(fake.said.map(({ type }) => type)).toEqual(['text', 'image', 'file']);
      const [upload] = fake.called('POST /open-apis/im/v1/images');
      expect(upload?.body).toContain('name="image_type"\r\n\r\nmessage');
      const document = fake.called('POST /open-apis/im/v1/files').at(-1);
      expect(document?.body).toContain('filename="月报 十一月.docx"');
      expect(document?.body).toContain('name="file_type"\r\n\r\ndoc');
    });
  });

  test.each([
    ['missing', '/nowhere/x.png'],
    ['empty', ''],
    ['too big', Buffer.alloc(10_000_001)],
  ])('with a file that is %s is refused, with what went', async (_, bytes) => {
    const path = bytes === '/nowhere/x.png' ? bytes : await fileAt('x.png', bytes);
    await running(async ({ adapter }) => {
      const result = await adapter.send(
        message('o1', { media: [{ name: 'x.png', mime: 'image/png', path }] }),
      );
      expect(result).toMatchObject({ type: 'rejected', permanent: true, code: 'no_file' });
      expect(JSON.stringify(result)).toContain('1 of 2 parts went');
    });
  });

  test('of nothing is refused', async () => {
    await running(async ({ adapter }) => {
      expect(await adapter.send(message('o1', { text: '' }))).toMatchObject({
        type: 'rejected',
        code: 'empty',
      });
    });
  });

  test('is withdrawn', async () => {
    await running(async ({ fake, adapter }) => {
      expect(await adapter.withdraw('om_1')).toEqual({ type: 'sent', messageId: 'om_1' });
      fake.fail('DELETE /open-apis/im/v1/messages/om_2', refused(230026));
      expect(await adapter.withdraw('om_2')).toMatchObject({ type: 'rejected', permanent: true });
      expect(fake.withdrawn).toEqual(['om_1']);
    });
  });
});

describe('a send', () => {
  const LIMIT = { 'x-ogw-ratelimit-reset': '52' };
  test.each([
    [
      '429 with a time',
      refused(99991400, 429, LIMIT),
      { type: 'deferred', retryAfterMs: 52_000, scope: 'account' },
    ],
    [
      '400 with a time, as old calls have it',
      refused(99991400, 400, LIMIT),
      { type: 'deferred', retryAfterMs: 52_000, scope: 'account' },
    ],
    [
      '429 without a time',
      { status: 429, body: 'slow down' },
      { type: 'deferred', retryAfterMs: 5_000, scope: 'account' },
    ],
    ['too often in one chat', refused(230020), { type: 'deferred', retryAfterMs: 5_000 }],
    ['stopped by the person', refused(230053), { type: 'rejected', permanent: true, code: 'unreachable' }],
    ['11232, on the hour', refused(11232, 200), { type: 'deferred', retryAfterMs: 60_000, scope: 'account' }],
    ['the same uuid under way', refused(230049), { type: 'deferred', retryAfterMs: 2_000 }],
    ['503', { status: 503, body: '' }, { type: 'deferred', retryAfterMs: 5_000 }],
    ['500', { status: 500, body: '<html>' }, { type: 'unknown' }],
    ['500 with a code', refused(55001, 500), { type: 'unknown' }],
    ['a cut connection', 'drop', { type: 'unknown' }],
    ['an answer cut in the middle', 'cut', { type: 'unknown' }],
    ['an answer that is none', { status: 200, body: '[1' }, { type: 'unknown' }],
    ['an endless answer', { status: 200, body: 'x'.repeat(3_000_000) }, { type: 'unknown' }],
    ['not in the chat', refused(230002), { type: 'rejected', permanent: true, code: 'unreachable' }],
    ['no right to the person', refused(230013), { type: 'rejected', permanent: true, code: 'unreachable' }],
    ['a missing scope', refused(99991672), { type: 'rejected', permanent: true, code: 'missing_scope' }],
    ['something new', refused(230999), { type: 'rejected', permanent: true, code: 'refused' }],
  ] as const)('met by %s', async (_, fault, result) => {
    await running(async ({ fake, adapter }) => {
      fake.fail(SAY, fault);
      const sent = await adapter.send(message('o1'));
      expect(sent).toMatchObject(result);
      expect('scope' in sent).toBe('scope' in result);
      expect(fake.called(SAY)).toHaveLength(1);
    });
  });

  test('that hangs is unknown after a while, and is no second message when sent again', async () => {
    await running(async (parts) => {
      parts.fake.fail(SAY, 'hang');
      const sending = parts.adapter.send(message('o1'));
      await eventually(() => parts.fake.called(SAY).length === 1);
      await pass(parts, 15_000);
      expect(await sending).toEqual({ type: 'unknown', detail: 'ABORTED' });
      await parts.adapter.send(message('o1'));
      expect(await parts.adapter.send(message('o1'))).toEqual({ type: 'sent', messageId: 'om_1' });
      expect(parts.fake.said).toHaveLength(1);
    });
  });

  test('that hangs does not hold up a stop for good', async () => {
    await running(async (parts) => {
      parts.fake.fail(SAY, 'hang');
      const sending = parts.adapter.send(message('o1'));
      await eventually(() => parts.fake.called(SAY).length === 1);
      const stopping = parts.adapter.stop();
      await pass(parts, 5_000);
      expect(await sending).toMatchObject({ type: 'unknown' });
      await stopping;
    });
  });

  test('before Feishu can be reached is deferred', async () => {
    await running(
      async ({ adapter }) => {
        expect(await adapter.send(message('o1'))).toEqual({ type: 'deferred', retryAfterMs: 5_000 });
        expect(await adapter.withdraw('om_1')).toMatchObject({ type: 'deferred' });
      },
      // Nobody listens there.
      { over: { domain: 'http://127.0.0.1:9' }, wait: false },
    );
  });
});

describe('the tenant token', () => {
  test('is kept, fetched anew when Feishu no longer takes it, and when its time is over', async () => {
    await running(async ({ fake, adapter, clock }) => {
      await adapter.send(message('o1'));
      expect(fake.tokens).toBe(1);
      // Revoked: the fake takes only a later one.
      fake.tokens = 7;
      expect(await adapter.send(message('o2'))).toMatchObject({ type: 'sent' });
      expect(fake.tokens).toBe(8);
      // The SDK reckons its end by the machine's clock.
      clock.advanceTo(Math.max(clock.now(), Date.now()) + 3 * 3_600_000);
      expect(await adapter.send(message('o3'))).toMatchObject({ type: 'sent' });
      expect(fake.tokens).toBe(9);
    });
  });

  test.each([
    ['drop', { type: 'deferred' }],
    [{ status: 500, body: '' }, { type: 'deferred' }],
    [refused(99991400, 429, { 'x-ogw-ratelimit-reset': '9' }), { type: 'deferred', retryAfterMs: 9_000 }],
    [refused(10014, 200), { type: 'rejected', permanent: false, code: 'bad_secret' }],
  ] as const)('whose fetching failed (%s) is fetched by the next call', async (fault, result) => {
    await running(async ({ fake, adapter }) => {
      fake.tokens = 7;
      fake.fail(TOKENS, fault);
      expect(await adapter.send(message('o1'))).toMatchObject(result);
      expect(await adapter.send(message('o1'))).toMatchObject({ type: 'sent' });
    });
  });

  test('refused even when fresh is no endless matter', async () => {
    await running(async ({ fake, adapter }) => {
      fake.fail(SAY, refused(99991663), refused(99991663));
      expect(await adapter.send(message('o1'))).toMatchObject({
        type: 'rejected',
        permanent: false,
        code: 'bad_token',
      });
      expect(fake.called(SAY)).toHaveLength(2);
    });
  });
});

describe('a file that people sent', () => {
  test('is fetched with its type', async () => {
    await running(async ({ fake, adapter }) => {
      fake.files.set('img_v2_1', Buffer.from('jpeg'));
      const { bytes, mime } = await adapter.fetchMedia('om_1/image/img_v2_1');
      expect([Buffer.from(bytes).toString(), mime]).toEqual(['jpeg', 'image/jpeg']);
      const call = fake.calls.at(-1);
      expect([call?.name, call?.query.get('type')]).toEqual([
        'GET /open-apis/im/v1/messages/om_1/resources/img_v2_1',
        'image',
      ]);
    });
  });

  test.each(['om_1/image/none', 'x', '', 'om_1/secret/k', '../../x/image/k', 'om_1/file/a/b'])(
    '%s is not to be had, in words',
    async (ref) => {
      await running(async ({ adapter }) => {
        await expect(adapter.fetchMedia(ref)).rejects.toThrow('could not be fetched from Feishu');
      });
    },
  );
});
