/**
 * The one writer: takes up to 100 waiting writings into one transaction, so that one wait for the disk
 * serves them all (group commit). Promises settle after the commit.
 *
 * If a writing throws, all is rolled back and each is done again alone; savepoints around each would
 * spare that, and cost half the speed every day. One that throws alone three times is given up.
 */
import { StoreError, storeError } from '../errors.ts';
import { translated } from './errors.ts';
import type { Handle } from './tables.ts';

export const GROUP_LIMIT = 100;
const ATTEMPTS = 3;

interface Work {
  readonly run: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** What the caller gets for a writing given up; without it the promise rejects. */
  readonly givenUp: ((error: Error) => unknown) | null;
}

type Outcome =
  | { readonly ok: true; readonly values: readonly unknown[] }
  | { readonly ok: false; readonly error: unknown };

export interface WriterOptions {
  /** Runs soon, when what else has arrived is queued too. */
  readonly defer: (run: () => void) => void;
  /** First thing in each transaction. */
  readonly begun: () => void;
  /** After each commit, before the promises settle. */
  readonly committed: () => void;
  /** After the promises of a group have settled: here a listener may throw without harm to anybody's answer. */
  readonly settled: () => void;
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

export class Writer {
  readonly #db: Handle;
  readonly #options: WriterOptions;
  readonly #begin;
  readonly #commit;
  readonly #rollback;
  #queue: Work[] = [];
  #scheduled = false;
  #closed = false;

  constructor(db: Handle, options: WriterOptions) {
    this.#db = db;
    this.#options = options;
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#commit = db.prepare('COMMIT');
    this.#rollback = db.prepare('ROLLBACK');
  }

  /** Queues a writing. It runs inside a transaction, and again if that has to be replayed. */
  submit<T>(run: () => T, givenUp: ((error: Error) => T) | null = null): Promise<T> {
    if (this.#closed) return Promise.reject(storeError('closed'));
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ run, resolve: resolve as (value: unknown) => void, reject, givenUp });
      this.#schedule();
    });
  }

  /** Writes what waits, then refuses. */
  close(): void {
    this.#closed = true;
    while (this.#queue.length > 0) this.#writeGroup();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#options.defer(() => {
      this.#scheduled = false;
      this.#writeGroup();
      if (this.#queue.length > 0) this.#schedule();
      this.#options.settled();
    });
  }

  #writeGroup(): void {
    const group = this.#queue.splice(0, GROUP_LIMIT);
    if (group.length === 0) return;
    const outcome = this.#transaction(group);
    if (outcome.ok) settle(group, outcome.values);
    else if (outcome.error instanceof StoreError) for (const work of group) work.reject(outcome.error);
    else for (const work of group) this.#writeAlone(work, group.length === 1 ? outcome : null);
  }

  /**
   * A database that fails is no fault of the writing: its caller hears of it and may come again.
   * `first` is what came of it where it was alone in its group.
   */
  #writeAlone(work: Work, first: Outcome | null): void {
    let outcome = first ?? this.#transaction([work]);
    for (let attempt = 1; attempt < ATTEMPTS && isOwnFault(outcome); attempt += 1) {
      outcome = this.#transaction([work]);
    }
    if (outcome.ok) settle([work], outcome.values);
    else if (isOwnFault(outcome) && work.givenUp) work.resolve(work.givenUp(asError(outcome.error)));
    else work.reject(outcome.error);
  }

  #transaction(group: readonly Work[]): Outcome {
    const outcome = this.#attempt(group);
    // Outside the attempt: what a listener throws must not undo what is on disk.
    if (outcome.ok) this.#options.committed();
    return outcome;
  }

  #attempt(group: readonly Work[]): Outcome {
    try {
      this.#begin.run();
      this.#options.begun();
      const values = group.map((work) => work.run());
      this.#commit.run();
      return { ok: true, values };
    } catch (error) {
      // A full disk and the like have rolled back already.
      if (this.#db.inTransaction) this.#rollback.run();
      return { ok: false, error: translated(error) };
    }
  }
}

/** Did the writing itself throw, not the database under it? */
function isOwnFault(outcome: Outcome): boolean {
  return !outcome.ok && !(outcome.error instanceof StoreError);
}

function settle(group: readonly Work[], values: readonly unknown[]): void {
  for (const [index, work] of group.entries()) work.resolve(values[index]);
}
