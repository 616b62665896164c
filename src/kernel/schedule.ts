/** Days on which something comes round each month: the digest, the meeting and the steps before and after it. */
import type { Calendar } from './calendar.ts';
import { addDays, type Instant, instantOf, type LocalDate, weekday } from './zone.ts';

/** A day of each month as a township sets it. `nth` counts from 1; −1 is the last, −2 the one before. */
export type MonthlyDay =
  | { readonly kind: 'working_day'; readonly nth: number }
  /** A day that the month does not have (31 April) is its last one. */
  | { readonly kind: 'day_of_month'; readonly day: number }
  /** ISO weekday: 1 Monday … 7 Sunday. */
  | { readonly kind: 'weekday'; readonly weekday: number; readonly nth: number }
  | { readonly kind: 'dates'; readonly dates: readonly LocalDate[] };

/** The first working day of a month (1…12) at a time of day: the monthly digest. */
export function firstWorkingDayAt(year: number, month: number, time: string, calendar: Calendar): Instant {
  const day = daysOfMonth(year, month).find((date) => calendar.isWorkday(date));
  if (day === undefined) throw new RangeError(`no working day in ${monthName(year, month)}`);
  return instantOf(day, time, calendar.timezone);
}

/** The dates of a rule in one month (1…12), in order; none where the month has no such day. */
export function datesInMonth(
  rule: MonthlyDay,
  year: number,
  month: number,
  calendar: Calendar,
): readonly LocalDate[] {
  const days = daysOfMonth(year, month);
  switch (rule.kind) {
    case 'working_day':
      return only(
        nth(
          days.filter((date) => calendar.isWorkday(date)),
          rule.nth,
        ),
      );
    case 'day_of_month':
      return only(days[Math.min(rule.day, days.length) - 1]);
    case 'weekday':
      return only(
        nth(
          days.filter((date) => weekday(date) === rule.weekday),
          rule.nth,
        ),
      );
    case 'dates':
      return rule.dates.filter((date) => date.startsWith(monthName(year, month))).toSorted();
  }
}

/**
 * T±n of a meeting: `n` working days after its date, before it where `n` is negative, at a time of day.
 * The meeting's own date counts as 0, also on a rest day.
 */
export function workingDaysFrom(date: LocalDate, n: number, time: string, calendar: Calendar): Instant {
  return instantOf(calendar.shiftWorkingDays(date, n), time, calendar.timezone);
}

/** `2026-10` */
export function monthName(year: number, month: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}

/** The month before (`n` negative) or after one: [2026, 1] and −1 give [2025, 12]. */
export function shiftMonth(year: number, month: number, n: number): readonly [year: number, month: number] {
  const months = year * 12 + (month - 1) + n;
  return [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1];
}

export function daysOfMonth(year: number, month: number): readonly LocalDate[] {
  const name = monthName(year, month);
  const days: LocalDate[] = [];
  for (let date = `${name}-01`; date.startsWith(name); date = addDays(date, 1)) days.push(date);
  return days;
}

function nth<T>(list: readonly T[], n: number): T | undefined {
  return n > 0 ? list[n - 1] : list.at(n);
}

function only(date: LocalDate | undefined): readonly LocalDate[] {
  return date === undefined ? [] : [date];
}
