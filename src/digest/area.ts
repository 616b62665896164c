/**
 * A county or 片区: the same figures, township by township, in the order in which the area lists them. No township is
 * put above another. Medians stand with each township only: the median of a sum is not the sum of medians. Pure.
 */
import type { DueRates } from './due.ts';
import type { Figures } from './figures.ts';
import { type Change, changeOf, type Rate, sum, sumRates } from './rate.ts';
import type { Times } from './times.ts';

export interface TownshipFigures {
  readonly id: string;
  readonly name: string;
  readonly figures: Figures;
}

export interface AreaRow {
  /** Null in the row of the whole area. */
  readonly id: string | null;
  readonly name: string;
  readonly received: number;
  readonly selfHandled: number;
  /** Null where a township was not there the period before: a sum with a hole in it is no comparison. */
  readonly overPeriodBefore: Change | null;
  readonly due: DueRates;
  readonly content: Rate;
  readonly times: Pick<Times, 'firstContactHours' | 'resolutionDays'> | null;
  readonly open: number;
  readonly overdue: number;
  readonly deferred: number;
  /** Yuan. */
  readonly moneyMissing: number;
  readonly explained: number;
  readonly twiceUnsatisfied: number;
  readonly supervised: number;
}

export interface AreaFigures {
  readonly name: string;
  readonly period: string;
  readonly rows: readonly AreaRow[];
  readonly total: AreaRow;
}

/** Throws where the townships' figures are of different periods. */
export function areaFigures(name: string, townships: readonly TownshipFigures[]): AreaFigures {
  const periods = new Set(townships.map(({ figures }) => figures.period.name));
  const [period = ''] = periods;
  if (periods.size > 1) throw new RangeError(`figures of several periods: ${[...periods].join(', ')}`);
  return areaOf(name, period, townships.map(rowOf));
}

/** @param rows of one period, in the order of the area's file */
export const areaOf = (name: string, period: string, rows: readonly AreaRow[]): AreaFigures => ({
  ...{ name, period, rows },
  total: totalOf(name, rows),
});

/** One township's line. */
export function rowOf({ id, name, figures }: TownshipFigures): AreaRow {
  const { received, due, ratings, times, matters } = figures;
  return {
    ...{ id, name, due },
    received: received.total,
    selfHandled: received.selfHandled,
    overPeriodBefore: received.overPeriodBefore,
    content: ratings.content,
    times: { firstContactHours: times.firstContactHours, resolutionDays: times.resolutionDays },
    open: matters.open.length,
    overdue: matters.overdue.length,
    deferred: matters.deferred.length,
    moneyMissing: matters.moneyMissing,
    explained: matters.explained.length,
    twiceUnsatisfied: matters.twiceUnsatisfied.length,
    supervised: matters.supervised.length,
  };
}

const COUNTS = [
  'received',
  'selfHandled',
  'open',
  'overdue',
  'deferred',
  'moneyMissing',
  'explained',
  'twiceUnsatisfied',
  'supervised',
] as const satisfies readonly (keyof AreaRow)[];

function totalOf(name: string, rows: readonly AreaRow[]): AreaRow {
  const counts = Object.fromEntries(COUNTS.map((key) => [key, sum(rows.map((row) => row[key]))])) as Record<
    (typeof COUNTS)[number],
    number
  >;
  const changes = rows.flatMap(({ overPeriodBefore }) => overPeriodBefore ?? []);
  const known = rows.length > 0 && changes.length === rows.length;
  return {
    ...{ id: null, name, times: null },
    ...counts,
    overPeriodBefore: known
      ? changeOf(sum(changes.map(({ now }) => now)), sum(changes.map(({ before }) => before)))
      : null,
    due: {
      inTime: sumRates(rows.map(({ due }) => due.inTime)),
      answered: sumRates(rows.map(({ due }) => due.answered)),
      resolved: sumRates(rows.map(({ due }) => due.resolved)),
    },
    content: sumRates(rows.map(({ content }) => content)),
  };
}
