import { describe, expect } from 'vitest';
import { codeFor, issued, onPhone, PHONE_APP, refIn } from '../support/joining.ts';
import type { World } from '../support/world.ts';
import { story } from './story.ts';

const BOTH = { accounts: ['bridge', PHONE_APP] };

const bindings = async (world: World) => (await world.store.bindings(world.scope, -1))?.all ?? [];
/** The last words in a private chat of the other platform. */
function onPhoneOf(world: World, chat: string): string {
  const found = world.all.findLast((one) => one.account === PHONE_APP && one.chat.id === chat);
  if (found === undefined) throw new Error(`nothing went to ${chat}`);
  return found.text;
}

const here = async (world: World, external: string): Promise<string | null> => {
  const found = (await bindings(world)).find((one) => one.kind === 'person' && one.external === external);
  return found?.kind === 'person' ? found.person : null;
};

describe('a person with a code', () => {
  story(
    'is bound in private, welcomed in three lines, and reports at once',
    async (world) => {
      const code = await codeFor(world, 'wen');
      const sent = await world.after(() => onPhone(world, '501', `绑定 ${code}`));
      const [welcome] = sent.filter(({ chat }) => chat.id === '501');
      expect(welcome?.text).toContain('白水村2组2邻邻长文五爹');
      expect(welcome?.text.split('\n')).toHaveLength(3);
      expect(sent.find(({ chat }) => chat.id === 'u-admin')?.text).toContain('文五爹');
      await onPhone(world, '501', '水塘边路灯不亮');
      expect(await world.case(1)).toMatchObject({ village: 'bs', state: 'assigned' });
      expect((await world.case(1)).reporters[0]?.who).toBe('wen');
      expect(onPhoneOf(world, '501')).toContain('#0001');
    },
    BOTH,
  );

  story(
    'may write it small, wide, with spaces, without its hyphen, or alone',
    async (world) => {
      const forms = [
        (code: string) => `绑定${code.toLowerCase()}`,
        (code: string) => `绑定：${code.replace('-', ' ')}。`,
        (code: string) =>
          `綁定 ${[...code].map((c) => (c === '-' ? '－' : String.fromCharCode(c.charCodeAt(0) + 0xfee0))).join('')}`,
        (code: string) => `“绑定 ${code.replace('-', '')}”`.replaceAll(/[“”]/g, ''),
        (code: string) => ` ${code.replace('-', '—').toLowerCase()} `,
        (code: string) => `绑定 【${code}】`,
        (code: string) => `回音登记\n姓名：文五爹\n绑定码：${code}\n私信发：绑定 ${code}`,
      ];
      for (const [at, form] of forms.entries()) {
        const [one] = await issued(world, 'wen');
        await onPhone(world, `60${at}`, form(`${one?.code.slice(0, 4)}-${one?.code.slice(4)}`));
        expect(await here(world, `60${at}`), form('ABCD-2345')).toBe('wen');
        await world.say('admin', '解绑 文五爹');
        expect(await here(world, `60${at}`)).toBeNull();
      }
    },
    BOTH,
  );

  story(
    'is bound on one platform more by a code of its own, and hears of it where they were',
    async (world) => {
      const code = await codeFor(world, 'lin');
      const sent = await world.after(() => onPhone(world, '700', `绑定 ${code}`));
      expect(sent.find(({ chat }) => chat.id === 'u-lin')?.text).toContain('若不是您本人');
      await world.say('lin', '不是我绑的');
      expect(world.last('notice', 'admin').text).toContain('不是本人');
      expect(world.last('notice', 'admin').text).toContain('解绑 林桂香');
      await world.say('admin', '解绑 林桂香');
      expect(await bindings(world)).toHaveLength(0);
      // What the file says stands.
      await world.say('lin', '#上报 3组路灯不亮', { in: 'g-fl' });
      expect((await world.case(1)).reporters[0]?.who).toBe('lin');
      await onPhone(world, '700', '3组路灯不亮');
      expect(await world.cases()).toHaveLength(1);
    },
    BOTH,
  );

  story(
    'keeps what was open when the platform changes',
    async (world) => {
      await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
      await onPhone(world, '700', `绑定 ${await codeFor(world, 'lin')}`);
      await onPhone(world, '700', '查询 1');
      expect(onPhoneOf(world, '700')).toContain('#0001');
    },
    BOTH,
  );
});

describe('a code is not taken', () => {
  story(
    'twice, when it has run out, or when a newer one was made',
    async (world) => {
      const used = await codeFor(world, 'wen');
      await onPhone(world, '501', `绑定 ${used}`);
      await onPhone(world, '502', `绑定 ${used}`);
      const again = onPhoneOf(world, '502');
      const lost = await codeFor(world, 'jing');
      const late = await codeFor(world, 'jing');
      await onPhone(world, '503', `绑定 ${lost}`);
      await onPhone(world, '504', `绑定 ${late}`, { at: '11-16 08:30' });
      await onPhone(world, '505', '绑定 QQQQ-QQQQ');
      await onPhone(world, '506', '绑定 O0I1');
      // Which of these it was nobody can tell.
      for (const who of ['503', '504', '505', '506']) expect(onPhoneOf(world, who)).toBe(again);
      expect((await bindings(world)).map(({ external }) => external)).toEqual(['501']);
      // The person may well come back with a good one.
      await onPhone(world, '502', `绑定 ${await codeFor(world, 'jing')}`);
      expect(await here(world, '502')).toBe('jing');
    },
    BOTH,
  );

  story(
    'from somebody who is somebody here already, for whomever it is',
    async (world) => {
      const code = await codeFor(world, 'wen');
      await world.say('lin', `绑定 ${code}`);
      expect(world.last(null, 'lin').text).toContain('已经登记为');
      expect(await bindings(world)).toHaveLength(0);
      // It is still the person's own.
      await onPhone(world, '501', `绑定 ${code}`);
      expect(await here(world, '501')).toBe('wen');
    },
    BOTH,
  );

  story(
    'where its person has an account on that platform: the admin hears, and the code is void everywhere',
    async (world) => {
      const code = await codeFor(world, 'lin');
      await world.say('u-thief', `绑定 ${code}`);
      expect(world.last(null, 'u-thief').text).toContain('请找管理员');
      expect(world.last('notice', 'admin').text).toContain('已有账号');
      await onPhone(world, '666', `绑定 ${code}`);
      expect(await bindings(world)).toHaveLength(0);
      await world.say('lin', '#上报 3组路灯不亮', { in: 'g-fl' });
      expect((await world.case(1)).reporters[0]?.who).toBe('lin');
    },
    BOTH,
  );

  story(
    'after somebody else has used it, who is found out by the accounts before',
    async (world) => {
      const code = await codeFor(world, 'wang');
      await onPhone(world, '666', `绑定 ${code}`);
      const warned = world.last('notice', 'wang').text;
      expect(warned).toContain(PHONE_APP);
      expect(world.last('notice', 'admin').text).toContain('王志远');
    },
    BOTH,
  );

  story(
    'by more than one of those who send it at the same moment',
    async (world) => {
      const code = await codeFor(world, 'wen');
      const senders = ['801', '802', '803', '804', '805', '806'];
      const lines = senders.map((sender) => ({
        eventKey: `m:race${sender}`,
        kind: 'message' as const,
        account: PHONE_APP,
        chat: { id: sender, kind: 'direct' as const },
        sender: { id: sender, name: null, isSelf: false, isBot: false },
        messageId: `race${sender}`,
        text: `绑定 ${code}`,
        mentionsBot: false,
        quote: null,
        media: [],
        platformTime: null,
        address: {},
      }));
      await Promise.all(lines.map((line) => world.desk.receive(line)));
      await world.drain();
      expect(await bindings(world)).toHaveLength(1);
      expect(senders.filter((sender) => onPhoneOf(world, sender).includes('登记好了'))).toHaveLength(1);
    },
    BOTH,
  );

  story(
    'a second time when the platform repeats the message',
    async (world) => {
      await onPhone(world, '501', `绑定 ${await codeFor(world, 'wen')}`);
      const sent = await world.after(() => world.again());
      expect(sent).toHaveLength(0);
      expect(await bindings(world)).toHaveLength(1);
    },
    BOTH,
  );
});

describe('a code in a group', () => {
  story(
    'binds nobody, is asked to be recalled, and is worth nothing from then on',
    async (world) => {
      const code = await codeFor(world, 'wen');
      await world.say('u-wen', `绑定 ${code}`, { in: 'g-bs' });
      expect(world.last(null, 'g-bs').text).toContain('撤回');
      expect(world.last(null, 'g-bs').text).not.toContain('文五爹');
      expect(world.last('notice', 'admin').text).toContain('文五爹');
      await world.say('u-wen', `绑定 ${code}`);
      await onPhone(world, '501', `绑定 ${code}`);
      expect(await bindings(world)).toHaveLength(0);
    },
    BOTH,
  );

  story(
    'is void in whatever words it stands, by whomever it was forwarded',
    async (world) => {
      const words = [
        (code: string) => `文五爹的码是${code}，请转告`,
        (code: string) => `@文五爹 ${code.toLowerCase()}`,
        (code: string) => code,
        (code: string) => `回音登记\n姓名：文五爹\n绑定码：${code}\n私信发：绑定 ${code}`,
      ];
      for (const form of words) {
        const code = await codeFor(world, 'wen');
        const sent = await world.after(() => world.say('lin', form(code), { in: 'g-fl' }));
        expect(sent.find(({ chat }) => chat.id === 'g-fl')?.text, form(code)).toContain('撤回');
        await onPhone(world, '501', `绑定 ${code}`);
        expect(await here(world, '501')).toBeNull();
      }
    },
    BOTH,
  );

  story('in a cry for help is void, and the help comes', async (world) => {
    const code = await codeFor(world, 'wen');
    await world.say('lin', `3组李家起火了！我的码是${code}`, { in: 'g-fl' });
    expect(world.sent('emergency', 'g-fl')).toHaveLength(1);
    expect(await world.case(1)).toMatchObject({ urgency: 'U1' });
    expect(world.sent('notice', 'g-fl').at(0)?.text).toContain('撤回');
    await world.say('u-thief', `绑定 ${code}`);
    expect(await bindings(world)).toHaveLength(0);
  });

  story('that is none is chatter', async (world) => {
    for (const text of [
      'HELLO-2026',
      '绑定手机号怎么弄',
      '快递单号 SF23456789',
      'ABCD2345 到了',
      '解绑银行卡要本人去',
    ])
      expect(await world.after(() => world.say('lin', text, { in: 'g-fl' })), text).toHaveLength(0);
  });
});

describe('who guesses', () => {
  story(
    'is told once that it is enough, then nothing, not even with the right code; after an hour all is as before',
    async (world) => {
      const code = await codeFor(world, 'wen');
      for (let i = 0; i < 4; i++) await onPhone(world, '900', `绑定 AAAA-BBB${i + 2}`);
      const fifth = await world.after(() => onPhone(world, '900', '绑定 AAAA-CCCC'));
      expect(fifth.filter(({ chat }) => chat.id === '900').map(({ text }) => text)).toEqual([
        expect.stringContaining('一个小时'),
      ]);
      expect(await world.after(() => onPhone(world, '900', '绑定 AAAA-DDDD'))).toHaveLength(0);
      expect(await world.after(() => onPhone(world, '900', `绑定 ${code}`))).toHaveLength(0);
      expect(await here(world, '900')).toBeNull();
      await onPhone(world, '900', `绑定 ${code}`, { at: '11-02 09:30' });
      expect(await here(world, '900')).toBe('wen');
    },
    BOTH,
  );

  story(
    'with many accounts shuts the door for all, and the admins hear once',
    async (world) => {
      for (let i = 0; i < 210; i++) {
        await world.desk.receive({
          eventKey: `m:g${i}`,
          kind: 'message',
          account: PHONE_APP,
          chat: { id: `g${i}`, kind: 'direct' },
          sender: { id: `g${i}`, name: null, isSelf: false, isBot: false },
          messageId: `g${i}`,
          text: '绑定 AAAA-BBBB',
          mentionsBot: false,
          quote: null,
          media: [],
          platformTime: null,
          address: {},
        });
      }
      await world.drain();
      const warnings = world.sent('notice', 'admin').filter(({ text }) => text.includes('有人在试'));
      expect(warnings).toHaveLength(1);
      const code = await codeFor(world, 'wen');
      await onPhone(world, '501', `绑定 ${code}`);
      expect(await here(world, '501')).toBeNull();
      await onPhone(world, '501', `绑定 ${code}`, { at: '11-02 10:00' });
      expect(await here(world, '501')).toBe('wen');
    },
    BOTH,
  );
});

describe('nothing of a code is kept', () => {
  story(
    'in the database, the audit or what is sent',
    async (world) => {
      const code = await codeFor(world, 'wen');
      const plain = code.replace('-', '');
      await onPhone(world, '501', '绑定 ZZZZ-9999');
      await world.say('lin', `码 ${code}`, { in: 'g-fl' });
      await onPhone(world, '501', `绑定 ${await codeFor(world, 'wen')}`);
      const facts = await world.store.facts(world.scope, '');
      const said = JSON.stringify([world.all, [...facts], await world.store.outbox(world.scope, {})]);
      for (const secret of [code, plain, 'ZZZZ-9999', 'ZZZZ9999']) expect(said).not.toContain(secret);
    },
    BOTH,
  );
});

describe('an admin', () => {
  story(
    'matches a stranger with one line, by the whole name alone',
    async (world) => {
      await onPhone(world, '13800138000', '在吗', { name: '文五爹13800138000' });
      const notice = world.last('notice', 'admin').text;
      expect(notice).not.toContain('13800138000');
      const ref = refIn(notice);
      await world.say('admin', `绑定 ${ref} 五爹`);
      expect(world.last(null, 'admin').text).toContain('名册上没有');
      await world.say('lin', `绑定 ${ref} 文五爹`);
      expect(world.last(null, 'lin').text).toContain('只有管理员');
      await onPhone(world, '999', `绑定 ${ref} 文五爹`);
      expect(await bindings(world)).toHaveLength(0);
      await world.say('admin', `绑定 ${ref.toUpperCase()} 文五爹`);
      expect(world.last(null, 'admin').text).toContain('登记好了');
      expect(onPhoneOf(world, '13800138000')).toContain('白水村2组2邻邻长文五爹');
      await onPhone(world, '13800138000', '水塘边路灯不亮');
      expect((await world.case(1)).reporters[0]?.who).toBe('wen');
      await world.say('admin', `绑定 ${ref} 荆志强`);
      expect(world.last(null, 'admin').text).toContain('这个账号已经是');
    },
    BOTH,
  );

  story(
    'is asked which where two have one name',
    async (world) => {
      await onPhone(world, '501', '在吗');
      const ref = refIn(world.last('notice', 'admin').text);
      await world.say('admin', `绑定 ${ref} 文五爹`);
      const asked = world.last(null, 'admin').text;
      expect(asked).toContain('白水村2组2邻邻长');
      expect(asked).toContain('派出所');
      expect(await bindings(world)).toHaveLength(0);
      await world.say('admin', `绑定 ${ref} 文五爹 2`);
      expect(await here(world, '501')).toBe('jing');
      await world.say('admin', `绑定 ${ref} 文五爹 3`);
      expect(await bindings(world)).toHaveLength(1);
    },
    { ...BOTH, township: (yaml) => yaml.replace('name: 荆志强', 'name: 文五爹') },
  );

  story(
    'can’t give away a post that has an account, nor change what the file says',
    async (world) => {
      await world.say('u-guest', '在吗');
      const ref = refIn(world.last('notice', 'admin').text);
      await world.say('admin', `绑定 ${ref} 林桂香`);
      expect(world.last(null, 'admin').text).toContain('已经有账号');
      await world.say('admin', '解绑 林桂香');
      expect(world.last(null, 'admin').text).toContain('写在乡镇文件里');
      await world.say('admin', '解绑 文五爹');
      expect(world.last(null, 'admin').text).toContain('没有绑过');
      expect(await bindings(world)).toHaveLength(0);
    },
    BOTH,
  );

  story('is shown how where the line fits nothing, and never names anybody in a group', async (world) => {
    await world.say('admin', '绑群');
    expect(world.last(null, 'admin').text).toContain('绑群 编码 村名');
    await world.say('admin', '绑定 zzzz 文五爹');
    expect(world.last(null, 'admin').text).toContain('没有编码');
    await world.say('admin', '绑定 zzzz 文五爹', { in: 'g-fl' });
    expect(world.sent(null, 'g-fl')).toHaveLength(0);
    expect(world.last(null, 'admin').text).toContain('私信');
  });
});
