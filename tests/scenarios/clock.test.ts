import { describe, expect } from 'vitest';
import type { Sent } from '../support/world.ts';
import { told } from '../support/world.ts';
import { story } from './story.ts';

const REMINDERS = ['due_soon', 'overdue', 'supervision_proposed', 'escalated'];
const reminders = (all: readonly Sent[]): string[] =>
  all
    .filter(({ kind }) => REMINDERS.includes(kind))
    .map(({ time, kind, chat }) => `${time} ${kind} ${chat.id.slice(2)}`);

describe('nobody acts', () => {
  story(
    'the officer, the leader and the secretary are told, each in a morning; supervision stays a person’s word',
    async (world) => {
      await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
      await world.until('11-24 20:00');
      expect(reminders(world.all)).toEqual([
        // The first response was due on Tuesday at 17:30.
        '11-04 08:30 overdue li',
        '11-04 08:30 overdue wang',
        // A quarter of five and some working days before Monday 17:30.
        '11-09 08:30 due_soon li',
        '11-10 08:30 overdue li',
        '11-10 08:30 overdue wang',
        '11-12 08:30 supervision_proposed xiong',
        '11-17 08:30 supervision_proposed xiong',
      ]);
      expect((await world.case(1)).supervision).toBe('none');
      expect(world.last('supervision_proposed', 'xiong').text).toContain('督办 1');
      // The reporter hears when an official acts, not from the clock.
      expect(world.sent(null, 'lin')).toHaveLength(0);
      expect(world.sent(null, 'g-fl')).toHaveLength(1);
    },
  );

  story(
    'a village’s late matter goes up to the township’s office after five working days, the village copied',
    async (world) => {
      await world.say('lin', '#上报 3组晒谷坪垃圾三天没拉', { in: 'g-fl', at: '11-02 08:30' });
      expect(told((await world.case(1)).dueAt)).toBe('11-04 17:30');
      await world.until('11-11 17:29');
      expect((await world.case(1)).level).toBe('village');
      await world.until('11-12 09:00');
      expect(await world.case(1)).toMatchObject({
        level: 'township',
        office: 'huanwei',
        assignee: 'zeng',
        state: 'assigned',
      });
      expect(
        world
          .sent('escalated')
          .map(({ chat }) => chat.id)
          .sort(),
      ).toEqual(['u-hao', 'u-long', 'u-ma', 'u-zeng']);
      expect(world.sent('escalated', 'lin')).toHaveLength(0);
      expect(world.sent('assignment', 'zeng')).toHaveLength(1);
    },
  );

  story('what nobody has is the dispatchers’ to hear of', async (world) => {
    await world.say('lin', '#上报 3组超市乱涨价，一瓶水卖十块', { in: 'g-fl', at: '11-02 08:30' });
    await world.until('11-20 20:00');
    const overdue = world.sent('overdue');
    expect(overdue.length).toBeGreaterThan(0);
    expect(overdue.every(({ chat }) => chat.id === 'u-duty')).toBe(true);
  });

  story('several late matters are one message a person a morning', async (world) => {
    for (const [i, where] of ['王家桥', '李家坳', '祠堂边'].entries())
      await world.say('lin', `#上报 3组${where}水渠堵了，路灯也不亮`, { in: 'g-fl', at: `11-02 08:3${i}` });
    const mine = (await world.cases()).filter(({ assignee }) => assignee === 'li').length;
    expect(mine).toBeGreaterThan(1);
    await world.until('11-10 12:00');
    const perMorning = world.sent('overdue', 'wang').map(({ time }) => time);
    expect(perMorning).toEqual([...new Set(perMorning)]);
    const last = world.sent('overdue', 'wang').at(-1);
    expect(last?.cases.length ?? 0).toBeGreaterThan(1);
    expect(last?.case).toBeNull();
  });

  story('a reminder for what is done meanwhile is never sent', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
    await world.say('li', '接单');
    // Due on Monday at 17:30; the words of it wait for Tuesday 08:30.
    await world.say('li', '办结 1 换了', { at: '11-09 18:00' });
    await world.until('11-12 12:00');
    expect(world.sent('overdue')).toHaveLength(0);
  });

  story('an extension moves what the clock does', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
    await world.say('li', '接单');
    await world.say('li', '延期 1 到11月20日 缺货');
    await world.say('wang', '同意');
    await world.until('11-20 17:00');
    expect(world.sent('overdue')).toHaveLength(0);
    await world.until('11-23 09:00');
    expect(reminders(world.all).filter((line) => line.includes('overdue'))).toEqual([
      '11-23 08:30 overdue li',
      '11-23 08:30 overdue wang',
    ]);
  });

  story(
    'the legal calendar counts: a holiday is no working day',
    async (world) => {
      await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '09-30 09:00' });
      // National Day 1–7 October; 10 October is a make-up workday (Saturday).
      const due = told((await world.case(1)).dueAt);
      expect(due).not.toBe('10-07 17:30');
      expect(due?.slice(0, 5) ?? '').toMatch(/^10-1[0-5]$/);
    },
    { start: '2026-09-30 08:00' },
  );
});

describe('the night', () => {
  story('an answer to a person’s own message is never held', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 22:30' });
    expect(world.sent('receipt', 'g-fl')[0]?.time).toBe('11-02 22:30');
    expect(world.sent('assignment')).toHaveLength(0);
    await world.say('lin', '查询');
    expect(world.last('status', 'lin').time).toBe('11-02 22:31');
    await world.until('11-03 07:29');
    expect(world.sent('assignment')).toHaveLength(0);
    await world.until('11-03 07:30');
    expect(world.sent('assignment', 'li')).toHaveLength(1);
  });

  story('assignments of U2 go out at any hour', async (world) => {
    await world.say('lin', '#停水 3组 8户', { in: 'g-fl', at: '11-02 23:00' });
    expect((await world.case(1)).urgency).toBe('U2');
    expect(world.sent('assignment', 'gan')[0]?.time).toBe('11-02 23:00');
    await world.until('11-03 07:29');
    expect(world.all.filter(({ time }) => time > '11-02 23:01')).toHaveLength(0);
    await world.until('11-03 07:30');
    // Its reminder is exempt from the morning's one message, but not from the night.
    expect(reminders(world.all).some((line) => line.startsWith('11-03 07:30 overdue gan'))).toBe(true);
  });

  story('what is held goes out at 07:30 on a rest day too', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-06 22:00' });
    await world.until('11-07 08:00');
    expect(world.sent('assignment', 'li')[0]?.time).toBe('11-07 07:30');
  });

  story('an answer given in the night waits for the morning, its reporter asleep', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
    await world.say('li', '办结 1 换了', { at: '11-02 21:30' });
    expect(world.last('notice', 'li').time).toBe('11-02 21:30');
    expect(world.sent('resolved')).toHaveLength(0);
    await world.until('11-03 07:30');
    expect(world.sent('resolved', 'lin')).toHaveLength(1);
  });

  story('a step caught up after a stop keeps the night’s rest', async (world) => {
    await world.say('lin', '#停水 3组 8户', { in: 'g-fl', at: '11-02 18:00' });
    // The process slept over both due times and wakes at night.
    world.clock.advanceTo(world.clock.now() + 29 * 3_600_000);
    await world.until(world.clock.now());
    expect(world.now).toBe('11-03 23:00');
    expect(world.sent('overdue')).toHaveLength(0);
    await world.until('11-04 07:30');
    expect(world.sent('overdue', 'gan').length).toBeGreaterThan(0);
    const stamped = (await world.events(1)).map(({ at }) => at);
    expect(stamped).toEqual([...stamped].sort((a, b) => a - b));
  });
});

describe('an English-speaking township', () => {
  story(
    'says everything in English, and understands what it asked for',
    async (world) => {
      await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
      await world.say('li', '接单');
      await world.say('li', '办结 1 replaced the bulb');
      await world.say('lin', '1');
      expect(await world.case(1)).toMatchObject({ state: 'closed', rating: 'satisfied' });
      for (const { text, kind } of world.all) {
        const own = text.replaceAll(
          /3组|王家桥|路灯不亮|枫林村|村建所|供电所|林桂香|李明辉|“[^”]*”|"[^"]*"/g,
          '',
        );
        expect(own, kind).not.toMatch(/[\u4e00-\u9fff]{3,}/);
      }
      expect(world.sent('receipt', 'g-fl')[0]?.text).toContain('#0001');
    },
    { locale: 'en' },
  );
});
