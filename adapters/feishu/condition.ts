/** How the adapter is, from what its parts tell it. */

import type { Redactor } from '@huiyin/core/kit';
import type { Health } from '@huiyin/core/port';
import { isKicked, isMissingScope, wordsFor } from './outcome.ts';
import { WORDS } from './words.ts';

export class Condition {
  readonly #redactor: Redactor;
  readonly #out = new Set<string>();
  #phase: 'connecting' | 'online' | 'kicked' | 'stopped' = 'connecting';
  #trouble: string | null = null;
  #untaken = false;
  #scopes: readonly string[] = [];
  #lastInboundAt: number | null = null;

  constructor(redactor: Redactor) {
    this.#redactor = redactor;
  }

  online(): void {
    this.#phase = 'online';
    this.#trouble = null;
  }

  /** The connection fails and is tried again. */
  lost(error: unknown): void {
    this.#phase = isKicked(error) ? 'kicked' : 'connecting';
    this.#trouble = error === null ? WORDS.cut : this.#redactor.clean(wordsFor(error));
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

  /** A send was refused for want of a scope: the list of scopes was not to be had, or has changed. */
  refused(error: unknown): void {
    if (isMissingScope(error) && this.#scopes.length === 0) this.#trouble = WORDS.scopes(['im:message']);
  }

  missing(scopes: readonly string[]): void {
    this.#scopes = scopes;
  }

  /** The bot came into a group or left it. */
  standing(group: string, inside: boolean): void {
    if (inside) this.#out.delete(group);
    else this.#out.add(group);
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
      ...(this.#scopes.length > 0 ? [WORDS.scopes(this.#scopes)] : []),
      ...(this.#out.size > 0 ? [WORDS.out([...this.#out])] : []),
      ...(this.#untaken ? [WORDS.notTaken] : []),
    ];
  }
}
