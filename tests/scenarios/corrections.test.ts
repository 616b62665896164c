/** What a dispatcher's 改类 teaches, and how it is untaught. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CORRECTIONS, correctionsIn } from '../../src/desk/correction-facts.ts';
import { World } from '../support/world.ts';
import { story } from './story.ts';

const kept = async (world: World) => correctionsIn(await world.store.facts(world.scope, CORRECTIONS));

/** Read by the rules as something else than what this township means by it. */
const ODD = '#上报 3组那台老机子又不转了';
const LIKE = '#上报 5组那台老机子又不转了';

describe('a reclassification', () => {
  story('is remembered with its words and said so', async (world) => {
    await world.say('lin', ODD, { in: 'g-fl' });
    await world.say('duty', '改类 1 灌溉');
    expect(world.last('notice', 'duty').text).toMatch(/以后类似的也归这一类.*撤销改类 1/);
    const c = await world.case(1);
    expect(await kept(world)).toEqual([
      { number: c.number, text: c.summary, category: c.category, by: 'duty', at: world.clock.now() },
    ]);
  });

  story('decides the next report of the kind, whichever group it comes from', async (world) => {
    await world.say('lin', ODD, { in: 'g-fl' });
    const before = (await world.case(1)).category;
    await world.say('lin', LIKE, { in: 'g-fl' });
    expect((await world.case(2)).category).toBe(before);
    await world.say('duty', '改类 1 灌溉');
    const { category } = await world.case(1);
    await world.say('lin', LIKE, { in: 'g-fl' });
    expect((await world.case(3)).category).toBe(category);
    expect(category).not.toBe(before);
  });

  story('takes the place of an earlier one of the same case', async (world) => {
    await world.say('lin', ODD, { in: 'g-fl' });
    await world.say('duty', '改类 1 灌溉');
    await world.say('duty', '改类 1 路灯');
    expect((await kept(world)).map(({ category }) => category)).toEqual(['power.lamp']);
    await world.say('lin', LIKE, { in: 'g-fl' });
    expect((await world.case(2)).category).toBe('power.lamp');
  });

  story('can be taken back in chat; the case keeps its category', async (world) => {
    await world.say('lin', ODD, { in: 'g-fl' });
    await world.say('duty', '改类 1 灌溉');
    const { category } = await world.case(1);
    await world.say('lin', '撤销改类 1');
    expect(world.last('refused', 'lin').kind).toBe('refused');
    expect(await kept(world)).toHaveLength(1);
    await world.say('duty', '撤销改类 1');
    expect(world.last('notice', 'duty').text).toContain('不再照它归类');
    expect(await kept(world)).toEqual([]);
    expect((await world.case(1)).category).toBe(category);
    await world.say('lin', LIKE, { in: 'g-fl' });
    expect((await world.case(2)).category).not.toBe(category);
  });

  story('never outweighs danger', async (world) => {
    await world.say('lin', '#上报 3组灶屋那边冒烟味道大得很', { in: 'g-fl' });
    await world.say('duty', '改类 1 噪声');
    await world.say('lin', '3组灶屋那边着火了，味道大得很', { in: 'g-fl' });
    expect(await world.case(2)).toMatchObject({ urgency: 'U1' });
  });

  story('of a protected matter teaches nothing', async (world) => {
    await world.say('lin', '#上报 3组夜里有人倒垃圾到塘里，别说是我说的');
    expect((await world.case(1)).protected).toBe(true);
    await world.say('duty', '改类 1 噪声');
    expect(world.last('notice', 'duty').text).not.toContain('以后类似');
    expect(await kept(world)).toEqual([]);
  });

  story(
    'of a sensitive matter teaches nothing, nor into a category in which it would be one',
    async (world) => {
      await world.say('lin', '#上报 3组刘奶奶的低保停了，没钱吃饭');
      expect((await world.case(1)).sensitive).toBe(true);
      await world.say('duty', '改类 1 临时救助');
      await world.say('lin', '#上报 3组刘奶奶屋前的路灯不亮');
      await world.say('duty', '改类 2 低保');
      expect(await kept(world)).toEqual([]);
    },
  );

  story('is forgotten when its matter turns out to be private', async (world) => {
    await world.say('lin', ODD, { in: 'g-fl' });
    await world.say('duty', '改类 1 灌溉');
    await world.say('lin', '更正 1 是刘奶奶的低保停了');
    expect((await world.case(1)).sensitive).toBe(true);
    expect(await kept(world)).toEqual([]);
  });

  it('is known again after a restart', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'huiyin-corrections-')), 'story.db');
    const first = new World({ file });
    await first.say('lin', ODD, { in: 'g-fl' });
    await first.say('duty', '改类 1 灌溉');
    const { category } = await first.case(1);
    await first.close();
    const second = new World({ file, start: '2026-11-02 09:00' });
    await second.say('lin', LIKE, { in: 'g-fl', id: 'later' });
    expect((await second.case(2)).category).toBe(category);
    await second.close();
  });
});
