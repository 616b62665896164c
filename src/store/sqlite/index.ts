/** The store on one SQLite file: what `huiyin start`, the demo and the simulation run on. */
import type { Instant } from '../../domain/case.ts';
import { systemTimers, type Timers } from '../../kernel/clock.ts';
import { deciding, gatherer } from '../loaded.ts';
import type { ChangeSet, OutboxRow, Step, StepResult, Store, TransactOptions } from '../port.ts';
import { SettleBuffer } from '../settling.ts';
import { Asked } from './asked.ts';
import { prepareCommit } from './commit.ts';
import { prepareLoad } from './load.ts';
import { lockDatabase } from './lock.ts';
import { MEMORY, openDatabase } from './open.ts';
import { type OutboxQueries, prepareNextWake, prepareOutbox } from './outbox.ts';
import { prepareReads } from './reads.ts';
import type { Handle } from './tables.ts';
import { prepareLease, prepareLeases, prepareTakeJob, prepareTasks } from './tasks.ts';
import { prepareWalks } from './walks.ts';
import { Writer } from './writer.ts';

export interface SqliteOptions {
  /** A path, or `:memory:`. Its folder must exist. */
  readonly file: string;
  /** The time given to each decision. */
  readonly now: () => Instant;
  /** Shown to whoever tries to open the same file: a host, a process id. */
  readonly owner: string;
  /** For settlements that wait for company; the machine's by default. */
  readonly timers?: Timers;
  /** When queued writings are taken: after what the event loop has at hand, so that they go together. */
  readonly defer?: (run: () => void) => void;
}

/** Opens, migrates and locks. Throws `StoreError` where that can't be. */
export function openSqliteStore(options: SqliteOptions): Store {
  if (options.file === MEMORY) return storeOver(openDatabase(MEMORY), options, () => {});
  const unlock = lockDatabase(options.file, options.owner);
  try {
    return storeOver(openDatabase(options.file), options, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

/** The store over a connection that is open and up to date; `closed` runs after the connection is closed. */
export function storeOver(db: Handle, options: Omit<SqliteOptions, 'file'>, closed: () => void): Store {
  const { now, timers = systemTimers, defer = setImmediate } = options;
  const outbox = prepareOutbox(db);
  const listeners = new Set<() => void>();
  const wake = { due: false, told: true };
  const settling = new SettleBuffer(timers, () => writer.submit(() => undefined));
  const writer: Writer = new Writer(db, {
    defer,
    begun: () => {
      wake.due = false;
      for (const { township, id, fence, result } of settling.waiting())
        outbox.settle(township, id, fence, result);
    },
    committed: () => {
      settling.written(settling.waiting().length);
      if (wake.due) wake.told = false;
    },
    settled: () => {
      if (wake.told) return;
      wake.told = true;
      for (const listener of listeners) listener();
    },
  });
  const asked = new Asked(db);
  const runStep = stepRunner(db, now, asked, outbox.settle, () => {
    wake.due = true;
  });
  return {
    transact: (scope, steps, given) =>
      Promise.all(
        steps.map((step) =>
          writer.submit(
            () => runStep(scope.township, step, given),
            (error): StepResult<never> => ({ ok: false, error }),
          ),
        ),
      ),
    settleSoon: ({ township }, id, fence, result) => settling.add({ township, id, fence, result }),
    onWake: (run) => {
      listeners.add(run);
      return () => listeners.delete(run);
    },
    close: async () => {
      settling.stop();
      if (settling.waiting().length > 0) void writer.submit(() => undefined);
      writer.close();
      db.close();
      closed();
    },
    ...queries(db, writer, now, asked, () => settling.waiting().map(({ id }) => id)),
  };
}

/** Does this change bring something that somebody has to wake for? */
function wakes(change: ChangeSet, rows: readonly OutboxRow[]): boolean {
  const sent = rows.filter((row) => row.status === 'sending').length;
  if ((change.outbox?.length ?? 0) > sent || (change.tasks?.length ?? 0) > 0) return true;
  return (change.cases ?? []).some(({ nextAt }) => nextAt !== null);
}

/** Load, decide, commit: one step inside the writer's transaction. */
function stepRunner(
  db: Handle,
  now: () => Instant,
  asked: Asked,
  settle: OutboxQueries['settle'],
  onWaking: () => void,
) {
  const load = prepareLoad(db, asked);
  const commit = prepareCommit(db);
  return <A>(township: string, step: Step<A>, options?: TransactOptions): StepResult<A> => {
    const at = now();
    const loaded = gatherer();
    const rounds = deciding(step, loaded, at);
    let round = rounds.next();
    while (!round.done) {
      load(township, round.value, loaded, at);
      round = rounds.next();
    }
    const change = round.value;
    const { settles: ended } = change;
    if (ended && !settle(township, ended.id, ended.fence, ended.result))
      return { ok: true, answer: change.answer, outbox: [] };
    const rows = commit({ township, now: at, born: options?.bornSending ?? null }, change);
    asked.note(township, change.prompts?.open ?? []);
    if (wakes(change, rows)) onWaking();
    return { ok: true, answer: change.answer, outbox: rows };
  };
}

type Queries = Omit<Store, 'transact' | 'settleSoon' | 'onWake' | 'close'>;

/** Everything else. Claims look before they write: an empty outbox costs no wait for the disk. */
function queries(
  db: Handle,
  writer: Writer,
  now: () => Instant,
  asked: Asked,
  settling: () => readonly number[],
): Queries {
  const outbox = prepareOutbox(db);
  const tasks = prepareTasks(db);
  const reads = prepareReads(db);
  const walks = prepareWalks(db);
  const nextWake = prepareNextWake(db);
  const lease = prepareLease(db);
  const leases = prepareLeases(db);
  const takeJob = prepareTakeJob(db);
  return {
    claimOutbox: async ({ township }, options) =>
      outbox.due(township, options) ? writer.submit(() => outbox.claim(township, options)) : [],
    settle: ({ township }, id, fence, result) =>
      writer.submit(() => outbox.settle(township, id, fence, result)),
    claimTasks: async ({ township }, options) =>
      tasks.due(township, options) ? writer.submit(() => tasks.claim(township, options)) : [],
    settleTask: ({ township }, key, fence, result) =>
      writer.submit(() => tasks.settle(township, key, fence, result)),
    dueCases: async ({ township }, at, limit) => reads.dueCases(township, at, limit),
    nextWake: async ({ township }) => nextWake(township, settling()),
    hasPrompt: ({ township }, account, chat, who) =>
      asked.maybe(township, who, now()) && reads.hasPrompt(township, account, chat, who, now()),
    cases: async ({ township }, filter) => reads.cases(township, filter),
    events: async ({ township }, numbers) => reads.events(township, numbers),
    activeCases: async ({ township }, walk) => walks.activeCases(township, walk),
    settledCases: async ({ township }, walk) => walks.settledCases(township, walk),
    eventsJson: async ({ township }, numbers) => walks.eventsJson(township, numbers),
    received: async ({ township }, from, to) => walks.received(township, from, to),
    firstReceived: async ({ township }) => walks.firstReceived(township),
    facts: async ({ township }, prefix) => reads.facts(township, prefix),
    bindings: async ({ township }, known) => reads.bindings(township, known),
    contacts: async ({ township }, chats) => reads.contacts(township, chats),
    vaultEntries: async ({ township }, number) => reads.vaultEntries(township, number),
    outbox: async ({ township }, filter) => reads.outbox(township, filter),
    savePolicy: ({ township }, version, text) =>
      writer.submit(() => reads.savePolicy(township, version, text)),
    policy: async ({ township }) => reads.policy(township),
    takeJob: ({ township }, key, at) => writer.submit(() => takeJob(township, key, at)),
    meta: async ({ township }, key) => reads.meta(township, key),
    setMeta: ({ township }, key, value) => writer.submit(() => reads.setMeta(township, key, value)),
    lease: ({ township }, name, owner, at, until) =>
      writer.submit(() => lease(township, name, owner, at, until)),
    leases: async ({ township }, prefix) => leases(township, prefix),
  };
}
