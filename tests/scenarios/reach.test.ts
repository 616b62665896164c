import { afterEach, describe, expect, test } from 'vitest';
import type { SendResult } from '../../src/port.ts';
import type { Store } from '../../src/store/port.ts';
import { Town, type TownOptions } from '../support/town.ts';

const HOUR = 3_600_000;
const REPORT = '#上报 3组王家桥路灯不亮';
const PRIVATE = '#上报 3组王大爷的低保没到账';
const DUTY = '0737-7550110';

const refusal = (code: string): SendResult => ({ type: 'rejected', permanent: true, code, detail: 'no' });

let town: Town;
const opened = (options: TownOptions): Town => {
  town = new Town(options);
  return town;
};
afterEach(() => town.close());

/** Telegram wants a first word from people, the office's platform does not. */
const TWO: TownOptions = {
  platforms: { telegram: { proactive: 'after-contact' }, feishu: {} },
  people: {
    ...{ lin: ['telegram', 'feishu'], qiu: ['telegram'], li: ['feishu'], wang: ['feishu'], liu: ['feishu'] },
    ...{ duty: ['feishu'], ou: ['feishu'], admin: ['feishu'], long: ['feishu'], ma: ['feishu'] },
  },
  chats: ['{ id: t-fl, adapter: telegram, external: tg-fl, kind: heads, village: fl }'],
};

describe('one person on several platforms', () => {
  test('reports on one and is answered there, by an officer on another', async () => {
    opened(TWO);
    await town.say('telegram', 'lin', REPORT);
    expect(town.on('telegram').to('t-lin', 'receipt')).toHaveLength(1);
    expect(town.on('feishu').to('f-li', 'assignment')).toHaveLength(1);
    await town.say('feishu', 'li', '接单 1');
    await town.say('feishu', 'li', '进展 1 配件明天到');
    await town.say('feishu', 'li', '办结 1 换了灯泡');
    for (const kind of ['accepted', 'progress', 'resolved'])
      expect(town.went(kind)).toEqual([`telegram t-lin ${kind}`]);
  });

  test('who never wrote to the bot in private where the report was made is answered elsewhere', async () => {
    opened(TWO);
    await town.say('telegram', 'lin', REPORT, town.in('tg-fl'));
    expect(town.on('telegram').to('tg-fl', 'receipt')).toHaveLength(1);
    await town.say('feishu', 'li', '进展 1 配件明天到');
    expect(town.went('progress')).toEqual(['feishu f-lin progress']);
  });

  test('is the person, not the account: 42 好了 from the other platform rates', async () => {
    opened(TWO);
    await town.say('telegram', 'lin', REPORT);
    await town.say('feishu', 'li', '办结 1 换了灯泡');
    expect(town.on('telegram').to('t-lin', 'resolved')).toHaveLength(1);
    await town.say('feishu', 'lin', '1 好了');
    expect(await town.case(1)).toMatchObject({ state: 'closed', rating: 'basically' });
    expect((await town.case(1)).reporters).toHaveLength(1);
  });

  test('whose platform of the report does not run any more is answered on another', async () => {
    opened(TWO);
    await town.say('telegram', 'lin', REPORT, town.in('tg-fl'));
    town.on('telegram').state = 'kicked';
    await town.say('feishu', 'li', '进展 1 配件明天到');
    expect(town.went('progress')).toEqual(['feishu f-lin progress']);
  });
});

describe('a private matter told in a group', () => {
  test('goes on in private where the person has written to the bot before', async () => {
    opened(TWO);
    await town.say('telegram', 'qiu', '帮助');
    town.clear();
    await town.say('telegram', 'qiu', PRIVATE, town.in('tg-fl'));
    expect(town.on('telegram').to('tg-fl')).toEqual([expect.stringContaining('我已私信您')]);
    expect(town.on('telegram').to('t-qiu', 'receipt')).toHaveLength(1);
    expect(town.on('feishu').to('f-duty')).toEqual([]);
  });

  test('goes on where else the person can be reached', async () => {
    opened(TWO);
    await town.say('telegram', 'lin', PRIVATE, town.in('tg-fl'));
    expect(town.on('telegram').to('tg-fl')).toEqual([expect.stringContaining('我已私信您')]);
    expect(town.on('feishu').to('f-lin', 'receipt')).toHaveLength(1);
  });

  test('gets one neutral line with the duty phone, and the dispatcher a task, where nobody can be reached', async () => {
    opened(TWO);
    await town.say('telegram', 'qiu', PRIVATE, town.in('tg-fl'));
    const [line, ...more] = town.on('telegram').to('tg-fl');
    expect(more).toEqual([]);
    expect(line).toContain(DUTY);
    expect(line).not.toMatch(/低保|王大爷|0001|私信/);
    expect(town.on('telegram').to('t-qiu')).toEqual([]);
    const [task, ...others] = town.on('feishu').to('f-duty', 'notice');
    expect(others).toEqual([]);
    expect(task).toContain('邱满秀');
    expect(task).toContain('联系不上');
    expect(await town.case(1)).toMatchObject({ sensitive: true, assignee: 'liu' });
  });

  test('asked about in the group by somebody who can not be reached is not passed over', async () => {
    opened(TWO);
    await town.say('telegram', 'qiu', PRIVATE, town.in('tg-fl'));
    town.clear();
    await town.say('telegram', 'qiu', '查询 1', town.in('tg-fl'));
    expect(town.on('telegram').to('tg-fl')).toEqual([expect.stringContaining(DUTY)]);
    expect(town.on('telegram').to('t-qiu')).toEqual([]);
  });

  test('of the discipline bodies is nobody’s task, and still not passed over', async () => {
    opened(TWO);
    await town.say('telegram', 'qiu', '村支书龙建平贪污了修路款两万块', town.in('tg-fl'));
    expect(town.on('telegram').to('tg-fl')).toEqual([expect.stringContaining(DUTY)]);
    expect(town.went().filter((line) => !line.includes('tg-fl'))).toEqual([]);
  });

  test('of a protected reporter names nobody in the task', async () => {
    opened(TWO);
    const words = '#上报 不要说是我报的：村建所的李明辉收了材料半年不办，态度恶劣';
    await town.say('telegram', 'qiu', words, town.in('tg-fl'));
    expect(town.on('telegram').to('tg-fl')).toEqual([expect.stringContaining('撤回')]);
    expect(town.on('telegram').to('tg-fl')[0]).toContain(DUTY);
    for (const said of town.on('feishu').to('f-duty')) expect(said).not.toContain('邱满秀');
    expect(town.on('feishu').to('f-duty').length).toBeGreaterThan(0);
  });

  test('answered in private from a group without a word of it there: the group hears the neutral line', async () => {
    opened(TWO);
    await town.say('telegram', 'qiu', '意见反馈 你太啰嗦了', town.in('tg-fl'));
    expect(town.on('telegram').to('tg-fl')).toEqual([expect.stringContaining(DUTY)]);
    expect(town.on('feishu').to('f-duty')).toEqual([]);
    expect(town.on('feishu').to('f-admin', 'notice')).toHaveLength(1);
  });
});

describe('a platform that says that nobody may write there', () => {
  test('sends the message on to the person’s next place, once, and remembers it', async () => {
    opened(TWO);
    await town.say('telegram', 'lin', REPORT);
    const telegram = town.on('telegram');
    telegram.answer = () => refusal('unreachable');
    await town.say('feishu', 'li', '进展 1 配件明天到');
    expect(town.went('progress')).toEqual(['feishu f-lin progress']);
    let tried = 0;
    telegram.answer = () => {
      tried += 1;
      return null;
    };
    await town.say('feishu', 'li', '进展 1 今天装');
    expect(tried).toBe(0);
    expect(town.went('progress')).toHaveLength(2);
    // Written to again, the chat is open again.
    await town.say('telegram', 'lin', '查询 1');
    await town.say('feishu', 'li', '进展 1 装好一半');
    expect(town.on('telegram').to('t-lin', 'progress')).toHaveLength(1);
    expect((await town.rows()).filter(({ status }) => status === 'rejected')).toHaveLength(1);
  });

  test('with no other place: one task for the dispatcher, and none about the task', async () => {
    opened(TWO);
    await town.say('telegram', 'qiu', REPORT);
    town.on('telegram').answer = () => refusal('unreachable');
    await town.say('feishu', 'li', '进展 1 配件明天到');
    const tasks = town.on('feishu').to('f-duty', 'notice');
    expect(tasks).toEqual([expect.stringContaining('邱满秀')]);
    expect(tasks[0]).toContain('配件明天到');
    await town.until('11-02 12:00');
    expect(town.on('feishu').to('f-duty', 'notice')).toHaveLength(1);
  });

  test('says so of the group: its reporter hears it in private', async () => {
    opened(TWO);
    await town.say('telegram', 'lin', REPORT, town.in('tg-fl'));
    town.on('telegram').answer = ({ chat }) => (chat.kind === 'group' ? refusal('unreachable') : null);
    await town.say('feishu', 'li', '进展 1 配件明天到');
    expect(town.went('progress')).toEqual(['feishu f-lin progress']);
  });

  test('says it of everybody: the task itself finds no way and breeds nothing', async () => {
    opened({ ...TWO, platforms: { telegram: { proactive: 'after-contact' }, feishu: {} } });
    await town.say('telegram', 'qiu', REPORT);
    for (const one of town.platforms.values()) one.answer = () => refusal('unreachable');
    await town.say('feishu', 'li', '进展 1 配件明天到');
    await town.until('11-02 18:00');
    const rows = await town.rows();
    const about = rows.filter(({ kind }) => kind === 'notice' || kind === 'progress');
    const refused = about.filter(({ status }) => status === 'rejected').map(({ chat }) => chat.id);
    // The message, its task; the officer's own acknowledgement, its task. No task about a task.
    expect(refused).toEqual(['t-qiu', 'f-li', 'f-duty', 'f-duty']);
    expect(about.filter(({ status }) => status !== 'rejected' && status !== 'sent')).toEqual([]);
  });

  test('after the group was told that it goes on in private: the group gets the neutral line after all', async () => {
    opened(TWO);
    await town.say('telegram', 'qiu', '帮助');
    town.clear();
    town.on('telegram').answer = ({ chat }) => (chat.kind === 'direct' ? refusal('unreachable') : null);
    await town.say('telegram', 'qiu', PRIVATE, town.in('tg-fl'));
    const said = town.on('telegram').to('tg-fl');
    expect(said).toHaveLength(2);
    expect(said[0]).toContain('我已私信您');
    expect(said[1]).toContain(DUTY);
    expect(town.on('feishu').to('f-duty', 'notice')).toEqual([expect.stringContaining('邱满秀')]);
  });
});

/** A platform that lets the bot write for a day after the last message. */
const WINDOW: TownOptions = {
  platforms: { wecom: { proactive: 'window', windowMs: 24 * HOUR }, feishu: {} },
  people: {
    ...{ lin: ['wecom', 'feishu'], qiu: ['wecom'], li: ['feishu'], wang: ['feishu'], duty: ['feishu'] },
    ...{ ou: ['feishu'], admin: ['feishu'], long: ['feishu'], ma: ['feishu'] },
  },
  chats: ['{ id: w-fl, adapter: wecom, external: wg-fl, kind: heads, village: fl }'],
};

describe('a window', () => {
  test('that has closed since is not tried: the answer goes another way', async () => {
    opened(WINDOW);
    await town.say('wecom', 'lin', REPORT);
    await town.say('feishu', 'li', '进展 1 今天去看');
    expect(town.went('progress')).toEqual(['wecom w-lin progress']);
    await town.until('11-03 10:00');
    await town.say('feishu', 'li', '进展 1 等配件');
    expect(town.went('progress')).toEqual(['wecom w-lin progress', 'feishu f-lin progress']);
  });

  test('of a group is held open by talk, which writes once an hour and else nothing', async () => {
    let steps = 0;
    const counting = (store: Store): Store => ({
      ...store,
      transact: (...given) => {
        steps += 1;
        return store.transact(...given);
      },
    });
    opened({ ...WINDOW, wrap: counting });
    const key = { account: 'wecom', chat: 'wg-fl' };
    for (let half = 0; half < 20; half++) {
      await town.until(town.clock.now() + HOUR / 2);
      for (const text of ['早上好', '辛苦了', '大家吃了没'])
        await town.say('wecom', 'lin', text, town.in('wg-fl'));
    }
    const [heard] = await town.store.contacts(town.scope, [key]);
    expect(town.clock.now() - (heard?.at ?? 0)).toBeLessThan(HOUR);
    expect(steps).toBeLessThanOrEqual(12);
    // The same talk where nothing hangs on it writes nothing.
    const before = steps;
    await town.say('feishu', 'lin', '早上好', town.in('fg-fl'));
    expect(steps).toBe(before);
  });

  test('that closes while a message waits for the morning is judged once more when it goes', async () => {
    opened({ ...WINDOW, start: '11-02 20:00' });
    await town.say('wecom', 'qiu', '#上报 3组王家桥路灯不亮');
    await town.until('11-03 09:00');
    // Held over night, open still: sent where it was meant to go.
    await town.say('wecom', 'qiu', '查询 1');
    await town.until('11-03 21:30');
    await town.say('feishu', 'li', '进展 1 明天换');
    await town.until('11-04 12:00');
    expect(town.went('progress')).toEqual(['wecom w-qiu progress']);
  });

  test('that the platform calls closed is believed: the row ends and the message goes on', async () => {
    opened(WINDOW);
    await town.say('wecom', 'lin', REPORT);
    town.on('wecom').answer = () => refusal('window_closed');
    await town.say('feishu', 'li', '进展 1 今天去看');
    expect(town.went('progress')).toEqual(['feishu f-lin progress']);
    town.on('wecom').answer = () => null;
    await town.say('feishu', 'li', '进展 1 等配件');
    expect(town.went('progress')).toHaveLength(2);
    expect(town.on('wecom').to('w-lin', 'progress')).toEqual([]);
  });
});

describe('an emergency', () => {
  const FIRE = '3组王家桥起火了';
  const CALLING = '我正在叫镇里值班的人';
  const NOT_YET = '值班的人我还没叫到，请您也打值班电话';
  const ALL = ['lin', 'duty', 'ye', 'ou', 'admin', 'xia', 'xiong'];
  const everybodyOn = (account: string, able: TownOptions['platforms'][string]): TownOptions => ({
    platforms: { telegram: {}, [account]: able },
    people: { ...Object.fromEntries(ALL.map((who) => [who, [account]])), lin: ['telegram'] },
    chats: ['{ id: t-fl, adapter: telegram, external: tg-fl, kind: heads, village: fl }'],
  });
  const advice = () => town.on('telegram').to('tg-fl', 'emergency');

  test('says that the duty is called where somebody can be told', async () => {
    opened(everybodyOn('wecom', { proactive: 'window', windowMs: 24 * HOUR }));
    await town.say('wecom', 'admin', '帮助');
    await town.say('telegram', 'lin', FIRE, town.in('tg-fl'));
    expect(advice()).toEqual([expect.stringContaining(CALLING)]);
    expect(town.on('wecom').to('w-admin', 'notice')).not.toEqual([]);
  });

  test('promises no call where nobody has written to the bot all weekend', async () => {
    opened(everybodyOn('wecom', { proactive: 'window', windowMs: 24 * HOUR }));
    await town.say('wecom', 'admin', '帮助');
    await town.say('wecom', 'duty', '帮助');
    await town.until('11-04 22:00');
    town.clear();
    await town.say('telegram', 'lin', FIRE, town.in('tg-fl'));
    expect(town.on('wecom').got).toEqual([]);
    expect(advice()).toEqual([expect.stringContaining(NOT_YET)]);
    expect(advice()).toEqual([expect.stringContaining(DUTY)]);
  });

  test('promises no call where the only account of the people on duty is logged out', async () => {
    opened(everybodyOn('wechat', {}));
    town.on('wechat').state = 'need-login';
    await town.say('telegram', 'lin', FIRE, town.in('tg-fl'));
    expect(advice()).toEqual([expect.stringContaining(NOT_YET)]);
  });
});

describe('an account that is kicked', () => {
  const options: TownOptions = {
    platforms: { wechat: {}, feishu: {} },
    people: {
      ...{
        lin: ['wechat', 'feishu'],
        duty: ['wechat', 'feishu'],
        ou: ['wechat'],
        admin: ['wechat', 'feishu'],
      },
      ...{ li: ['wechat'], xia: ['feishu'] },
    },
    chats: ['{ id: w-fl, adapter: wechat, external: wg-fl, kind: heads, village: fl }'],
  };
  const waits: SendResult = { type: 'rejected', permanent: false, code: 'logged_out', detail: 'kicked' };

  test('keeps what can wait, and lets nobody wait for a page', async () => {
    opened(options);
    const wechat = town.on('wechat');
    wechat.answer = () => waits;
    // Written while the connection was well as far as anybody knew: it breaks while it is being sent.
    await town.say('wechat', 'lin', '3组李家起火了', town.in('wg-fl'));
    wechat.state = 'kicked';
    await town.until(town.clock.now() + 10 * 60_000);
    expect(town.on('feishu').to('f-duty', 'page').length).toBeGreaterThan(0);
    expect(town.on('feishu').to('f-lin').length).toBeGreaterThan(0);
    wechat.state = 'online';
    wechat.answer = () => null;
    await town.until(town.clock.now() + HOUR);
    // Those with no other place had theirs kept.
    expect(town.on('wechat').got.length).toBeGreaterThan(0);
    const rows = await town.rows();
    expect(rows.filter(({ status }) => status === 'unknown')).toEqual([]);
  });

  test('gives each person one call on each account that runs, however it came to be down', async () => {
    opened(options);
    const wechat = town.on('wechat');
    wechat.state = 'need-login';
    await town.say('feishu', 'lin', '3组李家起火了');
    await town.until(town.clock.now() + 2 * 60_000);
    expect(town.on('feishu').to('f-duty', 'page')).toHaveLength(1);

    // It breaks while the second call is being sent.
    wechat.state = 'online';
    wechat.answer = () => {
      wechat.state = 'kicked';
      return waits;
    };
    await town.say('feishu', 'lin', '5组王家桥有人触电了');
    await town.until(town.clock.now() + 3 * 60_000);
    expect(town.on('feishu').to('f-duty', 'page')).toHaveLength(2);

    // Blocked on the one, the other has it: nobody needs to be telephoned.
    wechat.state = 'online';
    wechat.answer = () => refusal('unreachable');
    town.clear();
    await town.say('feishu', 'lin', '2组有人掉到塘里了');
    await town.until(town.clock.now() + 3 * 60_000);
    expect(town.on('feishu').to('f-duty', 'page')).not.toEqual([]);
    expect(town.on('feishu').to('f-admin', 'notice').join()).not.toContain('吴值夏');

    // On neither: the admin is to call.
    town.on('feishu').answer = ({ chat }) => (chat.id === 'f-duty' ? refusal('unreachable') : null);
    town.clear();
    await town.say('feishu', 'lin', '4组有人被困在水里了');
    await town.until(town.clock.now() + 3 * 60_000);
    expect(town.on('feishu').to('f-admin', 'notice').join()).toContain('吴值夏');
  });

  test('is told to the admins on another account, once an outage, and once when it is back', async () => {
    opened(options);
    const wechat = town.on('wechat');
    const look = async (minutes: number) => {
      for (let n = 0; n < minutes; n++) {
        await town.until(town.clock.now() + 60_000);
        await town.house.watch();
      }
    };
    await look(3);
    wechat.state = 'need-login';
    wechat.qr = 'https://login.example/q';
    await look(1);
    wechat.state = 'connecting';
    await look(1);
    expect(town.on('feishu').to('f-admin')).toEqual([]);
    wechat.state = 'need-login';
    await look(30);
    expect(town.on('feishu').to('f-admin')).toEqual([expect.stringMatching(/wechat.*重新登录[\s\S]*二维码/)]);
    expect(town.on('feishu').to('f-admin')[0]).not.toContain('login.example');
    wechat.state = 'online';
    await look(5);
    expect(town.on('feishu').to('f-admin')).toHaveLength(2);
    expect(town.on('feishu').to('f-admin')[1]).toContain('又连上了');
    expect(wechat.to('w-admin')).toEqual([]);
    wechat.state = 'kicked';
    await look(5);
    expect(town.on('feishu').to('f-admin')).toHaveLength(3);
  });

  test('for a moment is told to nobody', async () => {
    opened(options);
    for (const state of ['online', 'kicked', 'online', 'online'] as const) {
      town.on('wechat').state = state;
      await town.until(town.clock.now() + 60_000);
      await town.house.watch();
    }
    expect(town.went()).toEqual([]);
  });
});

describe('files', () => {
  const platforms = { words: { mediaOut: false }, feishu: {} };
  const media = [{ name: '月报.docx', mime: 'application/msword', path: '/tmp/x.docx' }];
  const digest = async (account: string, chat: string) => {
    await town.store.transact(town.scope, [
      {
        load: {},
        decide: (_, now) => ({
          answer: null,
          outbox: [
            {
              ...{ account, chat: { id: chat, kind: 'direct' }, address: null, replyTo: null },
              ...{
                kind: 'digest',
                say: { template: 'digest', params: { period: '2026-10', lines: ['十月'] } },
              },
              ...{ case: null, cases: [], priority: 5, dueAt: now, guard: null, mergeKey: null, media },
            },
          ],
        }),
      },
    ]);
    await town.until(town.clock.now() + 60_000);
  };

  test('go where files can go', async () => {
    opened({ platforms, people: { xiong: ['words', 'feishu'], duty: ['feishu'] } });
    await digest('words', 'w-xiong');
    expect(town.went()).toEqual(['feishu f-xiong digest']);
    expect(town.on('feishu').got[0]?.media).toHaveLength(1);
  });

  test('that can go nowhere leave a line that says so', async () => {
    opened({ platforms, people: { xiong: ['words'], duty: ['feishu'] } });
    await digest('words', 'w-xiong');
    expect(town.on('words').to('w-xiong')).toEqual([expect.stringMatching(/十月[\s\S]*月报\.docx/)]);
    expect(town.on('words').got[0]?.media).toEqual([]);
    expect(town.on('feishu').got).toEqual([]);
  });
});
