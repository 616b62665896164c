import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { DecodeContext } from '../decode.ts';
import { decode, mergeAlbum } from '../decode.ts';
import { readUpdate } from '../update.ts';

export const CONTEXT: DecodeContext = {
  account: 'telegram',
  me: { id: 4242, username: 'huiyin_bot' },
  // -1002002 is what the group -123 became.
  nameOf: (chat) => (chat === -1002002 ? { id: '-123', prefix: 's' } : { id: String(chat), prefix: '' }),
};

interface Golden {
  readonly about: string;
  readonly update: unknown;
  readonly decoded: unknown;
}

/** Payloads of the shapes that core.telegram.org/bots/api documents, with invented people. */
const golden = JSON.parse(
  readFileSync(new URL('golden/incoming.golden.json', import.meta.url), 'utf8'),
) as readonly Golden[];

const decodedOf = (value: unknown) => {
  const update = readUpdate(value);
  return update && decode(update, CONTEXT);
};

describe('an update', () => {
  test.each(golden.map((one) => [one.about, one] as const))('%s', (_, { update, decoded }) => {
    expect(JSON.parse(JSON.stringify(decodedOf(update)))).toEqual(decoded);
  });

  test.each([null, 3, 'update', [], {}, { update_id: 'x' }, { update_id: 1.5 }])('is not %j', (value) => {
    expect(readUpdate(value)).toBeNull();
  });

  test('of an odd shape loses only the odd part', () => {
    const decoded = decodedOf({
      update_id: 1,
      message: {
        message_id: 5,
        date: 1,
        chat: { id: 77, type: 'private' },
        from: { id: 77, first_name: 9, is_bot: 'no' },
        text: '路灯坏了',
        entities: 'none',
        photo: { file_id: 1 },
        reply_to_message: 12,
      },
    });
    expect(decoded?.events).toMatchObject([
      { text: '路灯坏了', media: [], quote: null, sender: { id: '77', name: null } },
    ]);
  });
});

test('an album is one message with the words of its caption', () => {
  const part = (id: number, caption?: string) =>
    decodedOf({
      update_id: id,
      message: {
        message_id: id,
        date: 1,
        media_group_id: 'g',
        chat: { id: -5, type: 'group' },
        from: { id: 77, first_name: '秀英' },
        photo: [{ file_id: `f${id}`, width: 1, height: 1 }],
        ...(caption === undefined ? {} : { caption }),
      },
    })?.events[0];
  const [a, b, c] = [part(1), part(2, '桥栏断了'), part(3)];
  if (!a || !b || !c) throw new Error('no parts');
  expect(mergeAlbum([a, b, c])).toMatchObject({
    eventKey: 'm:1',
    messageId: '1',
    text: '桥栏断了',
    media: [{ ref: 'f1' }, { ref: 'f2' }, { ref: 'f3' }],
  });
});
