/** How the adapter is, from what its parts tell it. */

import type { Redact } from '@huiyin/core/kit';
import type { Health } from '@huiyin/core/port';
import type { Standing } from './decode.ts';
import { WORDS } from './words.ts';

export class Condition {
  readonly #redact: Redact;
  readonly #groups: () => readonly string[];
  readonly #standings = new Map<string, Standing>();
  #phase: 'connecting' | 'online' | 'kicked' | 'stopped' = 'connecting';
  #trouble: string | null = null;
  #privacy = false;
  #lastInboundAt: number | null = null;

  constructor(redact: Redact, groups: () => readonly string[]) {
    this.#redact = redact;
    this.#groups = groups;
  }

  connecting(): void {
    this.#phase = 'connecting';
  }

  online(): void {
    this.#phase = 'online';
    this.#trouble = null;
  }

  /** The token is refused: only a person can help. */
  kicked(words: string): void {
    this.#phase = 'kicked';
    this.#trouble = this.#redact(words);
  }

  stopped(): void {
    this.#phase = 'stopped';
  }

  /** Something fails and is tried again. */
  trouble(words: string): void {
    this.#trouble = this.#redact(words);
  }

  inbound(at: number): void {
    this.#lastInboundAt = at;
  }

  /** @param on privacy mode hides what people write in groups where the bot is no administrator */
  privacy(on: boolean): void {
    this.#privacy = on;
  }

  standing(group: string, standing: Standing): void {
    this.#standings.set(group, standing);
  }

  /** The bot can't read what is written in groups, not in one of them. */
  get blindEverywhere(): boolean {
    return this.#privacy && !this.#watched().some((group) => this.#standings.get(group) === 'admin');
  }

  health(): Health {
    const notes = this.#phase === 'online' ? this.#notes() : [];
    const words = [...(this.#trouble === null ? [] : [this.#trouble]), ...notes];
    return {
      state: this.#phase === 'online' && words.length > 0 ? 'degraded' : this.#phase,
      lastInboundAt: this.#lastInboundAt,
      lastError: words.length === 0 ? null : words.join('；'),
      qr: null,
    };
  }

  #watched(): readonly string[] {
    return [...new Set([...this.#groups(), ...this.#standings.keys()])];
  }

  #notes(): readonly string[] {
    const out = this.#watched().filter((group) => this.#standings.get(group) === 'out');
    const inside = this.#watched().filter((group) => !out.includes(group));
    const blind = inside.filter((group) => this.#standings.get(group) !== 'admin');
    const hidden = this.#privacy && (blind.length > 0 || inside.length === 0);
    return [...(hidden ? [WORDS.privacy(blind)] : []), ...(out.length > 0 ? [WORDS.out(out)] : [])];
  }
}
