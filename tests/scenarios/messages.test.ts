import { describe, expect } from 'vitest';
import { story } from './story.ts';

describe('second thoughts about a message', () => {
  story('before acceptance an edit corrects the case', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', id: 'm1' });
    await world.edit('lin', 'm1', '#上报 5组李家坳路灯不亮，8户', { in: 'g-fl' });
    expect(await world.case(1)).toMatchObject({ groups: ['fl-g5'], place: '李家坳', households: 8 });
    expect(await world.happened(1)).toContain('case_corrected');
    expect(world.last('corrected', 'li').text).toContain('#0001');
  });

  story('after acceptance it is a supplement', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', id: 'm1' });
    await world.say('li', '接单');
    await world.edit('lin', 'm1', '#上报 3组王家桥路灯不亮，有两盏', { in: 'g-fl' });
    expect(await world.happened(1)).toContain('case_supplemented');
    expect(world.last('supplemented', 'li').text).toContain('两盏');
  });

  story('the same edit twice has one effect', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', id: 'm1' });
    await world.edit('lin', 'm1', '#上报 5组王家桥路灯不亮', { in: 'g-fl' });
    const sent = await world.after(() => world.again());
    expect(sent).toHaveLength(0);
    expect((await world.happened(1)).filter((type) => type === 'case_corrected')).toHaveLength(1);
  });

  story('an edit that adds a matter is heard', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', id: 'm1' });
    await world.edit('lin', 'm1', '#上报\n1. 3组王家桥路灯不亮\n2. 5组水管漏水', { in: 'g-fl' });
    expect(await world.cases()).toHaveLength(2);
    expect((await world.case(2)).category).toBe('water.leak');
  });

  story('an officer who edits an own message changes nothing of the report', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('li', '进展 1 明天来换', { id: 'p1' });
    const { summary, place } = await world.case(1);
    await world.edit('li', 'p1', '进展 1 后天来换');
    expect(await world.case(1)).toMatchObject({ summary, place, state: 'in_progress' });
    expect(world.sent('refused', 'li')).toHaveLength(0);
  });

  story('an officer who recalls an own message changes nothing of the report', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('li', '接单', { id: 'p1' });
    const { summary } = await world.case(1);
    const sent = await world.after(() => world.recall('li', 'p1'));
    expect((await world.case(1)).summary).toBe(summary);
    expect(sent).toHaveLength(0);
  });

  story('a recall hides the text and asks in private whether to withdraw', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', id: 'm1' });
    const sent = await world.after(() => world.recall('lin', 'm1', { in: 'g-fl' }));
    expect(sent.map(({ chat }) => chat.id)).toEqual(['u-lin']);
    expect((await world.case(1)).summary).toBe('');
    await world.say('lin', '1');
    expect(await world.case(1)).toMatchObject({ state: 'cancelled', outcome: 'withdrawn' });
    expect(world.last('withdrawn', 'li').text).toContain('#0001');
  });

  story('and where the answer is no the case goes on', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', id: 'm1' });
    await world.recall('lin', 'm1', { in: 'g-fl' });
    await world.say('lin', '2');
    expect((await world.case(1)).state).toBe('assigned');
    await world.say('li', '接单');
    expect((await world.case(1)).state).toBe('in_progress');
  });

  story('撤回 takes a report back while it is unsolved, and no longer', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('lin', '#上报 3组水塘边水管漏水', { in: 'g-fl' });
    await world.say('lin', '刚才那条不用处理了', { in: 'g-fl' });
    expect((await world.cases()).map(({ state }) => state)).toEqual(['assigned', 'cancelled']);
    await world.say('li', '办结 1 换了');
    await world.say('lin', '撤回 1');
    expect((await world.case(1)).state).toBe('resolved');
    expect(world.last('refused', 'lin').text).toContain('#0001');
  });
});

describe('photos', () => {
  story('sent within five minutes before the text belong to it', async (world) => {
    await world.say('lin', '', { in: 'g-fl', media: ['image'], at: '11-02 09:00' });
    expect(world.sent()).toHaveLength(0);
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 09:05' });
    expect((await world.case(1)).media).toHaveLength(1);
  });

  story('sent within five minutes after it too, without a word in the group', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 09:00' });
    const sent = await world.after(() =>
      world.say('lin', '', { in: 'g-fl', media: ['image', 'image'], at: '11-02 09:05' }),
    );
    expect(sent.map(({ chat }) => chat.id)).toEqual(['u-li']);
    expect((await world.case(1)).media).toHaveLength(2);
  });

  story('six minutes are too many, and another’s photo is another’s', async (world) => {
    await world.say('lin', '', { in: 'g-fl', media: ['image'], at: '11-02 09:00' });
    await world.say('qiu', '', { in: 'g-fl', media: ['image'], at: '11-02 09:04' });
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 09:06' });
    await world.say('qiu', '', { in: 'g-fl', media: ['image'], at: '11-02 09:07' });
    await world.say('lin', '', { in: 'g-fl', media: ['image'], at: '11-02 09:12' });
    expect((await world.case(1)).media).toHaveLength(0);
    expect(await world.cases()).toHaveLength(1);
  });

  story('with words of their own are part of the report', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', media: ['image', 'video'] });
    expect((await world.case(1)).media.map(({ kind }) => kind)).toEqual(['image', 'video']);
    await world.say('lin', '照片发错了，删掉', { in: 'g-fl' });
    expect((await world.case(1)).media).toHaveLength(0);
    expect((await world.case(1)).state).toBe('assigned');
  });
});

describe('what is no text', () => {
  story('a voice message gets one line that tells how to make text of it', async (world) => {
    await world.say('lin', '', { in: 'g-fl', media: ['voice'] });
    expect(world.sent()).toHaveLength(1);
    expect(world.last('help', 'g-fl').text).toContain('转文字');
  });

  story('a forwarded record is answered, not taken apart', async (world) => {
    await world.say('lin', '[聊天记录] 2组路灯坏了 张三：是的', { in: 'g-fl' });
    expect(world.sent()).toHaveLength(1);
    expect(await world.cases()).toHaveLength(0);
  });

  story('a location belongs to the report around it', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 09:00' });
    await world.say('lin', '', { in: 'g-fl', media: ['location'], at: '11-02 09:02' });
    expect((await world.case(1)).media.map(({ kind }) => kind)).toEqual(['location']);
  });

  for (const words of ['早上好', '收到', '👍👍', '今晚跳舞吗', '接龙\n1. 张三\n2. 李四', '谢谢大家'])
    story(`chatter stays silent: ${words.replaceAll('\n', ' ')}`, async (world) => {
      await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
      for (const who of ['lin', 'qiu', 'li', 'u-guest']) {
        const sent = await world.after(() => world.say(who, words, { in: 'g-fl' }));
        expect(sent).toHaveLength(0);
      }
      expect((await world.case(1)).state).toBe('assigned');
    });
});

describe('nothing twice', () => {
  const LINES: readonly (readonly [string, string, string?])[] = [
    ['lin', '#上报 3组王家桥路灯不亮', 'g-fl'],
    ['li', '接单'],
    ['li', '进展 1 在路上'],
    ['li', '询问 1 哪一头？'],
    ['lin', '桥东头'],
    ['lin', '催办 1'],
    ['li', '延期 1 到11月12日 缺货'],
    ['wang', '同意'],
    ['li', '办结 1 换了灯泡'],
    ['lin', '3'],
    ['li', '办结 1 又换了一个'],
    ['lin', '满意'],
  ];

  story('every message that arrives again has no second effect', async (world) => {
    for (const [who, words, chat] of LINES) {
      await world.say(who, words, chat === undefined ? {} : { in: chat });
      const before = JSON.stringify([await world.cases(), await world.events(1)]);
      for (let n = 0; n < 2; n++) {
        const sent = await world.after(() => world.again());
        expect(sent, words).toHaveLength(0);
      }
      expect(JSON.stringify([await world.cases(), await world.events(1)]), words).toBe(before);
    }
    expect(await world.case(1)).toMatchObject({
      state: 'closed',
      rating: 'satisfied',
      reopens: 1,
      extensions: 1,
    });
  });
});

describe('several at once', () => {
  story('matters in one message are cases of their own, each with a receipt', async (world) => {
    await world.say('lin', '#上报\n1. 3组王家桥路灯不亮\n2. 5组水塘边水管漏水\n3. 3组晒谷坪垃圾三天没拉', {
      in: 'g-fl',
    });
    expect((await world.cases()).map(({ category, serial }) => `${serial} ${category}`)).toEqual([
      '1 power.lamp',
      '2 water.leak',
      '3 env.garbage',
    ]);
    expect(world.sent('receipt', 'g-fl')).toHaveLength(3);
    expect(world.sent('assignment').map(({ chat }) => chat.id)).toEqual(['u-li', 'u-gan', 'u-ma']);
  });

  story('one matter in several groups is one case', async (world) => {
    await world.say('xie', '#停水 3组5组都停水了，共30户', { in: 'g-fl' });
    expect(await world.cases()).toHaveLength(1);
    expect(await world.case(1)).toMatchObject({ groups: ['fl-g3', 'fl-g5'], households: 30 });
    expect(world.sent('receipt')).toHaveLength(1);
  });

  story('numbers start anew each year and the bare number means this year’s', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '2026-12-31 16:00' });
    await world.say('lin', '#上报 3组李家坳路灯不亮', { in: 'g-fl', at: '2027-01-04 09:00' });
    expect((await world.cases()).map(({ number }) => number)).toEqual(['LX2612-0001', 'LX2701-0001']);
    await world.say('lin', '撤回 1');
    expect((await world.cases()).map(({ state }) => state)).toEqual(['assigned', 'cancelled']);
  });
});

describe('where it is', () => {
  story('comes from the text, else from the sender’s post', async (world) => {
    await world.say('lin', '#上报 路灯不亮', { in: 'g-fl' });
    expect(await world.case(1)).toMatchObject({ village: 'fl', groups: ['fl-g3'], neighborhood: 'fl-g3-2' });
    await world.say('he', '#上报 3组5邻路灯不亮', { in: 'g-fl' });
    expect(await world.case(2)).toMatchObject({ groups: ['fl-g3'], neighborhood: 'fl-g3-5' });
    await world.say('lin', '#上报 5组祠堂前路灯不亮', { in: 'g-fl' });
    expect(await world.case(3)).toMatchObject({ groups: ['fl-g5'], place: '祠堂', neighborhood: null });
  });
});
