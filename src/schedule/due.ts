/** Everything that is due, instant by instant: the same for a running bot and for a simulated year. */
import type { Logger } from '../kernel/log.ts';
import type { Instant } from '../kernel/zone.ts';
import type { OutboxRow, Scope, Store } from '../store/port.ts';
import type { JobTable } from './job-table.ts';
import type { TaskRunner } from './tasks.ts';

export interface DueParts {
  readonly store: Pick<Store, 'nextWake' | 'dueCases'>;
  readonly scope: Scope;
  readonly log: Logger;
  /** Runs one case's steps due by `at`; the rows it queued. */
  readonly tick: (number: string, at: Instant) => Promise<readonly OutboxRow[]>;
  /** Sends rows born `sending`. A simulation waits for it, a running bot does not. */
  readonly send: (rows: readonly OutboxRow[]) => Promise<void>;
  /** Claims and sends queued rows that are due; how many. */
  readonly sweep: () => Promise<number>;
  readonly jobs: JobTable;
  readonly tasks: TaskRunner;
}

const SWEEP_LIMIT = 500;

/** The earliest time at which anything is due; null when all is still. */
export async function earliestDue({ store, scope, jobs }: DueParts): Promise<Instant | null> {
  const wake = await store.nextWake(scope);
  const job = jobs.next();
  return wake === null || job === null ? (wake ?? job) : Math.min(wake, job);
}

/**
 * Runs what is due at or before `until`, by due time: at one instant jobs, cases, tasks, messages.
 * @param arrive told of each instant before what is due then runs: a simulation sets its clock by it
 * @returns what is due next, after `until` unless nothing here can move it
 */
export async function runDue(
  parts: DueParts,
  until: Instant,
  arrive: (at: Instant) => void,
): Promise<Instant | null> {
  const stepped = new Set<string>();
  let at = await earliestDue(parts);
  while (at !== null && at <= until) {
    arrive(at);
    const moved = await runInstant(parts, at, stepped);
    const next = await earliestDue(parts);
    if (moved === 0 && next !== null && next <= at) {
      // What is due can't be moved here, as a message to an account that doesn't run: the rest goes on.
      arrive(until);
      await runInstant(parts, until, stepped);
      return earliestDue(parts);
    }
    at = next;
  }
  return at;
}

/** @param stepped cases that had their step for an instant already: one that stays due is not stepped for ever */
async function runInstant(parts: DueParts, at: Instant, stepped: Set<string>): Promise<number> {
  const planned = await parts.jobs.run(at);
  const ticked = await tickCases(parts, at, stepped);
  const done = await parts.tasks.run();
  return planned + ticked + done + (await parts.sweep());
}

async function tickCases(parts: DueParts, at: Instant, stepped: Set<string>): Promise<number> {
  for (let count = 0; ; ) {
    const due = await parts.store.dueCases(parts.scope, at, SWEEP_LIMIT);
    const fresh = due.filter((one) => !stepped.has(keyOf(one)));
    for (const one of fresh) stepped.add(keyOf(one));
    // Begun together, so that one commit takes them along; the store keeps their order.
    const rows = await Promise.all(fresh.map((one) => parts.tick(one.number, one.at)));
    await Promise.all(rows.map((queued) => parts.send(queued)));
    count += fresh.length;
    if (fresh.length < due.length) {
      const cases = due.filter((one) => !fresh.includes(one)).map(({ number }) => number);
      parts.log.error('cases stay due after their step', { cases: cases.slice(0, 20) });
    }
    if (fresh.length === 0 || due.length < SWEEP_LIMIT) return count;
  }
}

const keyOf = ({ number, at }: { number: string; at: Instant }): string => `${number}@${at}`;
