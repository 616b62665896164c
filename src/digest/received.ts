/** What came in, by what it is and where it comes from, and how that moved. Pure. */
import type { Case, Instant, Source } from '../domain/case.ts';
import type { Tier } from '../domain/roster.ts';
import {
  alike,
  countsWithin,
  countWithin,
  known,
  nowIn,
  type Past,
  RISE_PERIODS,
  TREND_LENGTH,
} from './past.ts';
import { earlier, type Period, yearBefore } from './period.ts';
import { compare } from './places.ts';
import { type Change, type Count, changeOf, countByFrequency, countInOrder } from './rate.ts';

export const SOURCES = [
  'group',
  'private',
  'phone',
  'visit',
  'meeting',
  'walk',
  '12345',
  'superior',
] as const satisfies readonly Source[];
export const TIERS = ['village', 'township', 'county'] as const satisfies readonly Tier[];

/** Ids in the order of the roster: villages and offices stand as the township lists them, never by a number. */
export interface Order {
  readonly villages: readonly string[];
  readonly offices: readonly string[];
}

export interface Received {
  readonly total: number;
  /** Of them struck out later: withdrawn, duplicates, not the township's. */
  readonly withdrawn: number;
  readonly selfHandled: number;
  readonly bySource: readonly Count[];
  readonly byTier: readonly Count[];
  /** Main categories, the most frequent first. */
  readonly byMain: readonly Count[];
  readonly byCategory: readonly Count[];
  /** `''`: no village is known, or the reporter is protected. */
  readonly byVillage: readonly Count[];
  readonly byOffice: readonly Count[];
  /** Null where the bot was not there yet. */
  readonly overPeriodBefore: Change | null;
  readonly overYearBefore: Change | null;
}

export const mainOf = (category: string): string => category.split('.')[0] ?? category;

/** @param cases received in the period, as they were at its end */
export function receivedOf(cases: readonly Case[], order: Order, moved: Movement): Received {
  const keys = (keyOf: (c: Case) => string): readonly string[] => cases.map(keyOf);
  return {
    total: cases.length,
    withdrawn: cases.filter(({ state }) => state === 'cancelled').length,
    selfHandled: cases.filter(({ outcome }) => outcome === 'self_handled').length,
    bySource: countInOrder(
      keys(({ source }) => source),
      SOURCES,
    ),
    byTier: countInOrder(
      keys(({ level }) => level),
      TIERS,
    ),
    byMain: countByFrequency(keys(({ category }) => mainOf(category))),
    byCategory: countByFrequency(keys(({ category }) => category)),
    byVillage: countInOrder(
      keys((c) => (c.protected ? '' : (c.village ?? ''))),
      order.villages,
    ),
    byOffice: countInOrder(
      keys(({ office }) => office ?? ''),
      order.offices,
    ),
    ...moved,
  };
}

export type Movement = Pick<Received, 'overPeriodBefore' | 'overYearBefore'>;

/** Against the period before and the same one a year ago. A running period is compared up to the same day. */
export function movementOf(past: Past, period: Period, cut: Instant, timezone: string): Movement {
  const now = countWithin(past, nowIn(period, cut));
  const against = (before: Period): Change | null =>
    known(past, before) ? changeOf(now, countWithin(past, alike(before, period, cut))) : null;
  return {
    overPeriodBefore: against(earlier(period, 1, timezone)),
    overYearBefore: against(yearBefore(period, timezone)),
  };
}

export interface Rise {
  readonly category: string;
  readonly now: number;
  /** Of the months before that the bot knows, three at most. */
  readonly mean: number;
  readonly periods: number;
}

/** Fewer are chance. */
const LEAST_CASES = 3;
const MOST_RISES = 5;

/** Each sub-category of the period beside its mean of the three periods before; none in the bot's first period. */
export function meansOf(past: Past, period: Period, cut: Instant, timezone: string): readonly Rise[] {
  const periods = Array.from({ length: RISE_PERIODS }, (_, i) => earlier(period, i + 1, timezone)).filter(
    (one) => known(past, one),
  );
  if (periods.length === 0) return [];
  const before = periods.map((one) => countsWithin(past, one));
  const counts = [...countsWithin(past, nowIn(period, cut))].toSorted(([a], [b]) => compare(a, b));
  return counts.map(([category, now]) => {
    const total = before.reduce((all, counts) => all + (counts.get(category) ?? 0), 0);
    return { category, now, mean: total / periods.length, periods: periods.length };
  });
}

/** Those that rose most. */
export function risesOf(means: readonly Rise[]): readonly Rise[] {
  return means
    .filter(({ now, mean }) => now >= LEAST_CASES && now > mean)
    .toSorted((a, b) => b.now - b.mean - (a.now - a.mean) || compare(a.category, b.category))
    .slice(0, MOST_RISES);
}

export interface Monthly {
  readonly period: string;
  readonly count: number;
}

/** Received in each of the last periods, this one last; periods before the bot's first case are left out. */
export function trendOf(past: Past, period: Period, cut: Instant, timezone: string): readonly Monthly[] {
  const before = Array.from({ length: TREND_LENGTH - 1 }, (_, i) =>
    earlier(period, TREND_LENGTH - 1 - i, timezone),
  );
  return [
    ...before
      .filter((one) => known(past, one))
      .map((one) => ({ period: one.name, count: countWithin(past, one) })),
    { period: period.name, count: countWithin(past, nowIn(period, cut)) },
  ];
}
