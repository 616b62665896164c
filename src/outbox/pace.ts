/** What one account may send when: limits of the platform, chats that asked to wait, jitter. */
import type { Instant } from '../kernel/zone.ts';
import type { Capabilities } from '../port.ts';
import { allowedAt, type Sent, taken } from './limits.ts';

export class Pace {
  readonly #limits: Capabilities['limits'];
  readonly #share: () => number;
  readonly #chats = new Map<string, Sent>();
  readonly #blocked = new Map<string, Instant>();
  #account: Sent = [];
  #accountBlocked = 0;
  /** No message before this: the pause after the last one that makes the bot less of a machine gun. */
  #quietUntil = 0;

  /** @param share draws in [0, 1) for the jitter */
  constructor(limits: Capabilities['limits'], share: () => number) {
    this.#limits = limits;
    this.#share = share;
  }

  /** When a message to this chat may go at the earliest; `now` where nothing holds it. */
  readyAt(chat: string, now: Instant): Instant {
    const { perChat, global, jitterMs } = this.#limits;
    const chatAt = perChat ? allowedAt(this.#chats.get(chat) ?? [], now, perChat) : now;
    const accountAt = global ? allowedAt(this.#account, now, global) : now;
    const quiet = Math.min(this.#quietUntil, now + (jitterMs?.max ?? 0));
    return Math.max(now, chatAt, accountAt, quiet, this.#accountBlocked, this.#blocked.get(chat) ?? now);
  }

  /** A message to this chat goes now. */
  take(chat: string, now: Instant): void {
    const { perChat, global, jitterMs } = this.#limits;
    if (perChat) this.#chats.set(chat, taken(this.#chats.get(chat) ?? [], now, perChat));
    if (global) this.#account = taken(this.#account, now, global);
    if (jitterMs) {
      this.#quietUntil = now + Math.round(jitterMs.min + (jitterMs.max - jitterMs.min) * this.#share());
    }
    this.#forget(now);
  }

  /** The platform asked to leave this chat alone until then; null is the whole account. */
  block(chat: string | null, until: Instant): void {
    if (chat === null) this.#accountBlocked = Math.max(until, this.#accountBlocked);
    else this.#blocked.set(chat, Math.max(until, this.#blocked.get(chat) ?? 0));
  }

  /** What waits behind a message that was told to come back must not overtake it. */
  isBlocked(chat: string, now: Instant): boolean {
    return Math.max(this.#accountBlocked, this.#blocked.get(chat) ?? 0) > now;
  }

  /** Chats whose times have passed are as good as new: kept, they would only grow. */
  #forget(now: Instant): void {
    if (this.#chats.size + this.#blocked.size < 1_000) return;
    const span = this.#limits.perChat?.perMs ?? 0;
    for (const [chat, sent] of this.#chats) if ((sent.at(-1) ?? 0) + span <= now) this.#chats.delete(chat);
    for (const [chat, until] of this.#blocked) if (until <= now) this.#blocked.delete(chat);
  }
}
