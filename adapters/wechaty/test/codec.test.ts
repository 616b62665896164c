/**
 * Payloads as puppets give them (wechaty-puppet/src/schemas; over gRPC what is not set is '' or 0), with invented
 * people, and whatever else may come.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outbound } from '../../../tests/adapters/contract.ts';
import type { DecodeContext } from '../decode.ts';
import { decodeJoin, decodeLeave, decodeMessage, decodeTopic } from '../decode.ts';
import { echoOf, encode } from '../encode.ts';

const golden = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./golden/${name}.json`, import.meta.url), 'utf8'));

const context: DecodeContext = {
  account: 'wechaty',
  me: 'wxid_bot',
  names: ['回音', '回音(值班)'],
  personOf: (id) => ({ name: id === 'wxid_9ml3x2a7kq1v22' ? '林秀英' : null, isBot: id === 'wxid_bot' }),
};

const ROOM = { id: '38512345678@chatroom', kind: 'group' } as const;

describe('from the puppet', () => {
  test('a message in a group', () => {
    expect(decodeMessage(golden('room-text'), context)).toEqual({
      eventKey: 'm:8426714235129011423',
      kind: 'message',
      account: 'wechaty',
      chat: ROOM,
      sender: { id: 'wxid_9ml3x2a7kq1v22', name: '林秀英', isSelf: false, isBot: false },
      messageId: '8426714235129011423',
      text: '3组王家桥路灯坏了两盏',
      mentionsBot: false,
      quote: null,
      media: [],
      platformTime: 1_793_577_600_000,
      address: { conversation: '38512345678@chatroom' },
    });
  });

  test('an answer with a quote, which calls the bot', () => {
    expect(decodeMessage(golden('room-quote'), context)).toMatchObject({
      text: '收到',
      mentionsBot: true,
      quote: { id: null, text: '记下了 #0042：3组王家桥路灯不亮。\n转村建办，最迟11月9日给您回话。' },
      platformTime: 1_793_577_660_000,
    });
  });

  test('a photo in private, without the XML that stands in its text', () => {
    expect(decodeMessage(golden('direct-image'), context)).toMatchObject({
      chat: { id: 'wxid_9ml3x2a7kq1v22', kind: 'direct' },
      text: '',
      media: [{ kind: 'image', name: '1938475610293847561-to.jpg', mime: null, ref: '1938475610293847561' }],
    });
  });

  test('a voice message, a recall, and who moved', () => {
    expect(decodeMessage(golden('room-voice'), context)?.media[0]?.kind).toBe('voice');
    expect(decodeMessage(golden('room-recall'), context)).toMatchObject({
      eventKey: 'r:8426714235129011423',
      kind: 'recall',
      messageId: '8426714235129011423',
      sender: { id: 'wxid_9ml3x2a7kq1v22' },
    });
    expect(decodeJoin(golden('room-join'), context)).toMatchObject([
      { kind: 'join', chat: ROOM, sender: { id: 'wxid_7qk2p9c4zz0a21', isSelf: false } },
      { kind: 'join', chat: ROOM, sender: { id: 'wxid_bot', isSelf: true } },
    ]);
    expect(decodeLeave(golden('room-leave'), context)).toMatchObject([{ kind: 'leave' }]);
    expect(decodeTopic(golden('room-topic'), context)).toMatchObject({
      kind: 'renamed',
      text: '王家村邻长群',
    });
  });

  test('a recall that names no message says nothing', () => {
    const said = { id: 'x', talkerId: 'a', roomId: 'r', type: 13, timestamp: 0 };
    for (const text of ['', '"张三" 撤回了一条消息', 'You recalled a message', 'x'.repeat(300)])
      expect(decodeMessage({ ...said, text }, context)).toBeNull();
  });

  test('a call of the bot by either of its names, wherever it stands, but not of another whose name begins so', () => {
    const said = (text: string) =>
      decodeMessage({ id: 'x', talkerId: 'a', roomId: 'r', type: 7, text, timestamp: 0 }, context);
    for (const text of [
      '@回音\u2005月报',
      '@回音(值班) 月报',
      '月报 @回音',
      '@回音，月报',
      '@回音 @回音(值班)\u2005月报',
    ])
      expect(said(text)).toMatchObject({ text: '月报', mentionsBot: true });
    expect(said('@回音')).toMatchObject({ text: '', mentionsBot: true });
    for (const text of ['@回音壁 月报', '回音 月报', '@所有人 月报'])
      expect(said(text)).toMatchObject({ text, mentionsBot: false });
  });

  test('whatever comes: an answer or nothing, never an error, and no text that was not there', () => {
    const id = fc.oneof(fc.string(), fc.constantFrom('wxid_bot', 'r@chatroom', ''));
    const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
    const payload = fc.record({
      id,
      talkerId: id,
      listenerId: maybe(id),
      roomId: maybe(id),
      type: fc.oneof(fc.integer({ min: 0, max: 17 }), fc.double()),
      text: maybe(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('「', '」\n---', '@回音'))),
      filename: maybe(fc.string()),
      timestamp: fc.oneof(fc.double(), fc.integer(), fc.constant(undefined)),
      mentionIdList: maybe(fc.array(id)),
    });
    const moved = fc.record({ inviteeIdList: fc.array(id), removeeIdList: fc.array(id), roomId: id });
    fc.assert(
      fc.property(fc.oneof(payload, moved, fc.anything()), (data) => {
        const one = decodeMessage(data, context);
        const all = [
          one,
          decodeTopic(data, context),
          ...decodeJoin(data, context),
          ...decodeLeave(data, context),
        ];
        for (const inbound of all) {
          if (inbound === null) continue;
          expect(inbound.eventKey).toMatch(/^[mrjln]:/);
          expect(inbound.chat.id).not.toBe('');
          expect(JSON.parse(JSON.stringify(inbound.address))).toEqual(inbound.address);
          expect(inbound.platformTime === null || Number.isSafeInteger(inbound.platformTime)).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('to the puppet', () => {
  const file = { name: '月报.docx', mime: 'application/msword', path: '/tmp/x' };

  test('words first, then the files, and none that the run does not keep', () => {
    const message = outbound('o1', 'wechaty', { media: [file, { ...file, path: null }] });
    expect(encode(message)).toEqual([
      { type: 'text', text: message.text },
      { type: 'file', file },
    ]);
    expect(encode({ text: '', media: [] })).toEqual([]);
  });

  test('an own message is recognised though its spaces and line ends have changed', () => {
    expect(echoOf({ type: 'text', text: '记下了 #0042。\n转村建办。' })).toBe(
      echoOf({ type: 'text', text: '记下了\u00a0#0042。\r\n转村建办。\n' }),
    );
    expect(echoOf({ type: 'text', text: 'f' })).not.toBe(echoOf({ type: 'file' }));
  });
});
