import { describe, expect } from 'vitest';
import { told } from '../support/world.ts';
import { story } from './story.ts';

describe('a matter that moves', () => {
  story('goes back to the dispatcher with a reason, and the reporter hears who has it now', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    const due = (await world.case(1)).dueAt;
    await world.say('li', '退回 1 这是供电所的线路');
    expect(await world.case(1)).toMatchObject({
      state: 'reported',
      office: null,
      assignee: null,
      returns: 1,
      dueAt: due,
    });
    expect(world.last('returned', 'duty').text).toContain('供电所的线路');
    expect(world.last('returned', 'lin').text).toContain('#0001');
    expect(world.sent('returned', 'xiong')).toHaveLength(0);

    await world.say('duty', '交办 1 供电所');
    expect(await world.case(1)).toMatchObject({
      state: 'assigned',
      office: 'gongdian',
      assignee: 'tan',
      dueAt: due,
    });
    expect(world.last('notice', 'lin').text).toContain('供电所');
  });

  story('tells the secretary of the second return', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('li', '退回 1 不归我们管');
    await world.say('duty', '交办 1 供电所');
    await world.say('tan', '退回 1 也不归我们管');
    expect((await world.case(1)).returns).toBe(2);
    expect(world.sent('returned', 'xiong')).toHaveLength(1);
  });

  story('is not given back by a correction to the office that returned it', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('li', '退回 1 不归我们管');
    await world.say('lin', '更正 1 是李家桥不是王家桥');
    expect(await world.case(1)).toMatchObject({ state: 'reported', assignee: null });
  });

  story('needs a reason to be returned or transferred', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('li', '退回 1');
    expect(world.last('refused', 'li').text).toMatch(/原因|理由|为什么/);
    await world.say('li', '转办 1 供电所');
    expect((await world.case(1)).office).toBe('cunjian');
    expect(world.sent('refused', 'li')).toHaveLength(2);
  });

  story(
    'changes office and officer at once; the first one is named until the new one accepts',
    async (world) => {
      await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
      await world.say('li', '接单');
      const before = await world.case(1);
      await world.say('li', '转办 1 供电所 线路是供电所的', { at: '11-03 10:00' });
      const moved = await world.case(1);
      expect(moved).toMatchObject({
        state: 'assigned',
        office: 'gongdian',
        assignee: 'tan',
        firstOffice: 'cunjian',
        dueAt: before.dueAt,
      });
      expect(moved.responseDueAt).toBeGreaterThan(before.responseDueAt ?? 0);
      expect(world.last('transferred', 'lin').text).toContain('供电所');
      expect(world.last('assignment', 'tan').text).toContain('线路是供电所的');

      await world.say('lin', '查询 1');
      expect(world.last('status', 'lin').text).toMatch(/供电所[\s\S]*村建所|村建所[\s\S]*供电所/);
      await world.until('11-05 09:00');
      for (const who of ['tan', 'hu']) expect(world.last('overdue', who).text).toContain('村建所');
      await world.say('tan', '接单');
      await world.say('lin', '查询 1');
      const status = world.last('status', 'lin').text;
      expect(status).toContain('供电所');
      expect(status).not.toContain('村建所');
    },
  );

  story('may be moved by the office’s leader, but not by any other', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('hu', '转办 1 供电所 给我们吧');
    expect(world.last(null, 'hu').kind).toBe('refused');
    await world.say('wang', '转办 1 供电所 线路问题');
    expect((await world.case(1)).office).toBe('gongdian');
    expect(world.sent('transferred', 'li')).toHaveLength(1);
  });

  story('refuses an office that does not exist, and the same office', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('li', '转办 1 航天局 不归我们管');
    expect(world.last('refused', 'li').text).toContain('航天局');
    await world.say('li', '转办 1 村建所 换个人');
    expect(world.sent('refused', 'li')).toHaveLength(2);
    expect((await world.case(1)).assignee).toBe('li');
  });

  story('goes up from the village to the township and to the county, and ends there', async (world) => {
    await world.say('lin', '#上报 3组晒谷坪垃圾三天没拉', { in: 'g-fl' });
    expect(await world.case(1)).toMatchObject({ level: 'village', office: 'fl-cun', assignee: 'ma' });
    await world.say('ma', '上交 1 村里没有车');
    expect(await world.case(1)).toMatchObject({
      level: 'township',
      office: 'huanwei',
      assignee: 'zeng',
      state: 'assigned',
    });
    expect(world.last('escalated', 'lin').text).toContain('环卫所');
    expect(world.last('assignment', 'zeng').text).toContain('村里没有车');
    await world.say('xie', '提级 1 镇里也拉不动');
    expect(await world.case(1)).toMatchObject({ level: 'county', office: 'xianchengguan', assignee: 'mo' });
    await world.say('duty', '提级 1 再往上');
    expect(world.last('refused', 'duty').text).toContain('#0001');
    await world.say('mo', '办结 1 拉走了');
    expect(world.last('resolved', 'lin').text).toContain('拉走了');
  });

  story('has one lead office; those who help may see it and not close it', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('duty', '会办 1 供电所 配合停电');
    expect(await world.case(1)).toMatchObject({
      office: 'cunjian',
      coOffices: ['gongdian'],
      state: 'assigned',
    });
    expect(world.last('co_handled', 'tan').text).toContain('#0001');
    expect(world.last('co_handled', 'li').text).toContain('供电所');
    await world.say('tan', '办结 1 好了');
    expect((await world.case(1)).state).toBe('assigned');
    await world.say('tan', '查询 1');
    expect(world.sent('status', 'tan')).toHaveLength(1);
  });

  story('takes a new category from the dispatcher, counted from the time of the report', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
    await world.say('lin', '改类 1 停电');
    expect(world.last('refused', 'lin').kind).toBe('refused');
    await world.say('duty', '改类 1 停电', { at: '11-02 10:00' });
    const c = await world.case(1);
    expect(c).toMatchObject({ category: 'power.outage', urgency: 'U2' });
    // 24 natural hours after the report.
    expect(c.dueAt).toBe(c.receivedAt + 24 * 3_600_000);
    expect(world.last('reclassified', 'lin').text).toContain('停电');
  });

  story('follows a corrected category to its office, as long as nobody has accepted it', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
    await world.say('duty', '改类 1 停电', { at: '11-02 10:00' });
    const c = await world.case(1);
    expect([c.office, c.assignee, c.state]).toEqual(['gongdian', 'tan', 'assigned']);
    // The first response of the new category: two hours.
    expect(told(c.responseDueAt)).toBe('11-02 12:00');
    expect(world.last('transferred', 'li').text).toContain('供电所');
    await world.say('tan', '接单');
    await world.say('duty', '改类 1 停水');
    expect((await world.case(1)).office).toBe('gongdian');
  });

  story('stays where a person gave it, whatever its category becomes', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
    await world.say('duty', '交办 1 应急办');
    await world.say('duty', '改类 1 停电');
    expect((await world.case(1)).office).toBe('yingji');
  });

  story('goes to the dispatcher with the candidates where no office fits', async (world) => {
    await world.say('lin', '#上报 3组超市乱涨价，一瓶水卖十块', { in: 'g-fl' });
    const c = await world.case(1);
    expect(c).toMatchObject({ state: 'reported', assignee: null });
    expect(c.dueAt).not.toBeNull();
    expect(world.last('notice', 'duty').text).toContain('#0001');
    expect(world.last('receipt', 'g-fl').text).toMatch(/值班/);
  });
});
