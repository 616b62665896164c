/**
 * Dates in words: `到X`, `X前`, `12月10日前`. A date without a time includes that day and is due at the
 * end of its working hours, without a year it is the next such date, and a past date is refused.
 * Source: docs/understanding.md, "Clocks". The words themselves are read by the intake.
 */
import type { Calendar } from './calendar.ts';
import { type Instant, isDate, type LocalDate } from './zone.ts';

/** When a date in words is due: the end of working hours of that day, also where it is a rest day. */
export function dueDate(date: LocalDate, calendar: Calendar): Instant {
  return calendar.endOfWorkingHours(date);
}

/** True where a date can't be promised any more: its working hours are over. */
export function isPastDate(date: LocalDate, now: Instant, calendar: Calendar): boolean {
  return dueDate(date, calendar) <= now;
}

/** 29 February comes back within eight years at the latest (1896 to 1904, 2096 to 2104). */
const YEARS_AHEAD = 8;

/** The next date with this month (1…12) and day, today included; null where no year has it (31 April). */
export function nextSuchDate(month: number, day: number, today: LocalDate): LocalDate | null {
  const year = Number(today.slice(0, 4));
  const monthAndDay = `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  for (let ahead = 0; ahead <= YEARS_AHEAD; ahead++) {
    const date = `${year + ahead}-${monthAndDay}`;
    if (date >= today && isDate(date)) return date;
  }
  return null;
}
