/** Work beside the chat: claimed under a lease, done, settled; what it writes has one effect. */
import type { AreaSource } from '../digest/area-task.ts';
import type { Policy } from '../domain/policy.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/log.ts';
import type { Instant } from '../kernel/zone.ts';
import type { Media } from '../media/index.ts';
import type {
  BornSending,
  ChangeSet,
  Loaded,
  LoadSpec,
  OutboxRow,
  Scope,
  Store,
  TaskRow,
} from '../store/port.ts';
import { Beside } from './beside.ts';
import { detailOf, MAX_ATTEMPTS, retryAt, type TellTrouble } from './trouble.ts';

/** Puts a file of a task's own making away; its path. */
export type KeepFile = (name: string, bytes: Uint8Array) => Promise<string>;

export interface TaskContext {
  readonly store: Store;
  readonly scope: Scope;
  readonly policy: Policy;
  /** The time the task runs at: the simulation's own clock, else the machine's. */
  readonly now: Instant;
  /** Accounts that can be written to. */
  readonly accounts: readonly string[];
  /** Null where the run keeps no files. */
  readonly keepFile: KeepFile | null;
  /** Where the townships of areas are read; null or left out where the installation names none. */
  readonly areas?: AreaSource | null;
  /** Null or left out where the run keeps none: then nothing is fetched. */
  readonly media?: Media | null;
  readonly log?: Logger;
  /**
   * Writes once for this task, however often it is tried: a fact of its key stands in the same
   * transaction. True where it was written now.
   */
  commit(
    load: LoadSpec,
    decide: (loaded: Loaded, now: Instant) => Omit<ChangeSet<null>, 'answer'>,
  ): Promise<boolean>;
}

export type TaskHandler = (task: TaskRow, context: TaskContext) => Promise<void>;

export interface TaskRunnerOptions {
  readonly store: Store;
  readonly scope: Scope;
  readonly policy: () => Policy;
  readonly clock: Clock;
  readonly log: Logger;
  readonly owner: string;
  readonly born: () => BornSending;
  /** Accounts that can be written to, also by other processes; left out, those of this one. */
  readonly reachable?: () => readonly string[];
  /** Accounts that other processes carry: what is to be fetched there is left to them. */
  readonly elsewhere?: readonly string[];
  readonly send: (rows: readonly OutboxRow[]) => void;
  readonly keepFile: KeepFile | null;
  readonly areas?: AreaSource | null;
  readonly media?: Media | null;
  /** Kinds that are not waited for: they wait for the world. A simulation waits for each. */
  readonly beside?: ReadonlySet<string>;
  readonly failed: TellTrouble;
  readonly handlers: Readonly<Record<string, () => Promise<TaskHandler>>>;
}

const CLAIM_LIMIT = 20;
/** Documents of a whole month may take a while; a dead process's task waits so long. */
const LEASE_MS = 5 * 60_000;
/** Done beside the loop at once: as many large files lie in memory. */
const SLOTS = 4;

export class TaskRunner {
  readonly #options: TaskRunnerOptions;
  readonly #beside = new Beside(SLOTS);

  constructor(options: TaskRunnerOptions) {
    this.#options = options;
  }

  /** Does what is due by now, by due time, then key; how many were done or put off. */
  async run(): Promise<number> {
    const { store, scope, clock, owner, elsewhere = [] } = this.#options;
    let count = 0;
    for (;;) {
      const now = clock.now();
      const claim = { owner, limit: CLAIM_LIMIT, now, until: now + LEASE_MS, elsewhere };
      const tasks = await store.claimTasks(scope, claim);
      for (const task of tasks) {
        if (this.#options.beside?.has(task.kind)) this.#beside.add(() => this.#doBeside(task));
        else await this.#do(task);
      }
      count += tasks.length;
      if (tasks.length < CLAIM_LIMIT) return count;
    }
  }

  /** Resolves when nothing is done beside the loop. */
  idle(): Promise<void> {
    return this.#beside.idle();
  }

  async #doBeside(task: TaskRow): Promise<void> {
    try {
      await this.#do(task);
    } catch (error) {
      // It could not even be put off: its lease will run out.
      this.#options.log.error('a task could not be settled', { task: task.key, error });
    }
  }

  async #do(task: TaskRow): Promise<void> {
    const { store, scope, handlers, clock, log, failed } = this.#options;
    const load = handlers[task.kind];
    const settle = (done: boolean, retryAt: Instant | null, detail: string | null) =>
      store.settleTask(scope, task.key, task.fence, { done, retryAt, detail });
    if (!load) {
      log.error('nothing knows how to do this task', { task: task.key, kind: task.kind });
      await settle(false, null, 'unknown kind');
      await failed(task.kind, new Error('unknown kind'), true);
      return;
    }
    try {
      const handler = await load();
      await handler(task, this.#contextOf(task));
      await settle(true, null, null);
    } catch (error) {
      log.error('a task failed', { task: task.key, attempts: task.attempts, error });
      const again = task.attempts < MAX_ATTEMPTS ? retryAt(clock.now(), task.attempts) : null;
      await settle(false, again, detailOf(error));
      await failed(task.kind, error, again === null);
    }
  }

  #contextOf(task: TaskRow): TaskContext {
    const {
      store,
      scope,
      policy,
      clock,
      born,
      reachable,
      send,
      keepFile,
      areas = null,
      media = null,
      log,
    } = this.#options;
    return {
      store,
      scope,
      policy: policy(),
      now: clock.now(),
      accounts: reachable?.() ?? born().accounts,
      keepFile,
      areas,
      media,
      log,
      commit: async (load, decide) => {
        const done = `task:${task.key}`;
        const step = {
          load: { ...load, facts: [...(load.facts ?? []), done] },
          decide: (loaded: Loaded, now: Instant): ChangeSet<boolean> => {
            if (loaded.facts.has(done)) return { answer: false };
            const change = decide(loaded, now);
            return { ...change, facts: { ...change.facts, [done]: String(now) }, answer: true };
          },
        };
        const [result] = await store.transact(scope, [step], { bornSending: born() });
        if (!result?.ok) throw result?.error ?? new Error('nothing was written');
        send(result.outbox);
        return result.answer;
      },
    };
  }
}
