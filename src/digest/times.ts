/** How long it took: from the report, in time as the household has it, day and night. Pure. */
import type { Instant } from '../domain/case.ts';
import { DAY, HOUR } from '../kernel/zone.ts';
import { type CaseRecord, standingOf, transfersOf } from './facts.ts';
import { within } from './period.ts';
import { median, percentile, type Rate, rateOf } from './rate.ts';

export interface Spread {
  readonly count: number;
  readonly median: number | null;
  /** Nearest rank: nine in ten took no longer. */
  readonly p90: number | null;
}

export interface Times {
  /** Hours to the first contact with the reporter, of those first contacted in the period. */
  readonly firstContactHours: Spread;
  /** Days to the answer in force, of those answered in the period. */
  readonly resolutionDays: Spread;
  /** Answered within so many days ÷ answered. */
  readonly withinDays: readonly { readonly days: number; readonly rate: Rate }[];
  /** By how often it went to another office: 0, 1, 2, then 3 and more together. */
  readonly byTransfers: readonly { readonly transfers: number; readonly days: Spread }[];
  /** Went to another office twice or more ÷ answered. */
  readonly twiceTransferred: Rate;
}

const WITHIN_DAYS = [7, 15] as const;
const MOST_TRANSFERS = 3;

/** @param records as they were at `cut` */
export function timesOf(records: readonly CaseRecord[], from: Instant, cut: Instant): Times {
  const counted = records.filter(({ value }) => standingOf(value) === 'counted');
  const contacted = counted.flatMap(({ value: { firstContactAt, receivedAt } }) =>
    firstContactAt !== null && within(firstContactAt, from, cut)
      ? [(firstContactAt - receivedAt) / HOUR]
      : [],
  );
  const answered = counted.flatMap((record) => {
    const { resolvedAt, receivedAt } = record.value;
    if (resolvedAt === null || !within(resolvedAt, from, cut)) return [];
    return [{ days: (resolvedAt - receivedAt) / DAY, transfers: transfersOf(record) }];
  });
  const days = answered.map((one) => one.days);
  return {
    firstContactHours: spreadOf(contacted),
    resolutionDays: spreadOf(days),
    withinDays: WITHIN_DAYS.map((most) => ({
      days: most,
      rate: rateOf(days.filter((one) => one <= most).length, days.length),
    })),
    byTransfers: [0, 1, 2, MOST_TRANSFERS].map((transfers) => ({
      transfers,
      days: spreadOf(
        answered
          .filter((one) => Math.min(one.transfers, MOST_TRANSFERS) === transfers)
          .map((one) => one.days),
      ),
    })),
    twiceTransferred: rateOf(answered.filter((one) => one.transfers >= 2).length, answered.length),
  };
}

const spreadOf = (numbers: readonly number[]): Spread => ({
  count: numbers.length,
  median: median(numbers),
  p90: percentile(numbers, 0.9),
});
