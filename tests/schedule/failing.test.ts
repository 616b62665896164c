/** Work that fails: tried again, told in words once a day, and in nobody's way. */
import { describe, expect, test } from 'vitest';
import type { Job } from '../../src/schedule/job.ts';
import type { TaskHandler } from '../../src/schedule/tasks.ts';
import type { Bench } from './support.ts';
import { bench, DAY, HOUR, jobEvery, runnerOf, SCOPE, START, tableOf, tellerOf } from './support.ts';

const MINUTE = 60_000;

const plan = (world: Bench, key: string, kind = 'digest'): Promise<unknown> =>
  world.store.transact(SCOPE, [
    { load: {}, decide: () => ({ answer: null, tasks: [{ key, kind, payload: {}, runAt: START }] }) },
  ]);

/** A task that fails so many times; when it was tried. */
function failing(world: Bench, times: number) {
  const tried: number[] = [];
  const handler: TaskHandler = async () => {
    tried.push(world.clock.now() - START);
    if (tried.length <= times) throw new RangeError('a secret of 林桂香');
  };
  return { tried, tasks: runnerOf(world, { digest: async () => handler }, tellerOf(world)) };
}

/** What the admins were told, with the day. */
async function told(world: Bench): Promise<readonly unknown[]> {
  const rows = await world.store.outbox(SCOPE, {});
  for (const { chat, kind } of rows) expect([chat.id, kind]).toEqual(['admin', 'notice']);
  return rows.map(({ say }) => say?.params);
}

describe('a task', () => {
  test('that fails twice and then works is done a few minutes later, and told once', async () => {
    const world = bench();
    await plan(world, 'digest:2026-10:xiong');
    const { tried, tasks } = failing(world, 2);
    for (let minute = 0; minute < 30; minute++) {
      await tasks.run();
      world.clock.advanceBy(MINUTE);
    }
    expect(tried).toEqual([0, MINUTE, 3 * MINUTE]);
    expect(await told(world)).toEqual([{ work: 'digest', detail: 'RangeError', ended: false }]);
  });

  test('that fails for a week is tried each hour and told once a day, then done', async () => {
    const world = bench();
    await plan(world, 'digest:2026-10:xiong');
    const { tried, tasks } = failing(world, 170);
    for (let half = 0; half < 2 * 24 * 7; half++) {
      await tasks.run();
      world.clock.advanceBy(HOUR / 2);
    }
    expect(tried.length).toBeGreaterThan(160);
    expect(await told(world)).toHaveLength(8);
    world.clock.advanceBy(DAY);
    await tasks.run();
    for (let half = 0; half < 48; half++) {
      await tasks.run();
      world.clock.advanceBy(HOUR / 2);
    }
    expect(tried).toHaveLength(171);
  });

  test('that never works is given up after two weeks, with a last word', async () => {
    const world = bench();
    await plan(world, 'digest:2026-10:xiong');
    const { tasks } = failing(world, Number.POSITIVE_INFINITY);
    for (let hour = 0; hour < 24 * 16; hour++) {
      await tasks.run();
      world.clock.advanceBy(HOUR);
    }
    const all = await told(world);
    expect(all.at(-1)).toEqual({ work: 'digest', detail: 'RangeError', ended: true });
    expect(all.length).toBeLessThan(18);
  });

  test('holds up no other', async () => {
    const world = bench();
    await plan(world, 'a');
    await plan(world, 'b', 'letter');
    const done: string[] = [];
    const fail: TaskHandler = async () => {
      throw new Error('always');
    };
    const work: TaskHandler = async ({ key }) => void done.push(key);
    await runnerOf(world, { digest: async () => fail, letter: async () => work }, tellerOf(world)).run();
    expect(done).toEqual(['b']);
  });
});

describe('a job', () => {
  /** Plans each day, but throws while `broken` says so. */
  const daily = (broken: () => boolean, part: 'next' | 'tasks'): Job => {
    const good = jobEvery('daily', DAY);
    const check = (): void => {
      if (broken()) throw new TypeError('a fault of ours');
    };
    return {
      ...good,
      next: (after, policy) => {
        if (part === 'next') check();
        return good.next(after, policy);
      },
      tasks: (at, policy) => {
        if (part === 'tasks') check();
        return good.tasks(at, policy);
      },
    };
  };

  for (const part of ['next', 'tasks'] as const) {
    test(`whose ${part} throws is tried again later, told, and holds up no other`, async () => {
      const world = bench();
      let broken = true;
      const other = jobEvery('hourly', 8 * HOUR);
      const jobs = tableOf(world, [daily(() => broken, part), other], tellerOf(world));
      await jobs.open(START);
      let planned = 0;
      const pass = async (): Promise<void> => {
        planned += await jobs.run(world.clock.now());
      };
      for (let hour = 0; hour < 26; hour++) {
        await pass();
        expect(jobs.next() ?? 0).toBeGreaterThan(world.clock.now());
        world.clock.advanceBy(HOUR);
      }
      expect(planned).toBe(3);
      expect((await told(world)).length).toBeGreaterThanOrEqual(1);
      expect((await told(world)).length).toBeLessThanOrEqual(2);
      broken = false;
      world.clock.advanceBy(HOUR);
      await pass();
      const tasks = await world.store.claimTasks(SCOPE, {
        owner: 'test',
        limit: 50,
        now: world.clock.now(),
        until: world.clock.now() + 1,
      });
      expect(tasks.filter(({ key }) => key.startsWith('daily:'))).toHaveLength(1);
    });
  }

  test('is planned once though two processes run it, the clock goes back an hour and a day, or the machine slept nine days', async () => {
    const world = bench();
    const job = jobEvery('daily', DAY);
    const [one, two] = [tableOf(world, [job]), tableOf(world, [job])];
    await one.open(START);
    await two.open(START);
    const first = one.next() ?? 0;
    const done: string[] = [];
    const work: TaskHandler = async ({ key }) => void done.push(key);
    const tasks = runnerOf(world, { daily: async () => work });
    const pass = async (at: number): Promise<void> => {
      world.clock.jumpTo(at);
      await Promise.all([one.run(at), two.run(at)]);
      await tasks.run();
      await tasks.run();
    };
    await pass(first);
    await pass(first - HOUR);
    await pass(first);
    await pass(first - DAY);
    await pass(first + HOUR);
    expect(done).toEqual([`daily:${first}`]);
    await pass(first + 9 * DAY);
    await pass(first + 9 * DAY);
    expect(done).toEqual(Array.from({ length: 10 }, (_, day) => `daily:${first + day * DAY}`));
    // A process started anew knows what was done.
    const again = tableOf(world, [job]);
    await again.open(world.clock.now());
    expect(again.next()).toBe(first + 10 * DAY);
  });
});
