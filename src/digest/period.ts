/** The time a digest is about: a month, an ISO week or a span of days, in township local time. Pure. */
import { monthName, shiftMonth } from '../kernel/schedule.ts';
import {
  addDays,
  daysBetween,
  type Instant,
  instantOf,
  isDate,
  type LocalDate,
  weekday,
} from '../kernel/zone.ts';

export interface Period {
  /** `2026-10`, `2026-W45` or `2026-06-01..2026-10-31`. */
  readonly name: string;
  readonly kind: 'month' | 'week' | 'span';
  /** Both days included. */
  readonly first: LocalDate;
  readonly last: LocalDate;
  /** From the first midnight to the one after the last day, which no longer belongs to it. */
  readonly from: Instant;
  readonly to: Instant;
}

/** Null where the words name no period. */
export function parsePeriod(name: string, timezone: string): Period | null {
  const month = /^(\d{4})-(\d{2})$/.exec(name);
  if (month) return monthOf(Number(month[1]), Number(month[2]), timezone);
  const week = /^(\d{4})-W(\d{2})$/.exec(name);
  if (week) return weekOf(Number(week[1]), Number(week[2]), timezone);
  const [first = '', last = ''] = name.split('..');
  if (!isDate(first) || !isDate(last) || last < first) return null;
  return spanOf(name, 'span', first, last, timezone);
}

function monthOf(year: number, month: number, timezone: string): Period | null {
  if (month < 1 || month > 12) return null;
  const [nextYear, nextMonth] = shiftMonth(year, month, 1);
  const last = addDays(`${monthName(nextYear, nextMonth)}-01`, -1);
  const name = monthName(year, month);
  return spanOf(name, 'month', `${name}-01`, last, timezone);
}

/** ISO 8601: week 1 holds 4 January, weeks begin on Monday. */
function weekOf(year: number, week: number, timezone: string): Period | null {
  const fourth = `${String(year).padStart(4, '0')}-01-04`;
  const monday = addDays(fourth, 1 - weekday(fourth) + (week - 1) * 7);
  const period = spanOf(weekName(monday), 'week', monday, addDays(monday, 6), timezone);
  return period.name === `${year}-W${String(week).padStart(2, '0')}` ? period : null;
}

/** The name of the week that holds a day: its year is the one of its Thursday. */
export function weekName(date: LocalDate): string {
  const thursday = addDays(date, 4 - weekday(date));
  const year = thursday.slice(0, 4);
  const week = Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

function spanOf(
  name: string,
  kind: Period['kind'],
  first: LocalDate,
  last: LocalDate,
  timezone: string,
): Period {
  const from = instantOf(first, '00:00', timezone);
  return { name, kind, first, last, from, to: instantOf(addDays(last, 1), '00:00', timezone) };
}

/** The period `n` of its own length earlier: two months, three weeks, as many days. */
export function earlier(period: Period, n: number, timezone: string): Period {
  if (period.kind === 'month') {
    const [year, month] = shiftMonth(Number(period.first.slice(0, 4)), Number(period.first.slice(5, 7)), -n);
    return orThrow(monthOf(year, month, timezone));
  }
  const days = (daysBetween(period.first, period.last) + 1) * n;
  return shifted(period, days, timezone);
}

/** The same month a year ago; a week is compared with the one 52 weeks before, days with their dates. */
export function yearBefore(period: Period, timezone: string): Period {
  if (period.kind === 'month') return earlier(period, 12, timezone);
  if (period.kind === 'week') return earlier(period, 52, timezone);
  const year = Number(period.first.slice(0, 4));
  const before = `${String(year - 1).padStart(4, '0')}${period.first.slice(4)}`;
  const first = isDate(before) ? before : addDays(period.first, -365);
  return shifted(period, daysBetween(first, period.first), timezone);
}

function shifted(period: Period, days: number, timezone: string): Period {
  const first = addDays(period.first, -days);
  const last = addDays(period.last, -days);
  const name = period.kind === 'week' ? weekName(first) : `${first}..${last}`;
  return spanOf(name, period.kind, first, last, timezone);
}

function orThrow(period: Period | null): Period {
  if (period === null) throw new RangeError('no such month');
  return period;
}

export const within = (at: Instant | null, from: Instant, to: Instant): boolean =>
  at !== null && from <= at && at < to;
