/**
 * Rate limits as platforms mean them: so many messages in any span of that length. Kept are the times of the
 * last ones; a rule that keeps only one number lets up to twice the count through some windows, and a platform
 * that counts them answers with a ban. Time is an argument, so that a simulation and a test decide it.
 */
import type { Instant } from '../kernel/zone.ts';

export interface Limit {
  /** At most so many in any `perMs`. */
  readonly count: number;
  readonly perMs: number;
}

/** When the last messages went, oldest first, at most `count` of them. */
export type Sent = readonly Instant[];

/** When the next message may go: `now` or later. */
export function allowedAt(sent: Sent, now: Instant, { count, perMs }: Limit): Instant {
  const first = sent.length < count ? undefined : sent[sent.length - count];
  // A clock that was set back must not hold the bot for as long as it was set back.
  return first === undefined ? now : Math.max(now, Math.min(first, now) + perMs);
}

/** The times after a message that went at `now`. */
export const taken = (sent: Sent, now: Instant, { count }: Limit): Sent => [...sent, now].slice(-count);
