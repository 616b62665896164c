import type { Term } from '../../taxonomy/expand.ts';

/**
 * What the single characters and pairs of neighboring characters of a text have in common with
 * each category's words and examples. It decides where no term was met as a whole: 塘埂在往外渗水
 * is like 坝脚渗水. Counts come from the lexicon itself, so there is nothing learned in secret.
 */
export interface Likeness {
  /** By character, or by pair (`first * 65536 + second`): category, weight, category, weight, … */
  readonly weights: ReadonlyMap<number, Float64Array>;
  readonly size: number;
}

/** What one sentence or one category's vocabulary teaches: how much each gram counts for the category. */
export interface Sample {
  readonly category: number;
  readonly grams: ReadonlyMap<number, number>;
}

/** A pair of characters says more than one of them. */
const PAIR = 1.6;
const SINGLE = 0.5;

/** Calls `see` for each Chinese character and pair of neighbors, once for each occurrence. */
function grams(text: string, see: (gram: number) => void): void {
  let before = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 0x4e00 || code > 0x9fff) {
      before = 0;
      continue;
    }
    see(code);
    if (before > 0) see(before * 65_536 + code);
    before = code;
  }
}

function distinct(text: string): Set<number> {
  const found = new Set<number>();
  grams(text, (gram) => {
    found.add(gram);
  });
  return found;
}

/** Builds the weights from all samples; a gram that most categories share weighs next to nothing. */
export function learn(samples: readonly Sample[], size: number): Likeness {
  const counts = new Map<number, Float64Array>();
  for (const { category, grams: taught } of samples) {
    for (const [gram, weight] of taught) {
      let row = counts.get(gram);
      if (row === undefined) {
        row = new Float64Array(size);
        counts.set(gram, row);
      }
      row[category] = (row[category] ?? 0) + weight;
    }
  }
  const weights = new Map<number, Float64Array>();
  for (const [gram, row] of counts) weights.set(gram, weighRow(row, gram < 65_536 ? SINGLE : PAIR));
  return { weights, size };
}

function weighRow(row: Float64Array, kind: number): Float64Array {
  const known = row.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  const rarity = Math.log(row.length / known) * kind;
  const sparse: number[] = [];
  row.forEach((count, category) => {
    if (count > 0) sparse.push(category, rarity * Math.log1p(count));
  });
  return Float64Array.from(sparse);
}

/** The likeness of a text to each category, independent of the text's length as far as may be. */
export function liken(text: string, { weights, size }: Likeness): Float64Array {
  const score = new Float64Array(size);
  const seen = new Set<number>();
  grams(text, (gram) => {
    if (seen.has(gram)) return;
    seen.add(gram);
    const row = weights.get(gram);
    if (row === undefined) return;
    for (let i = 0; i < row.length; i += 2) {
      const category = row[i] ?? 0;
      score[category] = (score[category] ?? 0) + (row[i + 1] ?? 0);
    }
  });
  const length = Math.sqrt(Math.max(text.length, 8)) / 4;
  for (let i = 0; i < size; i += 1) score[i] = (score[i] ?? 0) / length;
  return score;
}

/** A sentence known to be of a category: each of its grams once. */
export function sentence(category: number, text: string): Sample {
  return { category, grams: new Map([...distinct(text)].map((gram) => [gram, 1])) };
}

/** A category's terms with a weight for each list. Of the many forms of one word (停水, 停了水 …) the first few count. */
export function vocabulary(category: number, lists: readonly (readonly [readonly Term[], number])[]): Sample {
  const taught = new Map<number, number>();
  for (const [list, weight] of lists) {
    const times = new Map<number, number>();
    for (const text of new Set(list.map((term) => term.text))) {
      for (const gram of distinct(text)) times.set(gram, (times.get(gram) ?? 0) + 1);
    }
    for (const [gram, count] of times) {
      taught.set(gram, (taught.get(gram) ?? 0) + weight * Math.sqrt(Math.min(count, 4)));
    }
  }
  return { category, grams: taught };
}
