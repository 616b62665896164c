/** Words that were small talk once are not read again, unless what they mean depends on more than who says them. */
import { expect, test } from 'vitest';
import { isBareTalk, SmallTalk } from '../../src/desk/smalltalk.ts';
import { story } from '../scenarios/story.ts';
import { testPolicy } from '../support/world.ts';

story('a line that everybody writes is still an answer to a question', async (world) => {
  const ignored = { outcome: 'ignored', outbox: [] };
  expect(await world.say('ma', '王家桥', { in: 'g-fl' })).toEqual(ignored);
  expect(await world.say('ma', '王家桥', { in: 'g-fl' })).toEqual(ignored);
  await world.say('ma', '#上报 路灯坏了', { in: 'g-fl' });
  expect(world.last('ask', 'g-fl').text).not.toBe('');
  const { outcome } = await world.say('ma', '王家桥', { in: 'g-fl' });
  expect(outcome).toBe('done');
  expect((await world.case(1)).place).toBe('王家桥');
});

test('is known to people of the same posts only, and while the policy stands', () => {
  const policy = testPolicy();
  const [lin, qiu, li] = ['lin', 'qiu', 'li'].map((id) => policy.directory.person(id));
  if (lin == null || qiu == null || li == null) throw new Error('the township has lost its people');
  const talk = new SmallTalk();
  const rolesOf = (id: string) => policy.directory.rolesOf(id);
  talk.keep('收到', lin, rolesOf('lin'), policy);
  talk.keep('早', qiu, rolesOf('qiu'), policy);
  expect(talk.knows('收到', lin, policy)).toBe(true);
  expect(talk.knows('收到', qiu, policy)).toBe(true);
  expect(talk.knows('收到', li, policy)).toBe(false);
  expect(talk.knows('收到', null, policy)).toBe(false);
  expect(talk.knows('收到', lin, testPolicy())).toBe(false);
});

test('keeps neither long lines nor more than it can hold', () => {
  const policy = testPolicy();
  const talk = new SmallTalk();
  talk.keep('好'.repeat(41), null, [], policy);
  expect(talk.knows('好'.repeat(41), null, policy)).toBe(false);
  for (let n = 0; n < 5_000; n++) talk.keep(`早${n}`, null, [], policy);
  expect(talk.knows('早0', null, policy)).toBe(false);
  expect(talk.knows('早4999', null, policy)).toBe(true);
});

test('is words alone in a group', () => {
  const plain = {
    eventKey: 'm:1',
    kind: 'message',
    account: 'bridge',
    chat: { id: 'g', kind: 'group' },
    sender: { id: 'u', name: null, isSelf: false, isBot: false },
    messageId: '1',
    text: '收到',
    mentionsBot: false,
    quote: null,
    media: [],
    platformTime: null,
    address: {},
  } as const;
  expect(isBareTalk(plain)).toBe(true);
  expect(isBareTalk({ ...plain, chat: { id: 'u', kind: 'direct' } })).toBe(false);
  expect(isBareTalk({ ...plain, mentionsBot: true })).toBe(false);
  expect(isBareTalk({ ...plain, quote: { id: 'o1', text: null } })).toBe(false);
  expect(isBareTalk({ ...plain, kind: 'edit' })).toBe(false);
});
