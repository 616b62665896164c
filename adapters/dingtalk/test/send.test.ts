/** What people get to see, and what comes of a send on DingTalk's bad days. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, pass } from '../../../tests/adapters/support.ts';
import type { Fault } from './fake-dingtalk.ts';
import { CLIENT, DOWNLOAD, TO_GROUP, TO_PERSON, TOKENS, UPLOAD } from './fake-dingtalk.ts';
import { message, running } from './harness.ts';

onlyLoopback();

const refused = (code: string, status = 400, headers = {}): Fault => ({
  status,
  body: { code, message: 'in words', requestid: '1' },
  headers,
});
const DENIED = 'Forbidden.AccessDenied';
const LIN = { id: '0166501', kind: 'direct' } as const;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dingtalk-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileAt(name: string, bytes: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

describe('a message', () => {
  test('goes to the group by its id, to a person by userId, from the robot that is configured', async () => {
    await running(async ({ fake, adapter }) => {
      expect(await adapter.send(message('o1'))).toEqual({ type: 'sent', messageId: 'pqk-1' });
      expect(await adapter.send(message('o2', { chat: LIN }))).toEqual({ type: 'sent', messageId: 'pqk-2' });
      const [group] = fake.called(TO_GROUP);
      const [person] = fake.called(TO_PERSON);
      expect(JSON.parse(group?.body ?? '')).toMatchObject({ openConversationId: 'g-1', robotCode: CLIENT });
      expect(JSON.parse(person?.body ?? '')).toMatchObject({ userIds: ['0166501'], robotCode: CLIENT });
    });
  });

  test('with a picture and a document comes in parts; all are uploaded before anything is said', async () => {
    const media = [
      { name: '本月.png', mime: 'image/png', path: await fileAt('a.png', 'png') },
      { name: '月报 十一月.docx', mime: 'application/msword', path: await fileAt('b.docx', 'docx') },
    ];
    await running(async ({ fake, adapter }) => {
      expect(await adapter.send(message('o1', { media }))).toEqual({ type: 'sent', messageId: 'pqk-1' });
      expect(fake.said.map(({ key }) => key)).toEqual(['sampleText', 'sampleImageMsg', 'sampleFile']);
      const names = fake.calls.map(({ name }) => name).filter((name) => /upload|groupMessages/.test(name));
      expect(names).toEqual([UPLOAD, UPLOAD, TO_GROUP, TO_GROUP, TO_GROUP]);
      const [picture, document] = fake.called(UPLOAD);
      expect([picture?.query.get('type'), document?.query.get('type')]).toEqual(['image', 'file']);
      expect(document?.body).toContain('name="media"; filename="月报 十一月.docx"');
      expect(document?.body).toContain('name="type"\r\n\r\nfile');
    });
  });

  test('that was deferred in the middle goes on there: people see no part twice', async () => {
    const media = [{ name: 'a.png', mime: 'image/png', path: await fileAt('c.png', 'png') }];
    await running(async ({ fake, adapter }) => {
      const sent = message('o1', { media });
      fake.fail(
        UPLOAD,
        'drop',
        { status: 502, body: '' },
        { status: 200, body: { errcode: -1, errmsg: '系统繁忙' } },
      );
      for (const _ of [1, 2, 3]) expect(await adapter.send(sent)).toMatchObject({ type: 'deferred' });
      expect(fake.said).toEqual([]);
      // The words go, the picture is throttled.
      const hold = fake.hold();
      const sending = adapter.send(sent);
      await eventually(() => fake.holding);
      fake.fail(TO_GROUP, refused(`${DENIED}.QpsLimitForApi`, 403));
      hold();
      expect(await sending).toMatchObject({ type: 'deferred', scope: 'account' });
      expect(await adapter.send(sent)).toEqual({ type: 'sent', messageId: 'pqk-1' });
      expect(fake.said.map(({ key }) => key)).toEqual(['sampleText', 'sampleImageMsg']);
    });
  });

  test('whose files take long is sent in the end: what is uploaded is not uploaded again', async () => {
    const path = await fileAt('f.png', 'png');
    const media = ['a', 'b', 'c'].map((name) => ({ name: `${name}.png`, mime: 'image/png', path }));
    await running(async (parts) => {
      const { fake, adapter, clock } = parts;
      fake.fail(UPLOAD, { status: 200, body: { errcode: 0, media_id: '@first' } }, 'hang');
      const sending = adapter.send(message('o1', { media }));
      await eventually(() => fake.called(UPLOAD).length === 2);
      await pass(parts, 60_000);
      expect(await sending).toEqual({ type: 'deferred', retryAfterMs: 5_000 });
      expect(fake.said).toEqual([]);
      const release = fake.hold();
      const again = adapter.send(message('o1', { media }));
      await eventually(() => fake.holding);
      clock.advanceTo(clock.now() + 40_000);
      release();
      expect(await again).toEqual({ type: 'deferred', retryAfterMs: 1_000 });
      expect(await adapter.send(message('o1', { media }))).toEqual({ type: 'sent', messageId: 'pqk-1' });
      expect(fake.said.map(({ text, files }) => text || files[0])).toEqual([
        message('o1').text,
        '@first',
        expect.stringContaining('@media'),
        expect.stringContaining('@media'),
      ]);
      expect(fake.called(UPLOAD)).toHaveLength(4);
    });
  });

  test('of which a part is unknown says how much went, and is not remembered', async () => {
    const media = [{ name: 'a.png', mime: 'image/png', path: await fileAt('d.png', 'png') }];
    await running(async ({ fake, adapter }) => {
      const sent = message('o1', { media });
      const throttled = refused(`${DENIED}.QpsLimitForApi`, 403);
      const meeting = async (fault: Fault) => {
        const release = fake.hold();
        const sending = adapter.send(sent);
        await eventually(() => fake.holding);
        fake.fail(TO_GROUP, fault);
        release();
        return sending;
      };
      expect(await meeting(throttled)).toMatchObject({ type: 'deferred' });
      fake.fail(TO_GROUP, 'drop');
      const lost = await adapter.send(sent);
      expect(lost).toMatchObject({ type: 'unknown', detail: expect.stringContaining('1 of 2 parts went') });
      await adapter.send(sent);
      expect(fake.said.map(({ key }) => key)).toEqual(['sampleText', 'sampleText', 'sampleImageMsg']);
    });
  });

  test.each([
    ['missing', 'x.png', null],
    ['empty', 'x.png', ''],
    ['too big', 'x.png', Buffer.alloc(20_000_001)],
    ['of a kind that DingTalk does not take', 'x.csv', 'a,b'],
  ])('with a file that is %s is refused before anything is said', async (_, name, bytes) => {
    const path = bytes === null ? '/nowhere/x.png' : await fileAt(`${_.length}${name}`, bytes);
    const mime = name.endsWith('png') ? 'image/png' : 'text/csv';
    await running(async ({ fake, adapter }) => {
      const result = await adapter.send(message('o1', { media: [{ name, mime, path }] }));
      expect(result).toMatchObject({ type: 'rejected', permanent: true, code: 'no_file' });
      expect(fake.said).toEqual([]);
    });
  });

  test('of nothing is refused', async () => {
    await running(async ({ adapter }) => {
      expect(await adapter.send(message('o1', { text: '' }))).toMatchObject({
        code: 'empty',
        permanent: true,
      });
    });
  });

  test('to somebody outside the organisation is refused without asking', async () => {
    await running(async ({ fake, adapter }) => {
      const chat = { id: 'external:$:LWCP_v1:$x', kind: 'direct' } as const;
      expect(await adapter.send(message('o1', { chat }))).toMatchObject({
        type: 'rejected',
        permanent: true,
        code: 'unreachable',
      });
      expect(fake.called(TO_PERSON)).toEqual([]);
    });
  });
});

describe('a send', () => {
  const later = (retryAfterMs: number, scope: 'chat' | 'account') => ({
    type: 'deferred',
    retryAfterMs,
    scope,
  });
  const never = (code: string) => ({ type: 'rejected', permanent: true, code });
  const some = (list: string): Fault => ({
    status: 200,
    body: { processQueryKey: 'p', [list]: ['0166501'] },
  });
  test.each([
    ['the limit of the API', refused(`${DENIED}.QpsLimitForApi`, 403), later(2_000, 'account')],
    ['the limit of the app', refused(`${DENIED}.QpsLimitForAppkeyAndApi`, 403), later(2_000, 'account')],
    [
      'the end of the month’s calls',
      refused(`${DENIED}.ApiCountLimitForOrg`, 403),
      later(3_600_000, 'account'),
    ],
    ['the old limit', { status: 200, body: { errcode: 88, sub_code: '90018' } }, later(2_000, 'account')],
    ['the old limit of a minute', { status: 200, body: { errcode: 90006 } }, later(60_000, 'account')],
    ['a time to wait', refused('Throttling.User', 400, { 'retry-after': '52' }), later(52_000, 'chat')],
    ['429 without a time', { status: 429, body: 'slow down' }, later(5_000, 'chat')],
    ['the firewall’s page', { status: 403, body: '<html>' }, later(300_000, 'account')],
    [
      'the firewall’s JSON',
      { status: 200, body: { status: 1111, punish: 'deny', wait: 5 } },
      later(300_000, 'account'),
    ],
    ['a person’s limit', some('flowControlledStaffIdList'), later(60_000, 'chat')],
    ['503', { status: 503, body: '' }, { type: 'deferred', retryAfterMs: 5_000 }],
    ['500', { status: 500, body: '<html>' }, { type: 'unknown' }],
    ['500 with a code', refused('systemError', 500), { type: 'unknown' }],
    ['a cut connection', 'drop', { type: 'unknown' }],
    ['an answer cut in the middle', 'cut', { type: 'unknown' }],
    ['an answer that is none', { status: 200, body: '[1' }, { type: 'unknown' }],
    ['an endless answer', { status: 200, body: 'x'.repeat(1_100_000) }, { type: 'unknown' }],
    [
      'a redirect',
      { status: 302, body: '', headers: { location: 'http://127.0.0.1:9/' } },
      { type: 'unknown' },
    ],
    ['no such person', refused('staffId.notExisted'), never('unreachable')],
    ['no such person, told with 200', some('invalidStaffIdList'), never('unreachable')],
    ['a person who may not see the app', some('filteredStaffIdList'), never('unreachable')],
    ['a group that is gone', refused('group.disbanded'), never('unreachable')],
    ['a group with no such id', refused('invalidParameter.openConversationId.invalid'), never('unreachable')],
    ['no such robot', refused('resource.not.found', 404), never('no_robot')],
    ['something new', refused('somethingNew'), never('refused')],
    ['a name of the language', refused('constructor'), never('refused')],
    [
      'no right to send',
      refused(`${DENIED}.AccessTokenPermissionDenied`, 403),
      { type: 'rejected', permanent: false, code: 'no_permission' },
    ],
  ] as const)('met by %s', async (_, fault, result) => {
    await running(async ({ fake, adapter }) => {
      fake.fail(TO_PERSON, fault);
      expect(await adapter.send(message('o1', { chat: LIN }))).toMatchObject(result);
      expect(fake.called(TO_PERSON)).toHaveLength(1);
    });
  });

  test.each([
    ['the month’s calls', `${DENIED}.ApiCountLimitForOrg`, '调用量用完了'],
    ['the right to send', `${DENIED}.AccessTokenPermissionDenied`, 'qyapi_robot_sendmsg'],
  ])('that fails for want of %s shows in health until one goes', async (_, code, words) => {
    await running(async ({ fake, adapter }) => {
      fake.fail(TO_GROUP, refused(code, 403));
      await adapter.send(message('o1'));
      expect(adapter.health()).toMatchObject({ state: 'degraded' });
      expect(adapter.health().lastError).toContain(words);
      await adapter.send(message('o1'));
      expect(adapter.health().state).toBe('online');
    });
  });

  test('that hangs is unknown after a while', async () => {
    await running(async (parts) => {
      parts.fake.fail(TO_GROUP, 'hang');
      const sending = parts.adapter.send(message('o1'));
      await eventually(() => parts.fake.called(TO_GROUP).length === 1);
      await pass(parts, 15_000);
      expect(await sending).toEqual({ type: 'unknown', detail: 'ABORTED' });
    });
  });

  test('that hangs does not hold up a stop for good', async () => {
    await running(async (parts) => {
      parts.fake.fail(TO_GROUP, 'hang');
      const sending = parts.adapter.send(message('o1'));
      await eventually(() => parts.fake.called(TO_GROUP).length === 1);
      const stopping = parts.adapter.stop();
      await pass(parts, 5_000);
      expect(await sending).toMatchObject({ type: 'unknown' });
      await stopping;
    });
  });

  test('before DingTalk can be reached is deferred', async () => {
    await running(
      async ({ adapter }) => {
        expect(await adapter.send(message('o1'))).toEqual({ type: 'deferred', retryAfterMs: 5_000 });
      },
      // Nobody listens there.
      { over: { apiRoot: 'http://127.0.0.1:9' }, wait: false },
    );
  });
});

describe('the access token', () => {
  test('is kept, and fetched anew before its time is over', async () => {
    await running(async ({ fake, adapter, clock }) => {
      await Promise.all([adapter.send(message('o1')), adapter.send(message('o2'))]);
      expect(fake.tokens).toBe(1);
      clock.advanceTo(clock.now() + 6_599_000);
      await adapter.send(message('o3'));
      expect(fake.tokens).toBe(1);
      clock.advanceTo(clock.now() + 2_000);
      await adapter.send(message('o4'));
      expect(fake.tokens).toBe(2);
    });
  });

  test('that could not be renewed serves while it lasts, and is asked for again each time', async () => {
    await running(async ({ fake, adapter, clock }) => {
      await adapter.send(message('o1'));
      clock.advanceTo(clock.now() + 6_700_000);
      fake.fail(TOKENS, { status: 500, body: '' }, 'drop');
      expect(await adapter.send(message('o2'))).toMatchObject({ type: 'sent' });
      expect(await adapter.send(message('o3'))).toMatchObject({ type: 'sent' });
      expect(fake.tokens).toBe(1);
      expect(await adapter.send(message('o4'))).toMatchObject({ type: 'sent' });
      expect([fake.tokens, fake.called(TOKENS).length]).toEqual([2, 4]);
    });
  });

  test('that DingTalk takes no longer is fetched anew once, of both APIs', async () => {
    const media = [{ name: 'a.png', mime: 'image/png', path: await fileAt('e.png', 'png') }];
    await running(async ({ fake, adapter }) => {
      await adapter.send(message('o1'));
      fake.good = 77;
      expect(await adapter.send(message('o2'))).toMatchObject({ type: 'sent' });
      fake.good = 78;
      expect(await adapter.send(message('o3', { media }))).toMatchObject({ type: 'sent' });
      expect(fake.tokens).toBe(3);
    });
  });

  test.each([
    ['drop', { type: 'deferred' }],
    ['cut', { type: 'deferred' }],
    [{ status: 500, body: '' }, { type: 'deferred' }],
    [{ status: 200, body: {} }, { type: 'deferred' }],
    [refused(`${DENIED}.QpsLimitForApi`, 403), { type: 'deferred', retryAfterMs: 2_000 }],
    [refused('invalidClientIdOrSecret'), { type: 'rejected', permanent: false, code: 'bad_secret' }],
  ] as const)('whose fetching failed (%s) is fetched by the next call', async (fault, result) => {
    await running(async ({ fake, adapter }) => {
      fake.fail(TOKENS, fault);
      expect(await adapter.send(message('o1'))).toMatchObject(result);
      expect(await adapter.send(message('o1'))).toMatchObject({ type: 'sent' });
      expect(fake.said).toHaveLength(1);
    });
  });

  test('whose fetching hangs holds up nobody for good', async () => {
    await running(async (parts) => {
      parts.fake.fail(TOKENS, 'hang');
      const sending = parts.adapter.send(message('o1'));
      await eventually(() => parts.fake.called(TOKENS).length === 1);
      await pass(parts, 15_000);
      expect(await sending).toMatchObject({ type: 'deferred' });
      expect(await parts.adapter.send(message('o1'))).toMatchObject({ type: 'sent' });
    });
  });

  test('refused even when fresh is no endless matter', async () => {
    await running(async ({ fake, adapter }) => {
      fake.fail(TO_GROUP, refused('InvalidAuthentication'), refused('InvalidAuthentication'));
      expect(await adapter.send(message('o1'))).toMatchObject({ permanent: false, code: 'bad_token' });
      expect(fake.called(TO_GROUP)).toHaveLength(2);
    });
  });
});

describe('a file that people sent', () => {
  test('is fetched by its code, without the token, with its type', async () => {
    await running(async ({ fake, adapter }) => {
      fake.files.set('mIofN/+1==', Buffer.from('jpeg'));
      const { bytes, mime } = await adapter.fetchMedia('mIofN/+1==');
      expect([Buffer.from(bytes).toString(), mime]).toEqual(['jpeg', 'image/jpeg']);
      const [asked] = fake.called(DOWNLOAD);
      expect(JSON.parse(asked?.body ?? '')).toEqual({ downloadCode: 'mIofN/+1==', robotCode: CLIENT });
      expect(JSON.stringify(fake.calls.at(-1)?.headers)).not.toContain('planted');
    });
  });

  test.each([
    ['a redirect', { status: 302, body: '', headers: { location: 'http://127.0.0.1:9/' } }],
    ['an error', { status: 403, body: '<Error>Expired</Error>' }],
    ['a cut', 'cut'],
  ] as const)('whose address answers with %s is not to be had, in words', async (_, fault) => {
    await running(async ({ fake, adapter }) => {
      fake.files.set('c', Buffer.from('x'));
      fake.fail('GET /file/c', fault);
      await expect(adapter.fetchMedia('c')).rejects.toThrow('could not be fetched from DingTalk');
    });
  });

  test.each(['file:///etc/passwd', 'http://10.0.0.1/x', ''])('is not fetched from %s', async (url) => {
    await running(async ({ fake, adapter }) => {
      fake.files.set('c', Buffer.from('x'));
      fake.fileUrl = url;
      await expect(adapter.fetchMedia('c')).rejects.toThrow('could not be fetched from DingTalk');
    });
  });

  test('without end is given up', async () => {
    await running(async ({ fake, adapter }) => {
      fake.files.set('c', Buffer.alloc(50_000_001));
      await expect(adapter.fetchMedia('c')).rejects.toThrow('TOO_LONG');
    });
  });

  test('is not fetched after the stop', async () => {
    await running(async ({ fake, adapter }) => {
      fake.files.set('c', Buffer.from('x'));
      await adapter.stop();
      const { length } = fake.calls;
      await expect(adapter.fetchMedia('c')).rejects.toThrow('could not be fetched');
      expect(fake.calls).toHaveLength(length);
    });
  });
});
