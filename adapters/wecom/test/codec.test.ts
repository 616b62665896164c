/** Documented payloads in and out; whatever else comes is answered too. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { START } from '../../../tests/adapters/support.ts';
import { decodeMessage, decodePress, mediaRef, readRef } from '../decode.ts';
import { decodeApp } from '../decode-app.ts';
import {
  appchatPush,
  appPush,
  botPush,
  cardOf,
  encode,
  harmless,
  hookImage,
  markdown,
  pieces,
  plain,
  streamed,
  uploaded,
} from '../encode.ts';
import { message } from './harness.ts';

const golden = (name: string): Readonly<Record<string, Readonly<Record<string, unknown>>>> =>
  JSON.parse(readFileSync(new URL(`golden/${name}.golden.json`, import.meta.url), 'utf8'));

const context = { account: 'wecom', botName: null, now: START };

describe('a frame of the bot', () => {
  test.each(Object.entries(golden('incoming')))('%s', (_, { frame, inbound }) => {
    expect(decodeMessage(frame, context) ?? decodePress(frame, context)).toEqual(inbound);
  });

  const said = (content: string, botName: string | null = null): string | undefined =>
    decodeMessage(
      {
        body: {
          msgid: 'm',
          chatid: 'g',
          chattype: 'group',
          from: { userid: 'u' },
          msgtype: 'text',
          text: { content },
        },
      },
      { ...context, botName },
    )?.text;

  test.each([
    ['@回音 路灯坏了', '路灯坏了'],
    ['@回音\u2005路灯坏了', '路灯坏了'],
    ['@回音', ''],
    ['路灯坏了 找@张三', '路灯坏了 找@张三'],
    ['a@b.example 是我的', 'a@b.example 是我的'],
  ])('of a group without its mention: %s', (content, text) => {
    expect(said(content)).toBe(text);
  });

  test('knows its own name wherever it stands, also with a space', () => {
    expect(said('@张三 看看 @回音 小助手 路灯坏了', '回音 小助手')).toBe('@张三 看看 路灯坏了');
    expect(said('路灯坏了@回音 小助手', '回音 小助手')).toBe('路灯坏了');
  });

  test('of a group without its number is none: it would be answered in private', () => {
    const body = {
      msgid: 'm',
      chattype: 'group',
      from: { userid: 'u' },
      msgtype: 'text',
      text: { content: '@回音 病了' },
    };
    expect(decodeMessage({ body }, context)).toBeNull();
  });

  test('of any form is answered, never thrown at', () => {
    const value = fc.oneof(fc.anything(), fc.record({ body: fc.anything(), headers: fc.anything() }));
    fc.assert(
      fc.property(value, (frame) => {
        decodeMessage(frame, context);
        decodePress(frame, context);
      }),
    );
    const parts = fc.record(
      {
        msgid: fc.string(),
        chatid: fc.option(fc.string()),
        chattype: fc.anything(),
        from: fc.record({ userid: fc.string() }),
        create_time: fc.anything(),
        msgtype: fc.constantFrom('text', 'image', 'mixed', 'voice', 'file', 'video', 'event', '?'),
        text: fc.oneof(fc.record({ content: fc.string() }), fc.anything()),
        image: fc.anything(),
        mixed: fc.anything(),
        quote: fc.anything(),
        event: fc.anything(),
      },
      { requiredKeys: ['msgid', 'from', 'msgtype'] },
    );
    fc.assert(
      fc.property(parts, (body) => {
        const inbound = decodeMessage({ body }, context);
        if (inbound) expect(JSON.parse(JSON.stringify(inbound))).toEqual(inbound);
      }),
    );
  });
});

describe('a message to the app', () => {
  const app = { account: 'wecom', corpId: 'ww1', agentId: 7 };
  const fields = (over: Readonly<Record<string, string>> = {}): ReadonlyMap<string, string> =>
    new Map(
      Object.entries({
        ToUserName: 'ww1',
        FromUserName: 'zhao',
        CreateTime: '1793577600',
        MsgType: 'text',
        Content: ' 接单 42 ',
        MsgId: '7000001',
        AgentID: '7',
        ...over,
      }),
    );

  test('is one of a private chat', () => {
    expect(decodeApp(fields(), app)).toEqual({
      eventKey: 'm:7000001',
      kind: 'message',
      account: 'wecom',
      chat: { id: 'zhao', kind: 'direct' },
      sender: { id: 'zhao', name: null, isSelf: false, isBot: false },
      messageId: '7000001',
      text: '接单 42',
      mentionsBot: false,
      quote: null,
      media: [],
      platformTime: 1_793_577_600_000,
      address: { road: 'app' },
    });
  });

  test('brings pictures, voice and places', () => {
    const media = (over: Readonly<Record<string, string>>) => decodeApp(fields(over), app)?.media[0];
    expect(media({ MsgType: 'image', MediaId: 'M1' })).toMatchObject({ kind: 'image', ref: 'a.M1' });
    expect(media({ MsgType: 'voice', MediaId: 'M2' })).toMatchObject({ kind: 'voice', ref: 'a.M2' });
    expect(media({ MsgType: 'location', Label: '王家桥' })).toMatchObject({
      kind: 'location',
      name: '王家桥',
    });
  });

  test('is a press, told apart by who, when and what', () => {
    const press = (over: Readonly<Record<string, string>> = {}) =>
      decodeApp(
        fields({
          MsgType: 'event',
          Event: 'template_card_event',
          EventKey: '接单 42',
          TaskId: 'T',
          MsgId: '',
          ...over,
        }),
        app,
      );
    expect(press()).toMatchObject({ kind: 'action', text: '接单 42', chat: { id: 'zhao' } });
    expect(press()?.eventKey).toBe(press()?.eventKey);
    expect(press({ FromUserName: 'lin' })?.eventKey).not.toBe(press()?.eventKey);
    expect(press({ CreateTime: '1793577601' })?.eventKey).not.toBe(press()?.eventKey);
  });

  test.each([
    ['another company', { ToUserName: 'ww2' }],
    ['another app', { AgentID: '8' }],
    ['nobody', { FromUserName: '' }],
    ['no message', { MsgId: '' }],
    ['no words', { Content: ' ' }],
    ['an event of another kind', { MsgType: 'event', Event: 'enter_agent', EventKey: '' }],
  ])('of %s is none', (_, over) => {
    expect(decodeApp(fields(over), app)).toBeNull();
  });

  test('of any form is answered', () => {
    const any = fc.array(
      fc.tuple(fc.constantFrom(...fields().keys(), 'Event', 'EventKey', 'MediaId'), fc.string()),
    );
    fc.assert(fc.property(any, (given) => void decodeApp(fields(Object.fromEntries(given)), app)));
  });
});

describe('what goes out', () => {
  const words = '记下了 #0042：路灯不亮。';
  const buttons = [
    { label: '接单', command: '接单 42' },
    { label: '退回', command: '退回 42' },
  ];

  test('is as documented', () => {
    const [, card] = encode(
      message('o1', { text: '新任务 #0042：路灯不亮，王家桥两盏，请在今天之内接单。', buttons }),
      {
        textBytes: 2_000,
        buttons: true,
      },
    );
    expect({
      'pushed by the bot': botPush('group', markdown(words)),
      'answered by the bot': streamed('STREAM', words),
      'to a person by the app': appPush('zhao', 1_000_002, plain(words)),
      "to a group of the app's": appchatPush('made-by-app', uploaded('file', 'MEDIA')),
      'a picture by a group robot': hookImage(Buffer.from('grey')),
      buttons: card?.type === 'card' ? cardOf({ ...card.card, task: 'f1f0' }) : null,
    }).toEqual(golden('outgoing'));
  });

  test('has its words first, then the buttons where presses come back, then the files', () => {
    const media = [{ name: 'a.png', mime: 'image/png', path: '/a.png' }];
    const types = (buttonsToo: boolean) =>
      encode(message('o1', { buttons, media }), { textBytes: 2_000, buttons: buttonsToo }).map(
        ({ type }) => type,
      );
    expect(types(true)).toEqual(['text', 'card', 'file']);
    expect(types(false)).toEqual(['text', 'file']);
  });

  test('keeps to six buttons and to the letters of a task id', () => {
    const many = Array.from({ length: 9 }, (_, i) => ({ label: `第${i}`, command: `选 ${i}` }));
    const [, card] = encode(message('行 1/2', { buttons: many }), { textBytes: 2_000, buttons: true });
    if (card?.type !== 'card') throw new Error('no card');
    expect(card.card.buttons).toHaveLength(6);
    expect(card.card.task).toMatch(/^[\w@-]{1,128}$/);
  });

  test('is whole in its pieces, each of which fits', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '路', '𠮷', '\n', ' '), maxLength: 400 });
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 60 }), (whole, most) => {
        const found = pieces(whole, most);
        expect(found.join('')).toBe(whole);
        for (const piece of found) expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(most);
        expect(found).not.toContain('');
      }),
    );
    expect(pieces('一行\n二行\n', 8)).toEqual(['一行\n', '二行\n']);
  });

  test.each([
    ['<@all> 快来', '＜@all> 快来'],
    ['<a href="http://x.example">点</a>', '＜a href="http://x.example">点＜/a>'],
    ['[公告](http://x.example)', '[公告]（http://x.example)'],
    ['# 大字', '＃ 大字'],
    ['> 引用', '＞ 引用'],
    ['记下了 #0042：路灯不亮。', '记下了 #0042：路灯不亮。'],
    ['#停水 5组', '#停水 5组'],
  ])('lets a resident’s %s be words', (text, words_) => {
    expect(harmless(text)).toBe(words_);
  });

  test('calls nobody and links nowhere, whatever a resident wrote', () => {
    const text = fc.string({ unit: fc.constantFrom('<', '>', '@', '[', ']', '(', ')', 'a', '#', ' ', '\n') });
    fc.assert(
      fc.property(text, (said) => {
        expect(harmless(said)).not.toMatch(/<|\]\(|^\s*>|^[ \t]*#{1,6}[ \t]/m);
        expect(harmless(harmless(said))).toBe(harmless(said));
      }),
    );
  });
});

describe('a reference to a file', () => {
  test('leads back to where it lies', () => {
    const resource = { url: 'https://a.myqcloud.com/x?y=1', key: 'k' };
    expect(readRef(mediaRef(resource))).toEqual({ from: 'aibot', ...resource });
    expect(readRef('a.M1')).toEqual({ from: 'app', mediaId: 'M1' });
  });

  test('of any other form leads nowhere', () => {
    for (const ref of ['', 'x', 'a.', 'b.', 'b.e30', 'b.W10', 'b.WzFd', 'b.bm9uZQ'])
      expect(readRef(ref)).toBeNull();
    fc.assert(fc.property(fc.string(), (ref) => void readRef(`b.${ref}`)));
  });
});
