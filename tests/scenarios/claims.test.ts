/** Single claims of the domain's table and of the bridge's contract, each told as a small story. */
import { describe, expect } from 'vitest';
import type { World } from '../support/world.ts';
import { told } from '../support/world.ts';
import { story } from './story.ts';

const lamp = (world: World, who = 'lin', text = '#上报 3组王家桥路灯不亮'): Promise<unknown> =>
  world.say(who, text, { in: 'g-fl', at: '11-02 08:30' });

describe('which case is meant', () => {
  story('a case that is not there is the case of no message', async (world) => {
    await lamp(world);
    await world.say('luo', '查询 1');
    await world.say('luo', '查询 9');
    const [unseen, absent] = world.sent('refused', 'luo');
    expect(unseen?.row.case).toBeNull();
    expect(absent?.row.case).toBeNull();
    expect(unseen?.text.replace('0001', '')).toBe(absent?.text.replace('0009', ''));
  });

  story('a person’s own message is quoted like one of ours', async (world) => {
    await lamp(world);
    await world.say('lin', '#上报 3组水塘垃圾没人拉', { in: 'g-fl', id: 'own' });
    await world.say('lin', '撤回', { in: 'g-fl', quote: 'own' });
    expect((await world.case(2)).state).toBe('cancelled');
    await world.say('qiu', '#上报 5组路面塌了', { in: 'g-fl', id: 'other' });
    await world.say('qiu', '坑有脸盆大，靠左边', { in: 'g-fl', quote: 'other' });
    expect(world.sent('supplemented')).toHaveLength(1);
    expect((await world.case(1)).state).toBe('assigned');
  });

  story('接单 where nothing waits is answered; 收到 is not', async (world) => {
    await lamp(world);
    await world.say('li', '接单 1');
    expect(await world.after(() => world.say('li', '收到'))).toHaveLength(0);
    expect(await world.after(() => world.say('li', '接单'))).toHaveLength(1);
    expect(world.last('refused', 'li').text).toContain('接单');
  });

  story('a full word about one of them settles the question which', async (world) => {
    await lamp(world);
    await world.say('lin', '#上报 5组路灯不亮', { in: 'g-fl' });
    await world.say('li', '办结 1 换了灯泡', { at: '11-03 10:00' });
    await world.say('chen', '办结 2 换了灯泡', { at: '11-04 10:00' });
    await world.say('lin', '1', { at: '11-04 11:00' });
    expect(world.sent('ask', 'lin')).toHaveLength(1);
    await world.say('lin', '2号 满意');
    await world.say('lin', '2');
    expect(await world.case(1)).toMatchObject({ state: 'closed', rating: 'basically' });
    expect(await world.case(2)).toMatchObject({ state: 'closed', rating: 'satisfied' });
  });
});

describe('what a merged case is called by', () => {
  story('is the case it went into', async (world) => {
    await lamp(world);
    await lamp(world, 'qiu', '#上报 3组王家桥那里路灯不亮');
    await world.say('duty', '并案 1 2');
    await world.say('qiu', '补充 2 一共三盏');
    expect(world.last('supplemented', 'li').text).toContain('一共三盏');
    await world.say('qiu', '查询 2');
    expect(world.last('status', 'qiu').text).toContain('#0001');
    await world.say('li', '办结 2 换了灯泡');
    expect((await world.case(1)).state).toBe('resolved');
  });
});

describe('好了, before there is an answer', () => {
  story('is no rating: the officer hears it, from the reporter and from neighbours', async (world) => {
    await lamp(world);
    await world.say('lin', '1 好了');
    await world.say('zhou', '1 好了');
    expect(world.sent('supplemented', 'li')).toHaveLength(2);
    expect(world.sent('refused')).toHaveLength(0);
    expect(await world.case(1)).toMatchObject({ state: 'assigned', rating: null });
    await world.say('lin', '灯亮了');
    expect(world.sent('supplemented', 'li')).toHaveLength(3);
  });

  story('满意 is one, and comes too early', async (world) => {
    await lamp(world);
    await world.say('lin', '满意 1');
    expect(world.sent('refused', 'lin')).toHaveLength(1);
  });
});

describe('a protected reporter’s number', () => {
  story('is the dispatcher’s alone', async (world) => {
    await world.say('lin', '请替我保密：3组养猪场半夜偷排污水，我的电话13912345678');
    const officer = (await world.case(1)).assignee ?? '';
    expect(world.last('assignment', officer).text).not.toContain('联系方式');
    await world.say(officer, '联系方式 1');
    expect(world.sent('contact', officer)).toHaveLength(0);
    expect(world.sent('refused', officer)).toHaveLength(1);
    await world.say('duty', '联系方式 1');
    expect(world.sent('contact', 'duty').length).toBeGreaterThan(0);
  });
});

describe('the answer to “what is it?”', () => {
  story('says where as well, and the post’s own neighborhood is no part of another group', async (world) => {
    await world.say('lin', '#上报', { in: 'g-fl' });
    await world.say('lin', '5组祠堂路灯不亮', { in: 'g-fl' });
    const c = await world.case(1);
    expect(c).toMatchObject({ groups: ['fl-g5'], neighborhood: null, place: '祠堂', category: 'power.lamp' });
  });
});

describe('同意', () => {
  story('with a number confirms that decision of the recorder’s; the others wait on', async (world) => {
    await lamp(world);
    await world.say('lin', '#上报 5组路灯不亮', { in: 'g-fl' });
    await world.say('ban', '议定 1 村建所11月20日前换好\n议定 2 村建所11月24日前换好', { at: '11-03 10:00' });
    await world.say('xiong', '同意 2');
    expect(told((await world.case(2)).dueAt)).toBe('11-24 17:30');
    expect(told((await world.case(1)).dueAt)).toBe('11-09 17:30');
    await world.say('xiong', '同意');
    expect(told((await world.case(1)).dueAt)).toBe('11-20 17:30');
  });

  story('不同意 with a number strikes that line', async (world) => {
    await lamp(world);
    await world.say('ban', '议定 1 村建所11月20日前换好', { at: '11-03 10:00' });
    await world.say('xiong', '不同意 1');
    await world.say('xiong', '同意');
    expect(told((await world.case(1)).dueAt)).toBe('11-09 17:30');
  });
});

describe('upward and beside', () => {
  story('without an office of the county the dispatchers find one', async (world) => {
    await lamp(world);
    await world.say('xie', '提级 1 镇里修不了');
    expect(await world.case(1)).toMatchObject({ level: 'county', state: 'reported', office: null });
    expect(world.last('escalated', 'lin').text).toContain('县里');
    expect(world.last('escalated', 'duty').text).toContain('交办 1');
    await world.say('xie', '提级 1 还是不行');
    expect(world.sent('refused', 'xie')).toHaveLength(1);
  });

  story('a helping office’s progress goes to the lead, who answers', async (world) => {
    await lamp(world);
    await world.say('duty', '会办 1 供电所');
    await world.say('tan', '进展 1 查过了，线路是好的');
    expect(world.last('progress', 'li').text).toContain('供电所：查过了，线路是好的');
    expect(world.sent('progress', 'lin')).toHaveLength(0);
    expect(await world.case(1)).toMatchObject({ state: 'assigned', assignee: 'li' });
    await world.say('tan', '办结 1 好了');
    expect((await world.case(1)).state).toBe('assigned');
  });
});

describe('one matter, several reporters', () => {
  const shared = async (world: World): Promise<void> => {
    await lamp(world);
    await lamp(world, 'qiu', '#上报 3组王家桥那里路灯不亮');
    await world.say('duty', '并案 1 2');
    await world.say('li', '办结 1 换了灯泡', { at: '11-03 10:00' });
    await world.say('lin', '1');
    expect((await world.case(1)).state).toBe('closed');
  };

  story('whoever has not spoken yet still answers by a digit', async (world) => {
    await shared(world);
    await world.say('qiu', '3');
    expect(await world.case(1)).toMatchObject({ state: 'in_progress', reopens: 1 });
  });

  story('a second word of thanks counts, a third from the same person is a number', async (world) => {
    await shared(world);
    await world.say('qiu', '2');
    expect(await world.case(1)).toMatchObject({ state: 'closed', rating: 'basically' });
    await world.say('lin', '3');
    expect((await world.case(1)).state).toBe('closed');
    expect(world.sent('refused', 'lin')).toHaveLength(1);
  });
});

describe('who calls us by name in a group', () => {
  story('is asked what it is about; a greeting is none', async (world) => {
    await world.say('lin', '这个怎么搞', { in: 'g-fl', mention: true });
    expect(world.sent('ask', 'g-fl')).toHaveLength(1);
    await world.say('lin', '你好', { in: 'g-fl', mention: true });
    await world.say('lin', '这个怎么搞', { in: 'g-fl' });
    expect(world.sent(null, 'g-fl')).toHaveLength(1);
  });
});

describe('请假', () => {
  story('is for those to whom work is given', async (world) => {
    await world.say('lin', '请假 11月9日');
    expect(world.sent('refused', 'lin')).toHaveLength(1);
    expect(await world.after(() => world.say('lin', '请假 11月9日', { in: 'g-fl' }))).toHaveLength(0);
    await world.say('li', '请假 11月9日 陈立刚代');
    expect(world.sent('notice', 'chen')).toHaveLength(1);
  });
});
