/**
 * Rate limits by the generic cell rate algorithm: one number a limit, the theoretical arrival time of
 * the next message if all came evenly. Time is an argument, so that a simulation and a test decide it.
 * Source: ITU-T I.371, annex A ("virtual scheduling").
 */
import type { Instant } from '../kernel/zone.ts';

export interface Limit {
  /** So many at once, and on average, in `perMs`. */
  readonly count: number;
  readonly perMs: number;
}

/** When the next message may go: `now` or later. `next` is null before the first message. */
export function allowedAt(next: Instant | null, now: Instant, limit: Limit): Instant {
  if (next === null) return now;
  const burst = limit.perMs - limit.perMs / limit.count;
  return Math.max(now, Math.ceil(next - burst));
}

/** The theoretical arrival time after a message that went at `now`. */
export function taken(next: Instant | null, now: Instant, limit: Limit): Instant {
  return Math.max(next ?? now, now) + limit.perMs / limit.count;
}
