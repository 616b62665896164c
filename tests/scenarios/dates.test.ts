import { describe, expect } from 'vitest';
import { told, type World } from '../support/world.ts';
import { story } from './story.ts';

async function extended(world: World, words: string, at: string): Promise<string | null> {
  await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at });
  await world.say('li', `延期 1 ${words} 等配件`);
  await world.say('wang', '同意 1');
  return told((await world.case(1)).dueAt);
}

describe('a date in words', () => {
  for (const [words, due] of [
    ['到11月20日', '11-20 17:30'],
    ['11月20日前', '11-20 17:30'],
    ['到11月20日10点', '11-20 10:00'],
    ['11月20日上午10点半前', '11-20 10:30'],
    ['到11月20日下午3点', '11-20 15:00'],
    ['到11月20日3点', '11-20 15:00'],
    ['到11月20日 16:20', '11-20 16:20'],
    ['到11月20日中午', '11-20 12:00'],
    // A rest day is a day all the same.
    ['到11月21日', '11-21 17:30'],
  ] as const)
    story(`${words} is due on ${due}`, async (world) => {
      expect(await extended(world, words, '11-02 08:30')).toBe(due);
      expect(world.last('extension_requested', 'wang').text).toContain('原因：等配件');
    });

  story('an hour that is over is refused', async (world) => {
    await world.say('lin', '#上报 3组停水了', { in: 'g-fl', at: '11-02 14:30' });
    await world.say('gan', '延期 1 到11月2日10点 等配件', { at: '11-02 15:00' });
    expect(world.sent('extension_requested')).toHaveLength(0);
    expect(world.sent('refused', 'gan')).toHaveLength(1);
  });

  story(
    'working days are counted by the legal calendar',
    async (world) => {
      // 29 September, a Tuesday: 30 September, then 8 to 10 October; the Saturday is worked.
      expect(await extended(world, '8个工作日', '09-29 09:00')).toBe('10-15 17:30');
    },
    { start: '2026-09-29 08:00' },
  );
});

describe('a list of decisions', () => {
  const LISTS = {
    '议定 before each': '议定 1 村建所 12月10日前 先立警示牌\n议定 2 供水站 11月30日前 换管子',
    '议定 once': '议定 1 村建所 12月10日前 先立警示牌\n2 供水站 11月30日前 换管子',
    '议定 as a heading': '议定：\n1 村建所 12月10日前 先立警示牌\n2 供水站 11月30日前 换管子',
    'in one line': '议定 1 村建所 12月10日前 先立警示牌；议定 2 供水站 11月30日前 换管子',
  };
  for (const [name, words] of Object.entries(LISTS))
    story(`${name}: two matters, each with its date`, async (world) => {
      await world.say('lin', '#上报 3组村口路面塌了个坑', { in: 'g-fl', at: '11-02 08:30' });
      await world.say('lin', '#上报 3组停水了', { in: 'g-fl' });
      await world.say('xiong', words);
      expect(told((await world.case(1)).dueAt)).toBe('12-10 17:30');
      expect(told((await world.case(2)).dueAt)).toBe('11-30 17:30');
      expect((await world.case(1)).decided?.text).toBe('先立警示牌');
    });

  story('numbered measures belong to the decision above them', async (world) => {
    await world.say('lin', '#上报 3组村口路面塌了个坑', { in: 'g-fl', at: '11-02 08:30' });
    await world.say('lin', '#上报 3组停水了', { in: 'g-fl' });
    const before = told((await world.case(2)).dueAt);
    await world.say('xiong', '议定 1 村建所 12月10日前\n1. 先立警示牌\n2. 再补路面');
    expect((await world.case(1)).decided?.text).toContain('再补路面');
    expect(told((await world.case(2)).dueAt)).toBe(before);
  });
});
