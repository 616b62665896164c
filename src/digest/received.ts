/** What came in, by what it is and where it comes from, and how that moved. Pure. */
import type { Case, Instant, Source } from '../domain/case.ts';
import type { Tier } from '../domain/roster.ts';
import type { Seen } from './history.ts';
import { earlier, type Period, within, yearBefore } from './period.ts';
import { compare } from './places.ts';
import { type Change, type Count, changeOf, countByFrequency, countInOrder, countsOf } from './rate.ts';

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
export function movementOf(
  history: readonly Seen[],
  period: Period,
  cut: Instant,
  timezone: string,
): Movement {
  const now = countWithin(history, period.from, cut);
  const against = (past: Period): Change | null => {
    const until = Math.min(past.to, past.from + (cut - period.from));
    const whole = cut < period.to ? until : past.to;
    return known(history, past) ? changeOf(now, countWithin(history, past.from, whole)) : null;
  };
  return {
    overPeriodBefore: against(earlier(period, 1, timezone)),
    overYearBefore: against(yearBefore(period, timezone)),
  };
}

const countWithin = (history: readonly Seen[], from: Instant, to: Instant): number =>
  history.filter(({ receivedAt }) => within(receivedAt, from, to)).length;

/** The bot counted the whole period: somebody reported before its end, and not for the first time in its middle. */
const known = (history: readonly Seen[], past: Period): boolean =>
  history.some(({ receivedAt }) => receivedAt < past.to);

export interface Rise {
  readonly category: string;
  readonly now: number;
  /** Of the months before that the bot knows, three at most. */
  readonly mean: number;
  readonly periods: number;
}

const RISE_PERIODS = 3;
/** Fewer are chance. */
const LEAST_CASES = 3;
const MOST_RISES = 5;

/** Each sub-category of the period beside its mean of the three periods before; none in the bot's first period. */
export function meansOf(
  history: readonly Seen[],
  period: Period,
  cut: Instant,
  timezone: string,
): readonly Rise[] {
  const past = [1, 2, RISE_PERIODS]
    .map((n) => earlier(period, n, timezone))
    .filter((one) => known(history, one));
  if (past.length === 0) return [];
  const countIn = (from: Instant, to: Instant) =>
    countsOf(
      history.filter(({ receivedAt }) => within(receivedAt, from, to)).map(({ category }) => category),
    );
  const before = past.map(({ from, to }) => countIn(from, to));
  return [...countIn(period.from, cut)].map(([category, now]) => {
    const total = before.reduce((all, counts) => all + (counts.get(category) ?? 0), 0);
    return { category, now, mean: total / past.length, periods: past.length };
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
export function trendOf(
  history: readonly Seen[],
  period: Period,
  cut: Instant,
  timezone: string,
  length: number,
): readonly Monthly[] {
  const periods = Array.from({ length }, (_, i) => earlier(period, length - 1 - i, timezone));
  return periods
    .filter((one) => known(history, one) || one.from === period.from)
    .map((one) => ({ period: one.name, count: countWithin(history, one.from, Math.min(one.to, cut)) }));
}
