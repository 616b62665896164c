/** Settlements that wait for a transaction to ride on, for at most 20 ms. */
import type { Cancel, Timers } from '../kernel/clock.ts';
import type { Settlement } from './port.ts';

export const RIDE_MS = 20;
/** After a failed flush: the disk is full or the server away, which 20 ms do not mend. */
const AGAIN_MS = 1_000;

export interface Settling {
  readonly township: string;
  readonly id: number;
  readonly fence: number;
  readonly result: Settlement;
}

export class SettleBuffer {
  readonly #timers: Timers;
  /** Writes what waits, in a transaction of its own if need be. */
  readonly #flush: () => Promise<unknown>;
  #waiting: Settling[] = [];
  #cancel: Cancel | null = null;

  constructor(timers: Timers, flush: () => Promise<unknown>) {
    this.#timers = timers;
    this.#flush = flush;
  }

  add(settling: Settling): void {
    this.#waiting.push(settling);
    this.#arm(RIDE_MS);
  }

  /** What waits now: whoever writes it says so with `written`. */
  waiting(): readonly Settling[] {
    return this.#waiting;
  }

  /** The first `count` are on disk. */
  written(count: number): void {
    this.#waiting = this.#waiting.slice(count);
    if (this.#waiting.length > 0) return;
    this.#cancel?.();
    this.#cancel = null;
  }

  #arm(delay: number): void {
    if (this.#cancel) return;
    this.#cancel = this.#timers.after(delay, () => {
      this.#cancel = null;
      this.#flush().catch(() => this.#arm(AGAIN_MS));
    });
  }

  /** For the end of the process: what waits is written by the caller, no timer stays. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
