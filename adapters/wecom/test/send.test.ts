/** The four roads, what each answers, and what is tried after it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outbound } from '../../../src/port.ts';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, pass } from '../../../tests/adapters/support.ts';
import { WINDOW_MS } from '../config.ts';
import { CORP_ID, HOOK_KEY, type Json, type Said } from './fake-wecom.ts';
import type { Running } from './harness.ts';
import {
  aibotTo,
  all,
  app,
  heard,
  message,
  onlyApp,
  onlyBot,
  received,
  running,
  single,
  to,
} from './harness.ts';

onlyLoopback();

const textOf = ({ body }: Said): unknown => {
  const { markdown, stream, text } = body as Readonly<Record<string, Json | undefined>>;
  return (markdown ?? stream ?? text)?.content;
};
const roads = ({ fake }: Running): readonly string[] => fake.said.map(({ road }) => road);
const zhao = to('zhao', 'direct');
const long = Array.from({ length: 100 }, (_, i) => `第 ${i} 行，王家桥路灯不亮，请派人去看`).join('\n');

let folder = '';
const file = (name: string, mime: string) => ({ name, mime, path: join(folder, name) });
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-wecom-send-'));
  await writeFile(join(folder, 'a.png'), 'a picture');
  await writeFile(join(folder, 'b.docx'), Buffer.alloc(700_000, 'b'));
  await writeFile(join(folder, 'tiny.png'), 'x');
});
afterAll(() => rm(folder, { recursive: true }));

describe('by the bot', () => {
  const answerTo = async (parts: Running, id: string): Promise<Partial<Outbound>> => {
    await heard(parts, received(id));
    return { address: parts.sink.effects.at(-1)?.address ?? null };
  };

  test('an answer goes to its request once; what follows is pushed', async () => {
    await running(onlyBot, async (parts) => {
      const over = await answerTo(parts, 'm1');
      expect(await parts.adapter.send(message('o1', over))).toEqual({ type: 'sent', messageId: null });
      expect(await parts.adapter.send(message('o2', over))).toMatchObject({ type: 'sent' });
      expect(parts.fake.said).toMatchObject([
        { road: 'answer', chat: 'req-1', body: { msgtype: 'stream', stream: { finish: true } } },
        { road: 'push', chat: 'g-1', body: { chat_type: 2, msgtype: 'markdown' } },
      ]);
    });
  });

  test('a request of a connection before is not answered; the message is pushed', async () => {
    await running(onlyBot, async (parts) => {
      const over = await answerTo(parts, 'm1');
      parts.fake.cut();
      await pass(parts, 1_000);
      await eventually(() => parts.adapter.health().state === 'online');
      await parts.adapter.send(message('o1', over));
      expect(roads(parts)).toEqual(['push']);
    });
  });

  test.each([846604, 846605, 846608])(
    'a request that WeCom no longer knows (%i) is pushed after',
    async (errcode) => {
      await running(onlyBot, async (parts) => {
        const over = await answerTo(parts, 'm1');
        parts.fake.fail('aibot_respond_msg', { errcode });
        expect(await parts.adapter.send(message('o1', over))).toMatchObject({ type: 'sent' });
        expect(roads(parts)).toEqual(['push']);
      });
    },
  );

  test('a person is told apart from a group', async () => {
    await running(onlyBot, async (parts) => {
      await heard(parts, single('m1', { from: { userid: 'zhao' } }));
      await parts.adapter.send(message('o1', zhao));
      expect(parts.fake.said).toMatchObject([{ chat: 'zhao', body: { chat_type: 1 } }]);
    });
  });

  test('the window closes a day after the last word, and never was open to whom nobody heard', async () => {
    await running(onlyBot, async (parts) => {
      const shut = { type: 'rejected', permanent: true, code: 'window_closed' };
      expect(await parts.adapter.send(message('o0'))).toMatchObject(shut);
      await heard(parts, received('m1'));
      parts.clock.advanceTo(parts.clock.now() + WINDOW_MS - 120_000);
      expect(await parts.adapter.send(message('o1'))).toMatchObject({ type: 'sent' });
      parts.clock.advanceTo(parts.clock.now() + 120_000);
      expect(await parts.adapter.send(message('o2'))).toMatchObject(shut);
      expect(await parts.adapter.send(message('o3', zhao))).toMatchObject(shut);
      expect(parts.fake.said).toHaveLength(1);
    });
  });

  test.each([
    [45009, { type: 'deferred', retryAfterMs: 60_000 }],
    [-1, { type: 'deferred', retryAfterMs: 5_000 }],
    [93001, { type: 'rejected', permanent: true, code: 'unreachable' }],
    [93006, { type: 'rejected', permanent: true, code: 'unreachable' }],
    [40058, { type: 'rejected', permanent: true, code: 'refused' }],
  ])('%i is understood', async (errcode, result) => {
    await running(onlyBot, async (parts) => {
      await heard(parts, received('m1'));
      parts.fake.fail('aibot_send_msg', { errcode });
      expect(await parts.adapter.send(message('o1'))).toMatchObject(result);
    });
  });

  test('out of the group, the group’s robot speaks', async () => {
    await running(all, async (parts) => {
      await heard(parts, received('m1', { chatid: 'g-robot' }));
      parts.fake.fail('aibot_send_msg', { errcode: 93001 });
      expect(await parts.adapter.send(message('o1', to('g-robot')))).toMatchObject({ type: 'sent' });
      expect(parts.fake.said).toMatchObject([{ road: 'webhook', chat: HOOK_KEY }]);
    });
  });

  test('files go in pieces before the message that shows them', async () => {
    await running(onlyBot, async (parts) => {
      await heard(parts, received('m1'));
      const media = [file('a.png', 'image/png'), file('b.docx', 'application/msword')];
      expect(await parts.adapter.send(message('o1', { media }))).toMatchObject({ type: 'sent' });
      expect(parts.fake.said.map(({ body }) => body.msgtype)).toEqual(['markdown', 'image', 'file']);
      const { media_id: id } = (parts.fake.said[2]?.body.file ?? {}) as Json;
      expect(parts.fake.files.get(String(id))?.bytes).toHaveLength(700_000);
    });
  });

  test('an upload that fails leaves the file for later, not the words again', async () => {
    await running(onlyBot, async (parts) => {
      await heard(parts, received('m1'));
      const media = [file('a.png', 'image/png')];
      parts.fake.fail('aibot_upload_media_init', { errcode: 45009 });
      expect(await parts.adapter.send(message('o1', { media }))).toMatchObject({ type: 'deferred' });
      expect(await parts.adapter.send(message('o1', { media }))).toMatchObject({ type: 'sent' });
      expect(parts.fake.said.map(({ body }) => body.msgtype)).toEqual(['markdown', 'image']);
    });
  });

  test('a file that is gone or empty stops the message before anything was said', async () => {
    await running(onlyBot, async (parts) => {
      await heard(parts, received('m1'));
      for (const name of ['gone.png', 'tiny.png']) {
        const result = await parts.adapter.send(message(name, { media: [file(name, 'image/png')] }));
        expect(result).toMatchObject({ type: 'rejected', permanent: true, code: 'no_file' });
      }
      expect(parts.fake.said).toEqual([]);
    });
  });

  test('buttons stand on a card under the words; without the card the words still went', async () => {
    await running(onlyBot, async (parts) => {
      await heard(parts, received('m1'));
      const buttons = [{ label: '接单', command: '接单 42' }];
      await parts.adapter.send(message('o1', { buttons }));
      expect(parts.fake.said.map(({ body }) => body.msgtype)).toEqual(['markdown', 'template_card']);
      parts.fake.fail('aibot_send_msg', { errcode: 0 }, { errcode: 40058 });
      expect(await parts.adapter.send(message('o2', { buttons }))).toMatchObject({ type: 'sent' });
      expect(parts.lines.join()).toContain('the buttons of a message were not shown');
      // A card that went, and whose answer was lost, is not said to have failed.
      parts.fake.fail('aibot_send_msg', { errcode: 0 }, { errcode: 45009 }, { errcode: 42014 });
      expect(await parts.adapter.send(message('o3', { buttons }))).toMatchObject({ type: 'deferred' });
      expect(await parts.adapter.send(message('o3', { buttons }))).toMatchObject({ type: 'sent' });
    });
  });

  test('a resident’s words call nobody', async () => {
    await running(onlyBot, async (parts) => {
      await heard(parts, received('m1'));
      await parts.adapter.send(message('o1', { text: '他说：<@all> 快来' }));
      expect(parts.fake.said.map(textOf)).toEqual(['他说：＜@all> 快来']);
    });
  });

  test('an empty message is none', async () => {
    await running(onlyBot, async (parts) => {
      await heard(parts, received('m1'));
      expect(await parts.adapter.send(message('o1', { text: '' }))).toMatchObject({ code: 'empty' });
    });
  });
});

describe('by the app', () => {
  test('a person is written to at any time', async () => {
    await running(onlyApp, async (parts) => {
      expect(await parts.adapter.send(message('o1', zhao))).toEqual({ type: 'sent', messageId: 'msg-1' });
      expect(parts.fake.said).toMatchObject([
        { chat: 'zhao', body: { agentid: 1_000_002, msgtype: 'text' } },
      ]);
      expect(parts.fake.called('gettoken')).toHaveLength(1);
    });
  });

  test('whoever asked the bot is answered there, and told of new things by the app', async () => {
    await running(all, async (parts) => {
      await heard(parts, single('m1', { from: { userid: 'zhao' } }));
      const address = parts.sink.effects[0]?.address ?? null;
      await parts.adapter.send(message('o1', { ...zhao, address }));
      await parts.adapter.send(message('o2', zhao));
      expect(roads(parts)).toEqual(['answer', 'app']);
    });
  });

  test('the token is kept, renewed before its end, and one fetch serves all', async () => {
    await running(onlyApp, async (parts) => {
      await parts.adapter.send(message('o1', zhao));
      parts.clock.advanceTo(parts.clock.now() + 7_200_000 - 300_000);
      await Promise.all(['o2', 'o3', 'o4'].map((id) => parts.adapter.send(message(id, zhao))));
      expect(parts.fake.called('gettoken')).toHaveLength(2);
      expect(parts.fake.said).toHaveLength(4);
    });
  });

  test.each([40014, 42001])(
    'a token that WeCom no longer takes (%i) is fetched anew, once',
    async (errcode) => {
      await running(onlyApp, async (parts) => {
        parts.fake.fail('message/send', { errcode });
        expect(await parts.adapter.send(message('o1', zhao))).toMatchObject({ type: 'sent' });
        expect(parts.fake.called('gettoken')).toHaveLength(2);
        parts.fake.fail('message/send', { errcode }, { errcode });
        expect(await parts.adapter.send(message('o2', zhao))).toMatchObject({
          permanent: false,
          code: 'bad_token',
        });
        expect(await parts.adapter.send(message('o2', zhao))).toMatchObject({ type: 'sent' });
      });
    },
  );

  test('a fetch of the token that failed stands in nobody’s way', async () => {
    await running(
      onlyApp,
      async (parts) => {
        await eventually(() => parts.adapter.health().lastError !== null);
        expect(parts.adapter.health().state).toBe('connecting');
        for (const fault of ['drop', 'cut', { status: 502, body: '' }, { errcode: 45009 }] as const) {
          parts.fake.fail('gettoken', fault);
          expect(await parts.adapter.send(message('o1', zhao))).toMatchObject({ type: 'deferred' });
        }
        expect(await parts.adapter.send(message('o1', zhao))).toMatchObject({ type: 'sent' });
        await eventually(() => parts.adapter.health().state === 'online');
        expect(parts.fake.said).toHaveLength(1);
      },
      { prepare: (fake) => fake.fail('gettoken', 'drop'), wait: false },
    );
  });

  test('a wrong secret is for a person to mend', async () => {
    const setup: typeof onlyApp = () => ({ app: app({ secret: 'x'.repeat(20) }) });
    await running(
      setup,
      async ({ adapter }) => {
        await eventually(() => adapter.health().state === 'kicked');
        expect(adapter.health().lastError).toContain('corpId 或应用的 secret');
        expect(await adapter.send(message('o1', zhao))).toMatchObject({
          permanent: false,
          code: 'bad_secret',
        });
      },
      { wait: false },
    );
  });

  test.each([
    [{ errcode: 45009 }, { type: 'deferred', retryAfterMs: 60_000 }],
    [{ errcode: 45033 }, { type: 'deferred', retryAfterMs: 5_000 }],
    [{ errcode: 81013 }, { type: 'rejected', permanent: true, code: 'unreachable' }],
    [{ errcode: 60111 }, { type: 'rejected', permanent: true, code: 'unreachable' }],
    [
      { errcode: 0, invaliduser: 'zhao' },
      { type: 'rejected', permanent: true, code: 'unreachable' },
    ],
    [
      { errcode: 0, unlicenseduser: 'zhao' },
      { type: 'rejected', permanent: true, code: 'unreachable' },
    ],
    [{ errcode: 44004 }, { type: 'rejected', permanent: true, code: 'refused' }],
    [
      { status: 429, body: '', headers: { 'retry-after': '7' } },
      { type: 'deferred', retryAfterMs: 7_000 },
    ],
    [{ status: 503, body: '' }, { type: 'deferred' }],
    [{ status: 500, body: 'oops' }, { type: 'unknown' }],
    [{ status: 200, body: '<html>' }, { type: 'unknown' }],
    ['drop', { type: 'unknown' }],
    ['cut', { type: 'unknown' }],
  ] as const)('%j is understood', async (fault, result) => {
    await running(onlyApp, async (parts) => {
      parts.fake.fail('message/send', fault);
      expect(await parts.adapter.send(message('o1', zhao))).toMatchObject(result);
    });
  });

  test('an answer that never comes is waited for no longer than a while', async () => {
    await running(onlyApp, async (parts) => {
      parts.fake.fail('message/send', 'hang');
      const sending = parts.adapter.send(message('o1', zhao));
      await eventually(() => parts.fake.called('message/send').length === 1);
      await pass(parts, 15_000);
      expect((await sending).type).toBe('unknown');
    });
  });

  test('an address that is not trusted is named, for the admin to enter', async () => {
    await running(onlyApp, async (parts) => {
      const errmsg =
        'not allow to access from your ip, hint: [17], from ip: 203.0.113.9, more info at https://…';
      parts.fake.fail('message/send', { errcode: 60020, errmsg });
      expect(await parts.adapter.send(message('o1', zhao))).toMatchObject({ permanent: false });
      expect(parts.adapter.health()).toMatchObject({
        state: 'degraded',
        lastError: expect.stringContaining('203.0.113.9'),
      });
      await parts.adapter.send(message('o1', zhao));
      expect(parts.adapter.health().state).toBe('online');
    });
  });

  test('whom the app can’t reach the bot may', async () => {
    await running(all, async (parts) => {
      await heard(parts, single('m1', { from: { userid: 'zhao' } }));
      parts.fake.fail('message/send', { errcode: 81013 });
      expect(await parts.adapter.send(message('o1', zhao))).toMatchObject({ type: 'sent' });
      expect(roads(parts)).toEqual(['push']);
    });
  });

  test('a long text goes in pieces, and none of them twice', async () => {
    await running(onlyApp, async (parts) => {
      parts.fake.fail('message/send', { errcode: 0 }, { errcode: 45009 });
      expect(await parts.adapter.send(message('o1', { ...zhao, text: long }))).toMatchObject({
        type: 'deferred',
      });
      expect(await parts.adapter.send(message('o1', { ...zhao, text: long }))).toMatchObject({
        type: 'sent',
      });
      // The first was taken by the planted answer, unseen by the fake.
      const said = parts.fake.called('message/send').map(({ body }) => String(JSON.parse(body).text.content));
      expect([said[0], ...said.slice(2)].join('')).toBe(long);
      for (const text of said) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2_048);
    });
  });

  test('half of a message is not said again by another road', async () => {
    await running(all, async (parts) => {
      await heard(parts, single('m1', { from: { userid: 'zhao' } }));
      parts.fake.fail('message/send', { errcode: 0 }, { errcode: 81013 });
      expect(await parts.adapter.send(message('o1', { ...zhao, text: long }))).toMatchObject({
        type: 'rejected',
        code: 'cut_short',
        detail: expect.stringContaining('1 parts went'),
      });
      expect(roads(parts)).toEqual([]);
    });
  });

  test('files are uploaded, pictures as pictures', async () => {
    await running(onlyApp, async (parts) => {
      const media = [file('a.png', 'image/png'), file('b.docx', 'application/msword')];
      await parts.adapter.send(message('o1', { ...zhao, text: '', media }));
      expect(parts.fake.said.map(({ body }) => body.msgtype)).toEqual(['image', 'file']);
      const [first] = parts.fake.called('media/upload');
      expect(first?.query.get('type')).toBe('image');
      expect(first?.body).toContain('a picture');
      parts.fake.fail('media/upload', 'cut');
      expect((await parts.adapter.send(message('o2', { ...zhao, text: '', media }))).type).toBe('deferred');
    });
  });

  test('buttons are shown only where their presses come back', async () => {
    const buttons = [{ label: '接单', command: '接单 42' }];
    await running(all, async (parts) => {
      await parts.adapter.send(message('o1', { ...zhao, buttons }));
      expect(parts.fake.said.map(({ body }) => body.msgtype)).toEqual(['text', 'template_card']);
    });
    await running(onlyApp, async (parts) => {
      await parts.adapter.send(message('o1', { ...zhao, buttons }));
      expect(parts.fake.said.map(({ body }) => body.msgtype)).toEqual(['text']);
    });
  });

  test.each(['@all', 'zhao|qian'])('nobody is written to by a name that means several: %s', async (id) => {
    await running(onlyApp, async (parts) => {
      expect(await parts.adapter.send(message('o1', to(id, 'direct')))).toMatchObject({
        code: 'unreachable',
      });
      expect(parts.fake.said).toEqual([]);
    });
  });
});

describe('in groups without the bot', () => {
  test('the app writes where it made the group', async () => {
    await running(all, async (parts) => {
      const media = [file('a.png', 'image/png')];
      const result = await parts.adapter.send(message('o1', { ...to('made-by-app'), media }));
      expect(result).toEqual({ type: 'sent', messageId: null });
      expect(parts.fake.said).toMatchObject([
        { road: 'appchat', chat: 'made-by-app', body: { msgtype: 'text' } },
        { road: 'appchat', body: { msgtype: 'image' } },
      ]);
    });
  });

  test('a robot of the group speaks when the window has closed, with files', async () => {
    await running(all, async (parts) => {
      const media = [file('a.png', 'image/png'), file('b.docx', 'application/msword')];
      await parts.adapter.send(message('o1', { ...to('g-robot'), media }));
      expect(parts.fake.said.map(({ road, body }) => `${road} ${String(body.msgtype)}`)).toEqual([
        'webhook text',
        'webhook image',
        'webhook file',
      ]);
      expect(parts.fake.said[0]?.body).not.toHaveProperty('mentioned_list');
    });
  });

  test('a robot that is gone is named, and the group is not given up as unreachable', async () => {
    await running(all, async (parts) => {
      parts.fake.fail('webhook/send', { errcode: 93000, errmsg: 'invalid webhook url' });
      expect(await parts.adapter.send(message('o1', to('g-robot')))).toMatchObject({
        type: 'rejected',
        code: 'bad_webhook',
      });
      expect(parts.adapter.health().lastError).toContain('群机器人的 key 失效了');
      parts.fake.fail('webhook/send', { errcode: 45009 });
      expect(await parts.adapter.send(message('o2', to('g-robot')))).toMatchObject({ retryAfterMs: 60_000 });
    });
  });

  test('where no road leads nobody is reached', async () => {
    await running(onlyApp, async ({ adapter }) => {
      expect(await adapter.send(message('o1'))).toMatchObject({ type: 'rejected', code: 'unreachable' });
    });
  });
});

test('what was heard is known after a restart', async () => {
  const stateFile = join(folder, 'state', 'adapter-wecom.json');
  await running(onlyBot, async (parts) => void (await heard(parts, received('m1'))), { over: { stateFile } });
  await running(
    onlyBot,
    async ({ adapter }) => {
      expect(await adapter.send(message('o1'))).toMatchObject({ type: 'sent' });
      expect(await adapter.send(message('o2', to('g-2')))).toMatchObject({ code: 'window_closed' });
    },
    { over: { stateFile } },
  );
});

test('a spoilt file closes windows and keeps nothing from starting; the address of a message opens its own', async () => {
  const stateFile = join(folder, 'spoilt.json');
  await writeFile(stateFile, '{"heard":');
  await running(
    (fake) => ({ aibot: aibotTo(fake) }),
    async ({ adapter, clock }) => {
      expect(await adapter.send(message('o1'))).toMatchObject({ code: 'window_closed' });
      const address = { road: 'aibot', at: clock.now() - 1_000, request: 'req-of-before' };
      expect(await adapter.send(message('o2', { address }))).toMatchObject({ type: 'sent' });
    },
    { over: { stateFile } },
  );
});

test('the company’s own numbers are asked for', async () => {
  await running(onlyApp, async ({ fake }) => {
    expect(fake.called('gettoken')[0]?.query.get('corpid')).toBe(CORP_ID);
  });
});
