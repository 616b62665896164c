import { describe, expect, test } from 'vitest';
import { ManualTimers } from '../../src/kernel/clock.ts';
import type { DueParts } from '../../src/schedule/due.ts';
import { runDue } from '../../src/schedule/due.ts';
import { createLoop } from '../../src/schedule/loop.ts';
import type { TaskRunner } from '../../src/schedule/tasks.ts';
import { bench, DAY, HOUR, jobEvery, SCOPE, START, silent, tableOf } from './support.ts';

interface Planned {
  readonly number: string;
  at: number | null;
}

/** Cases as the store knows them, each with what its step does; and what happened, in order. */
function world(cases: Planned[], step: (one: Planned, at: number) => void) {
  const happened: string[] = [];
  const { clock, store } = bench();
  const jobs = tableOf({ clock, store }, [jobEvery('daily', DAY)]);
  const due = (now: number) =>
    cases
      .flatMap(({ number, at }) => (at !== null && at <= now ? [{ number, at }] : []))
      .sort((a, b) => a.at - b.at || (a.number < b.number ? -1 : 1));
  const listeners = new Set<() => void>();
  const parts: DueParts & { readonly store: DueParts['store'] & { onWake(run: () => void): () => void } } = {
    store: {
      nextWake: async () => due(Number.POSITIVE_INFINITY)[0]?.at ?? null,
      dueCases: async (_scope, now, limit) => due(now).slice(0, limit),
      onWake: (run) => {
        listeners.add(run);
        return () => listeners.delete(run);
      },
    },
    scope: SCOPE,
    log: silent,
    jobs: Object.assign(jobs, {}),
    tasks: { run: async () => 0 } as unknown as TaskRunner,
    tick: async (number, at) => {
      happened.push(`${number}@${(at - START) / HOUR}`);
      const one = cases.find((each) => each.number === number);
      if (one) step(one, at);
      return [];
    },
    send: async () => undefined,
    sweep: async () => 0,
  };
  return { parts, happened, clock, wake: () => [...listeners].map((run) => run()) };
}

const at = (hours: number): number => START + hours * HOUR;

describe('what is due', () => {
  test('runs by due time, then number, each stamped with its own time', async () => {
    const cases = [
      { number: 'B', at: at(1) },
      { number: 'A', at: at(1) },
      { number: 'C', at: at(0.5) },
      { number: 'D', at: at(9) },
    ];
    const { parts, happened } = world(cases, (one) => {
      one.at = one.number === 'C' && one.at === at(0.5) ? at(0.75) : null;
    });
    await parts.jobs.open(START);
    const arrived: number[] = [];
    const next = await runDue(parts, at(2), (instant) => void arrived.push((instant - START) / HOUR));
    expect(happened).toEqual(['C@0.5', 'C@0.75', 'A@1', 'B@1']);
    expect(arrived).toEqual([0.5, 0.75, 1]);
    expect(next).toBe(at(9));
  });

  test('a case that stays due is stepped once a look and does not stop the others', async () => {
    const cases = [
      { number: 'A', at: at(1) },
      { number: 'B', at: at(2) },
    ];
    const { parts, happened } = world(cases, (one) => {
      if (one.number === 'B') one.at = null;
    });
    await parts.jobs.open(START);
    await runDue(parts, at(3), () => undefined);
    expect(happened.filter((step) => step.startsWith('B'))).toEqual(['B@2']);
    expect(happened.filter((step) => step.startsWith('A'))).toEqual(['A@1']);
  });
});

/** Lets promises settle; nothing here waits for the machine's time. */
const still = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
};

describe('the loop of a running bot', () => {
  test('catches up at start, then wakes when something is due', async () => {
    const cases: Planned[] = [
      { number: 'A', at: at(-5) },
      { number: 'B', at: at(0.01) },
    ];
    const { parts, happened, clock } = world(cases, (one) => {
      one.at = null;
    });
    const timers = new ManualTimers(clock);
    const loop = createLoop({ ...parts, clock, timers });
    await loop.start();
    expect(happened).toEqual(['A@-5']);
    await still();
    timers.advanceBy(0.01 * HOUR);
    await still();
    expect(happened).toEqual(['A@-5', 'B@0.01']);
    await loop.stop();
    cases.push({ number: 'C', at: at(0.02) });
    timers.advanceBy(HOUR);
    await still();
    expect(happened).toHaveLength(2);
  });

  test('a commit that brings something nearer wakes it earlier', async () => {
    const cases: Planned[] = [];
    const { parts, happened, clock, wake } = world(cases, (one) => {
      one.at = null;
    });
    const timers = new ManualTimers(clock);
    const loop = createLoop({ ...parts, clock, timers });
    await loop.start();
    await still();
    cases.push({ number: 'A', at: clock.now() + 100 });
    wake();
    timers.advanceBy(20);
    await still();
    timers.advanceBy(80);
    await still();
    expect(happened).toHaveLength(1);
    await loop.stop();
  });

  test('a store that fails is asked again', async () => {
    const cases: Planned[] = [{ number: 'A', at: at(-1) }];
    const { parts, happened, clock } = world(cases, (one) => {
      one.at = null;
    });
    let failing = true;
    const store = {
      ...parts.store,
      dueCases: async (...args: Parameters<typeof parts.store.dueCases>) => {
        if (failing) throw new Error('locked');
        return parts.store.dueCases(...args);
      },
    };
    const timers = new ManualTimers(clock);
    const loop = createLoop({ ...parts, store, clock, timers });
    await loop.start();
    await still();
    expect(happened).toEqual([]);
    failing = false;
    timers.advanceBy(60_000);
    await still();
    expect(happened).toEqual(['A@-1']);
    await loop.stop();
  });
});
