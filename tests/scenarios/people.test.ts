import { describe, expect } from 'vitest';
import { told } from '../support/world.ts';
import { story } from './story.ts';

describe('an absent officer', () => {
  story('is passed over for the deputy named, and open work and reminders go there', async (world) => {
    await world.say('lin', '#上报 3组水塘边水管漏水', { in: 'g-fl', at: '11-02 08:30' });
    await world.say('gan', '请假 11月2日到11月6日 由李明辉代');
    expect(world.last('notice', 'li').text).toContain('甘师远');
    // Open work: the deputy acts as the officer would, with a bare word too.
    await world.say('li', '接单');
    expect(await world.case(1)).toMatchObject({ state: 'in_progress', assignee: 'gan' });
    await world.say('qiu', '#上报 5组水管漏水', { in: 'g-fl' });
    expect((await world.case(2)).assignee).toBe('li');
    await world.until('11-03 12:00');
    expect(world.sent('overdue', 'li').length).toBeGreaterThan(0);
    expect(world.sent('overdue', 'gan')).toHaveLength(0);
  });

  story(
    'of the township’s own file is stood in for by a bare word too',
    async (world) => {
      await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '12-04 09:00' });
      await world.say('he', '#上报 5组祠堂边路灯不亮', { in: 'g-fl' });
      expect((await world.cases()).map(({ assignee }) => assignee)).toEqual(['li', 'chen']);
      await world.say('fang', '接单', { at: '12-07 09:00' });
      expect((await world.case(2)).state).toBe('in_progress');
      await world.say('fang', '办结 2 换了');
      expect((await world.case(2)).state).toBe('resolved');
    },
    { start: '2026-12-04 08:00' },
  );

  story('comes back with 销假, or when the days are over', async (world) => {
    await world.say('gan', '请假 11月2日到11月3日 由李明辉代', { at: '11-02 08:30' });
    await world.say('gan', '销假');
    await world.say('lin', '#上报 3组水塘边水管漏水', { in: 'g-fl' });
    expect((await world.case(1)).assignee).toBe('gan');
    await world.say('gan', '请假 11月2日到11月3日 由李明辉代');
    await world.say('qiu', '#上报 5组水管漏水', { in: 'g-fl', at: '11-04 08:30' });
    expect((await world.case(2)).assignee).toBe('gan');
  });

  story('nobody there: the dispatcher gets it', async (world) => {
    await world.say('gan', '请假 11月2日到11月6日');
    await world.say('lin', '#上报 3组水塘边水管漏水', { in: 'g-fl' });
    expect(await world.case(1)).toMatchObject({ state: 'reported', assignee: null });
    expect(world.sent('notice', 'duty')).toHaveLength(1);
  });

  story('two who stand in for each other are nobody', async (world) => {
    await world.say('li', '请假 11月2日到11月6日 由陈立刚代');
    await world.say('chen', '请假 11月2日到11月6日 由李明辉代');
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    expect(await world.case(1)).toMatchObject({ state: 'reported', assignee: null });
    expect(world.sent('notice', 'duty')).toHaveLength(1);
  });

  story('whose leader is away has the deputy decide', async (world) => {
    await world.say('wang', '请假 11月2日到11月13日 由胡海波代');
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('li', '延期 1 到11月12日 缺货');
    expect(world.sent('extension_requested', 'hu')).toHaveLength(1);
    await world.say('hu', '同意');
    expect((await world.case(1)).extensions).toBe(1);
  });
});

describe('who has several posts', () => {
  story('an officer who is a head too does not rate what the own office did', async (world) => {
    await world.say('tan', '#上报 2组停电了', { in: 'g-bs' });
    expect((await world.case(1)).assignee).toBe('tan');
    await world.say('tan', '办结 1 合闸了');
    await world.say('tan', '满意 1');
    expect(await world.case(1)).toMatchObject({ state: 'resolved', rating: null });
    await world.until('11-09 09:00');
    expect(await world.case(1)).toMatchObject({ state: 'closed', rating: null });
  });

  story('a village secretary who leads its office is told once', async (world) => {
    await world.say('lin', '#上报 3组晒谷坪垃圾三天没拉', { in: 'g-fl' });
    await world.until('11-05 12:00');
    const seen = world.sent('overdue', 'long').map(({ text }) => text);
    expect(new Set(seen).size).toBe(seen.length);
  });

  story('the assigned officer who is on duty answers page and assignment with one word', async (world) => {
    await world.say('lin', '3组李家起火了', { in: 'g-fl', at: '11-02 10:00' });
    await world.until('11-02 10:05');
    await world.say('xia', '收到');
    expect(await world.case(1)).toMatchObject({ state: 'in_progress' });
    await world.until('11-02 11:00');
    expect(world.sent('page')).toHaveLength(2);
  });
});

describe('the meeting’s decisions', () => {
  story('of a recorder wait for one confirmation of the secretary', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('qiu', '#上报 5组水管漏水', { in: 'g-fl' });
    const before = (await world.case(1)).dueAt;
    await world.say('ban', '议定 1 供电所 11月20日前 换整条线\n议定 2 11月13日前 换水管');
    expect((await world.case(1)).dueAt).toBe(before);
    expect(world.last('notice', 'xiong').text).toMatch(/#0001[\s\S]*#0002/);
    expect(world.last('notice', 'ban').text).toContain('#0001');
    await world.say('xiong', '同意');
    expect(await world.case(1)).toMatchObject({
      office: 'gongdian',
      assignee: 'tan',
      decided: { by: 'xiong' },
    });
    expect(told((await world.case(1)).dueAt)).toBe('11-20 17:30');
    expect(told((await world.case(2)).dueAt)).toBe('11-13 17:30');
    expect(world.last('decision', 'lin').text).toContain('11月20日');
    // The question is answered once.
    const sent = await world.after(() => world.say('xiong', '同意'));
    expect(sent.filter(({ kind }) => kind === 'decision')).toHaveLength(0);
  });

  story('of the secretary hold at once, and those refused leave everything as it was', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('xiong', '议定 1 11月20日前 先立警示牌');
    expect(told((await world.case(1)).dueAt)).toBe('11-20 17:30');
    expect(world.last('decision', 'li').text).toContain('警示牌');
    await world.say('ban', '议定 1 11月27日前 再议');
    await world.say('xiong', '不同意');
    expect(told((await world.case(1)).dueAt)).toBe('11-20 17:30');
    await world.say('xiong', '议定 1 2026年10月1日前 早该好了');
    expect(world.last(null, 'xiong').kind).toBe('refused');
  });

  story('supervision is the secretary’s: yellow, then red, then struck off', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('xiong', '督办 1');
    expect((await world.case(1)).supervision).toBe('yellow');
    for (const who of ['li', 'wang']) expect(world.sent('supervised', who)).toHaveLength(1);
    await world.say('xiong', '督办 1');
    expect((await world.case(1)).supervision).toBe('red');
    await world.say('xiong', '督办 1');
    expect(world.last(null, 'xiong').kind).toBe('refused');
    await world.say('xiong', '销账 1');
    expect((await world.case(1)).supervision).toBe('none');
    expect(world.sent('supervised', 'lin')).toHaveLength(0);
  });
});
