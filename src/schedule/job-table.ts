/** The jobs with what the database knows of them: when each ran last, when each is due next. */
import type { Policy } from '../domain/policy.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/log.ts';
import type { Instant } from '../kernel/zone.ts';
import type { Scope, Store } from '../store/port.ts';
import type { Job } from './job.ts';
import { retryAt, type TellTrouble } from './trouble.ts';

export interface JobTableOptions {
  readonly store: Pick<Store, 'transact' | 'takeJob' | 'meta' | 'setMeta'>;
  readonly scope: Scope;
  readonly policy: () => Policy;
  readonly jobs: readonly Job[];
  readonly clock: Clock;
  readonly log: Logger;
  readonly failed: TellTrouble;
}

interface Due {
  readonly job: Job;
  /** The time it is for. */
  readonly at: Instant;
  /** When it is tried: later than `at` after a failure. */
  readonly when: Instant;
  /** Why it can't even say when it is due. */
  readonly broken: unknown;
}

interface Failing {
  readonly times: number;
  readonly retryAt: Instant;
}

/** The fact that a job's times up to an instant are done. */
export const jobMark = (name: string): string => `job:${name}`;
const mark = (job: Job): string => jobMark(job.name);

export class JobTable {
  readonly #options: JobTableOptions;
  /** Time up to which each job is done. */
  readonly #doneUntil = new Map<string, Instant>();
  /** Jobs that failed, and when each is tried again: one that is broken holds nobody up. */
  readonly #failing = new Map<string, Failing>();
  #planned: { readonly version: number; readonly due: readonly Due[] } | null = null;

  constructor(options: JobTableOptions) {
    this.#options = options;
  }

  /** Reads where each job stands. A job new to this database begins at `now` and catches nothing up. */
  async open(now: Instant): Promise<void> {
    const { store, scope, jobs } = this.#options;
    for (const job of jobs) {
      const kept = await store.meta(scope, mark(job));
      if (kept === null) await store.setMeta(scope, mark(job), String(now));
      this.#doneUntil.set(job.name, kept === null ? now : Number(kept));
    }
    this.#planned = null;
  }

  next(): Instant | null {
    return this.#due()[0]?.when ?? null;
  }

  /** Plans what is due at or before `at`, each missed time once and in order; how many ran. */
  async run(at: Instant): Promise<number> {
    let count = 0;
    for (let [due] = this.#due(); due && due.when <= at; [due] = this.#due()) {
      try {
        await this.#run(due);
        count++;
      } catch (error) {
        await this.#fail(due, at, error);
      }
    }
    return count;
  }

  async #fail({ job }: Due, at: Instant, error: unknown): Promise<void> {
    const { clock, log, failed } = this.#options;
    const times = (this.#failing.get(job.name)?.times ?? 0) + 1;
    // Never within this pass, also where the machine's clock has gone back since it began.
    this.#failing.set(job.name, { times, retryAt: retryAt(Math.max(at, clock.now()), times) });
    this.#planned = null;
    log.error('a job failed', { job: job.name, times, error });
    await failed(job.name, error, false);
  }

  /**
   * The tasks first, then the record that they are planned: dying in between plans them again under the
   * same keys, and a task with a key that is there already is none.
   */
  async #run({ job, at, broken }: Due): Promise<void> {
    if (broken !== null) throw broken;
    const { store, scope, policy } = this.#options;
    const tasks = job.tasks(at, policy());
    const step = { load: {}, decide: () => ({ answer: null, tasks }) };
    const [result] = await store.transact(scope, [step]);
    if (!result?.ok) throw result?.error ?? new Error(`${job.name} could not be planned`);
    await store.takeJob(scope, `${job.name}:${new Date(at).toISOString()}`, at);
    await store.setMeta(scope, mark(job), String(at));
    this.#doneUntil.set(job.name, at);
    this.#failing.delete(job.name);
    this.#planned = null;
  }

  /** Each job's next time, earliest first; known until a job has run or the policy has changed. */
  #due(): readonly Due[] {
    const policy = this.#options.policy();
    if (this.#planned?.version === policy.version) return this.#planned.due;
    const due = this.#options.jobs
      .flatMap((job) => this.#dueOf(job, policy))
      .sort((a, b) => a.when - b.when || (a.job.name < b.job.name ? -1 : 1));
    // What can't say when it is due is asked anew each time.
    const whole = due.every(({ broken }) => broken === null);
    this.#planned = whole ? { version: policy.version, due } : null;
    return due;
  }

  #dueOf(job: Job, policy: Policy): readonly Due[] {
    const done = this.#doneUntil.get(job.name) ?? 0;
    const notBefore = this.#failing.get(job.name)?.retryAt ?? Number.NEGATIVE_INFINITY;
    try {
      const at = job.next(done, policy);
      return at === null ? [] : [{ job, at, when: Math.max(at, notBefore), broken: null }];
    } catch (broken) {
      return [{ job, at: done, when: Math.max(done, notBefore), broken: broken ?? new Error('broken') }];
    }
  }
}
