/** Whether the puppet still lives: a connection through a sleeping router never says that it is gone. */
import type { Condition } from './condition.ts';
import type { Around } from './config.ts';

export interface WatchParts {
  readonly options: Around;
  readonly condition: Condition;
  /** Asks the puppet for a sign of life. */
  readonly ping: () => void;
  /** Gives the connection up; another begins. */
  readonly giveUp: (why: 'quiet' | 'idle') => void;
}

export const LOOK_MS = 30_000;
/** Three questions without an answer. */
const QUIET_MS = 100_000;
const GIVE_UP_MS = 300_000;
/** A service that has neither a session nor a code by then has lost its first words on the way to us. */
const IDLE_MS = 120_000;

export class Watch {
  readonly #parts: WatchParts;
  #cancel: () => void = () => undefined;
  #lastSign: number;
  #waitingSince: number | null = null;

  constructor(parts: WatchParts) {
    this.#parts = parts;
    this.#lastSign = parts.options.clock.now();
    this.#next();
  }

  /** Any event is one. */
  sign(): void {
    this.#lastSign = this.#parts.options.clock.now();
    this.#parts.condition.quiet(false);
  }

  stop(): void {
    this.#cancel();
  }

  #next(): void {
    this.#cancel = this.#parts.options.timers.after(LOOK_MS, () => this.#look());
  }

  #look(): void {
    const { options, condition, ping, giveUp } = this.#parts;
    const now = options.clock.now();
    const silent = now - this.#lastSign;
    this.#waitingSince = condition.waiting ? (this.#waitingSince ?? now - LOOK_MS) : null;
    const idle = this.#waitingSince !== null && now - this.#waitingSince >= IDLE_MS;
    if (idle || silent >= GIVE_UP_MS) {
      giveUp(idle ? 'idle' : 'quiet');
      return;
    }
    condition.quiet(silent >= QUIET_MS);
    if (silent >= LOOK_MS) ping();
    this.#next();
  }
}
