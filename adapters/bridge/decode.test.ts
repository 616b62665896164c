import { describe, expect, test } from 'vitest';
import type { Decoded } from './decode.ts';
import { decode } from './decode.ts';
import { linesOf } from './lines.ts';
import { times } from './testing.ts';

const options = { account: 'bridge', readTime: times.read, simulated: false };
const read = (line: unknown, over: Partial<typeof options> = {}): Decoded =>
  decode(typeof line === 'string' ? line : JSON.stringify(line), { ...options, ...over });

const message = {
  type: 'message',
  id: 'm1',
  chat: { id: 'g-ltw', kind: 'group' },
  from: { id: 'u-lin', name: '林秀英' },
  text: '#上报 3组王家桥路灯坏了两盏',
  at: '2026-11-02T08:30:00+08:00',
};

describe('a line that is right', () => {
  test('a whole message', () => {
    const quote = { id: 'o7', text: '…' };
    const media = [{ kind: 'image', name: 'a.jpg', mime: 'image/jpeg', path: 'a.jpg' }];
    expect(read({ ...message, mentionsBot: true, quote, media })).toEqual({
      type: 'inbound',
      id: 'm1',
      inbound: {
        eventKey: 'm:m1',
        kind: 'message',
        account: 'bridge',
        chat: { id: 'g-ltw', kind: 'group' },
        sender: { id: 'u-lin', name: '林秀英', isSelf: false, isBot: false },
        messageId: 'm1',
        text: '#上报 3组王家桥路灯坏了两盏',
        mentionsBot: true,
        quote,
        media: [{ kind: 'image', name: 'a.jpg', mime: 'image/jpeg', ref: 'a.jpg' }],
        platformTime: Date.UTC(2026, 10, 2, 0, 30),
        address: {},
      },
    });
  });

  test('what may be missing is missing or null', () => {
    const bare = { type: 'message', id: 'm1', chat: message.chat, from: { id: 'u-lin' } };
    expect(read(bare)).toMatchObject({
      inbound: { text: '', mentionsBot: false, quote: null, media: [], platformTime: null },
    });
    expect(read({ ...bare, quote: null, text: null, media: null })).toMatchObject({ type: 'inbound' });
    expect(read({ ...bare, added: 'by a later version' })).toMatchObject({ type: 'inbound' });
  });

  test('an edit is told from its repetition, a recall by its message', () => {
    const edit = { ...message, type: 'edit' };
    const key = (line: unknown): string => {
      const decoded = read(line);
      return decoded.type === 'inbound' ? decoded.inbound.eventKey : decoded.type;
    };
    expect(key(edit)).toMatch(/^e:m1:[0-9a-f]{16}$/);
    expect(key(edit)).toBe(key(edit));
    expect(key(edit)).not.toBe(key({ ...edit, text: '坏了三盏' }));
    expect(key({ type: 'recall', id: 'm1', chat: message.chat, from: { id: 'u-lin' } })).toBe('r:m1');
  });

  test('an ack, and a clock where there is a clock to move', () => {
    expect(read({ type: 'ack', id: 'o1' })).toEqual({ type: 'ack', id: 'o1' });
    const clock = { type: 'clock', at: '2026-11-02T09:00:00+08:00' };
    expect(read(clock, { simulated: true })).toEqual({ type: 'clock', at: Date.UTC(2026, 10, 2, 1) });
    expect(read(clock)).toEqual({
      type: 'bad',
      id: null,
      detail: 'type must be one of message, edit, recall, ack',
    });
  });
});

describe('a line that is wrong says where, and quotes nothing that a person wrote', () => {
  const { from: _, ...nobody } = message;
  const flaws: readonly [name: string, line: unknown, detail: string, id?: null][] = [
    ['no JSON', '{"type":"message"', 'not valid JSON', null],
    ['a list', '[1,2]', 'not a JSON object', null],
    ['a number', '7', 'not a JSON object', null],
    ['no type', { id: 'm1' }, 'type is missing'],
    ['an unknown type', { type: 'poke', id: 'm1' }, 'type must be one of message, edit, recall, ack'],
    ['nobody', nobody, 'from is missing'],
    ['no sender id', { ...message, from: { name: '林秀英' } }, 'from.id is missing'],
    ['an empty id', { ...message, chat: { id: '', kind: 'group' } }, 'chat.id is empty'],
    ['a number for text', { ...message, text: 5 }, 'text must be a string'],
    [
      'an unknown kind of chat',
      { ...message, chat: { id: 'g', kind: 'channel' } },
      'chat.kind must be one of group, direct',
    ],
    [
      'an unknown kind of media',
      { ...message, media: [{ kind: 'hologram' }] },
      'media[0].kind must be one of image, voice, video, file, location',
    ],
    ['media that are no list', { ...message, media: 'a.jpg' }, 'media must be a list'],
    ['a wrong flag', { ...message, mentionsBot: 'yes' }, 'mentionsBot must be true or false'],
    ['no time at all', { ...message, at: 'yesterday' }, 'at is not a time like 2026-11-02T08:30:00+08:00'],
    ['an edit without words', { ...message, type: 'edit', text: undefined }, 'text is missing'],
    ['an ack of nothing', { type: 'ack' }, 'id is missing', null],
  ];
  test.each(flaws)('%s', (_name, line, detail, id: string | null = 'm1') => {
    expect(read(line)).toEqual({ type: 'bad', id, detail });
  });

  test('a simulation needs a time', () => {
    const { at: _at, ...timeless } = message;
    expect(read(timeless, { simulated: true })).toEqual({ type: 'bad', id: 'm1', detail: 'at is missing' });
  });
});

describe('bytes become lines', () => {
  const lines = (text: string | Uint8Array, max = 100): unknown[] =>
    linesOf(typeof text === 'string' ? Buffer.from(text) : text, max);

  test('numbered as an editor shows them, blank ones left out', () => {
    expect(lines('a\n\r\n  \nb\r\nc')).toEqual([
      { number: 1, text: 'a' },
      { number: 4, text: 'b\r' },
      { number: 5, text: 'c' },
    ]);
  });

  test('too long and not UTF-8 are flaws of one line only', () => {
    const bytes = Buffer.concat([
      Buffer.from(`${'x'.repeat(101)}\n`),
      Buffer.from([0xff, 0x0a]),
      Buffer.from('ok'),
    ]);
    expect(lines(bytes)).toEqual([
      { number: 1, flaw: 'too_long' },
      { number: 2, flaw: 'not_utf8' },
      { number: 3, text: 'ok' },
    ]);
  });

  test('a byte order mark is no part of the first line', () => {
    expect(lines('\uFEFF{"type":"ack","id":"o1"}')).toEqual([
      { number: 1, text: '{"type":"ack","id":"o1"}' },
    ]);
  });
});
