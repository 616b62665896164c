/** How the adapter is, from what its parts tell it. */
import type { Redactor } from '@huiyin/core/kit';
import type { Health } from '@huiyin/core/port';
import { WORDS } from './words.ts';

type Phase = 'connecting' | 'online' | 'kicked';
export type Side = 'aibot' | 'app' | 'webhook' | 'media';

export class Condition {
  readonly #redactor: Redactor;
  /** The side that messages come in by: the bot where there is one. */
  readonly #main: Side;
  readonly #phases = new Map<Side, Phase>();
  readonly #troubles = new Map<Side, string>();
  #stopped = false;
  #untaken = false;
  #lastInboundAt: number | null = null;

  constructor(redactor: Redactor, main: Side) {
    this.#redactor = redactor;
    this.#main = main;
  }

  online(side: Side): void {
    this.#phases.set(side, 'online');
    this.#troubles.delete(side);
  }

  /** It fails and is tried again. */
  lost(side: Side, words: string): void {
    this.#phases.set(side, 'connecting');
    this.trouble(side, words);
  }

  /** Only a person can help. */
  kicked(side: Side, words: string): void {
    this.#phases.set(side, 'kicked');
    this.trouble(side, words);
  }

  trouble(side: Side, words: string): void {
    this.#troubles.set(side, this.#redactor.clean(words));
  }

  stopped(): void {
    this.#stopped = true;
  }

  inbound(at: number): void {
    this.#lastInboundAt = at;
    this.#untaken = false;
  }

  notTaken(): void {
    this.#untaken = true;
  }

  health(): Health {
    const words = [...new Set([...this.#troubles.values(), ...(this.#untaken ? [WORDS.notTaken] : [])])];
    const phase = this.#phases.get(this.#main) ?? 'connecting';
    const running = phase === 'online' && words.length > 0 ? 'degraded' : phase;
    return {
      state: this.#stopped ? 'stopped' : running,
      lastInboundAt: this.#lastInboundAt,
      lastError: words.length === 0 ? null : words.join('；'),
      qr: null,
    };
  }
}
