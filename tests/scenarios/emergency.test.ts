import { describe, expect } from 'vitest';
import type { World } from '../support/world.ts';
import { story } from './story.ts';

describe('an emergency', () => {
  story(
    'gets first advice in the group, and the duty is called at once, the next after five minutes',
    async (world) => {
      await world.say('lin', '有人掉到王家桥下的水里了，快来人', { in: 'g-fl', at: '11-02 10:00' });
      const [first, second, third] = world.sent();
      expect(first).toMatchObject({ kind: 'emergency', chat: { id: 'g-fl' } });
      expect(first?.text).toMatch(/11[09]|120/);
      expect(first?.text).toContain('0737-7550110');
      expect(second).toMatchObject({ kind: 'page', chat: { id: 'u-duty' } });
      expect(third).toMatchObject({ kind: 'receipt', chat: { id: 'g-fl' } });
      expect(await world.case(1)).toMatchObject({ urgency: 'U1' });

      await world.until('11-02 10:04');
      expect(world.sent('page')).toHaveLength(1);
      await world.until('11-02 10:05');
      expect(world.sent('page').map(({ chat }) => chat.id)).toEqual(['u-duty', 'u-ou']);
      await world.say('ou', '收到', { at: '11-02 10:06' });
      await world.until('11-02 11:00');
      expect(world.sent('page')).toHaveLength(2);
      expect((await world.case(1)).paging?.answeredBy).toBe('ou');
      expect(world.sent('accepted', 'lin')).toHaveLength(1);
    },
  );

  story(
    'calls at night, on all channels, and waits for nothing',
    async (world) => {
      await world.say('lin', '3组李家起火了', { in: 'g-fl', at: '11-02 23:30' });
      expect(world.all.every(({ time }) => time === '11-02 23:30')).toBe(true);
      expect(world.sent('page').map(({ account, chat }) => `${account} ${chat.id}`)).toEqual([
        'bridge u-ye',
        'second u2-ye',
      ]);
      expect(world.sent('assignment')).toHaveLength(1);
      await world.until('11-03 07:00');
      // ye, then duty, then the office's leader, then the secretary; nobody is called twice.
      expect([...new Set(world.sent('page').map(({ chat }) => chat.id))]).toEqual([
        'u-ye',
        'u2-ye',
        'u-duty',
        'u2-duty',
        'u-ou',
        'u-xiong',
      ]);
    },
    { accounts: ['bridge', 'second'] },
  );

  story('from a stranger in a bound group is a case too', async (world) => {
    await world.say('u-guest', '3组王家桥有人触电了，救命', { in: 'g-res', at: '11-02 10:00' });
    expect(world.sent().map(({ kind }) => kind)).toContain('emergency');
    expect(await world.case(1)).toMatchObject({ urgency: 'U1', village: 'fl' });
    await world.say('xia', '办结 1 人已送医院');
    expect(world.last('resolved', 'u-guest').text).toContain('送医院');
  });

  story('without a place is not held up by the question for it', async (world) => {
    await world.say('lin', '煤气泄漏了，好大的味', { in: 'g-fl', at: '11-02 10:00' });
    const sent = world.sent().map(({ kind }) => kind);
    expect(sent.slice(0, 2)).toEqual(['emergency', 'page']);
    expect(world.sent('emergency')[0]?.text).toMatch(/哪里|位置|地点/);
    await world.say('lin', '3组王家桥边', { in: 'g-fl' });
    expect(await world.case(1)).toMatchObject({ place: expect.stringContaining('王家桥') });
    expect(await world.cases()).toHaveLength(1);
  });

  story('is neither due soon nor overdue: calling is its clock', async (world) => {
    await world.say('lin', '3组李家起火了', { in: 'g-fl', at: '11-02 10:00' });
    const c = await world.case(1);
    expect(c.dueAt).toBe(c.receivedAt + 2 * 3_600_000);
    await world.until('11-06 20:00');
    expect([...world.sent('due_soon'), ...world.sent('overdue')]).toHaveLength(0);
  });

  story('tells the group nothing personal, though it is about a person', async (world) => {
    await world.say('lin', '3组张桂芳家男人在打她，拿着刀，电话13907371234', {
      in: 'g-fl',
      at: '11-02 10:00',
    });
    const group = world.sent(null, 'g-fl');
    expect(group[0]?.kind).toBe('emergency');
    for (const { text } of group) {
      expect(text).not.toContain('张桂芳');
      expect(text).not.toContain('13907371234');
    }
    expect((await world.case(1)).urgency).toBe('U1');
  });

  story('that comes to light in an edit is one from then on', async (world) => {
    await world.say('lin', '#上报 3组王家桥桥面裂了', { in: 'g-fl', id: 'm1' });
    await world.edit('lin', 'm1', '#上报 3组王家桥桥面裂了，有人掉到水里了', { in: 'g-fl' });
    expect(world.sent('emergency', 'g-fl')).toHaveLength(1);
    expect(world.sent('page')).toHaveLength(1);
  });

  story('that is told as a supplement is one from then on', async (world) => {
    await world.say('lin', '#上报 3组王家桥桥面裂了', { in: 'g-fl' });
    await world.say('lin', '补充 1 有人从那里掉到水里了', { in: 'g-fl' });
    expect(world.sent('emergency', 'g-fl')).toHaveLength(1);
    expect(world.sent('page')).toHaveLength(1);
    expect((await world.case(1)).urgency).toBe('U1');
  });

  const DANGER = '3组王家桥路灯漏电，有人触电了，救命';
  const closed = async (world: World): Promise<void> => {
    await world.say('lin', '#上报 3组王家桥路灯坏了两盏', { in: 'g-fl', id: 'm1' });
    await world.say('li', '办结 1 换了灯泡');
    await world.say('lin', '满意');
    expect(await world.case(1)).toMatchObject({ state: 'closed' });
  };
  const calledFor = async (world: World): Promise<void> => {
    expect(world.sent('page').map(({ chat }) => chat.id)).toEqual(['u-duty']);
    expect(world.last('reopened', 'li').text).toContain('触电');
    expect(world.sent('supplemented', 'li')).toHaveLength(0);
    expect(await world.case(1)).toMatchObject({ state: 'in_progress', urgency: 'U1' });
    await world.until(world.clock.now() + 10 * 60_000);
    expect(world.sent('page').length).toBeGreaterThan(1);
  };

  story('that an edit tells of what was closed long since calls the duty too', async (world) => {
    await closed(world);
    await world.edit('lin', 'm1', DANGER, { in: 'g-fl' });
    expect(world.last('emergency', 'g-fl').text).toContain('我正在叫镇里值班的人');
    await calledFor(world);
  });

  story('that is a supplement to what was closed calls the duty too', async (world) => {
    await closed(world);
    await world.say('lin', `补充 1 ${DANGER}`, { in: 'g-fl' });
    expect(world.last('emergency', 'g-fl').text).toContain('我正在叫镇里值班的人');
    await calledFor(world);
  });

  story('that is told with 没解决 is one from then on', async (world) => {
    await closed(world);
    await world.say('lin', `1 没解决，${DANGER}`);
    expect(world.sent('emergency', 'lin')).toHaveLength(1);
    await calledFor(world);
    expect(await world.happened(1)).toContain('case_rated');
  });

  story(
    'told of what an officer has long accepted calls one after another until somebody answers',
    async (world) => {
      for (const serial of [1, 2]) {
        await world.say('lin', `#上报 ${serial}组路灯坏了两盏`, { in: 'g-fl' });
        await world.say(serial === 1 ? 'li' : 'chen', `接单 ${serial}`);
        await world.say('lin', `补充 ${serial} ${DANGER}`, { in: 'g-fl' });
      }
      await world.say('chen', '进展 2 人已送医院，电断了');
      await world.until(world.clock.now() + 30 * 60_000);
      const called = world.sent('page').map(({ case: number, chat }) => `${number?.at(-1)} ${chat.id}`);
      expect(called.filter((one) => one.startsWith('1'))).toEqual([
        '1 u-duty',
        '1 u-ou',
        '1 u-wang',
        '1 u-xiong',
      ]);
      expect(called.filter((one) => one.startsWith('2'))).toEqual(['2 u-duty']);
    },
  );

  story('opens nothing that was closed by words without danger', async (world) => {
    await closed(world);
    await world.say('lin', '补充 1 是靠桥的那盏', { in: 'g-fl' });
    await world.say('lin', '1 没解决，还是不亮');
    expect([...world.sent('page'), ...world.sent('emergency')]).toHaveLength(0);
    expect((await world.case(1)).urgency).not.toBe('U1');
  });

  story('that a dispatcher makes of another matter calls the duty', async (world) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮，线垂下来了', { in: 'g-fl' });
    const before = (await world.case(1)).urgency;
    if (before !== 'U1') {
      await world.say('duty', '改类 1 电线垂落');
      expect((await world.case(1)).urgency).toBe('U1');
    }
    expect(world.sent('page').length).toBeGreaterThan(0);
  });
});
