import { describe, expect } from 'vitest';
import { told } from '../support/world.ts';
import { story } from './story.ts';

describe('asking for time', () => {
  story('the leader decides on an extension and the reporter hears it', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
    await world.say('li', '接单');
    await world.say('li', '延期 1 到11月12日 灯具缺货');
    expect(world.last('extension_requested', 'wang').text).toContain('灯具缺货');
    expect(told((await world.case(1)).dueAt)).toBe('11-09 17:30');
    await world.say('li', '同意 1');
    expect(world.last('refused', 'li').kind).toBe('refused');
    await world.say('wang', '同意 1');
    expect(await world.case(1)).toMatchObject({ extensions: 1, extension: null, state: 'in_progress' });
    expect(told((await world.case(1)).dueAt)).toBe('11-12 17:30');
    expect(world.last('extension_decided', 'lin').text).toContain('11月12日');
    expect(world.last('extension_decided', 'li').text).toContain('11月12日');
  });

  story('a bare 同意 answers the one request that waits', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('li', '延期 1 到11月12日 灯具缺货');
    await world.say('wang', '同意');
    expect((await world.case(1)).extensions).toBe(1);
  });

  story('不同意 leaves the date as it was', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('li', '延期 1 到11月12日 灯具缺货');
    await world.say('wang', '不同意 1 库房里有灯');
    expect(await world.case(1)).toMatchObject({ extensions: 0, extension: null });
    expect(told((await world.case(1)).dueAt)).toBe('11-09 17:30');
    expect(world.last('extension_decided', 'li').text).toContain('库房里有灯');
  });

  story('two extensions at most, each before the due time only', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    for (const day of ['11月12日', '11月16日']) {
      await world.say('li', `延期 1 到${day} 灯具缺货`);
      await world.say('wang', '同意 1');
    }
    await world.say('li', '延期 1 到11月20日 还是缺货');
    expect(world.last('refused', 'li').text).toContain('次数用完');
    expect((await world.case(1)).extensions).toBe(2);
  });

  story('a day before the due time is no extension', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('li', '延期 1 到11月5日 缺货');
    expect(world.sent('refused', 'li')).toHaveLength(1);
    expect((await world.case(1)).extension).toBeNull();
  });

  story('同意 with a day of its own grants that day', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('li', '延期 1 到11月20日 缺货');
    await world.say('wang', '同意 1 到11月13日');
    expect(told((await world.case(1)).dueAt)).toBe('11-13 17:30');
    await world.say('li', '挂账 1 没有资金');
    await world.say('xiong', '同意 1 到12月18日');
    expect(told((await world.case(1)).reviewAt)).toBe('12-18 17:30');
  });

  story('after the due time it is too late, and the answer says what to do', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('li', '接单');
    await world.say('li', '延期 1 到11月20日 灯具缺货', { at: '11-09 17:31' });
    expect(world.last('refused', 'li').text.length).toBeGreaterThan(10);
    expect(await world.case(1)).toMatchObject({ extension: null, extensions: 0 });
  });

  story('a date in the past is refused, so is a request without one or without a reason', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('li', '延期 1 到2026年10月1日 灯具缺货');
    await world.say('li', '延期 1 灯具缺货');
    await world.say('li', '延期 1 到11月12日');
    expect(world.sent('refused', 'li')).toHaveLength(3);
    expect((await world.case(1)).extension).toBeNull();
  });

  story('where an office has no leader the secretary decides', async (world) => {
    await world.say('lin', '#上报 3组野猪拱了玉米地', { in: 'g-fl' });
    expect((await world.case(1)).assignee).toBe('fang');
    await world.say('fang', '延期 1 到11月20日 等护林员');
    expect(world.sent('extension_requested', 'xiong')).toHaveLength(1);
    await world.say('xiong', '同意 1');
    expect((await world.case(1)).extensions).toBe(1);
  });
});

describe('putting a matter off', () => {
  story('the secretary agrees, the clock stands still, and it comes back on its day', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('li', '挂账 1 到12月1日 没有资金，要2万元');
    expect(world.last('deferral_requested', 'xiong').text).toContain('没有资金');
    await world.say('xiong', '同意 1');
    expect(await world.case(1)).toMatchObject({ state: 'deferred', cost: 20_000 });
    expect(told((await world.case(1)).reviewAt)).toBe('12-01 17:30');
    expect(world.last('deferral_decided', 'lin').text).toContain('12月1日');

    // Long after the first due time nobody is reminded of it.
    await world.until('11-30 20:00');
    expect(world.sent('overdue')).toHaveLength(0);
    await world.until('12-02 09:00');
    const back = await world.case(1);
    expect(back).toMatchObject({ state: 'in_progress', assignee: 'li', pause: null, reviewAt: null });
    expect(back.dueAt).toBeGreaterThan(world.clock.now());
    expect(world.last('notice', 'li').text).toContain('#0001');
    expect(world.last('notice', 'xiong').text).toContain('#0001');
  });

  story('不同意 leaves it where it is, and the officer hears why', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('li', '挂账 1 到12月1日 没有资金');
    await world.say('xiong', '不同意 1 从办公经费里出');
    expect(await world.case(1)).toMatchObject({ state: 'in_progress', deferral: null, pause: null });
    expect(world.last('deferral_decided', 'li').text).toContain('办公经费');
    await world.until('11-10 09:00');
    expect(world.sent('overdue', 'li')).toHaveLength(1);
  });

  story(
    'a dispatcher who gives it to another office ends the deferral; its clock runs on from there',
    async (world) => {
      await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
      await world.say('li', '挂账 1 到12月1日 没有资金');
      await world.say('xiong', '同意 1');
      await world.say('duty', '交办 1 供电所', { at: '11-20 09:00' });
      const c = await world.case(1);
      expect(c).toMatchObject({ state: 'assigned', assignee: 'tan', pause: null, reviewAt: null });
      expect(c.dueAt).toBeGreaterThan(world.clock.now());
    },
  );

  story('both requests waiting, 同意 asks which one and takes the answer', async (world) => {
    await world.say('lin', '#上报 3组野猪拱了玉米地', { in: 'g-fl' });
    await world.say('fang', '延期 1 到11月20日 等护林员');
    await world.say('fang', '挂账 1 到12月1日 没有资金');
    await world.say('xiong', '同意 1');
    expect(world.last(null, 'xiong').kind).toBe('ask');
    await world.say('xiong', '2');
    expect(await world.case(1)).toMatchObject({ state: 'deferred', deferral: null });
  });
});

describe('asking the reporter', () => {
  story('stops the clock until the answer, two working days at most', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
    await world.say('li', '询问 1 是哪一盏？', { at: '11-03 08:30' });
    expect(world.last('question', 'lin').text).toMatch(/哪.盏/);
    expect((await world.case(1)).pause?.why).toBe('asked');
    await world.say('lin', '桥头第二盏', { at: '11-04 08:30' });
    expect(world.last('supplemented', 'li').text).toContain('桥头第二盏');
    const c = await world.case(1);
    expect(c.pause).toBeNull();
    expect(told(c.dueAt)).toBe('11-10 17:30');
  });

  for (const command of ['办结 1 换了灯泡', '无法办理 1 灯是供电公司的，要他们来换'])
    story(`an answer while the clock stands still is in time: ${command}`, async (world) => {
      await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
      await world.say('li', '询问 1 是哪一盏？', { at: '11-09 16:30' });
      await world.say('li', command, { at: '11-10 09:00' });
      const c = await world.case(1);
      expect([c.state, c.pause, told(c.dueAt)]).toEqual(['resolved', null, '11-10 17:30']);
      expect(c.resolvedAt).toBeLessThan(c.dueAt ?? 0);
    });

  story('time may be asked for as long as the clock stands still before its end', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
    await world.say('li', '询问 1 是哪一盏？', { at: '11-09 16:30' });
    await world.say('li', '延期 1 到11月12日 灯具缺货', { at: '11-10 09:00' });
    expect(world.last('extension_requested', 'wang').text).toContain('灯具缺货');
  });

  story('three questions of a minute give a day, not three', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
    for (const day of ['03', '04', '05']) {
      await world.say('li', '询问 1 是哪一盏？', { at: `11-${day} 08:30` });
      await world.say('lin', '桥头第二盏', { at: `11-${day} 08:31` });
      expect((await world.case(1)).pause).toBeNull();
    }
    expect(told((await world.case(1)).dueAt)).toBe('11-10 17:30');
    // An extension is a date of its own, and a day asked for after it is a day.
    await world.say('li', '延期 1 到11月16日 灯具缺货', { at: '11-05 09:00' });
    await world.say('wang', '同意 1', { at: '11-05 09:10' });
    await world.say('li', '询问 1 是哪一盏？', { at: '11-06 08:30' });
    await world.say('lin', '桥头第二盏', { at: '11-06 08:31' });
    expect(told((await world.case(1)).dueAt)).toBe('11-17 17:30');
  });

  story('moves a date that a person has named by what is left of the standstill alone', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
    await world.say('li', '延期 1 到11月16日 灯具缺货', { at: '11-03 08:30' });
    await world.say('li', '询问 1 是哪一盏？', { at: '11-03 08:30' });
    await world.say('wang', '同意 1', { at: '11-04 08:30' });
    await world.say('lin', '桥头第二盏', { at: '11-04 08:31' });
    // Named on the 4th: of the day before it is none left, of the minute after it a day.
    expect(told((await world.case(1)).dueAt)).toBe('11-17 17:30');
    await world.say('li', '询问 1 多高？', { at: '11-05 08:30' });
    await world.say('xiong', '议定 1 村建所 11月20日前 换好', { at: '11-06 17:30' });
    await world.say('lin', '五米', { at: '11-06 17:31' });
    expect(told((await world.case(1)).dueAt)).toBe('11-20 17:30');
  });

  story('runs on by itself where nobody answers', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
    await world.say('li', '询问 1 是哪一盏？', { at: '11-03 08:30' });
    await world.until('11-06 08:30');
    const c = await world.case(1);
    expect(c.pause).toBeNull();
    expect(told(c.dueAt)).toBe('11-11 17:30');
  });
});
