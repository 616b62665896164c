/** When not to ask: while enough questions are under way, or while the service fails each time. Pure but for its memory. */
import type { Instant } from '../kernel/zone.ts';

/** Questions at once: a flood of unsure lines is read by the rules alone. */
const MOST_AT_ONCE = 4;
/** After so many failures in a row it is left alone for a while: each would cost a message the whole time limit. */
const FAILURES = 3;
const PAUSE_MS = 60_000;

export class Pause {
  #underWay = 0;
  #failures = 0;
  #until: Instant = Number.NEGATIVE_INFINITY;

  mayAsk(now: Instant): boolean {
    return this.#underWay < MOST_AT_ONCE && now >= this.#until;
  }

  begun(): void {
    this.#underWay++;
  }

  ended(answered: boolean, now: Instant): void {
    this.#underWay--;
    this.#failures = answered ? 0 : this.#failures + 1;
    if (this.#failures >= FAILURES) this.#until = now + PAUSE_MS;
  }
}
