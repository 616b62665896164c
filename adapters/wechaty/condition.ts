/** How the adapter is, from what its parts tell it. */
import type { Redact } from '@huiyin/core/kit';
import type { Health, HealthState } from '@huiyin/core/port';
import { WORDS } from './words.ts';

type Phase = 'connecting' | 'login' | 'online' | 'refused' | 'stopped';

export class Condition {
  readonly #redact: Redact;
  readonly #out = new Set<string>();
  #phase: Phase = 'connecting';
  #trouble: string | null = null;
  #qr: string | null = null;
  #scanned = false;
  /** Signed out by WeChat or on the phone; until somebody signs in again. */
  #loggedOut = false;
  #quiet = false;
  #lost = 0;
  #lastInboundAt: number | null = null;

  constructor(redact: Redact) {
    this.#redact = redact;
  }

  online(): void {
    this.#phase = 'online';
    this.#trouble = null;
    this.#qr = null;
    this.#scanned = false;
    this.#loggedOut = false;
    this.#quiet = false;
  }

  /** @returns whether this code is new, so that it is printed once */
  scan(qr: string): boolean {
    const fresh = this.#qr !== qr;
    this.#phase = 'login';
    this.#trouble = null;
    this.#qr = qr;
    this.#scanned = false;
    return fresh;
  }

  scanned(): void {
    this.#phase = 'login';
    this.#qr = null;
    this.#scanned = true;
  }

  loggedOut(): void {
    this.#phase = 'connecting';
    this.#loggedOut = true;
    this.#qr = null;
  }

  /** Something fails and is tried again. */
  lost(words: string): void {
    this.#phase = 'connecting';
    this.#trouble = this.#redact(words);
    this.#qr = null;
  }

  /** The token is not accepted: only a person can help. */
  refused(words: string): void {
    this.#phase = 'refused';
    this.#trouble = this.#redact(words);
    this.#qr = null;
  }

  stopped(): void {
    this.#phase = 'stopped';
    this.#qr = null;
  }

  quiet(quiet: boolean): void {
    this.#quiet = quiet;
  }

  inbound(at: number): void {
    this.#lastInboundAt = at;
  }

  /** A message is lost for good: WeChat does not repeat. It is said until the next start. */
  notTaken(): void {
    this.#lost++;
  }

  /** The bot came into a group or left it. */
  standing(group: string, inside: boolean): void {
    if (inside) this.#out.delete(group);
    else this.#out.add(group);
  }

  isOut(group: string): boolean {
    return this.#out.has(group);
  }

  /** Neither signed in nor asked to, and nothing that a person would have to see to first. */
  get waiting(): boolean {
    return this.#phase === 'connecting' && !this.#loggedOut;
  }

  health(): Health {
    const words = this.#words();
    return {
      state: this.#state(words.length > 0),
      lastInboundAt: this.#lastInboundAt,
      lastError: words.length === 0 ? null : words.join('；'),
      qr: this.#qr,
    };
  }

  #state(troubled: boolean): HealthState {
    if (this.#phase === 'stopped') return 'stopped';
    if (this.#phase === 'refused') return 'kicked';
    if (this.#phase === 'login') return 'need-login';
    if (this.#phase === 'online') return troubled ? 'degraded' : 'online';
    return this.#loggedOut ? 'kicked' : 'connecting';
  }

  #words(): readonly string[] {
    const login = this.#scanned ? WORDS.scanned : WORDS.scan;
    return [
      ...(this.#loggedOut ? [WORDS.loggedOut] : []),
      ...(this.#phase === 'login' ? [login] : []),
      ...(this.#trouble === null ? [] : [this.#trouble]),
      ...(this.#phase === 'online' ? this.#notes() : []),
      ...(this.#lost > 0 ? [WORDS.notTaken(this.#lost)] : []),
    ];
  }

  #notes(): readonly string[] {
    return [
      ...(this.#quiet ? [WORDS.quiet] : []),
      ...(this.#out.size > 0 ? [WORDS.out([...this.#out])] : []),
    ];
  }
}
