/**
 * The working calendar of a township: which days are worked, between which hours, and arithmetic in
 * working days and working time. Pure: a value made once from settings; it remembers what it computed
 * for a day and nothing else.
 *
 * Working time is the time inside working hours of working days. Where a result could be any instant of
 * a stretch outside working hours, the earliest is meant: four hours from 08:00 before a lunch break
 * that begins at noon end after lunch, three and a half end at noon, not at half past two.
 */
import { type CalendarSettings, checkSettings } from './calendar-settings.ts';
import { type DayKind, legalDay, TABLE_FROM, TABLE_UNTIL } from './holidays.ts';
import {
  dateOfDay,
  dayNumber,
  type Instant,
  instantOf,
  type LocalDate,
  localDate,
  localDay,
  MINUTE,
  secondsOf,
  weekdayOfDay,
} from './zone.ts';

export interface Calendar {
  readonly timezone: string;
  /** Working minutes of one ordinary working day: 390 by default. */
  readonly minutesPerDay: number;
  /** Last day of the official table; beyond it weekdays count as workdays, but for New Year and its like. */
  readonly coveredUntil: LocalDate;
  /** False where the official table says nothing of the day: the caller warns. */
  covered(date: LocalDate): boolean;
  isWorkday(date: LocalDate): boolean;
  /** The local day of an instant. */
  dateOf(at: Instant): LocalDate;
  /** First working minute of a day, as if it were worked. */
  startOfWorkingHours(date: LocalDate): Instant;
  /** End of the last working hour of a day, as if it were worked: 17:30 also of a rest day. */
  endOfWorkingHours(date: LocalDate): Instant;
  /**
   * End of working hours of the `n`th working day after the day of `from`, whatever the time of `from`;
   * the first day is not counted. With 0: of that day, or of the next working day where it is a rest day.
   */
  addWorkingDays(from: Instant, n: number): Instant;
  /** The date `n` working days after `date`, before it where `n` is negative; 0 is the date itself. */
  shiftWorkingDays(date: LocalDate, n: number): LocalDate;
  /** Working days after the day of `a` up to and including the day of `b`; negative where `b` is earlier. */
  workingDaysBetween(a: Instant, b: Instant): number;
  /** The earliest instant not before `from` with so much working time between. Fractions of a minute count. */
  addWorkingMinutes(from: Instant, minutes: number): Instant;
  /** The earliest instant from which no more than so much working time is left until `to`. */
  subtractWorkingMinutes(to: Instant, minutes: number): Instant;
  /** Working time from `a` to `b` in minutes, with fractions; negative where `b` is earlier. */
  workingMinutesBetween(a: Instant, b: Instant): number;
  /** `time` (`HH:MM`, by default the start of working hours) of a working day, the first not before `at`. */
  nextWorkingMorning(at: Instant, time?: string): Instant;
}

/** Makes a calendar; throws a RangeError that names the setting where one can't be read. */
export function createCalendar(settings: CalendarSettings): Calendar {
  checkSettings(settings);
  return new WorkingCalendar(settings);
}

interface Window {
  readonly start: Instant;
  readonly end: Instant;
}

/** One local day: its working windows, none on a rest day, and their length together in milliseconds. */
interface WorkingDay {
  readonly windows: readonly Window[];
  readonly length: number;
}

const REST: WorkingDay = { windows: [], length: 0 };
const CACHED_DAYS = 20_000;

class WorkingCalendar implements Calendar {
  readonly timezone: string;
  readonly minutesPerDay: number;
  readonly coveredUntil: LocalDate;
  readonly #hours: CalendarSettings['hours'];
  readonly #overrides: ReadonlyMap<LocalDate, DayKind>;
  readonly #days = new Map<number, WorkingDay>();

  constructor(settings: CalendarSettings) {
    this.timezone = settings.timezone;
    this.#hours = settings.hours;
    this.#overrides = new Map(Object.entries(settings.overrides ?? {}));
    this.coveredUntil = later(settings.coveredUntil ?? TABLE_UNTIL, TABLE_UNTIL);
    this.minutesPerDay = settings.hours.reduce(
      (sum, [from, to]) => sum + (secondsOf(to) - secondsOf(from)) / 60,
      0,
    );
  }

  covered(date: LocalDate): boolean {
    return (date >= TABLE_FROM && date <= this.coveredUntil) || this.#overrides.has(date);
  }

  isWorkday(date: LocalDate): boolean {
    return this.#worked(dayNumber(date), date);
  }

  dateOf(at: Instant): LocalDate {
    return localDate(at, this.timezone);
  }

  startOfWorkingHours(date: LocalDate): Instant {
    return instantOf(date, this.#hours[0]?.[0] ?? '00:00', this.timezone);
  }

  endOfWorkingHours(date: LocalDate): Instant {
    return instantOf(date, this.#hours.at(-1)?.[1] ?? '24:00', this.timezone);
  }

  addWorkingDays(from: Instant, n: number): Instant {
    if (!Number.isInteger(n) || n < 0) throw new RangeError(`not a number of working days: ${n}`);
    const today = this.dateOf(from);
    const sameDay = n === 0 && this.isWorkday(today);
    return this.endOfWorkingHours(sameDay ? today : this.shiftWorkingDays(today, Math.max(1, n)));
  }

  shiftWorkingDays(date: LocalDate, n: number): LocalDate {
    const step = Math.sign(n);
    let day = dayNumber(date);
    for (let left = Math.abs(n); left > 0; ) {
      day += step;
      if (this.#day(day).length > 0) left--;
    }
    return dateOfDay(day);
  }

  workingDaysBetween(a: Instant, b: Instant): number {
    const [first, last] = [this.#dayOf(Math.min(a, b)), this.#dayOf(Math.max(a, b))];
    let count = 0;
    for (let day = first + 1; day <= last; day++) if (this.#day(day).length > 0) count++;
    return b < a ? 0 - count : count;
  }

  addWorkingMinutes(from: Instant, minutes: number): Instant {
    let left = milliseconds(minutes);
    if (left === 0) return from;
    for (let day = this.#dayOf(from); ; day++) {
      for (const { start, end } of this.#day(day).windows) {
        const begin = Math.max(start, from);
        if (end <= begin) continue;
        if (left <= end - begin) return begin + left;
        left -= end - begin;
      }
    }
  }

  subtractWorkingMinutes(to: Instant, minutes: number): Instant {
    let left = milliseconds(minutes);
    for (let day = this.#dayOf(to); ; day--) {
      for (const { start, end } of this.#day(day).windows.toReversed()) {
        const finish = Math.min(end, to);
        if (finish <= start) continue;
        if (left < finish - start) return finish - left;
        left -= finish - start;
      }
    }
  }

  workingMinutesBetween(a: Instant, b: Instant): number {
    const [from, to] = [Math.min(a, b), Math.max(a, b)];
    const [first, last] = [this.#dayOf(from), this.#dayOf(to)];
    let sum = 0;
    for (let day = first; day <= last; day++) {
      const { windows, length } = this.#day(day);
      if (day > first && day < last) sum += length;
      else
        for (const { start, end } of windows) sum += Math.max(0, Math.min(end, to) - Math.max(start, from));
    }
    return (b < a ? 0 - sum : sum) / MINUTE;
  }

  nextWorkingMorning(at: Instant, time = this.#hours[0]?.[0] ?? '00:00'): Instant {
    const today = this.dateOf(at);
    const morning = instantOf(today, time, this.timezone);
    if (morning >= at && this.isWorkday(today)) return morning;
    return instantOf(this.shiftWorkingDays(today, 1), time, this.timezone);
  }

  #dayOf(at: Instant): number {
    return localDay(at, this.timezone);
  }

  #worked(day: number, date: LocalDate): boolean {
    // A zone that moved over the date line left a day out: nobody worked on a day that never was.
    if (this.dateOf(instantOf(date, '12:00', this.timezone)) !== date) return false;
    const kind = this.#overrides.get(date) ?? legalDay(date);
    return kind === undefined ? weekdayOfDay(day) <= 5 : kind === 'work';
  }

  #day(day: number): WorkingDay {
    const known = this.#days.get(day);
    if (known) return known;
    if (this.#days.size >= CACHED_DAYS) this.#days.clear();
    const date = dateOfDay(day);
    const made = this.#worked(day, date) ? this.#windowsOf(date) : REST;
    this.#days.set(day, made);
    return made;
  }

  #windowsOf(date: LocalDate): WorkingDay {
    const windows = this.#hours.map(([from, to]) => ({
      start: instantOf(date, from, this.timezone),
      end: instantOf(date, to, this.timezone),
    }));
    return { windows, length: windows.reduce((sum, { start, end }) => sum + end - start, 0) };
  }
}

function later(a: LocalDate, b: LocalDate): LocalDate {
  return dayNumber(a) >= dayNumber(b) ? a : b;
}

function milliseconds(minutes: number): number {
  if (!Number.isFinite(minutes) || minutes < 0) throw new RangeError(`not a span of minutes: ${minutes}`);
  return Math.round(minutes * MINUTE);
}
