/** Whatever comes from the network, decode answers and never throws. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unitsOf } from '../albums.ts';
import { decode } from '../decode.ts';
import type { Update } from '../update.ts';
import { readUpdate } from '../update.ts';

const CONTEXT = {
  account: 'telegram',
  me: { id: 4242, username: 'huiyin_bot' },
  nameOf: (chat: number) => ({ id: String(chat), prefix: '' }),
};

const KEYS = new Set(['m', 'e', 'a', 'j', 'l', 'n']);

function check(value: unknown): void {
  const update = readUpdate(value);
  if (update === null) return;
  for (const event of decode(update, CONTEXT).events) {
    const [mark = '', ...rest] = event.eventKey.split(':');
    expect(KEYS.has(mark)).toBe(true);
    expect(rest.join(':')).not.toBe('');
    expect(JSON.parse(JSON.stringify(event.address))).toEqual(event.address);
    expect(typeof event.text).toBe('string');
    expect(event.chat.id).not.toBe('');
  }
}

test('anything at all', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => check(value)),
    { numRuns: 200 },
  );
  fc.assert(
    fc.property(fc.object(), (value) => check({ update_id: 1, ...value })),
    { numRuns: 200 },
  );
});

/** A field as documented, of another shape, or not there. */
const odd = <T>(good: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: good as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: fc.jsonValue() });
const id = odd(fc.integer({ min: -(10 ** 13), max: 10 ** 13 }));
const words = odd(fc.string({ unit: 'grapheme' }));
const user = odd(
  fc.record({ id, is_bot: odd(fc.boolean()), first_name: words, last_name: words }, { requiredKeys: [] }),
);
const chat = odd(fc.record({ id, type: odd(fc.constantFrom('private', 'group', 'supergroup', 'channel')) }));
const file = odd(fc.record({ file_id: words, file_name: words, mime_type: words }, { requiredKeys: [] }));
const entity = fc.record({
  type: odd(fc.constantFrom('mention', 'text_mention', 'bot_command')),
  offset: id,
  length: id,
  user,
});
const message = fc.record(
  {
    message_id: id,
    from: user,
    chat,
    date: id,
    edit_date: id,
    text: words,
    caption: words,
    entities: odd(fc.array(entity)),
    is_topic_message: odd(fc.boolean()),
    message_thread_id: id,
    media_group_id: words,
    reply_to_message: odd(
      fc.record({ message_id: id, text: words, forum_topic_created: odd(fc.constant({})) }),
    ),
    quote: odd(fc.record({ text: words })),
    photo: odd(fc.array(file)),
    document: file,
    voice: file,
    location: odd(fc.record({ latitude: id, longitude: id })),
    new_chat_members: odd(fc.array(user)),
    left_chat_member: user,
    new_chat_title: words,
    migrate_to_chat_id: id,
    migrate_from_chat_id: id,
  },
  { requiredKeys: [] },
);
const member = odd(fc.record({ status: words, is_member: odd(fc.boolean()) }));
const update = fc.record(
  {
    update_id: fc.nat(),
    message: odd(message),
    edited_message: odd(message),
    callback_query: odd(fc.record({ id: words, from: user, data: words, message: odd(message) })),
    my_chat_member: odd(
      fc.record({ chat, from: user, date: id, old_chat_member: member, new_chat_member: member }),
    ),
  },
  { requiredKeys: ['update_id'] },
);

test('updates with fields of other shapes', () => {
  fc.assert(fc.property(update, check), { numRuns: 600 });
});

test('grouping into albums keeps each update, in the order of their first parts', () => {
  fc.assert(
    fc.property(fc.array(update, { maxLength: 12 }), (values) => {
      const updates = values.map(readUpdate).filter((one): one is Update => one !== null);
      const numbered = updates.map((one, i) => ({ ...one, update_id: i }));
      const units = unitsOf(numbered);
      expect(
        units.flatMap(({ updates: all }) => all.map((one) => one.update_id)).sort((a, b) => a - b),
      ).toEqual(numbered.map((one) => one.update_id));
      const firsts = units.map(({ updates: [first] }) => first?.update_id ?? -1);
      expect(firsts).toEqual([...firsts].sort((a, b) => a - b));
    }),
    { numRuns: 60 },
  );
});
