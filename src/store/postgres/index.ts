/** The store on PostgreSQL: for a county that runs several processes over many townships. */
import type pg from 'pg';
import type { Instant } from '../../domain/case.ts';
import { systemTimers, type Timers } from '../../kernel/clock.ts';
import { deciding, gatherer } from '../loaded.ts';
import type { Step, StepResult, Store, TransactOptions } from '../port.ts';
import { SettleBuffer } from '../settling.ts';
import { addressOf } from './address.ts';
import { commit } from './commit.ts';
import { load } from './load.ts';
import { migrateDatabase } from './migrate.ts';
import { claim, settleAll, settleOne } from './outbox.ts';
import { createPool } from './pool.ts';
import { readsOver } from './reads.ts';
import { type Run, runOn } from './tables.ts';
import { claimTasks, lease, leases, settleTask, takeJob } from './tasks.ts';
import { WakeUp, type Watching } from './wake.ts';
import { walksOver } from './walks.ts';
import { Writer } from './writer.ts';

export interface PostgresOptions {
  /** `postgresql://user:password@host:port/database`. */
  readonly url: string;
  readonly now: () => Instant;
  readonly timers?: Timers;
  readonly defer?: (run: () => void) => void;
  /** Hears of connections that break while idle; the store makes new ones by itself. */
  readonly problem?: (error: Error) => void;
  /** Told once when the server is away, and once when it is back; the store tries again by itself. */
  readonly watching?: Partial<Watching>;
}

/** Connects and migrates. Throws `StoreError`: newer_schema, io, denied, read_only. */
export async function openPostgresStore(options: PostgresOptions): Promise<Store> {
  const url = addressOf(options.url)?.url;
  if (url === undefined) throw new RangeError('no address of a PostgreSQL database');
  const pool = createPool(url, options.problem ?? (() => {}));
  try {
    await migrateDatabase(pool);
    return await storeOverPool(pool, options);
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** The store over a pool whose database is up to date; closing it ends the pool. */
export async function storeOverPool(pool: pg.Pool, options: Omit<PostgresOptions, 'url'>): Promise<Store> {
  const { now, timers = systemTimers, defer = setImmediate } = options;
  const nobody = (): void => undefined;
  const wake = new WakeUp(pool, timers, { lost: nobody, back: nobody, ...options.watching });
  // One empty writing is enough: the transaction takes along what waits.
  const settling = new SettleBuffer(timers, () => writer.submit('', async () => undefined));
  const writer: Writer = new Writer(pool, {
    defer,
    timers,
    begun: async (run) => {
      const waiting = settling.waiting();
      await settleAll(run, waiting);
      return waiting.length;
    },
    committed: (written) => settling.written(written),
  });
  await wake.listen();
  return {
    transact: (scope, steps, given) => {
      const submit = <A>(step: Step<A>): Promise<StepResult<A>> =>
        writer.submit(
          scope.township,
          (run) => runStep(run, scope.township, step, now(), given),
          (error): StepResult<A> => ({ ok: false, error }),
        );
      return Promise.all(steps.map(submit));
    },
    settleSoon: ({ township }, id, fence, result) => settling.add({ township, id, fence, result }),
    onWake: (run) => wake.add(run),
    close: async () => {
      settling.stop();
      // With the server away it is lost with the process: those rows come back as interrupted.
      if (settling.waiting().length > 0) writer.submit('', async () => undefined).catch(() => undefined);
      await writer.close();
      wake.close();
      await pool.end();
    },
    ...queries(pool, writer, now, () => settling.waiting().map(({ id }) => id)),
  };
}

/** Load, decide, commit: one step inside the writer's transaction, in two round trips. */
async function runStep<A>(
  run: Run,
  township: string,
  step: Step<A>,
  now: Instant,
  options: TransactOptions | undefined,
): Promise<StepResult<A>> {
  const loaded = gatherer();
  const rounds = deciding(step, loaded, now);
  let round = rounds.next();
  while (!round.done) {
    await load(run, township, round.value, loaded, now);
    round = rounds.next();
  }
  const { settles: ended } = round.value;
  if (ended && !(await settleOne(run, township, ended.id, ended.fence, ended.result)))
    return { ok: true, answer: round.value.answer, outbox: [] };
  const context = { township, now, born: options?.bornSending ?? null };
  const { rows } = await commit(run, context, round.value);
  return { ok: true, answer: round.value.answer, outbox: rows };
}

type Queries = Omit<Store, 'transact' | 'settleSoon' | 'onWake' | 'close'>;

function queries(
  pool: pg.Pool,
  writer: Writer,
  now: () => Instant,
  settling: () => readonly number[],
): Queries {
  const run = runOn(pool);
  const reads = readsOver(run);
  const walks = walksOver(run);
  return {
    claimOutbox: ({ township }, options) => writer.submit(township, (tx) => claim(tx, township, options)),
    settle: ({ township }, id, fence, result) =>
      writer.submit(township, (tx) => settleOne(tx, township, id, fence, result)),
    claimTasks: ({ township }, options) => claimTasks(run, township, options),
    settleTask: ({ township }, key, fence, result) => settleTask(run, township, key, fence, result),
    dueCases: ({ township }, at, limit) => reads.dueCases(township, at, limit),
    nextWake: ({ township }) => reads.nextWake(township, settling()),
    hasPrompt: ({ township }, account, chat, who) => reads.hasPrompt(township, account, chat, who, now()),
    cases: ({ township }, filter) => reads.cases(township, filter),
    events: ({ township }, numbers) => reads.events(township, numbers),
    activeCases: ({ township }, walk) => walks.activeCases(township, walk),
    settledCases: ({ township }, walk) => walks.settledCases(township, walk),
    eventsJson: ({ township }, numbers) => walks.eventsJson(township, numbers),
    received: ({ township }, from, to) => walks.received(township, from, to),
    firstReceived: ({ township }) => walks.firstReceived(township),
    facts: ({ township }, prefix) => reads.facts(township, prefix),
    bindings: ({ township }, known) => reads.bindings(township, known),
    contacts: ({ township }, chats) => reads.contacts(township, chats),
    vaultEntries: ({ township }, number) => reads.vaultEntries(township, number),
    outbox: ({ township }, filter) => reads.outbox(township, filter),
    savePolicy: ({ township }, version, text) => reads.savePolicy(township, version, text),
    policy: ({ township }) => reads.policy(township),
    takeJob: ({ township }, key, at) => takeJob(run, township, key, at),
    meta: ({ township }, key) => reads.meta(township, key),
    setMeta: ({ township }, key, value) => reads.setMeta(township, key, value),
    lease: ({ township }, name, owner, at, until) => lease(run, township, name, owner, at, until),
    leases: ({ township }, prefix) => leases(run, township, prefix),
  };
}
