/** The jobs with what the database knows of them: when each ran last, when each is due next. */
import type { Policy } from '../domain/policy.ts';
import type { Instant } from '../kernel/zone.ts';
import type { Scope, Store } from '../store/port.ts';
import type { Job } from './job.ts';

export interface JobTableOptions {
  readonly store: Pick<Store, 'transact' | 'takeJob' | 'meta' | 'setMeta'>;
  readonly scope: Scope;
  readonly policy: () => Policy;
  readonly jobs: readonly Job[];
}

interface Due {
  readonly job: Job;
  readonly at: Instant;
}

const mark = (job: Job): string => `job:${job.name}`;

export class JobTable {
  readonly #options: JobTableOptions;
  /** Time up to which each job is done. */
  readonly #doneUntil = new Map<string, Instant>();
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
    return this.#due()[0]?.at ?? null;
  }

  /** Plans what is due at or before `at`, each missed time once and in order; how many ran. */
  async run(at: Instant): Promise<number> {
    let count = 0;
    for (let [due] = this.#due(); due && due.at <= at; [due] = this.#due()) {
      await this.#run(due);
      count++;
    }
    return count;
  }

  /**
   * The tasks first, then the record that they are planned: dying in between plans them again under the
   * same keys, and a task with a key that is there already is none.
   */
  async #run({ job, at }: Due): Promise<void> {
    const { store, scope, policy } = this.#options;
    const tasks = job.tasks(at, policy());
    const step = { load: {}, decide: () => ({ answer: null, tasks }) };
    const [result] = await store.transact(scope, [step]);
    if (!result?.ok) throw result?.error ?? new Error(`${job.name} could not be planned`);
    await store.takeJob(scope, `${job.name}:${new Date(at).toISOString()}`, at);
    await store.setMeta(scope, mark(job), String(at));
    this.#doneUntil.set(job.name, at);
    this.#planned = null;
  }

  /** Each job's next time, earliest first; known until a job has run or the policy has changed. */
  #due(): readonly Due[] {
    const policy = this.#options.policy();
    if (this.#planned?.version === policy.version) return this.#planned.due;
    const due = this.#options.jobs
      .flatMap((job) => {
        const at = job.next(this.#doneUntil.get(job.name) ?? 0, policy);
        return at === null ? [] : [{ job, at }];
      })
      .sort((a, b) => a.at - b.at || (a.job.name < b.job.name ? -1 : 1));
    this.#planned = { version: policy.version, due };
    return due;
  }
}
