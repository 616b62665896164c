/**
 * Group commit over a pool: see ../sqlite/writer.ts, whose promises hold here too.
 *
 * Writers of one township take turns, also those of other processes, by an advisory lock that ends with the
 * transaction. Locking the cases that a step loaded (FOR UPDATE) would not do: who has the fewest open cases,
 * whether a fact is set or a prompt open, may rest on rows that do not exist yet.
 */
import type pg from 'pg';
import type { Timers } from '../../kernel/clock.ts';
import { StoreError, storeError } from '../errors.ts';
import { notConnected, translated } from './errors.ts';
import { type Run, runOn } from './tables.ts';

export const GROUP_LIMIT = 100;
const ATTEMPTS = 3;

/**
 * A server that starts anew is back within seconds: what came meanwhile waits for it, since some platforms say
 * nothing twice. After that each writing tries once, and whoever sent it is told that nothing was recorded.
 */
const PAUSES_MS = [100, 200, 400, 800, 1_500, 3_000, 4_000];

interface Work {
  readonly township: string;
  readonly run: (run: Run) => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly givenUp: ((error: Error) => unknown) | null;
}

type Outcome =
  | { readonly ok: true; readonly values: readonly unknown[] }
  | { readonly ok: false; readonly error: unknown };

export interface WriterOptions {
  readonly timers: Timers;
  readonly defer: (run: () => void) => void;
  /** First thing in each transaction; what it gives comes back to `committed`. */
  readonly begun: (run: Run) => Promise<number>;
  readonly committed: (begun: number) => void;
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
const isOwnFault = (outcome: Outcome): boolean => !outcome.ok && !(outcome.error instanceof StoreError);

export class Writer {
  readonly #pool: pg.Pool;
  readonly #options: WriterOptions;
  #queue: Work[] = [];
  #running: Promise<void> | null = null;
  #closed = false;
  /** How often connecting failed since it last went well. */
  #failures = 0;
  /** Ends the pause under way. */
  #hurry: () => void = () => undefined;

  constructor(pool: pg.Pool, options: WriterOptions) {
    this.#pool = pool;
    this.#options = options;
  }

  submit<T>(
    township: string,
    run: (run: Run) => Promise<T>,
    givenUp: ((error: Error) => T) | null = null,
  ): Promise<T> {
    if (this.#closed) return Promise.reject(storeError('closed'));
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ township, run, resolve: resolve as (value: unknown) => void, reject, givenUp });
      this.#running ??= this.#drain();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#hurry();
    await this.#running;
  }

  async #drain(): Promise<void> {
    // What else the event loop has at hand goes into the same group.
    await new Promise<void>((resolve) => this.#options.defer(resolve));
    while (this.#queue.length > 0) await this.#writeGroup(this.#queue.splice(0, GROUP_LIMIT));
    this.#running = null;
  }

  async #writeGroup(group: readonly Work[]): Promise<void> {
    const outcome = await this.#transaction(group);
    if (outcome.ok) settle(group, outcome.values);
    else if (outcome.error instanceof StoreError) for (const work of group) work.reject(outcome.error);
    else for (const work of group) await this.#writeAlone(work, group.length === 1 ? outcome : null);
  }

  async #writeAlone(work: Work, first: Outcome | null): Promise<void> {
    let outcome = first ?? (await this.#transaction([work]));
    for (let attempt = 1; attempt < ATTEMPTS && isOwnFault(outcome); attempt += 1) {
      outcome = await this.#transaction([work]);
    }
    if (outcome.ok) settle([work], outcome.values);
    else if (isOwnFault(outcome) && work.givenUp) work.resolve(work.givenUp(asError(outcome.error)));
    else work.reject(outcome.error);
  }

  async #transaction(group: readonly Work[]): Promise<Outcome> {
    const client = await this.#connect();
    if (client instanceof StoreError) return { ok: false, error: client };
    try {
      const { values, begun } = await this.#write(client, group);
      client.release();
      this.#options.committed(begun);
      return { ok: true, values };
    } catch (error) {
      // A connection that can't even roll back is thrown away, and its transaction with it.
      const broken = await client.query('ROLLBACK').then(
        () => false,
        () => true,
      );
      client.release(broken);
      return { ok: false, error };
    }
  }

  /** Nothing has begun yet, so trying again does nothing twice. */
  async #connect(): Promise<pg.PoolClient | StoreError> {
    for (;;) {
      try {
        const client = await this.#pool.connect();
        this.#failures = 0;
        return client;
      } catch (thrown) {
        const error = notConnected(thrown);
        const pause = PAUSES_MS[this.#failures++];
        if (!error.passing || pause === undefined || this.#closed) return error;
        await this.#pause(pause);
      }
    }
  }

  #pause(milliseconds: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.#options.timers.after(milliseconds, resolve);
    this.#hurry = resolve;
    return promise.finally(cancel);
  }

  async #write(client: pg.PoolClient, group: readonly Work[]) {
    const run = runOn(client);
    const townships = [...new Set(group.map(({ township }) => township))].sort();
    // One message: begin, and wait for the turn. The order of names keeps two groups from waiting for each other.
    const turns = townships.map(
      (name) => `pg_advisory_xact_lock(hashtextextended(${client.escapeLiteral(name)}, 0))`,
    );
    await say(client, `BEGIN; SELECT ${turns.join(', ')}`);
    const begun = await this.#options.begun(run);
    const values: unknown[] = [];
    for (const work of group) values.push(await work.run(run));
    await say(client, 'COMMIT');
    return { values, begun };
  }
}

/** A statement without values or rows. */
async function say(client: pg.PoolClient, text: string): Promise<void> {
  try {
    await client.query(text);
  } catch (error) {
    throw translated(error);
  }
}

function settle(group: readonly Work[], values: readonly unknown[]): void {
  for (const [index, work] of group.entries()) work.resolve(values[index]);
}
