/** A changed township file moves what has not happened yet, once. */
import { describe, expect, test } from 'vitest';
import { replan } from '../../src/desk/replanning.ts';
import { at, testPolicy, World } from '../support/world.ts';

test('a changed calendar moves the next step of every open case, and the same one moves nothing', async () => {
  const world = new World();
  await world.say('lin', '#上报 3组王家桥路灯不亮', { in: 'g-fl', at: '11-02 08:30' });
  const { store, policy, scope } = world;
  const far = at('12-31 12:00');
  const [before] = await store.dueCases(scope, far, 5);
  expect(await replan(store, policy)).toBe(1);
  expect(await replan(store, policy)).toBe(0);
  expect(await store.dueCases(scope, far, 5)).toEqual([before]);

  const shorter = testPolicy({
    township: (yaml) => `${yaml}\nsettings: { ladder: { dueSoonShare: 0.99 } }\n`,
  });
  expect(shorter.settings.ladder.dueSoonShare).toBe(0.99);
  expect(await replan(store, { ...shorter, version: 2 })).toBe(1);
  const [after] = await store.dueCases(scope, far, 5);
  expect(after?.at).toBeLessThan(before?.at ?? 0);
  expect((await store.events(scope, [before?.number ?? ''])).map(({ type }) => type)).toEqual([
    'case_reported',
    'case_assigned',
  ]);
});

describe('a post that ended', () => {
  /** 李明辉 leaves 村建所, which keeps 陈立刚 and takes 方农友 in. */
  const adjusted = (officers: string, leader = 'wang') => ({
    ...testPolicy({
      township: (yaml) =>
        yaml
          .replace('leader: wang', `leader: ${leader}`)
          .replace('officers: [li, chen]', `officers: [${officers}]`),
    }),
    version: 2,
  });

  test('hands its open cases to the officer of the office with the fewest, and tells them', async () => {
    const world = new World();
    const { store, policy, scope } = world;
    for (const [i, where] of ['王家桥', '祠堂边', '水塘边', '晒谷坪'].entries())
      await world.say('lin', `#上报 3组${where}路灯不亮`, { in: 'g-fl', at: `11-02 08:3${i}` });
    await world.say('li', '接单 1');
    await replan(store, policy, ['bridge']);
    const before = await world.cases();
    expect(before.map(({ assignee }) => assignee)).toEqual(['li', 'chen', 'li', 'chen']);

    expect(await replan(store, adjusted('chen, fang'), ['bridge'])).toBe(4);
    await world.drain();
    // 陈立刚 has two already: both go to the new one.
    expect((await world.cases()).map(({ assignee }) => assignee)).toEqual(['fang', 'chen', 'fang', 'chen']);
    expect((await world.cases()).map(({ state, dueAt }) => [state, dueAt])).toEqual(
      before.map(({ state, dueAt }) => [state, dueAt]),
    );
    const last = (await world.events(1)).at(-1);
    expect(last).toMatchObject({
      type: 'assignee_replaced',
      by: 'clock',
      data: { assignee: 'fang', why: 'post_ended' },
    });
    const told = world.sent('assignment', 'fang');
    expect(told.map(({ case: one }) => one)).toEqual(['LX2611-0001', 'LX2611-0003']);
    expect(told[0]?.text).toContain('李明辉');
    expect(told[0]?.text).not.toContain('接单 1');
    expect(told[1]?.text).toContain('接单 3');
    expect(world.sent('assignment', 'chen')).toHaveLength(2);
    // The same file once more hands over nothing.
    const events = await store.events(
      scope,
      before.map(({ number }) => number),
    );
    await replan(store, { ...adjusted('chen, fang'), version: 3 }, ['bridge']);
    expect(
      await store.events(
        scope,
        before.map(({ number }) => number),
      ),
    ).toEqual(events);
    await world.close();
  });

  test('leaves nobody: the dispatchers have the case again', async () => {
    const world = new World();
    const { store, policy } = world;
    await world.say('lin', '#停水 3组 8户', { in: 'g-fl', at: '11-02 08:30' });
    await replan(store, policy, ['bridge']);
    const gone = testPolicy({
      township: (yaml) => yaml.replace('leader: deng, officers: [gan], ', 'officers: [], '),
    });
    await replan(store, { ...gone, version: 2 }, ['bridge']);
    await world.drain();
    expect(await world.case(1)).toMatchObject({ state: 'reported', assignee: null });
    expect(world.last('notice', 'duty').text).toContain('要您分派');
    await world.close();
  });

  test('is not that of a deputy from another office', async () => {
    const world = new World({ start: '2026-12-07 08:00' });
    const { store, policy } = world;
    for (const [i, where] of ['王家桥', '祠堂边'].entries())
      await world.say('lin', `#上报 3组${where}路灯不亮`, { in: 'g-fl', at: `12-07 08:3${i}` });
    // 陈立刚 is away; 方农友 of another office stands in.
    const before = (await world.cases()).map(({ assignee }) => assignee);
    expect(before).toContain('fang');
    await replan(store, policy, ['bridge']);
    await replan(store, { ...policy, version: 2 }, ['bridge']);
    expect((await world.cases()).map(({ assignee }) => assignee)).toEqual(before);
    await world.close();
  });

  test('is handed over on a database of before too, where its holder stays on the roster', async () => {
    const world = new World();
    const { store } = world;
    for (const [i, where] of ['王家桥', '祠堂边'].entries())
      await world.say('lin', `#上报 3组${where}路灯不亮`, { in: 'g-fl', at: `11-02 08:3${i}` });
    expect((await world.cases()).map(({ assignee }) => assignee)).toEqual(['li', 'chen']);
    // Nobody wrote down yet who works where: this is the first file that the database sees in this version.
    await replan(store, adjusted('chen, fang'), ['bridge']);
    expect((await world.cases()).map(({ assignee }) => assignee)).toEqual(['fang', 'chen']);
    expect((await world.events(1)).at(-1)).toMatchObject({ data: { why: 'post_ended' } });
    await world.close();
  });

  test('is not that of a deputy either on a database of before, also when the absence is over', async () => {
    const world = new World({ start: '2026-12-07 08:00' });
    const { store, policy } = world;
    // 李明辉 says in chat that he is away; 谭卫国 of another office stands in for him.
    await world.say('li', '请假 12月7日到12月8日 由谭卫国代');
    for (const [i, where] of ['王家桥', '祠堂边', '水塘边'].entries())
      await world.say('lin', `#上报 3组${where}路灯不亮`, { in: 'g-fl', at: `12-07 08:3${i}` });
    await world.until('12-15 09:00');
    const before = (await world.cases()).map(({ assignee }) => assignee);
    expect(before).toEqual(expect.arrayContaining(['fang', 'tan']));
    await replan(store, { ...policy, version: 2 }, ['bridge']);
    expect((await world.cases()).map(({ assignee }) => assignee)).toEqual(before);
    await world.close();
  });
});
