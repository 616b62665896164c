/** Waiting that a stop ends at once. */
import type { AdapterTimers } from './parts.ts';

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/** @param failures how many in a row, from 1 */
export const backoffMs = (failures: number): number =>
  Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(20, Math.max(0, failures - 1)));

export class Patience {
  readonly #timers: AdapterTimers;
  readonly #waiting = new Set<() => void>();
  #stopped = false;

  constructor(timers: AdapterTimers) {
    this.#timers = timers;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Resolves after so many milliseconds, or when stopped. */
  pause(milliseconds: number): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        cancel();
        this.#waiting.delete(done);
        resolve();
      };
      const cancel = this.#timers.after(milliseconds, done);
      this.#waiting.add(done);
    });
  }

  stop(): void {
    this.#stopped = true;
    for (const done of this.#waiting) done();
  }
}
