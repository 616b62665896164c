import { describe, expect } from 'vitest';
import type { World } from '../support/world.ts';
import { told } from '../support/world.ts';
import { story } from './story.ts';

async function lampDone(world: World): Promise<void> {
  await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
  await world.say('li', '接单');
  await world.say('li', '办结 1 换了灯泡', { at: '11-03 10:00' });
}

async function lampExplained(world: World): Promise<void> {
  await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
  await world.say('li', '接单');
  await world.say('li', '无法办理 1 这一段没有立项，依据镇里今年的计划', { at: '11-03 10:00' });
}

describe('the reporter’s word', () => {
  for (const [words, rating] of [
    ['1', 'satisfied'],
    ['满意', 'satisfied'],
    ['2', 'basically'],
    ['基本满意', 'basically'],
    ['灯亮了', 'basically'],
    ['1 好了', 'basically'],
  ] as const) {
    story(`${words} closes the case as ${rating}`, async (world) => {
      await lampDone(world);
      await world.say('lin', words);
      expect(await world.case(1)).toMatchObject({ state: 'closed', rating, outcome: 'fixed' });
    });
  }

  for (const words of ['谢谢', '好的，谢谢', '辛苦了']) {
    story(`${words} alone neither rates nor reopens`, async (world) => {
      await lampDone(world);
      await world.say('lin', words);
      expect(await world.case(1)).toMatchObject({ state: 'resolved', rating: null });
    });
  }

  for (const words of ['3', '不满意', '没解决', '3，还是不亮', '还是没修好']) {
    story(
      `${words} brings it back to the same officer with a redo clock beside the original`,
      async (world) => {
        await lampDone(world);
        await world.say('lin', words, { at: '11-04 09:00' });
        const c = await world.case(1);
        expect(c).toMatchObject({
          state: 'in_progress',
          assignee: 'li',
          reopens: 1,
          unsatisfied: 1,
          outcome: null,
        });
        expect(told(c.dueAt)).toBe('11-11 17:30');
        expect(told(c.originalDueAt)).toBe('11-09 17:30');
        expect(world.last('reopened', 'li').text).toContain('#0001');
        expect(world.last('reopened', 'lin').text).toContain('#0001');
        expect(world.sent('reopened', 'xiong')).toHaveLength(0);
      },
    );
  }

  story('the secretary hears of the second time, the third goes to the dispatcher', async (world) => {
    await lampDone(world);
    await world.say('lin', '3');
    await world.say('li', '办结 1 又换了一个', { at: '11-04 10:00' });
    await world.say('lin', '3');
    expect(await world.case(1)).toMatchObject({ state: 'in_progress', reopens: 2 });
    expect(world.sent('reopened', 'xiong')).toHaveLength(1);
    await world.say('li', '办结 1 换了整套', { at: '11-05 10:00' });
    await world.say('lin', '3');
    expect(await world.case(1)).toMatchObject({
      state: 'resolved',
      screening: true,
      reopens: 2,
      unsatisfied: 3,
    });
    expect(world.last(null, 'duty').text).toContain('#0001');
    // It does not close by itself.
    await world.until('11-30 20:00');
    expect((await world.case(1)).state).toBe('resolved');
  });

  story('nobody else rates it, least of all the handler', async (world) => {
    await lampDone(world);
    for (const who of ['li', 'wang', 'qiu', 'xie', 'ma', 'duty', 'xiong']) await world.say(who, '满意 1');
    expect((await world.case(1)).state).toBe('resolved');
  });
});

describe('not content with an explanation', () => {
  story('redo: the same officer, reopened once', async (world) => {
    await lampExplained(world);
    expect(await world.case(1)).toMatchObject({ state: 'resolved', outcome: 'explained' });
    expect(world.last('explained', 'lin').text).toContain('没有立项');
    await world.say('lin', '3');
    expect(await world.case(1)).toMatchObject({ state: 'resolved', screening: true, reopens: 0 });
    await world.say('duty', '甄别 1 重办');
    expect(await world.case(1)).toMatchObject({
      state: 'in_progress',
      screening: false,
      reopens: 1,
      assignee: 'li',
    });
    expect(world.sent('reopened', 'li')).toHaveLength(1);
    expect(world.last(null, 'lin').text).toContain('#0001');
  });

  story('periodic plan: put off with a date', async (world) => {
    await lampExplained(world);
    await world.say('lin', '不满意');
    await world.say('duty', '甄别 1 转周期 到12月1日');
    const c = await world.case(1);
    expect(c).toMatchObject({ state: 'deferred', screening: false });
    expect(told(c.reviewAt)).toBe('12-01 17:30');
    await world.until('12-02 09:00');
    expect(await world.case(1)).toMatchObject({ state: 'in_progress', assignee: 'li' });
  });

  story('recorded with grounds: closed and counted apart', async (world) => {
    await lampExplained(world);
    await world.say('lin', '不满意');
    await world.say('duty', '甄别 1 予以认定');
    expect((await world.case(1)).state).toBe('resolved');
    await world.say('duty', '甄别 1 予以认定，明年列入计划');
    expect(await world.case(1)).toMatchObject({
      state: 'closed',
      outcome: 'explained',
      rating: 'unsatisfied',
    });
    expect(world.last('closed', 'lin').text).toContain('#0001');
  });

  story('content with it: closed as explained', async (world) => {
    await lampExplained(world);
    await world.say('lin', '2');
    expect(await world.case(1)).toMatchObject({ state: 'closed', outcome: 'explained', rating: 'basically' });
  });
});

describe('the rating question', () => {
  story('comes once a day; the second follows at 08:30, and its three days run from then', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
    await world.say('lin', '#上报 3组水塘边水管漏水', { in: 'g-fl' });
    await world.say('li', '办结 1 换了灯泡', { at: '11-03 10:00' });
    await world.say('gan', '办结 2 换了接头', { at: '11-03 11:00' });
    const [first, second] = world.sent('resolved', 'lin');
    expect(first?.text).toContain('满意');
    expect(second?.text).toContain('换了接头');
    expect(second?.text).not.toContain('满意');
    await world.say('lin', '1');
    await world.until('11-04 08:29');
    expect(world.sent('notice', 'lin').filter(({ text }) => text.includes('满意'))).toHaveLength(0);
    await world.until('11-04 08:30');
    const question = world.last('notice', 'lin');
    expect(question.time).toBe('11-04 08:30');
    expect(question.text).toContain('#0002');
    expect(question.text).toContain('满意');
    // Three working days after the fourth.
    await world.until('11-09 17:29');
    expect((await world.case(2)).state).toBe('resolved');
    await world.until('11-09 17:30');
    expect(await world.case(2)).toMatchObject({ state: 'closed', rating: null });
  });

  story('a third waits for the day after that', async (world) => {
    for (const [i, what] of ['王家桥路灯不亮', '李家坳路灯不亮', '祠堂边路灯不亮'].entries())
      await world.say('lin', `#上报 3组${what}`, { in: 'g-fl', at: `11-02 08:3${i}` });
    await world.say('duty', '代办结 1 供电师傅电话说换好了', { at: '11-03 10:00' });
    await world.say('duty', '代办结 2 供电师傅电话说换好了', { at: '11-03 10:05' });
    await world.say('duty', '代办结 3 供电师傅电话说换好了', { at: '11-03 10:10' });
    await world.until('11-06 08:00');
    const asked = world
      .sent(null, 'lin')
      .filter(({ text }) => /1[^0-9]*满意/.test(text))
      .map(({ time }) => time);
    expect(asked).toEqual(['11-03 10:00', '11-04 08:30', '11-05 08:30']);
  });

  story('an answer given in the night asks no second time on the day it arrives', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
    await world.say('lin', '#上报 3组水塘边水管漏水', { in: 'g-fl' });
    await world.say('li', '办结 1 换了灯泡', { at: '11-02 22:00' });
    await world.say('gan', '办结 2 换了接头', { at: '11-03 09:00' });
    await world.until('11-03 20:00');
    const asked = world.sent(null, 'lin').filter(({ text }) => /1[^0-9]*满意/.test(text));
    expect(asked.map(({ time }) => time)).toHaveLength(1);
  });

  story('unanswered for three working days it closes unrated: silence is not satisfaction', async (world) => {
    await lampDone(world);
    await world.until('11-06 17:29');
    expect((await world.case(1)).state).toBe('resolved');
    await world.until('11-06 17:30');
    expect(await world.case(1)).toMatchObject({ state: 'closed', rating: null, outcome: 'fixed' });
    // No word to the head about it: nobody asked for one.
    expect(world.sent('closed', 'lin')).toHaveLength(0);
  });

  story('不满意 within fifteen days after closing still reopens', async (world) => {
    await lampDone(world);
    await world.say('lin', '不满意', { at: '11-20 09:00' });
    expect(await world.case(1)).toMatchObject({ state: 'in_progress', reopens: 1, closedAt: null });
  });

  story('after fifteen days it is too late, and the answer says what to do', async (world) => {
    await lampDone(world);
    await world.say('lin', '不满意', { at: '11-22 09:00' });
    expect((await world.case(1)).state).toBe('closed');
    expect(world.last('refused', 'lin').text).toContain('#0001');
  });

  story('the number 1 answers the question, another number is a case', async (world) => {
    await lampDone(world);
    await world.say('lin', '1');
    expect((await world.case(1)).rating).toBe('satisfied');
    await world.say('lin', '1');
    // No question is open any more: now it is the case's number.
    expect(world.last(null, 'lin').kind).toBe('status');
    await world.say('lin', '77');
    expect(world.last('refused', 'lin').text).toContain('77');
  });

  story('with two questions open a number asks which', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
    await world.say('lin', '#上报 3组水塘边水管漏水', { in: 'g-fl' });
    await world.say('li', '办结 1 换了灯泡', { at: '11-02 17:00' });
    await world.say('gan', '办结 2 换了接头', { at: '11-03 09:00' });
    await world.say('lin', '3', { at: '11-03 10:00' });
    expect(world.last(null, 'lin').kind).toBe('ask');
    expect((await world.cases()).map(({ state }) => state)).toEqual(['resolved', 'resolved']);
    await world.say('lin', '2');
    expect(await world.case(2)).toMatchObject({ state: 'in_progress', unsatisfied: 1 });
    expect((await world.case(1)).state).toBe('resolved');
  });
});

describe('what a head has already solved', () => {
  for (const words of ['#自办 3组王家桥的垃圾我们自己清了', '已自办 3组王家桥的垃圾清走了']) {
    story(`is recorded in one step: ${words}`, async (world) => {
      await world.say('lin', words, { in: 'g-fl' });
      expect(await world.case(1)).toMatchObject({ state: 'closed', outcome: 'self_handled', rating: null });
      expect(world.sent().map(({ kind }) => kind)).toEqual(['receipt']);
      await world.say('lin', '满意 1');
      expect((await world.case(1)).rating).toBeNull();
    });
  }
});

describe('several reporters of one case', () => {
  const asks = (text: string): boolean => /1[^0-9]*满意/u.test(text);
  const questions = (world: World, who: string): readonly string[] =>
    world
      .sent(null, who)
      .filter(({ text }) => asks(text))
      .map(({ time, text }) => `${time} #${/#?0*(\d+)/u.exec(text)?.[1]}`);

  /** Case 1 is lin's and qiu's, case 2 lin's alone and answered first. */
  async function both(world: World): Promise<void> {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
    await world.say('qiu', '#上报 3组王家桥路灯还是黑的', { in: 'g-fl' });
    await world.say('lin', '#上报 3组水塘边水管漏水', { in: 'g-fl' });
    await world.say('duty', '并案 2 1');
    await world.say('gan', '办结 3 换了接头', { at: '11-03 10:00' });
    await world.say('li', '办结 1 换了灯泡', { at: '11-03 11:00' });
  }

  story('the one who was asked that day has the question the next day', async (world) => {
    await both(world);
    expect(questions(world, 'qiu')).toEqual(['11-03 11:00 #1']);
    await world.until('11-04 20:00');
    expect(questions(world, 'lin')).toEqual(['11-03 10:00 #3', '11-04 08:30 #1']);
    expect(questions(world, 'qiu')).toEqual(['11-03 11:00 #1']);
  });

  story('the three working days run from the last question', async (world) => {
    await both(world);
    // Of the one on the third they would be over on the sixth.
    await world.until('11-09 17:29');
    expect((await world.case(1)).state).toBe('resolved');
    await world.until('11-09 17:30');
    expect(await world.case(1)).toMatchObject({ state: 'closed', rating: null });
  });

  story('a word of one closes it; the other is asked all the same, and both words count', async (world) => {
    await both(world);
    await world.say('qiu', '1', { at: '11-03 12:00' });
    expect(await world.case(1)).toMatchObject({ state: 'closed', rating: 'satisfied' });
    await world.until('11-04 09:00');
    expect(questions(world, 'lin')).toEqual(['11-03 10:00 #3', '11-04 08:30 #1']);
    await world.say('lin', '没解决 1', { at: '11-04 10:00' });
    expect(await world.case(1)).toMatchObject({ state: 'in_progress', reopens: 1 });
  });

  story('a question that is put off is not what a number answers today', async (world) => {
    await both(world);
    await world.say('lin', '2', { at: '11-03 15:00' });
    expect(await world.case(3)).toMatchObject({ state: 'closed', rating: 'basically' });
    expect((await world.case(1)).state).toBe('resolved');
  });

  story('who has said it already is not asked the next day', async (world) => {
    await both(world);
    await world.say('lin', '满意 1', { at: '11-03 15:00' });
    await world.until('11-05 09:00');
    expect(questions(world, 'lin')).toEqual(['11-03 10:00 #3']);
  });

  story('reopened, it asks nobody about the old answer', async (world) => {
    await both(world);
    await world.say('qiu', '3', { at: '11-03 12:00' });
    await world.until('11-05 09:00');
    expect(questions(world, 'lin')).toEqual(['11-03 10:00 #3']);
  });
});

describe('one question a day', () => {
  const times = (world: World): readonly string[] =>
    world
      .sent(null, 'lin')
      .filter(({ text }) => /1[^0-9]*满意/u.test(text))
      .map(({ time }) => time);
  const PLACES = ['王家桥', '李家坳', '祠堂边', '学校门口'];
  const four = async (world: World): Promise<void> => {
    for (const [i, place] of PLACES.entries())
      await world.say('lin', `#上报 3组${place}路灯不亮`, { in: 'g-fl', at: `11-02 08:3${i}` });
  };

  story('also where a further answer comes on a day that was kept free', async (world) => {
    await four(world);
    for (const [i] of [1, 2, 3].entries())
      await world.say('duty', `代办结 ${i + 1} 供电师傅电话说换好了`, { at: `11-03 10:0${i}` });
    await world.say('duty', '代办结 4 供电师傅电话说换好了', { at: '11-04 10:00' });
    await world.until('11-10 08:00');
    expect(times(world)).toEqual(['11-03 10:00', '11-04 08:30', '11-05 08:30', '11-06 08:30']);
  });
});
