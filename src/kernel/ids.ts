/** Keys and shares that come out the same on every machine and in every run. */
import { createHash } from 'node:crypto';

const BITS = 48;

/**
 * A number in [0, 1) drawn from a case number and a seed, evenly spread and always the same: who is
 * called back, what is sampled. The first 48 bits of SHA-256 of `<seed>:<number>`, so that anyone can
 * repeat the draw: `printf '%s' 'huiyin:LC2611-0001' | sha256sum`, first 12 digits ÷ 16^12.
 */
export function hashShare(number: string, seed: string): number {
  const digest = createHash('sha256').update(`${seed}:${number}`).digest('hex');
  return Number.parseInt(digest.slice(0, BITS / 4), 16) / 2 ** BITS;
}

/**
 * A key that the same thing always gets: `stableKey('morning', 'li', '2026-11-03')` is
 * `morning:li:2026-11-03`. Ids are free text, so a colon inside a part is escaped: two different lists
 * of parts never give one key.
 */
export function stableKey(...parts: readonly (string | number)[]): string {
  return parts.map((part) => String(part).replaceAll('%', '%25').replaceAll(':', '%3A')).join(':');
}
