/** What comparisons need of the time before: how many came in, by sub-category, in each span. Pure, plain data. */
import type { Instant } from '../domain/case.ts';
import type { Spotted } from './history.ts';
import { earlier, type Period, within, yearBefore } from './period.ts';
import { countsOf, sum } from './rate.ts';

export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

export interface SpanCount extends Span {
  readonly counts: readonly (readonly [category: string, count: number])[];
}

export interface Past {
  /** The bot's first case of all; null where there is none. */
  readonly first: Instant | null;
  readonly spans: readonly SpanCount[];
}

/** Periods in the trend, the one reported on among them. */
export const TREND_LENGTH = 13;
/** Periods that a rise is measured against. */
export const RISE_PERIODS = 3;

/** The period so far. */
export const nowIn = (period: Period, cut: Instant): Span => ({ from: period.from, to: cut });

/** A period of before; where the one reported on still runs, up to the same time in it. */
export const alike = (past: Period, period: Period, cut: Instant): Span => ({
  from: past.from,
  to: cut < period.to ? Math.min(past.to, past.from + (cut - period.from)) : past.to,
});

/** Every span that the figures of a period ask for, each once. */
export function spansOf(period: Period, cut: Instant, timezone: string): readonly Span[] {
  const before = Array.from({ length: TREND_LENGTH - 1 }, (_, i) => earlier(period, i + 1, timezone));
  const yearAgo = yearBefore(period, timezone);
  const [last = yearAgo] = before;
  const spans = [nowIn(period, cut), ...[...before, yearAgo].map(({ from, to }) => ({ from, to }))];
  const compared = [last, yearAgo].map((past) => alike(past, period, cut));
  return [...new Map([...spans, ...compared].map((span) => [`${span.from}-${span.to}`, span])).values()];
}

/** From cases in hand. */
export function pastOf(seen: readonly Spotted[], spans: readonly Span[]): Past {
  const firsts = seen.map(({ receivedAt }) => receivedAt);
  return {
    first: firsts.length === 0 ? null : firsts.reduce((a, b) => Math.min(a, b)),
    spans: spans.map(({ from, to }) => ({ from, to, counts: [...countsIn(seen, from, to)] })),
  };
}

const countsIn = (seen: readonly Spotted[], from: Instant, to: Instant): ReadonlyMap<string, number> =>
  countsOf(seen.filter(({ receivedAt }) => within(receivedAt, from, to)).map(({ category }) => category));

/** By sub-category. @throws RangeError for a span that `spansOf` does not name */
export function countsWithin({ spans }: Past, { from, to }: Span): ReadonlyMap<string, number> {
  const found = spans.find((span) => span.from === from && span.to === to);
  if (found === undefined) throw new RangeError(`nothing was counted from ${from} to ${to}`);
  return new Map(found.counts);
}

export const countWithin = (past: Past, span: Span): number => sum([...countsWithin(past, span).values()]);

/** The bot was there already: somebody reported before the end of it. */
export const known = ({ first }: Past, span: Span): boolean => first !== null && first < span.to;
