import type { Taxonomy } from '../../domain/category.ts';

/** A dispatcher's reclassification that a township wants remembered: these words mean this category. */
export interface Correction {
  readonly text: string;
  readonly category: string;
}

interface Corrected extends Taxonomy {
  readonly corrections: readonly Correction[];
}

/** A correction ready to compare: its pairs of neighboring characters. */
export interface Remembered {
  readonly category: string;
  readonly bigrams: ReadonlySet<string>;
}

/** Above this share of common bigrams a sentence is the corrected one again (0.6: one of three words may differ). */
const SAME = 0.6;

/**
 * The taxonomy with a township's remembered corrections. They are plain data: shown as a list,
 * undone by building the taxonomy without them; the given value is left as it was.
 */
export function withCorrections(taxonomy: Taxonomy, corrections: readonly Correction[]): Taxonomy {
  const corrected: Corrected = { ...taxonomy, corrections: [...correctionsOf(taxonomy), ...corrections] };
  return corrected;
}

export function correctionsOf(taxonomy: Taxonomy): readonly Correction[] {
  return 'corrections' in taxonomy ? (taxonomy as Corrected).corrections : [];
}

/** Digits and where it happened say nothing of what it is: 3组 and 5组 are the same matter. */
function essence(text: string): string {
  return text.replace(/[^\p{Script=Han}a-zA-Z]|[组邻户村片]/gu, '');
}

function bigrams(text: string): Set<string> {
  const found = new Set<string>();
  const essential = essence(text).slice(0, 200);
  for (let i = 0; i + 1 < essential.length; i += 1) found.add(essential.slice(i, i + 2));
  return found;
}

/** Nothing for a text too short to be recognised again. */
export function remembered({ text, category }: Correction): Remembered[] {
  const set = bigrams(text);
  return set.size < 2 ? [] : [{ category, bigrams: set }];
}

/** The category a dispatcher gave to (nearly) the same words, the latest first; null where none did. */
export function recall(
  text: string,
  list: readonly Remembered[],
): { category: string; likeness: number } | null {
  if (list.length === 0) return null;
  const own = bigrams(text);
  let best: { category: string; likeness: number } | null = null;
  for (const each of list) {
    const likeness = dice(own, each.bigrams);
    if (likeness >= SAME && likeness >= (best?.likeness ?? 0)) best = { category: each.category, likeness };
  }
  return best;
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const each of a) if (b.has(each)) common += 1;
  return (2 * common) / (a.size + b.size || 1);
}
