/** A policy, a store in memory and a clock that stands still, for what comes round by time. */
import { readFileSync } from 'node:fs';
import { buildPolicy } from '../../src/config/policy.ts';
import { readTownship } from '../../src/config/township.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { ManualClock } from '../../src/kernel/clock.ts';
import { createLogger } from '../../src/kernel/log.ts';
import type { Job } from '../../src/schedule/job.ts';
import { JobTable } from '../../src/schedule/job-table.ts';
import { TaskRunner, type TaskRunnerOptions } from '../../src/schedule/tasks.ts';
import type { TellTrouble } from '../../src/schedule/trouble.ts';
import { troubleTeller } from '../../src/schedule/trouble.ts';
import type { Store, TaskDraft } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** Monday, 2 November 2026, 08:30 in Asia/Shanghai. */
export const START = Date.UTC(2026, 10, 2, 0, 30);
export const SCOPE = { township: 'lucidu' };
export const silent = createLogger(() => undefined);

const file = new URL('../../seeds/township.yaml', import.meta.url);
const read = readTownship(readFileSync(file, 'utf8'), 'township.yaml');
if (!read.ok) throw new Error('the demo township is not valid');
export const policy: Policy = buildPolicy(read.value, 1);

/** Due each `every` milliseconds from the epoch on. */
export const jobEvery = (name: string, every: number, kind = name): Job => ({
  name,
  about: name,
  next: (after) => (Math.floor(after / every) + 1) * every,
  tasks: (at): readonly TaskDraft[] => [{ key: `${name}:${at}`, kind, payload: { at }, runAt: at }],
});

export interface Bench {
  readonly clock: ManualClock;
  readonly store: Store;
}

export function bench(): Bench {
  const clock = new ManualClock(START);
  const store = openSqliteStore({ file: ':memory:', now: () => clock.now(), owner: 'test' });
  return { clock, store };
}

const ACCOUNTS = ['webchat', 'bridge'];

const born = () => ({ accounts: ACCOUNTS, owner: 'test', leaseMs: HOUR });

/** Tells the admins as the program does. */
export const tellerOf = ({ store, clock }: Bench): TellTrouble =>
  troubleTeller({
    store,
    scope: SCOPE,
    policy: () => policy,
    clock,
    log: silent,
    born,
    send: () => undefined,
  });

const untold: TellTrouble = async () => undefined;

export const tableOf = (world: Bench, jobs: readonly Job[], failed = untold): JobTable =>
  new JobTable({
    ...world,
    scope: SCOPE,
    policy: () => policy,
    jobs,
    log: silent,
    failed,
  });

export const runnerOf = (
  world: Bench,
  handlers: TaskRunnerOptions['handlers'],
  failed = untold,
): TaskRunner =>
  new TaskRunner({
    ...world,
    scope: SCOPE,
    policy: () => policy,
    log: silent,
    owner: 'test',
    born,
    send: () => undefined,
    keepFile: null,
    handlers,
    failed,
  });
