import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Circumstances } from '../decode.ts';
import { decode, pageRequest } from '../decode.ts';

interface Golden {
  readonly name: string;
  readonly request: unknown;
  readonly given: Circumstances;
  readonly inbound: unknown;
}

const golden = JSON.parse(
  readFileSync(new URL('./golden/decode.golden.json', import.meta.url), 'utf8'),
) as readonly Golden[];

describe('what the page sends becomes what the core reads', () => {
  test.each(golden)('$name', ({ request, given, inbound }) => {
    expect(decode(pageRequest.parse(request), given)).toEqual(inbound);
  });

  test('two edits to the same words are one event, to other words another', () => {
    const given = (golden[0] as Golden).given;
    const edit = (text: string) =>
      decode(pageRequest.parse({ type: 'edit', chat: 'group:g-1', as: 'u-1', id: 'm1', text }), given)
        .eventKey;
    expect(edit('两盏')).toBe(edit('两盏'));
    expect(edit('两盏')).not.toBe(edit('三盏'));
  });
});

describe('what is no request of the page is refused', () => {
  const good = { type: 'message', chat: 'group:g-1', as: 'u-1', id: 'm1', text: '路灯坏了' };

  test.each([
    ['no text', { ...good, text: undefined }],
    ['an id that claims to be the bot’s', { ...good, id: 'bot-o1' }],
    ['an id with a path in it', { ...good, id: '../m1' }],
    ['a photo by another name', { ...good, photos: ['../../etc/passwd'] }],
    ['ten photos', { ...good, photos: Array.from({ length: 10 }, () => `${'a'.repeat(64)}.jpg`) }],
    ['a text without end', { ...good, text: '灯'.repeat(20_001) }],
    ['an unknown kind', { ...good, type: 'shout' }],
    ['a field nobody asked for', { ...good, isBot: true }],
    ['an edit to nothing', { ...good, type: 'edit', text: '  ' }],
  ])('%s', (_, request) => {
    expect(pageRequest.safeParse(request).success).toBe(false);
  });
});
