/** A changed township file moves what has not happened yet, once. */
import { expect, test } from 'vitest';
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
