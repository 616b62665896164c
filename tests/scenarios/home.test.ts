import { describe, expect } from 'vitest';
import { story } from './story.ts';

describe('violence at home', () => {
  story('is an alarm for the group and a private matter for everything else', async (world) => {
    await world.say('lin', '李四打老婆，打得头破血流', { in: 'g-fl' });
    const inGroup = world.all.filter(({ chat }) => chat.kind === 'group');
    expect(inGroup.map(({ kind }) => kind)).toEqual(['emergency', 'private']);
    expect(inGroup.map(({ text }) => text).join()).not.toMatch(/李四|老婆|家庭|矛盾/);
    expect((await world.case(1)).sensitive).toBe(true);
  });
});
