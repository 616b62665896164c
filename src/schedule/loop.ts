/** The loop of a running bot: sleeps until something is due, at most a minute, and catches up at start. */
import type { Cancel, Clock, Timers } from '../kernel/clock.ts';
import type { Instant } from '../kernel/zone.ts';
import type { Store } from '../store/port.ts';
import type { DueParts } from './due.ts';
import { earliestDue, runDue } from './due.ts';

export interface LoopOptions extends DueParts {
  readonly store: Pick<Store, 'nextWake' | 'dueCases' | 'onWake'>;
  readonly clock: Clock;
  readonly timers: Timers;
  /** What is looked at on the way, at least once a minute; left out, nothing is. */
  readonly watch?: () => Promise<void>;
}

export interface Loop {
  /** Catches up what was missed, then keeps running. */
  start(): Promise<void>;
  /** Ends after the pass under way. */
  stop(): Promise<void>;
}

/** The machine may have slept, its clock may have been set: no sleep is longer. */
const LONGEST_SLEEP_MS = 60_000;
/** Commits that bring something due come in swarms: one look serves them. */
const GATHER_MS = 20;

export function createLoop(options: LoopOptions): Loop {
  return new DueLoop(options);
}

class DueLoop implements Loop {
  readonly #options: LoopOptions;
  #alarm: Cancel | null = null;
  #alarmAt: Instant = Number.POSITIVE_INFINITY;
  #unlisten: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();
  #busy = false;
  /** Something came in while a pass was under way: it may have missed it. */
  #woken = false;
  #stopped = false;

  constructor(options: LoopOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    await this.#options.jobs.open(this.#options.clock.now());
    this.#unlisten = this.#options.store.onWake(() => this.#wakeIn(GATHER_MS));
    await this.#pass();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unlisten();
    this.#alarm?.();
    await this.#running;
  }

  /** An earlier alarm stands; a later one gives way. */
  #wakeIn(milliseconds: number): void {
    this.#woken ||= this.#busy;
    const at = this.#options.clock.now() + milliseconds;
    if (this.#stopped || this.#busy || at >= this.#alarmAt) return;
    this.#alarm?.();
    this.#alarmAt = at;
    this.#alarm = this.#options.timers.after(milliseconds, () => void this.#pass());
  }

  #pass(): Promise<void> {
    if (this.#busy || this.#stopped) return this.#running;
    this.#busy = true;
    this.#woken = false;
    this.#running = this.#look().finally(() => {
      this.#busy = false;
    });
    return this.#running.then(() => this.#sleep());
  }

  async #look(): Promise<void> {
    this.#alarmAt = Number.POSITIVE_INFINITY;
    this.#alarm = null;
    try {
      const due = await earliestDue(this.#options);
      const now = this.#options.clock.now();
      if (due !== null && due <= now) await runDue(this.#options, now, () => undefined);
      await this.#options.watch?.();
    } catch (error) {
      // A locked database, a full disk: nothing was written, the next look tries again.
      this.#options.log.error('what is due could not be run', { error });
    }
  }

  /** What stays due though it was looked at can't be moved now: it has the next minute. */
  async #sleep(): Promise<void> {
    if (this.#stopped) return;
    const due = await earliestDue(this.#options).catch(() => null);
    const wait = (due ?? Number.POSITIVE_INFINITY) - this.#options.clock.now();
    if (this.#woken) return this.#wakeIn(GATHER_MS);
    this.#wakeIn(wait <= 0 ? LONGEST_SLEEP_MS : Math.min(wait, LONGEST_SLEEP_MS));
  }
}
