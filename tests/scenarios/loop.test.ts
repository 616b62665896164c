import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { told, World } from '../support/world.ts';

describe('the whole loop', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });
  afterEach(() => world.close());

  it('goes from a line in the group to a word in the head’s ear', async () => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
    const receipt = world.last('receipt', 'g-fl');
    expect(receipt.text).toContain('#0001');
    expect(receipt.text).toContain('村建所');
    expect(receipt.replyTo).toBe('m1');
    const open = await world.case(1);
    expect(open).toMatchObject({
      number: 'LX2611-0001',
      state: 'assigned',
      category: 'power.lamp',
      office: 'cunjian',
      assignee: 'li',
      groups: ['fl-g3'],
      place: '王家桥',
      source: 'group',
    });
    // Five working days, the first not counted, to the end of working hours.
    expect(told(open.dueAt)).toBe('11-09 17:30');

    await world.say('li', '接单', { at: '11-02 09:00' });
    expect(world.last('accepted', 'lin').text).toContain('村建所');
    await world.say('li', '办结 1 换了灯泡，亮了', { at: '11-03 10:00' });
    const resolved = world.last('resolved', 'lin');
    expect(resolved.text).toContain('换了灯泡');
    expect(resolved.text).toContain('满意');
    await world.say('lin', '满意', { at: '11-03 11:00' });
    expect(world.last('closed', 'lin').text).toContain('#0001');
    expect(await world.case(1)).toMatchObject({
      state: 'closed',
      outcome: 'fixed',
      rating: 'satisfied',
      solved: true,
    });
    expect(await world.happened(1)).toEqual([
      'case_reported',
      'case_assigned',
      'case_accepted',
      'case_resolved',
      'rating_asked',
      'case_rated',
      'case_closed',
    ]);
  });

  it('writes nothing into the group but the receipt', async () => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('li', '接单');
    await world.say('li', '办结 1 换了灯泡');
    await world.say('lin', '1');
    expect(world.sent(null, 'g-fl').map(({ kind }) => kind)).toEqual(['receipt']);
    const sent = world.sent().map(({ kind, chat }) => `${kind} → ${chat.id}`);
    expect(sent).toEqual([
      'receipt → g-fl',
      'assignment → u-li',
      // Urgent and specialist matters go straight to the township's office, with the village copied.
      'notice → u-long',
      'notice → u-ma',
      'accepted → u-lin',
      'notice → u-li',
      'resolved → u-lin',
      'notice → u-li',
      'closed → u-li',
      'closed → u-lin',
    ]);
  });

  it('lets the officer reply by quoting the bot, by its id or by its words', async () => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('qiu', '#上报 5组水管爆了', { in: 'g-fl' });
    await world.say('li', '收到', { quote: world.last('assignment', 'li').id });
    await world.say('gan', '办结，已换接头', { quote: { text: world.last('assignment', 'gan').text } });
    expect((await world.case(1)).state).toBe('in_progress');
    expect(await world.case(2)).toMatchObject({ state: 'resolved', answer: '已换接头' });
  });

  it.each([
    '办结 1 已换灯泡',
    '办结 #0001 已换灯泡',
    'LX2611-0001 已办结：已换灯泡',
    '办结LX2611-0001，已换灯泡',
    '办结，已换灯泡',
  ])('takes the number in any usual form: %s', async (words) => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('li', words);
    expect(await world.case(1)).toMatchObject({ state: 'resolved', outcome: 'fixed' });
    expect((await world.case(1)).answer).toContain('换灯泡');
  });

  it('closes several cases with one line', async () => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
    await world.say('he', '#上报 5组祠堂前路灯不亮', { in: 'g-fl' });
    const [a, b] = await world.cases();
    expect([a?.assignee, b?.assignee]).toEqual(['li', 'chen']);
    await world.say('he', '#上报 5组晒谷坪路灯不亮', { in: 'g-fl' });
    await world.say('li', '办结 1、3 两处都换了灯泡');
    expect((await world.cases()).map(({ state }) => state)).toEqual(['resolved', 'assigned', 'resolved']);
  });
});
