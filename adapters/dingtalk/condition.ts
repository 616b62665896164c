/** How the adapter is, from what its parts tell it. */
import type { Redactor } from '@huiyin/core/kit';
import type { Health } from '@huiyin/core/port';
import { isBadSecret, isOutOfQuota, lacksPermission, wordsFor } from './outcome.ts';
import { WORDS } from './words.ts';

export class Condition {
  readonly #redactor: Redactor;
  #phase: 'connecting' | 'online' | 'kicked' | 'stopped' = 'connecting';
  #trouble: string | null = null;
  #untaken = false;
  /** Why nothing can be sent; over with the next message that goes. */
  #sending: string | null = null;
  #otherRobot: string | null = null;
  #lastInboundAt: number | null = null;

  constructor(redactor: Redactor) {
    this.#redactor = redactor;
  }

  online(): void {
    this.#phase = 'online';
    this.#trouble = null;
  }

  /** @param words what ended the connection */
  cut(words: string): void {
    this.#phase = 'connecting';
    this.#trouble = words;
  }

  /** The connection fails and is tried again. Only a person can help where the secret is no good. */
  lost(error: unknown): void {
    this.#phase = isBadSecret(error) ? 'kicked' : 'connecting';
    this.#trouble = this.#redactor.clean(wordsFor(error));
  }

  stopped(): void {
    this.#phase = 'stopped';
  }

  inbound(at: number): void {
    this.#lastInboundAt = at;
    this.#untaken = false;
  }

  notTaken(): void {
    this.#untaken = true;
  }

  /** @param error null where a message went */
  told(error: unknown): void {
    if (error === null) this.#sending = null;
    else if (isOutOfQuota(error) || lacksPermission(error) || isBadSecret(error)) {
      this.#sending = wordsFor(error);
    }
  }

  /** The robot to which people write, where it is not the one that is configured. */
  otherRobot(code: string | null): void {
    this.#otherRobot = code;
  }

  health(): Health {
    const words = [
      ...(this.#trouble === null ? [] : [this.#trouble]),
      ...(this.#phase === 'online' ? this.#notes() : []),
    ];
    return {
      state: this.#phase === 'online' && words.length > 0 ? 'degraded' : this.#phase,
      lastInboundAt: this.#lastInboundAt,
      lastError: words.length === 0 ? null : words.join('；'),
      qr: null,
    };
  }

  #notes(): readonly string[] {
    return [
      ...(this.#sending === null ? [] : [this.#sending]),
      ...(this.#otherRobot === null ? [] : [WORDS.robotCode(this.#otherRobot)]),
      ...(this.#untaken ? [WORDS.notTaken] : []),
    ];
  }
}
