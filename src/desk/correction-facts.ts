/** How a remembered reclassification is kept: one small fact a case, shown as a list, taken back by its number. */
import type { Instant, Party } from '../domain/case.ts';

export const CORRECTIONS = 'correction:';
export const correctionKey = (number: string): string => `${CORRECTIONS}${number}`;

export interface KeptCorrection {
  /** The case whose words they are. */
  readonly number: string;
  /** Masked, in the reporter's own words. */
  readonly text: string;
  readonly category: string;
  readonly by: Party;
  readonly at: Instant;
}

export function correctionFact({ number: _, ...kept }: KeptCorrection): string {
  return JSON.stringify(kept);
}

export function readCorrection(key: string, value: string): KeptCorrection {
  const kept = JSON.parse(value) as Omit<KeptCorrection, 'number'>;
  return { number: key.slice(CORRECTIONS.length), ...kept };
}

/** The oldest first. */
export function correctionsIn(facts: Iterable<readonly [string, string]>): readonly KeptCorrection[] {
  const all = [...facts].filter(([key]) => key.startsWith(CORRECTIONS));
  return all.map(([key, value]) => readCorrection(key, value)).sort(inOrder);
}

const inOrder = (a: KeptCorrection, b: KeptCorrection): number =>
  a.at - b.at || (a.number < b.number ? -1 : 1);
