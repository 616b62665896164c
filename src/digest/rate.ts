/** A rate that can be checked: what was counted, out of how many, and what was left out and why. */

export const EXCLUSIONS = [
  'withdrawn',
  'self_handled',
  'deferred',
  'not_due_yet',
  'redo_running',
  'no_due_date',
  'unrated',
  'screened_out',
  'not_resolved',
] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];

export interface Rate {
  readonly numerator: number;
  readonly denominator: number;
  /** In the order of `EXCLUSIONS`; none with count 0. */
  readonly excluded: readonly { readonly why: Exclusion; readonly count: number }[];
}

/** @param left why each item that is not in the denominator was left out */
export function rateOf(numerator: number, denominator: number, left: readonly Exclusion[] = []): Rate {
  const excluded = EXCLUSIONS.map((why) => ({ why, count: left.filter((one) => one === why).length }));
  return { numerator, denominator, excluded: excluded.filter(({ count }) => count > 0) };
}

/** 0.9372 for 911 of 972; null where nothing was there to be counted. */
export const shareOf = ({
  numerator,
  denominator,
}: Pick<Rate, 'numerator' | 'denominator'>): number | null =>
  denominator === 0 ? null : numerator / denominator;

/** `93.7%`; halves go up, as a reader with a pocket calculator has them. Null for a share of nothing. */
export function percent(rate: Pick<Rate, 'numerator' | 'denominator'>, digits = 1): string | null {
  if (rate.denominator === 0) return null;
  const scale = 10 ** digits;
  // Whole numbers first: 1.005 has no exact half in binary.
  const scaled = Math.floor((rate.numerator * 100 * scale * 2 + rate.denominator) / (2 * rate.denominator));
  return `${(scaled / scale).toFixed(digits)}%`;
}

/** Rates of parts as the rate of the whole. */
export function sumRates(rates: readonly Rate[]): Rate {
  const left = new Map<Exclusion, number>();
  for (const { why, count } of rates.flatMap(({ excluded }) => excluded))
    left.set(why, (left.get(why) ?? 0) + count);
  return {
    numerator: sum(rates.map(({ numerator }) => numerator)),
    denominator: sum(rates.map(({ denominator }) => denominator)),
    excluded: EXCLUSIONS.flatMap((why) => {
      const count = left.get(why);
      return count === undefined ? [] : [{ why, count }];
    }),
  };
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** The middle one, or the mean of the two in the middle; null for none. */
export function median(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const upper = sorted[Math.floor(half)];
  if (upper === undefined) return null;
  const lower = sorted[Math.ceil(half) - 1] ?? upper;
  return (lower + upper) / 2;
}

/** Nearest rank: the least value that at least this share of the numbers does not exceed; null for none. */
export function percentile(numbers: readonly number[], share: number): number | null {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

/** How a number moved. `share` is null where there was nothing before. */
export interface Change {
  readonly now: number;
  readonly before: number;
  readonly share: number | null;
}

export const changeOf = (now: number, before: number): Change => ({
  now,
  before,
  share: before === 0 ? null : (now - before) / before,
});

export interface Count<K extends string = string> {
  readonly key: K;
  readonly count: number;
}

/** Counts in a given order, without those at 0; keys the order does not name follow, sorted. */
export function countInOrder(keys: readonly string[], order: readonly string[]): readonly Count[] {
  const counts = countsOf(keys);
  const others = [...counts.keys()].filter((key) => !order.includes(key)).toSorted();
  return [...order, ...others].flatMap((key) => {
    const count = counts.get(key);
    return count === undefined ? [] : [{ key, count }];
  });
}

/** The most frequent first, then by key. For problems only: nobody is put in an order of merit. */
export function countByFrequency(keys: readonly string[]): readonly Count[] {
  return [...countsOf(keys)]
    .map(([key, count]) => ({ key, count }))
    .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
}

export function countsOf(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
