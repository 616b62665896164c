/** Sends under way: a stop waits for them, and what they tell is without secrets. */
import type { SendResult } from '../port.ts';
import type { Redact } from './redact.ts';

export class Sends {
  readonly #clean: Redact;
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(clean: Redact) {
    this.#clean = clean;
  }

  /** The same result, its words cleaned. */
  track(sending: Promise<SendResult>): Promise<SendResult> {
    const told = sending.then((result) =>
      'detail' in result ? { ...result, detail: this.#clean(result.detail) } : result,
    );
    this.#underWay.add(told);
    return told.finally(() => this.#underWay.delete(told));
  }

  /** Resolves when none is under way; never rejects: whoever sends hears of their own. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }
}
