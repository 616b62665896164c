import { describe, expect } from 'vitest';
import { told, type World } from '../support/world.ts';
import { story } from './story.ts';

describe('a clock that stood still', () => {
  story(
    'a deferred matter comes back in the morning of its day, with the time that was left',
    async (world) => {
      await world.say('lin', '#上报 3组村口路面塌了个坑', { in: 'g-fl', at: '11-02 08:30' });
      expect(told((await world.case(1)).dueAt)).toBe('11-11 17:30');
      const { assignee } = await world.case(1);
      await world.say(assignee ?? '', '挂账 1 等县里资金 到12月15日', { at: '11-03 09:00' });
      await world.say('xiong', '同意 1', { at: '11-04 17:30' });
      await world.until('12-15 08:29');
      expect((await world.case(1)).state).toBe('deferred');
      await world.until('12-15 08:30');
      // Left on 4 November in the evening: 5, 6, 9, 10, 11. Now: 15, 16, 17, 18, 21.
      const back = await world.case(1);
      expect([back.state, told(back.dueAt)]).toEqual(['in_progress', '12-21 17:30']);
      await world.until('12-22 09:00');
      // A quarter of seven and a half days, not of the months in between.
      expect(world.sent('due_soon').map(({ time }) => time)).toEqual(['12-18 08:30']);
      expect(world.sent('overdue', assignee ?? '').map(({ time }) => time)).toEqual(['12-22 08:30']);
    },
  );

  story('what was late before it was deferred has the category’s time anew', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
    await world.say('li', '接单', { at: '11-02 09:00' });
    await world.say('li', '挂账 1 等县里资金 到11月30日', { at: '11-18 09:00' });
    await world.say('xiong', '同意 1', { at: '11-18 10:00' });
    await world.until('11-30 09:00');
    expect(told((await world.case(1)).dueAt)).toBe('12-07 17:30');
  });

  story('the time in which the reporter was asked does not count for the reminder', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
    await world.say('li', '接单', { at: '11-02 09:00' });
    await world.say('li', '询问 1 具体是哪一盏？', { at: '11-03 08:30' });
    await world.until('11-30 09:00');
    // Two working days of waiting; of the six that count a quarter is a day and a half: Tuesday noon.
    expect(told((await world.case(1)).dueAt)).toBe('11-11 17:30');
    expect(world.sent('due_soon').map(({ time }) => time)).toEqual(['11-11 08:30']);
  });

  story('a day set in the meeting ends the deferral: the matter is worked on', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
    await world.say('li', '挂账 1 等县里资金 到12月15日', { at: '11-03 09:00' });
    await world.say('xiong', '同意 1', { at: '11-03 10:00' });
    await world.say('xiong', '议定 1 村建所 11月20日前 先换两盏', { at: '11-05 10:00' });
    const c = await world.case(1);
    expect([c.state, told(c.dueAt), c.pause]).toEqual(['in_progress', '11-20 17:30', null]);
    await world.until('11-23 09:00');
    expect(world.sent('overdue', 'li').at(-1)?.time).toBe('11-23 08:30');
  });
});

describe('a reminder that waits for the morning', () => {
  const REMINDERS = ['due_soon', 'overdue', 'supervision_proposed'];
  const since = (world: World, time: string): readonly string[] =>
    world.all
      .filter(({ kind, ...sent }) => REMINDERS.includes(kind) && sent.time > time)
      .map(({ time, kind, chat }) => `${time} ${kind} ${chat.id}`);
  const lamp = async (world: World): Promise<void> => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
    await world.say('li', '接单', { at: '11-02 09:00' });
  };

  story('is not sent where more time was granted in the evening', async (world) => {
    await lamp(world);
    await world.say('li', '延期 1 到11月20日 等配件', { at: '11-09 17:00' });
    await world.say('wang', '同意 1', { at: '11-09 18:00' });
    await world.until('11-10 12:00');
    expect(since(world, '11-09 17:30')).toEqual([]);
  });

  story('is not sent to an officer who has given the case back', async (world) => {
    await lamp(world);
    await world.say('li', '退回 1 不归我们', { at: '11-09 18:00' });
    await world.until('11-10 12:00');
    expect(since(world, '11-09 17:30')).toEqual([]);
  });

  story('is not sent where the secretary supervises already', async (world) => {
    await lamp(world);
    await world.say('xiong', '督办 1', { at: '11-11 18:00' });
    await world.until('11-12 12:00');
    expect(since(world, '11-11 17:30')).toEqual([]);
  });

  story('comes later where the reporter was asked in the evening', async (world) => {
    await lamp(world);
    // Due soon on Friday at 11:45, to be said on Monday; by then it is due on Tuesday.
    await world.say('li', '询问 1 具体是哪一盏？', { at: '11-06 15:00' });
    await world.say('lin', '补充 1 桥头第二盏', { at: '11-06 16:00' });
    await world.until('11-11 12:00');
    expect(told((await world.case(1)).dueAt)).toBe('11-10 17:30');
    expect(since(world, '11-06 00:00').map((line) => line.slice(0, 20))).toEqual([
      '11-10 08:30 due_soon',
      '11-11 08:30 overdue ',
      '11-11 08:30 overdue ',
    ]);
  });
});

describe('an emergency', () => {
  story('that has a time limit is reminded of at any hour', async (world) => {
    await world.say('lin', '#上报 3组倒树把路全堵死了，过不去车', { in: 'g-fl', at: '11-02 21:30' });
    await world.until('11-03 07:00');
    expect(await world.case(1)).toMatchObject({ category: 'road.block', urgency: 'U1' });
    const { assignee } = await world.case(1);
    expect(world.sent('due_soon').map(({ time, chat }) => [time, chat.id])).toEqual([
      ['11-02 23:00', `u-${assignee}`],
    ]);
    expect(new Set(world.sent('overdue').map(({ time }) => time))).toEqual(new Set(['11-02 23:30']));
  });

  story('that is to be done at once has none, but is proposed to the secretary', async (world) => {
    await world.say('lin', '#上报 3组王家桥失火了', { in: 'g-fl', at: '11-02 21:30' });
    await world.until('11-20 09:00');
    expect(world.sent('due_soon')).toHaveLength(0);
    expect(world.sent('overdue')).toHaveLength(0);
    expect(world.sent('supervision_proposed', 'xiong').map(({ time }) => time)).toEqual([
      '11-04 17:30',
      '11-09 17:30',
    ]);
  });
});

describe('what a leader hears', () => {
  story('a refused extension moves no date in the leader’s own answer', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
    await world.say('li', '延期 1 到11月20日 等配件', { at: '11-03 09:00' });
    await world.say('wang', '不同意 1', { at: '11-03 10:00' });
    expect(world.last('notice', 'wang').text).not.toContain('改到');
    expect(told((await world.case(1)).dueAt)).toBe('11-09 17:30');
  });
});
