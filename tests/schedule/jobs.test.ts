import { describe, expect, test } from 'vitest';
import type { Job } from '../../src/schedule/job.ts';
import type { JobTable } from '../../src/schedule/job-table.ts';
import { JOBS, TASK_HANDLERS } from '../../src/schedule/jobs.ts';
import type { TaskHandler, TaskRunner, TaskRunnerOptions } from '../../src/schedule/tasks.ts';
import type { Bench } from './support.ts';
import { bench, DAY, HOUR, jobEvery, policy, runnerOf, SCOPE, START, tableOf } from './support.ts';

const table = (world: Bench, ...jobs: readonly Job[]): JobTable => tableOf(world, jobs);
const runner = (world: Bench, handlers: TaskRunnerOptions['handlers']): TaskRunner =>
  runnerOf(world, handlers);

/** Remembers the keys of the tasks it was given. */
function remembering(): { readonly done: string[]; readonly handler: () => Promise<TaskHandler> } {
  const done: string[] = [];
  return { done, handler: async () => async (task) => void done.push(task.key) };
}

describe('a job', () => {
  test('new to a database begins now and catches nothing up', async () => {
    const world = bench();
    const jobs = table(world, jobEvery('daily', DAY));
    await jobs.open(START);
    expect(jobs.next()).toBe(Math.ceil(START / DAY) * DAY);
    expect(await jobs.run(START)).toBe(0);
  });

  test('runs once for each time missed, in order, across jobs', async () => {
    const world = bench();
    const both = [jobEvery('daily', DAY), jobEvery('hourly', 8 * HOUR)];
    await table(world, ...both).open(START);
    const later = START + 2 * DAY;
    world.clock.advanceTo(later);
    const again = table(world, ...both);
    await again.open(later);
    expect(await again.run(later)).toBe(8);
    const { done, handler } = remembering();
    await runner(world, { daily: handler, hourly: handler }).run();
    const times = done.map((key) => Number(key.split(':')[1]));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(new Set(done).size).toBe(8);
  });

  test('planned by two processes, or again after dying in between, is done once', async () => {
    const world = bench();
    const job = jobEvery('daily', DAY);
    const [one, two] = [table(world, job), table(world, job)];
    await one.open(START);
    await two.open(START);
    const due = one.next() ?? 0;
    world.clock.advanceTo(due);
    await one.run(due);
    const { done, handler } = remembering();
    const tasks = runner(world, { daily: handler });
    await tasks.run();
    await two.run(due);
    await tasks.run();
    expect(done).toEqual([`daily:${due}`]);
  });

  test('switched off by the policy is never due', () => {
    const off: Job = { name: 'off', about: 'off', next: () => null, tasks: () => [] };
    expect(table(bench(), off).next()).toBeNull();
  });

  test('has a name of its own, a line of words, and somebody who does each of its tasks', () => {
    expect(new Set(JOBS.map(({ name }) => name)).size).toBe(JOBS.length);
    for (const job of JOBS) {
      expect(job.about).not.toBe('');
      const at = job.next(START, policy);
      if (at === null) continue;
      expect(at).toBeGreaterThan(START);
      for (const { kind } of job.tasks(at, policy)) expect(TASK_HANDLERS).toHaveProperty(kind);
    }
  });
});

describe('a task', () => {
  const planned = async (world: Bench): Promise<void> => {
    const tasks = [{ key: 't1', kind: 'work', payload: {}, runAt: START }];
    await world.store.transact(SCOPE, [{ load: {}, decide: () => ({ answer: null, tasks }) }]);
  };

  test('that failed is tried again later, and what it had written stays written once', async () => {
    const world = bench();
    await planned(world);
    const wrote: boolean[] = [];
    const work: TaskHandler = async (_task, { commit }) => {
      wrote.push(await commit({}, () => ({ facts: { worked: 'once' } })));
      if (wrote.length === 1) throw new Error('the power went');
    };
    const tasks = runner(world, { work: async () => work });
    await tasks.run();
    expect(await world.store.nextWake(SCOPE)).toBe(START + 60_000);
    expect(await tasks.run()).toBe(0);
    world.clock.advanceBy(60_000);
    expect(await tasks.run()).toBe(1);
    expect(wrote).toEqual([true, false]);
    expect(await world.store.nextWake(SCOPE)).toBeNull();
  });

  test('that nobody knows how to do is ended, not tried for ever', async () => {
    const world = bench();
    await planned(world);
    expect(await runner(world, {}).run()).toBe(1);
    expect(await world.store.nextWake(SCOPE)).toBeNull();
  });
});
