import { describe, expect } from 'vitest';
import type { Capabilities } from '../../src/port.ts';
import { botMoves, codeFor, onPhone, PHONE_APP, refIn } from '../support/joining.ts';
import { PLATFORM, type World } from '../support/world.ts';
import { story } from './story.ts';

const BOTH = { accounts: ['bridge', PHONE_APP] };

const inGroup = (world: World, group: string): readonly string[] =>
  world.all.filter((one) => one.account === PHONE_APP && one.chat.id === group).map(({ text }) => text);
const chats = async (world: World) =>
  ((await world.store.bindings(world.scope, -1))?.all ?? []).filter(({ kind }) => kind === 'chat');

describe('a new group', () => {
  story(
    'hears who the bot is in two lines; an admin binds it with one command; a head binds herself and reports',
    async (world) => {
      const sent = await world.after(() => botMoves(world, 'join', 'g-new'));
      const lines = inGroup(world, 'g-new');
      expect(lines).toHaveLength(1);
      expect(lines[0]?.split('\n')).toHaveLength(2);
      const notice = sent.find(({ chat }) => chat.id === 'u-admin')?.text ?? '';
      expect(notice).toContain('没有登记的群');
      await world.say('admin', `绑群 ${refIn(notice)} 白水村`);
      expect(world.last('notice', 'admin').text).toContain('白水村的邻长群');
      await onPhone(world, '501', `绑定 ${await codeFor(world, 'wen')}`);
      await onPhone(world, '501', '水塘边路灯不亮', { in: 'g-new' });
      expect(await world.case(1)).toMatchObject({ village: 'bs', source: 'group' });
      expect(inGroup(world, 'g-new').at(-1)).toContain('#0001');
      // The next platform: she goes on there, and her case with her.
      await world.say('admin', '解绑 文五爹');
      await onPhone(world, '777', `绑定 ${await codeFor(world, 'wen')}`);
      await onPhone(world, '777', '查询 1');
      expect(inGroup(world, '777').at(-1)).toContain('#0001');
      await onPhone(world, '501', '5组路灯不亮', { in: 'g-new' });
      expect(await world.cases()).toHaveLength(1);
    },
    BOTH,
  );

  story(
    'is told of itself once, however often the bot comes and goes, and the admins once of each going',
    async (world) => {
      await botMoves(world, 'join', 'g-new', 'j:1');
      await botMoves(world, 'join', 'g-new', 'j:1');
      await botMoves(world, 'join', 'g-new', 'j:2');
      expect(inGroup(world, 'g-new')).toHaveLength(1);
      const gone = await world.after(async () => {
        await botMoves(world, 'leave', 'g-new', 'l:1');
        await botMoves(world, 'leave', 'g-new', 'l:2');
      });
      expect(gone.filter(({ chat }) => chat.id === 'u-admin')).toHaveLength(1);
      expect(gone.filter(({ chat }) => chat.id === 'g-new')).toHaveLength(0);
      await botMoves(world, 'join', 'g-new', 'j:3');
      expect(inGroup(world, 'g-new')).toHaveLength(1);
    },
    BOTH,
  );

  story(
    'where nobody told of the coming hears it when the bot is spoken to, and no more after that',
    async (world) => {
      await onPhone(world, '900', '今天天气真好', { in: 'g-new' });
      expect(inGroup(world, 'g-new')).toHaveLength(0);
      await onPhone(world, '900', '在吗', { in: 'g-new', mention: true });
      expect(inGroup(world, 'g-new')).toHaveLength(1);
      expect(refIn(world.last('notice', 'admin').text)).toMatch(/^[a-z2-7]{4}$/);
      await onPhone(world, '900', '桥头路灯不亮', { in: 'g-new', mention: true });
      await onPhone(world, '901', '在吗', { in: 'g-new', mention: true });
      expect(inGroup(world, 'g-new')).toHaveLength(1);
      expect(await world.cases()).toHaveLength(0);
      // Danger is danger there too.
      await onPhone(world, '900', '3组李家起火了', { in: 'g-new' });
      expect(inGroup(world, 'g-new').join('\n')).toContain('打 119');
    },
    BOTH,
  );

  story(
    'is bound in the group itself by an admin, to an office too, and to nobody’s by anybody else',
    async (world) => {
      await world.say('lin', '绑定 白水村', { in: 'g-new2' });
      expect(world.last(null, 'lin').text).toContain('只有管理员');
      expect(world.sent(null, 'g-new2')).toHaveLength(0);
      await world.say('u-guest', '绑群 白水村', { in: 'g-new2' });
      expect(await chats(world)).toHaveLength(0);
      await world.say('admin', '绑定 白水村居民群', { in: 'g-new2' });
      expect(world.last(null, 'g-new2').text).toContain('白水村居民群');
      await world.say('admin', '绑群 供电所', { in: 'g-new3' });
      expect(await chats(world)).toMatchObject([
        { external: 'g-new2', chat: 'residents', village: 'bs', office: null, by: 'admin' },
        { external: 'g-new3', chat: 'officers', village: null, office: 'gongdian' },
      ]);
      await world.say('admin', '绑群 没有村', { in: 'g-new4' });
      expect(world.last(null, 'admin').text).toContain('没有叫');
      await world.say('admin', '解绑群', { in: 'g-new2' });
      expect(world.last(null, 'g-new2').text).toContain('不再登记');
      expect(await chats(world)).toHaveLength(1);
      await world.say('luo', '2组路灯不亮', { in: 'g-new2' });
      expect(await world.cases()).toHaveLength(0);
    },
    BOTH,
  );

  story('that the township file names is changed there alone', async (world) => {
    await world.say('admin', '绑定 白水村', { in: 'g-fl' });
    expect(world.last(null, 'admin').text).toContain('乡镇文件');
    await world.say('admin', '解绑群', { in: 'g-fl' });
    await world.say('lin', '绑定 银行卡', { in: 'g-fl' });
    expect(world.sent(null, 'g-fl')).toHaveLength(0);
    expect(await chats(world)).toHaveLength(0);
  });

  story(
    'can’t be named by the reference of a person, nor a person by a group’s',
    async (world) => {
      await onPhone(world, '501', '在吗');
      const person = refIn(world.last('notice', 'admin').text);
      await botMoves(world, 'join', 'g-new');
      const group = refIn(world.last('notice', 'admin').text);
      await world.say('admin', `绑群 ${person} 白水村`);
      expect(world.last(null, 'admin').text).toContain('没有编码');
      await world.say('admin', `绑定 ${group} 文五爹`);
      expect(world.last(null, 'admin').text).toContain('没有编码');
      expect(await world.store.bindings(world.scope, 0)).toBeNull();
    },
    BOTH,
  );
});

describe('where the bot reads mentions only', () => {
  const mention: Capabilities = { ...PLATFORM, groupVisibility: 'mention' };
  story(
    'its second line says how a report begins',
    async (world) => {
      await botMoves(world, 'join', 'g-new');
      expect(inGroup(world, 'g-new')[0]?.split('\n')[1]).toContain('打“@”，点我的名字');
      expect(world.last('notice', 'admin').text).toContain('只看得到@我的话');
    },
    { ...BOTH, platforms: new Map([[PHONE_APP, mention]]) },
  );
});

describe('where the bot may write only to who has written to it', () => {
  const afterContact: Capabilities = { ...PLATFORM, proactive: 'after-contact' };
  const groups = (yaml: string): string =>
    yaml.replace(
      'chats:',
      `chats:\n  - { id: c-x, adapter: ${PHONE_APP}, external: g-x, kind: heads, village: bs }`,
    );
  story(
    'strangers are answered in a group that is ours, in no other; nobody has to call for it',
    async (world) => {
      await onPhone(world, '900', '水塘边路灯不亮', { in: 'g-x' });
      expect(inGroup(world, 'g-x')).toEqual([expect.stringContaining('不在名单上')]);
      await onPhone(world, '900', '水塘边路灯不亮', { in: 'g-new' });
      await onPhone(world, '901', `绑定 ${await codeFor(world, 'jing')}`, { in: 'g-new' });
      await onPhone(world, '901', '绑定 白水村', { in: 'g-new' });
      expect(inGroup(world, 'g-new')).toHaveLength(0);
      await onPhone(world, '902', '水塘边水管漏水', { in: 'g-x' });
      await world.say('admin', `绑定 ${refIn(world.last('notice', 'admin').text)} 文五爹`);
      await world.say('admin', '解绑 文五爹');
      expect(world.sent(null, 'duty')).toHaveLength(0);
    },
    { ...BOTH, platforms: new Map([[PHONE_APP, afterContact]]), township: groups },
  );
});

describe('on the day on which a group is new', () => {
  const afterContact: Capabilities = { ...PLATFORM, proactive: 'after-contact' };
  const options = { ...BOTH, platforms: new Map([[PHONE_APP, afterContact]]) };
  const toAdmin = (world: World): number => world.sent('notice', 'admin').length;

  story(
    'the admins hear of it once, however many people write there',
    async (world) => {
      await botMoves(world, 'join', 'g-new');
      expect(toAdmin(world)).toBe(1);
      for (const who of ['900', '901', '902']) await onPhone(world, who, '桥头路灯不亮', { in: 'g-new' });
      await onPhone(world, '903', '在吗', { in: 'g-new', mention: true });
      expect(toAdmin(world)).toBe(1);
      await onPhone(world, '900', '桥头路灯不亮', { in: 'g-new', at: '11-03 09:00' });
      expect(toAdmin(world)).toBe(2);
    },
    options,
  );

  story(
    'who was told nothing there is answered as soon as that can be done',
    async (world) => {
      await onPhone(world, '900', '桥头路灯不亮', { in: 'g-new' });
      expect(world.sent(null, '900')).toHaveLength(0);
      await world.say('admin', `绑群 ${refIn(world.last('notice', 'admin').text)} 白水村`);
      const inOurs = await world.after(() => onPhone(world, '900', '桥头路灯不亮', { in: 'g-new' }));
      expect(inOurs.map(({ chat, text }) => [chat.id, text.includes('不在名单上')])).toEqual([
        ['g-new', true],
        ['u-admin', true],
      ]);
      await onPhone(world, '901', '水塘边路灯不亮', { in: 'g-other' });
      const begun = await world.after(() => onPhone(world, '901', '帮助'));
      expect(begun.map(({ chat }) => chat.id)).toEqual(['901', 'u-admin']);
    },
    options,
  );

  story(
    'each of the people we know is told that it is not ours, once',
    async (world) => {
      for (const who of ['lin', 'zhou', 'lin']) await world.say(who, '3组桥头路灯不亮', { in: 'g-new' });
      for (const who of ['lin', 'zhou'])
        expect(world.sent(null, who).map(({ text }) => text)).toEqual([
          expect.stringContaining('还没有登记'),
        ]);
      expect(toAdmin(world)).toBe(1);
      expect(await world.cases()).toHaveLength(0);
    },
    options,
  );
});

describe('an admin who writes half a command', () => {
  for (const words of ['绑定', '绑群', '解绑', '绑定：'])
    story(`is shown the whole: ${words}`, async (world) => {
      const sent = await world.after(() => world.say('admin', words));
      expect(sent.map(({ chat }) => chat.id)).toEqual(['u-admin']);
      expect(sent[0]?.text).toContain('绑定 编码 姓名');
      expect(sent[0]?.text).toContain('解绑 姓名');
      expect(await world.after(() => world.say('admin', words, { in: 'g-fl' }))).toHaveLength(
        words === '绑群' ? 1 : 0,
      );
    });
});

describe('people who come and go', () => {
  story(
    'in a group are none of ours',
    async (world) => {
      const blank = {
        messageId: null,
        text: '',
        mentionsBot: false,
        quote: null,
        media: [],
        platformTime: null,
      };
      for (const kind of ['join', 'leave'] as const) {
        const sent = await world.after(() =>
          world.hear(
            {
              ...blank,
              kind,
              eventKey: `${kind}:5`,
              account: PHONE_APP,
              chat: { id: 'g-new', kind: 'group' },
              sender: { id: '5', name: '文五爹', isSelf: false, isBot: false },
              address: {},
            },
            {},
          ),
        );
        expect(sent).toHaveLength(0);
      }
    },
    BOTH,
  );
});
