/** One setting turns flood season or the Spring Festival on, and the clocks follow it. */
import { describe, expect } from 'vitest';
import type { World } from '../support/world.ts';
import { told } from '../support/world.ts';
import { story } from './story.ts';

const mode = (name: string) => ({
  township: (yaml: string): string => `${yaml}\nsettings: { mode: ${name} }\n`,
});
const fire = (world: World) => world.say('lin', '3组王家桥失火了，快来人', { in: 'g-fl', at: '11-02 10:00' });
const pages = (world: World): readonly string[] =>
  world.sent('page').map(({ time, chat }) => `${time} ${chat.id}`);

describe('who is on duty and does not answer', () => {
  story('after five minutes the next one is called', async (world) => {
    await fire(world);
    await world.until('11-02 10:05');
    expect(pages(world).map((one) => one.slice(0, 11))).toEqual(['11-02 10:00', '11-02 10:05']);
  });
  story(
    'in flood season after three',
    async (world) => {
      await fire(world);
      await world.until('11-02 10:05');
      expect(pages(world).map((one) => one.slice(0, 11))).toEqual(['11-02 10:00', '11-02 10:03']);
    },
    mode('flood'),
  );
});

describe('a late matter', () => {
  const proposed = async (world: World): Promise<readonly string[]> => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
    expect(told((await world.case(1)).dueAt)).toBe('11-09 17:30');
    await world.until('11-20 09:00');
    return world.sent('supervision_proposed', 'xiong').map(({ time }) => time);
  };
  story('is proposed to the secretary after two and five working days', async (world) => {
    expect(await proposed(world)).toEqual(['11-12 08:30', '11-17 08:30']);
  });
  story(
    'in flood season after one and two',
    async (world) => {
      expect(await proposed(world)).toEqual(['11-11 08:30', '11-12 08:30']);
    },
    mode('flood'),
  );
});

describe('what is said in the night', () => {
  const answered = async (world: World): Promise<string | undefined> => {
    await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
    await world.say('li', '办结 1 换了灯泡', { at: '11-03 22:00' });
    await world.until('11-04 12:00');
    return world.sent('resolved', 'lin')[0]?.time;
  };
  story('arrives at half past seven', async (world) => {
    expect(await answered(world)).toBe('11-04 07:30');
  });
  story(
    'at the Spring Festival an hour later: people sleep longer',
    async (world) => {
      expect(await answered(world)).toBe('11-04 08:30');
    },
    mode('springFestival'),
  );
});

describe('a category', () => {
  const urgency = async (world: World): Promise<string> => {
    await world.say('lin', '#上报 3组晒谷坪垃圾三天没拉', { in: 'g-fl', at: '11-02 08:30' });
    return (await world.case(1)).urgency;
  };
  story('is as urgent as ever', async (world) => {
    expect(await urgency(world)).toBe('U4');
  });
  story(
    'at the Spring Festival garbage can’t wait',
    async (world) => expect(await urgency(world)).toBe('U3'),
    mode('springFestival'),
  );
});
