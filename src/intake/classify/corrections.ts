import type { Taxonomy } from '../../domain/category.ts';

/** A dispatcher's reclassification that a township wants remembered: these words mean this category. */
export interface Correction {
  /** Normalised, as the classifier gets it. */
  readonly text: string;
  readonly category: string;
}

interface Corrected extends Taxonomy {
  /** The oldest first: of two that fit equally well the later one counts. */
  readonly corrections: readonly Correction[];
  readonly base: Taxonomy;
}

/** Corrections ready to compare, by position in the list. */
export interface Memory {
  readonly categories: readonly string[];
  /** How many pairs of neighboring characters each has. */
  readonly sizes: readonly number[];
  /** Who has a pair: a sentence is held only against those it shares one with, however long the list is. */
  readonly holders: ReadonlyMap<string, readonly number[]>;
}

/** Above this share of common bigrams a sentence is the corrected one again (0.6: one of three words may differ). */
const SAME = 0.6;
/** Fewer pairs of characters (路灯) fit too many sentences. */
const LEAST = 2;

/**
 * The taxonomy with a township's remembered corrections. They are plain data: shown as a list,
 * undone by building the taxonomy without them; the given value is left as it was.
 */
export function withCorrections(taxonomy: Taxonomy, corrections: readonly Correction[]): Taxonomy {
  const base = withoutCorrections(taxonomy);
  const corrected: Corrected = {
    ...base,
    base,
    corrections: [...correctionsOf(taxonomy), ...corrections],
  };
  return corrected;
}

export function correctionsOf(taxonomy: Taxonomy): readonly Correction[] {
  return 'corrections' in taxonomy ? (taxonomy as Corrected).corrections : [];
}

/** The taxonomy they were laid over, the same value each time: what is costly is built once for it. */
export function withoutCorrections(taxonomy: Taxonomy): Taxonomy {
  return 'base' in taxonomy ? (taxonomy as Corrected).base : taxonomy;
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

/** Are there words enough to know the matter again by? */
export const isRecognisable = (text: string): boolean => bigrams(text).size >= LEAST;

export function memoryOf(corrections: readonly Correction[]): Memory {
  const long = corrections
    .map(({ text, category }) => ({ category, pairs: bigrams(text) }))
    .filter(({ pairs }) => pairs.size >= LEAST);
  const holders = new Map<string, number[]>();
  long.forEach(({ pairs }, at) => {
    for (const pair of pairs) {
      const list = holders.get(pair);
      if (list) list.push(at);
      else holders.set(pair, [at]);
    }
  });
  return {
    categories: long.map(({ category }) => category),
    sizes: long.map(({ pairs }) => pairs.size),
    holders,
  };
}

/** The category a dispatcher gave to (nearly) the same words, the latest where equal; null where none did. */
export function recall(text: string, memory: Memory): { category: string; likeness: number } | null {
  if (memory.categories.length === 0) return null;
  const own = bigrams(text);
  if (own.size < LEAST) return null;
  const common = new Map<number, number>();
  for (const pair of own)
    for (const at of memory.holders.get(pair) ?? []) common.set(at, (common.get(at) ?? 0) + 1);
  let best = -1;
  let likeness = SAME;
  for (const [at, count] of common) {
    const like = (2 * count) / (own.size + (memory.sizes[at] ?? 0));
    if (like < likeness || (like === likeness && at < best)) continue;
    best = at;
    likeness = like;
  }
  const category = memory.categories[best];
  return category === undefined ? null : { category, likeness };
}
