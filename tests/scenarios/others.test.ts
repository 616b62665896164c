import { describe, expect } from 'vitest';
import { story } from './story.ts';

describe('for those without the bot', () => {
  story('the dispatcher reports for a resident who called', async (world) => {
    await world.say('duty', '代报 刘大娘电话说枫林村3组王家桥路灯不亮');
    const c = await world.case(1);
    expect(c).toMatchObject({ source: 'phone', village: 'fl', groups: ['fl-g3'], assignee: 'li' });
    const [first] = await world.events(1);
    expect(first?.behalf).toMatchObject({ means: 'phone' });
    expect(first?.by).toBe('duty');
  });

  story('a resident cadre reports a visit', async (world) => {
    await world.say('ma', '代报 上门走访，王爹说3组王家桥水管漏水');
    expect(await world.case(1)).toMatchObject({ source: 'visit', category: 'water.leak' });
  });

  story('the dispatcher accepts and resolves for an office; the handler is the office', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('duty', '代接 1 李师傅电话');
    expect(await world.case(1)).toMatchObject({ state: 'in_progress', handlers: ['cunjian'] });
    await world.say('duty', '代办结 1 李师傅电话说换好了');
    const c = await world.case(1);
    expect(c.state).toBe('resolved');
    expect(c.handlers).toContain('cunjian');
    expect(c.handlers).not.toContain('duty');
    const event = (await world.events(1)).find(({ type }) => type === 'case_resolved');
    expect(event).toMatchObject({ by: 'duty', behalf: { means: 'phone' } });
  });

  story('the dispatcher rates for a resident, said by whom and how', async (world) => {
    await world.say('duty', '代报 刘大娘电话说枫林村3组王家桥路灯不亮');
    await world.say('li', '办结 1 换好了');
    await world.say('duty', '代评 1 刘大娘电话说满意');
    expect(await world.case(1)).toMatchObject({ state: 'closed', rating: 'satisfied' });
    const event = (await world.events(1)).find(({ type }) => type === 'case_rated');
    expect(event).toMatchObject({ by: 'duty', behalf: { means: 'phone' } });
  });

  story(
    'the village that handled a matter does not rate it, neither for others nor by calling back',
    async (world) => {
      await world.say('lin', '#上报 3组晒谷坪垃圾三天没拉', { in: 'g-fl' });
      await world.say('ma', '办结 1 拉走了');
      for (const words of ['代评 1 林大娘电话说满意', '回访 1 接通，已解决，满意'])
        for (const who of ['ma', 'long']) {
          await world.say(who, words);
          expect(world.last(null, who).kind, `${who} ${words}`).toBe('refused');
        }
      expect((await world.case(1)).state).toBe('resolved');
      await world.say('duty', '代评 1 林大娘电话说满意');
      expect((await world.case(1)).state).toBe('closed');
    },
  );

  story(
    'what nobody has is first given to an office: who types for others is not the handler',
    async (world) => {
      await world.say('duty', '代报 刘大娘电话说枫林村3组超市乱涨价');
      expect((await world.case(1)).assignee).toBeNull();
      await world.say('duty', '代办结 1 市场所电话说已处罚');
      expect(world.last('refused', 'duty').text).toContain('交办');
      expect((await world.case(1)).state).toBe('reported');
    },
  );

  story('an officer without an account is a task for the dispatcher', async (world) => {
    await world.say('lin', '#上报 3组隔壁半夜唱歌，噪音太吵', { in: 'g-fl' });
    expect(await world.case(1)).toMatchObject({ office: 'paichusuo', assignee: 'jing', state: 'assigned' });
    const task = world.sent('notice', 'duty').find(({ text }) => text.includes('荆志强'));
    expect(task?.text).toContain('#0001');
    await world.say('duty', '代接 1 荆志强电话');
    expect((await world.case(1)).state).toBe('in_progress');
  });

  story('calling back: not reached changes nothing, not satisfied brings it back', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('li', '办结 1 换好了');
    await world.say('duty', '回访 1 未接通');
    expect((await world.case(1)).state).toBe('resolved');
    await world.say('duty', '回访 1 接通，没修好，不满意');
    expect(await world.case(1)).toMatchObject({ state: 'in_progress', reopens: 1, solved: false });
  });
});

describe('strangers', () => {
  story('get one polite answer a day, and the admin an entry', async (world) => {
    await world.say('u-guest', '你好，3组路灯坏了', { in: 'g-res', at: '11-02 09:00' });
    await world.say('u-guest', '3组路灯坏了没人管', { in: 'g-res' });
    expect(world.sent(null, 'g-res')).toHaveLength(0);
    expect(world.sent('notice', 'u-guest')).toHaveLength(1);
    expect(world.last('notice', 'u-guest').text).toContain('0737-7550110');
    expect(world.sent('notice', 'admin')).toHaveLength(1);
    expect(await world.cases()).toHaveLength(0);
    await world.say('u-guest', '3组路灯坏了几天了', { in: 'g-res', at: '11-03 09:00' });
    expect(world.sent('notice', 'u-guest')).toHaveLength(2);
  });

  story('in private too; and a group that is not bound is told once', async (world) => {
    await world.say('u-guest', '在吗');
    await world.say('u-guest', '查询 1');
    expect(world.sent(null, 'u-guest')).toHaveLength(1);
    await world.say('lin', '#上报 3组路灯坏了', { in: 'g-unknown' });
    await world.say('lin', '#上报 3组路灯坏了', { in: 'g-unknown' });
    expect(world.sent(null, 'g-unknown')).toHaveLength(0);
    expect(world.sent('notice', 'lin')).toHaveLength(1);
    expect(world.last('notice', 'lin').text).toContain('没有登记');
    expect(world.last('notice', 'admin').text).toContain('没有登记的群');
  });

  story('chatting in a group are none of ours', async (world) => {
    const sent = await world.after(() => world.say('u-guest', '今天天气真好', { in: 'g-res' }));
    expect(sent).toHaveLength(0);
  });
});

describe('one matter, several reporters', () => {
  story('the dispatcher merges; all reporters get the answer', async (world) => {
    await world.say('lin', '#上报 3组王家桥水管漏水，8户', { in: 'g-fl' });
    await world.say('qiu', '#上报 3组王家桥边水管漏水，5户', { in: 'g-fl' });
    await world.say('duty', '并案 1 2');
    expect(await world.case(2)).toMatchObject({
      state: 'cancelled',
      outcome: 'duplicate',
      mergedInto: 'LX2611-0001',
    });
    expect(await world.case(1)).toMatchObject({ households: 13 });
    expect(world.last('merged', 'qiu').text).toContain('#0001');
    await world.say('gan', '办结 1 换了接头');
    expect(
      world
        .sent('resolved')
        .map(({ chat }) => chat.id)
        .sort(),
    ).toEqual(['u-lin', 'u-qiu']);
    await world.say('qiu', '满意');
    expect(await world.case(1)).toMatchObject({ state: 'closed', rating: 'satisfied' });
  });

  story('who joins what is answered already gets the answer too', async (world) => {
    await world.say('lin', '#上报 3组王家桥水管漏水', { in: 'g-fl' });
    await world.say('qiu', '#上报 3组王家桥边水管漏水', { in: 'g-fl' });
    await world.say('gan', '办结 1 换了接头');
    await world.say('duty', '并案 1 2');
    const heard = world
      .sent(null, 'qiu')
      .map(({ text }) => text)
      .join('\n');
    expect(heard).toContain('换了接头');
  });

  story('a reporter may propose it; a dispatcher decides', async (world) => {
    await world.say('lin', '#上报 3组王家桥水管漏水', { in: 'g-fl' });
    await world.say('qiu', '#上报 3组王家桥边水管漏水', { in: 'g-fl' });
    await world.say('qiu', '并案 2 1');
    expect((await world.cases()).map(({ state }) => state)).toEqual(['assigned', 'assigned']);
    expect(world.last('notice', 'duty').text).toMatch(/#0002/);
  });

  story('a known matter answers reports that fit and counts their households', async (world) => {
    await world.say('duty', '计划停电 枫林村3组 11月5日8点到12点检修线路', { at: '11-02 09:00' });
    await world.say('lin', '#停电 3组 12户', { in: 'g-fl' });
    expect(world.last('receipt', 'g-fl').text).toMatch(/不用再报|已登记/);
    expect(world.sent('assignment', 'tan').length).toBeLessThanOrEqual(1);
    await world.say('lin', '#停水 3组 12户', { in: 'g-fl' });
    expect(world.sent('assignment', 'gan')).toHaveLength(1);
  });
});

describe('what a hotline or an office above passed on', () => {
  story('keeps its number: in the history, in the case, and before the officer', async (world) => {
    await world.say('duty', '代报 来源 12345 编号 GD20261102001 枫林村3组王家桥路灯不亮');
    expect(await world.case(1)).toMatchObject({ source: '12345', external: 'GD20261102001' });
    const [first] = await world.events(1);
    expect(first?.data).toMatchObject({ source: '12345', external: 'GD20261102001' });
    expect(world.last('assignment', 'li').text).toContain('GD20261102001');
  });
});
