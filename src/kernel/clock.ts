/**
 * The only place that reads the machine's clock, arms timers or draws chance
 * (tests/kernel/determinism.test.ts greps for it). Everything else is given a `Clock`, `Timers` or a
 * number, so that a year can be simulated in seconds and two runs print the same bytes.
 */
import { randomUUID } from 'node:crypto';
import type { Instant } from './zone.ts';

export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still until it is told: simulations and tests. */
export class ManualClock implements Clock {
  #now: Instant;

  constructor(start: Instant) {
    this.#now = start;
  }

  now(): Instant {
    return this.#now;
  }

  /** Moves to an instant; an earlier one leaves the clock where it is, since simulated time never runs back. */
  advanceTo(at: Instant): void {
    if (at > this.#now) this.#now = at;
  }

  advanceBy(milliseconds: number): void {
    this.advanceTo(this.#now + milliseconds);
  }

  /** Jumps anywhere, also back: what a machine does when its clock is corrected. */
  jumpTo(at: Instant): void {
    this.#now = at;
  }
}

/** Stops a timer; calling it again or after it has run does nothing. */
export type Cancel = () => void;

export interface Timers {
  /** Runs once after `milliseconds`. */
  after(milliseconds: number, run: () => void): Cancel;
  /** Runs each `milliseconds`, first after one such span. */
  every(milliseconds: number, run: () => void): Cancel;
}

/** Node fires at once for longer delays (it keeps them in 32 bits), so longer ones are waited for in pieces. */
const LONGEST_DELAY = 2 ** 31 - 1;

function machineTimers(alive: boolean): Timers {
  const kept = <T extends NodeJS.Timeout>(handle: T): T => (alive ? handle : handle.unref());
  return {
    after(milliseconds, run) {
      let handle: NodeJS.Timeout;
      const arm = (left: number): void => {
        const piece = Math.min(left, LONGEST_DELAY);
        handle = kept(setTimeout(() => (left > piece ? arm(left - piece) : run()), piece));
      };
      arm(Math.max(0, milliseconds));
      return () => clearTimeout(handle);
    },
    every(milliseconds, run) {
      const handle = kept(setInterval(run, Math.min(milliseconds, LONGEST_DELAY)));
      return () => clearInterval(handle);
    },
  };
}

/** Timers of the machine. They keep the process alive; whoever stops cancels its own. */
export const systemTimers: Timers = machineTimers(true);

/** The same for what a process may end without: tidying up that its end does anyway. */
export const quietTimers: Timers = machineTimers(false);

interface Armed {
  readonly id: number;
  readonly due: Instant;
  readonly period: number | null;
  readonly run: () => void;
}

/** Timers over a `ManualClock`: `advanceBy` moves the clock and runs what falls due, in order of time. */
export class ManualTimers implements Timers {
  readonly #clock: ManualClock;
  #armed: Armed[] = [];
  #nextId = 1;

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  after(milliseconds: number, run: () => void): Cancel {
    return this.#arm(milliseconds, null, run);
  }

  every(milliseconds: number, run: () => void): Cancel {
    return this.#arm(milliseconds, Math.max(1, milliseconds), run);
  }

  advanceBy(milliseconds: number): void {
    const end = this.#clock.now() + milliseconds;
    for (let next = this.#dueBy(end); next; next = this.#dueBy(end)) {
      this.#disarm(next.id);
      this.#clock.advanceTo(next.due);
      if (next.period !== null) this.#armed.push({ ...next, due: next.due + next.period });
      next.run();
    }
    this.#clock.advanceTo(end);
  }

  #arm(milliseconds: number, period: number | null, run: () => void): Cancel {
    const id = this.#nextId++;
    this.#armed.push({ id, due: this.#clock.now() + Math.max(0, milliseconds), period, run });
    return () => this.#disarm(id);
  }

  #disarm(id: number): void {
    this.#armed = this.#armed.filter((timer) => timer.id !== id);
  }

  #dueBy(end: Instant): Armed | undefined {
    return this.#armed
      .filter((timer) => timer.due <= end)
      .sort((a, b) => a.due - b.due || a.id - b.id)
      .at(0);
  }
}

/** An unguessable id; never one that a simulation prints. */
export function randomId(): string {
  return randomUUID();
}

/** Chance in [0, 1) for jitter; shares that must be reproducible use `hashShare`. */
export function randomFraction(): number {
  return Math.random();
}
