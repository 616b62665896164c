/** How long to wait after a platform said no for now. Pure. */

const FIRST_MS = 5_000;
const LONGEST_MS = 60 * 60_000;

/** Tried so often and for a day, it is a person's matter. Pacing claims rows often: hence both. */
export const MAX_ATTEMPTS = 20;
export const MAX_AGE_MS = 24 * 60 * 60_000;

/**
 * @param attempt how often it was tried already, from 1
 * @param share a draw in [0, 1): spreads what failed together over the second half of the span
 * @returns milliseconds, doubling from 5 s to an hour
 */
export function backoff(attempt: number, share: number): number {
  const span = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(Math.max(0, attempt - 1), 20));
  return Math.round(span / 2 + (span / 2) * share);
}
