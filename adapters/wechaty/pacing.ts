/** What a message of several parts takes beyond its own turn: the outbox counts messages, WeChat counts parts. */
import type { SendResult } from '@huiyin/core/port';

/** 6 a minute in a room and 20 in all. */
const CHAT_MS = 10_000;
const ACCOUNT_MS = 3_000;
/** Between the parts of one message. */
export const PART_PAUSE_MS = 3_000;

export class Pacing {
  readonly #chats = new Map<string, number>();
  #account = 0;

  /** Null where a message may go now. */
  wait(chat: string, now: number): Extract<SendResult, { type: 'deferred' }> | null {
    for (const [one, until] of this.#chats) if (until <= now) this.#chats.delete(one);
    if (this.#account > now) return { type: 'deferred', retryAfterMs: this.#account - now, scope: 'account' };
    const until = this.#chats.get(chat) ?? now;
    return until > now ? { type: 'deferred', retryAfterMs: until - now } : null;
  }

  /** So many parts went into the chat, the last one now. */
  went(chat: string, parts: number, now: number): void {
    if (parts < 2) return;
    this.#chats.set(chat, now + (parts - 1) * (CHAT_MS - PART_PAUSE_MS));
    this.#account = now + ACCOUNT_MS;
  }
}
