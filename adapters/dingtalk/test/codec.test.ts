/** Golden payloads as DingTalk documents them or sends them, ids anonymised; and whatever else may come. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Inbound, Outbound } from '../../../src/port.ts';
import { safeFileUrl } from '../api.ts';
import { DINGTALK_CAPABILITIES } from '../config.ts';
import { decode, robotOf } from '../decode.ts';
import { callOf, canBeSent, encode, saidFile, saidText } from '../encode.ts';
import { message } from './harness.ts';

function golden<T>(name: string): readonly T[] {
  return JSON.parse(readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8')) as readonly T[];
}

interface Incoming {
  readonly what: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly inbound: Inbound | null;
}

interface Outgoing {
  readonly what: string;
  readonly message: Partial<Outbound>;
  readonly call: unknown;
  readonly said: unknown;
}

const INCOMING = golden<Incoming>('incoming.golden.json');

describe('what comes', () => {
  test.each(INCOMING)('$what', ({ data, inbound }) => {
    expect(decode(JSON.stringify(data), 'dingtalk')).toEqual(inbound);
  });

  test('keeps no password to the chat', () => {
    for (const { data } of INCOMING) {
      expect(JSON.stringify(decode(JSON.stringify(data), 'dingtalk'))).not.toContain('sendBySession');
    }
  });

  test('of nobody, of no chat or without an id is nothing', () => {
    const [{ data }] = INCOMING as readonly [Incoming];
    const without = (over: object) => decode(JSON.stringify({ ...data, ...over }), 'dingtalk');
    expect(without({ senderStaffId: null, senderId: '' })).toBeNull();
    expect(without({ msgId: '' })).toBeNull();
    expect(without({ conversationId: undefined })).toBeNull();
    expect(without({ conversationType: '3' })).toBeNull();
    expect(decode('{"', 'dingtalk')).toBeNull();
    expect(decode(data, 'dingtalk')).toBeNull();
  });

  test('with a broken field that nobody needs is taken all the same', () => {
    const [{ data, inbound }] = INCOMING as readonly [Incoming];
    const broken = {
      ...data,
      createAt: '昨天',
      atUsers: 'x',
      senderNick: {},
      robotCode: 7,
      isInAtList: 'ja',
    };
    expect(decode(JSON.stringify(broken), 'dingtalk')).toEqual({
      ...inbound,
      platformTime: null,
      sender: { ...inbound?.sender, name: null },
    });
  });

  test.each([
    [1_690_362_101_894, 1_690_362_101_894],
    ['1690362101894', 1_690_362_101_894],
    [1_690_362_101, null],
    [1.5e12 + 0.5, null],
    [9e15, null],
    [-1, null],
  ])('at %s is told as %s', (createAt, time) => {
    const [{ data }] = INCOMING as readonly [Incoming];
    expect(decode(JSON.stringify({ ...data, createAt }), 'dingtalk')?.platformTime).toBe(time);
  });
});

describe('whatever comes', () => {
  test('decode answers', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string(), fc.json()), (data) => {
        const inbound = decode(data, 'dingtalk');
        expect(inbound === null || inbound.eventKey !== '').toBe(true);
        robotOf(data);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a broken field of a good message breaks nothing, and what is decoded is plain and bounded', () => {
    const paths = (value: unknown, at: readonly string[] = []): readonly (readonly string[])[] =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, inner]) => [[...at, key], ...paths(inner, [...at, key])])
        : [];
    const cases = INCOMING.flatMap(({ data }) => paths(data).map((path) => ({ data, path })));
    const value = fc.oneof(fc.jsonValue(), fc.string({ minLength: 600, maxLength: 6_000 }));
    fc.assert(
      fc.property(fc.constantFrom(...cases), value, (one, put) => {
        const data = structuredClone(one.data) as Record<string, unknown>;
        const parent = one.path.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, data);
        parent[one.path.at(-1) ?? ''] = put;
        const inbound = decode(JSON.stringify(data), 'dingtalk');
        if (inbound === null) return;
        expect(JSON.parse(JSON.stringify(inbound))).toEqual(inbound);
        expect(inbound.chat.id === '' || inbound.sender.id === '').toBe(false);
        const { chat, sender, eventKey, quote } = inbound;
        for (const id of [chat.id, sender.id, eventKey, quote?.id ?? '']) {
          expect(id.length).toBeLessThanOrEqual(530);
        }
        for (const { ref } of inbound.media) expect(ref?.length).toBeLessThanOrEqual(4_000);
        expect(quote?.text?.length ?? 0).toBeLessThanOrEqual(4_000);
      }),
      { numRuns: 3_000 },
    );
  });

  test('a name is never one of the language', () => {
    const [{ data }] = INCOMING as readonly [Incoming];
    for (const msgtype of ['__proto__', 'constructor', 'toString']) {
      const inbound = decode(
        JSON.stringify({ ...data, msgtype, content: { downloadCode: 'x' } }),
        'dingtalk',
      );
      expect(inbound?.media).toEqual([]);
    }
  });
});

describe('what goes', () => {
  test.each(golden<Outgoing>('outgoing.golden.json'))('$what', ({ message: over, call, said }) => {
    const given = message('o1', over);
    expect(callOf(given)).toEqual(call);
    const parts = encode(given).map((part) =>
      part.type === 'text' ? saidText(part.text) : saidFile(part, '@media'),
    );
    expect(parts.map(({ msgKey, msgParam }) => ({ msgKey, msgParam: JSON.parse(msgParam) }))).toEqual(said);
  });

  test('fits into what DingTalk takes, whatever its words', () => {
    const words = fc.string({ unit: fc.constantFrom('\n', '"', '\\', '灯', 'a', '😀') });
    fc.assert(
      fc.property(words, (some) => {
        const bytes = Buffer.from(some.repeat(4_000)).subarray(0, DINGTALK_CAPABILITIES.maxTextBytes);
        const text = bytes.toString('utf8').replace(/\ufffd/g, '');
        expect(Buffer.byteLength(saidText(text).msgParam)).toBeLessThanOrEqual(15_000);
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ['月报.docx', 'application/x', true],
    ['台账.XLSX', 'application/x', true],
    ['图.png', 'image/png', true],
    ['图.svg', 'image/svg+xml', false],
    ['名单.csv', 'text/csv', false],
    ['no ending', 'text/plain', false],
  ])('%s (%s) can be sent: %s', (name, mime, can) => {
    const [part] = encode(message('o1', { text: '', media: [{ name, mime, path: '/x' }] }));
    expect(part && part.type !== 'text' && canBeSent(part)).toBe(can);
  });
});

describe('the address of a file', () => {
  test.each([
    ['https://down.example-cdn.com/a/b?Signature=x%2B', 'https://down.example-cdn.com/a/b?Signature=x%2B'],
    ['http://zjk.oss.example.com/a?Expires=1', 'https://zjk.oss.example.com/a?Expires=1'],
    ['https://127.0.0.1/a', null],
    ['https://10.0.0.1/a', null],
    ['https://[::1]/a', null],
    ['https://2130706433/a', null],
    ['https://localhost/a', null],
    ['https://printer.local/a', null],
    ['https://user:word@down.example.com/a', null],
    ['https://down.example.com:8443/a', null],
    ['file:///etc/passwd', null],
    ['ftp://down.example.com/a', null],
    ['', null],
  ])('%s', (given, url) => {
    expect(safeFileUrl(given, false)).toBe(url);
  });

  test('may be this machine where the API is', () => {
    expect(safeFileUrl('http://127.0.0.1:80/a', true)).toBe('http://127.0.0.1/a');
    expect(safeFileUrl('http://10.0.0.1/a', true)).toBeNull();
  });
});
