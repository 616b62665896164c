import { describe, expect } from 'vitest';
import { told } from '../support/world.ts';
import { story } from './story.ts';

describe('one question back', () => {
  story('a report without a place is asked about once, and the answer completes it', async (world) => {
    await world.say('ma', '#上报 路灯不亮', { in: 'g-fl' });
    expect(world.sent('ask', 'g-fl')).toHaveLength(1);
    expect(world.last('ask', 'g-fl').text).toMatch(/哪个组|哪里|位置/);
    expect(await world.case(1)).toMatchObject({ state: 'reported' });
    await world.say('ma', '3组王家桥那里', { in: 'g-fl' });
    expect(await world.case(1)).toMatchObject({
      state: 'assigned',
      groups: ['fl-g3'],
      place: '王家桥',
      asked: null,
    });
    expect(world.last('receipt', 'g-fl').text).toContain('#0001');
    expect(world.sent('ask')).toHaveLength(1);
    expect(await world.cases()).toHaveLength(1);
  });

  story('unanswered it goes to the dispatcher as it is, and the reporter has a receipt', async (world) => {
    await world.say('ma', '#上报 路灯不亮', { in: 'g-fl', at: '11-02 09:00' });
    await world.until('11-02 09:29');
    expect(world.sent('receipt')).toHaveLength(0);
    await world.until('11-02 09:30');
    expect(await world.case(1)).toMatchObject({ state: 'reported', asked: null });
    expect(world.last('notice', 'duty').text).toContain('#0001');
    expect(world.sent('receipt')).toHaveLength(1);
    // Only once: nobody is asked again.
    await world.until('11-03 09:00');
    expect(world.sent('ask')).toHaveLength(1);
  });

  story('"说不清" is an answer too: the dispatcher calls', async (world) => {
    await world.say('ma', '#上报 路灯不亮', { in: 'g-fl', at: '11-02 09:00' });
    await world.say('ma', '说不清', { in: 'g-fl' });
    expect(world.sent('receipt')).toHaveLength(1);
    expect(world.last('notice', 'duty').text).toContain('#0001');
    expect(await world.case(1)).toMatchObject({ state: 'reported', asked: null });
  });

  story('what is said meanwhile about something else is not taken for the answer', async (world) => {
    await world.say('ma', '#上报 路灯不亮', { in: 'g-fl' });
    await world.say('ma', '#上报 5组水管漏水', { in: 'g-fl' });
    expect(await world.cases()).toHaveLength(2);
    expect((await world.case(1)).asked).not.toBeNull();
    await world.say('ma', '收到', { in: 'g-fl' });
    await world.say('qiu', '3组王家桥', { in: 'g-fl' });
    expect((await world.case(1)).asked).not.toBeNull();
  });

  story('two open questions each find their answer', async (world) => {
    await world.say('ma', '#上报 路灯不亮', { in: 'g-fl' });
    await world.say('long', '#上报 水管漏水', { in: 'g-fl' });
    await world.say('long', '5组', { in: 'g-fl' });
    await world.say('ma', '3组', { in: 'g-fl' });
    expect((await world.cases()).map(({ groups }) => groups)).toEqual([['fl-g3'], ['fl-g5']]);
  });

  story('a dispatcher may give it on without waiting; a late answer is a supplement', async (world) => {
    await world.say('ma', '#上报 路灯不亮', { in: 'g-fl' });
    await world.say('duty', '交办 1 村建所');
    expect(await world.case(1)).toMatchObject({ state: 'assigned', asked: null });
    await world.say('ma', '在3组王家桥', { in: 'g-fl' });
    expect(await world.cases()).toHaveLength(1);
    expect((await world.case(1)).place).toBe('王家桥');
  });

  story('a template without words is asked what it is about', async (world) => {
    await world.say('lin', '#上报', { in: 'g-fl' });
    expect(world.sent('ask', 'g-fl')).toHaveLength(1);
    await world.say('lin', '3组王家桥路灯不亮', { in: 'g-fl' });
    expect(await world.cases()).toHaveLength(1);
    expect(await world.case(1)).toMatchObject({ category: 'power.lamp', state: 'assigned' });
  });
});

describe('which one is meant', () => {
  const twoLamps = async (world: import('../support/world.ts').World): Promise<void> => {
    await world.say('lin', '#上报 3组王家桥水管漏水', { in: 'g-fl' });
    await world.say('he', '#上报 5组祠堂边水管漏水', { in: 'g-fl' });
  };

  story('two cases fit a bare word: it asks, and takes the number that follows', async (world) => {
    await twoLamps(world);
    await world.say('gan', '接单');
    expect(world.last('ask', 'gan').text).toMatch(/#0001[\s\S]*#0002|#0002[\s\S]*#0001/);
    expect((await world.cases()).map(({ state }) => state)).toEqual(['assigned', 'assigned']);
    await world.say('gan', '2');
    expect((await world.cases()).map(({ state }) => state)).toEqual(['assigned', 'in_progress']);
  });

  story('the words said before the question are kept for the answer', async (world) => {
    await twoLamps(world);
    await world.say('gan', '办结 换了新接头');
    await world.say('gan', '#0002');
    expect(await world.case(2)).toMatchObject({ state: 'resolved', answer: '换了新接头' });
    expect((await world.case(1)).state).toBe('assigned');
  });

  story('a new command with a number is no answer to the question', async (world) => {
    await twoLamps(world);
    await world.say('gan', '接单');
    await world.say('gan', '退回 1 不归我们管');
    expect((await world.cases()).map(({ state }) => state)).toEqual(['reported', 'assigned']);
  });

  story('a bare 收到 in a group without a quote is chatter', async (world) => {
    await world.say('lin', '#上报 3组王家桥水管漏水', { in: 'g-fl' });
    const sent = await world.after(() => world.say('gan', '收到', { in: 'g-off' }));
    expect(sent).toHaveLength(0);
    expect((await world.case(1)).state).toBe('assigned');
    await world.say('gan', '收到');
    expect((await world.case(1)).state).toBe('in_progress');
  });

  story('nothing waits: a bare 收到 in private is answered by silence, a command by why', async (world) => {
    expect(await world.after(() => world.say('gan', '收到'))).toHaveLength(0);
    await world.say('gan', '办结 换好了');
    expect(world.last('refused', 'gan').text.length).toBeGreaterThan(8);
  });

  story('several numbers in one line, one of them unknown: nothing is half done', async (world) => {
    await twoLamps(world);
    await world.say('gan', '办结 1、9 换好了');
    expect(world.last('refused', 'gan').text).toContain('9');
    expect((await world.case(1)).state).toBe('assigned');
  });
});

describe('words in reply to a message of the bot', () => {
  story('are about its case: progress from the officer, a supplement from the reporter', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('lin', '#上报 3组水塘边水管漏水', { in: 'g-fl' });
    await world.say('li', '接单');
    await world.say('lin', '桥东头那一边的', { quote: world.last('accepted', 'lin').id });
    expect(world.last('supplemented', 'li').text).toContain('桥东头');
    await world.say('li', '吃了饭就过去', { quote: world.last('assignment', 'li').id });
    expect(world.last('progress', 'lin').text).toContain('吃了饭');
    expect(
      await world.after(() => world.say('lin', '谢谢', { quote: world.last('progress', 'lin').id })),
    ).toHaveLength(0);
  });
});

describe('commands of those who may not', () => {
  const CASES: readonly (readonly [string, string])[] = [
    ['lin', '办结 1 好了'],
    ['lin', '退回 1 不对'],
    ['lin', '督办 1'],
    ['lin', '交办 1 供电所'],
    ['lin', '同意 1'],
    ['lin', '议定 1 11月20日前 修好'],
    ['li', '督办 1'],
    ['li', '交办 1 供电所'],
    ['wang', '督办 1'],
    ['duty', '督办 1'],
    ['duty', '同意 1'],
    ['xiong', '接单 1'],
    ['hu', '接单 1'],
    ['ban', '督办 1'],
  ];
  for (const [who, words] of CASES)
    story(`${who} “${words}” is refused with why`, async (world) => {
      await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
      const before = await world.case(1);
      await world.say(who, words);
      expect(world.last(null, who).kind).toBe('refused');
      expect(world.last(null, who).text.length).toBeGreaterThan(8);
      expect(await world.case(1)).toEqual(before);
    });

  story('办结 by the reporter says how to tell the officer instead', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('lin', '办结 1 好了');
    expect(world.last('refused', 'lin').text).toMatch(/承办人|1 好了/);
  });
});

describe('status', () => {
  story('tells state, office and date of the own case', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    const due = told((await world.case(1)).dueAt);
    expect(due).toBe('11-09 17:30');
    await world.say('lin', '查询');
    const { text } = world.last('status', 'lin');
    for (const part of ['#0001', '村建所', '11月9日']) expect(text).toContain(part);
  });

  story('urging reaches the officer once a day', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
    await world.say('lin', '催办 1');
    await world.say('lin', '催办 1');
    await world.say('zhou', '催办 1');
    expect(world.sent('urged', 'li')).toHaveLength(1);
    expect(world.sent('refused', 'lin')).toHaveLength(1);
    await world.say('lin', '怎么还没人来修', { at: '11-03 09:00' });
    expect(world.sent('urged', 'li')).toHaveLength(2);
  });
});
