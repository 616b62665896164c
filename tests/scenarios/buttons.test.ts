/** What a tap begins and words complete: 办结 says nothing to the reporter without what was done. */
import { describe, expect, it } from 'vitest';
import type { World } from '../support/world.ts';
import { story } from './story.ts';

async function accepted(world: World): Promise<void> {
  await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl' });
  await world.say('li', '接单 1');
}
const stateOf = async (world: World): Promise<string> => (await world.case(1)).state;

describe('办结 by its button', () => {
  story('asks what was done, and takes the words that follow', async (world) => {
    await accepted(world);
    await world.say('li', '办结 1');
    expect(world.last('refused', 'li').text).toContain('办结');
    expect(await stateOf(world)).toBe('in_progress');
    await world.say('li', '换了灯泡');
    expect(await world.case(1)).toMatchObject({ state: 'resolved', answer: '换了灯泡' });
    expect(world.last('resolved', 'lin').text).toContain('换了灯泡');
  });

  it.each(['好的', '谢谢', '1', '查询 1', '转办 1 给供电所，线路问题'])(
    'does not take “%s” for it',
    async (words) => {
      const { World: Fresh } = await import('../support/world.ts');
      const world = new Fresh();
      try {
        await accepted(world);
        await world.say('li', '办结 1');
        await world.say('li', words);
        expect(['in_progress', 'assigned']).toContain(await stateOf(world));
        expect((await world.case(1)).answer).toBeNull();
      } finally {
        await world.close();
      }
    },
  );

  story('waits ten minutes for the words, no longer', async (world) => {
    await accepted(world);
    await world.say('li', '办结 1');
    await world.say('li', '换了灯泡', { at: '11-02 09:30' });
    expect(await stateOf(world)).toBe('in_progress');
  });

  story('is settled by the whole command too, and the words are nobody else’s', async (world) => {
    await accepted(world);
    await world.say('li', '办结 1');
    await world.say('lin', '换了灯泡');
    expect(await stateOf(world)).toBe('in_progress');
    await world.say('li', '办结 1 换了灯泡');
    expect(await world.case(1)).toMatchObject({ state: 'resolved', answer: '换了灯泡' });
  });
});
