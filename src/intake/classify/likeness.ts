import type { Term } from '../../taxonomy/expand.ts';

/**
 * What the single characters and pairs of neighboring characters of a text have in common with
 * each category's words and examples. It decides where no term was met as a whole: 塘埂在往外渗水
 * is like 坝脚渗水. Counts come from the lexicon itself, so there is nothing learned in secret.
 */
export interface Likeness {
  /** Its row by character, or by pair (`first * 65536 + second`). */
  readonly rows: ReadonlyMap<number, number>;
  /** Where each row begins in the two lists below; one more than there are rows. */
  readonly starts: Int32Array;
  /** The categories that know the gram, and what it weighs for each: a few of all. */
  readonly categories: Uint16Array;
  readonly weights: Float64Array;
  readonly size: number;
  /** By row: the last text it was met in. A gram counts once a text, and clearing marks would cost more than reading. */
  readonly met: Float64Array;
  texts: number;
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

/** What the samples say of one gram: category, count, category, count, … A list of all categories is mostly zeros. */
type Counts = number[];

function add(row: Counts, category: number, weight: number): void {
  // Samples come category by category: the last one is nearly always the one that is looked for.
  for (let i = row.length - 2; i >= 0; i -= 2) {
    if (row[i] !== category) continue;
    row[i + 1] = (row[i + 1] ?? 0) + weight;
    return;
  }
  row.push(category, weight);
}

/** Builds the weights from all samples; a gram that most categories share weighs next to nothing. */
export function learn(samples: readonly Sample[], size: number): Likeness {
  const counts = new Map<number, Counts>();
  for (const { category, grams: taught } of samples) {
    for (const [gram, weight] of taught) {
      const row = counts.get(gram);
      if (row) add(row, category, weight);
      else counts.set(gram, [category, weight]);
    }
  }
  const rows = new Map<number, number>();
  const starts = new Int32Array(counts.size + 1);
  const cells = [...counts.values()].reduce((sum, row) => sum + row.length / 2, 0);
  const categories = new Uint16Array(cells);
  const weights = new Float64Array(cells);
  let at = 0;
  for (const [gram, row] of counts) {
    const rarity = Math.log(size / (row.length / 2)) * (gram < 65_536 ? SINGLE : PAIR);
    for (let i = 0; i < row.length; i += 2, at += 1) {
      categories[at] = row[i] ?? 0;
      weights[at] = rarity * Math.log1p(row[i + 1] ?? 0);
    }
    rows.set(gram, rows.size);
    starts[rows.size] = at;
  }
  return { rows, starts, categories, weights, size, met: new Float64Array(counts.size), texts: 0 };
}

/** The likeness of a text to each category, independent of the text's length as far as may be. */
export function liken(text: string, book: Likeness): Float64Array {
  const { rows, starts, categories, weights, size, met } = book;
  const score = new Float64Array(size);
  book.texts += 1;
  const now = book.texts;
  grams(text, (gram) => {
    const row = rows.get(gram);
    if (row === undefined || met[row] === now) return;
    met[row] = now;
    const end = starts[row + 1] ?? 0;
    for (let i = starts[row] ?? 0; i < end; i += 1) {
      const category = categories[i] ?? 0;
      score[category] = (score[category] ?? 0) + (weights[i] ?? 0);
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
