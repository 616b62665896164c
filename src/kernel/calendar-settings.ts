/** What a township sets for its working calendar, and the check that it can be worked with. */
import type { DayKind } from './holidays.ts';
import { isDate, isTime, isTimezone, type LocalDate, secondsOf } from './zone.ts';

export interface CalendarSettings {
  /** IANA name: `Asia/Shanghai`. */
  readonly timezone: string;
  /** Working hours of a day as `HH:MM` pairs, in order, not overlapping. */
  readonly hours: readonly (readonly [from: string, to: string])[];
  /** The township's own days, stronger than the official table. */
  readonly overrides?: Readonly<Record<LocalDate, DayKind>>;
  /** Later end of what is known, where the township has entered a further year as overrides. */
  readonly coveredUntil?: LocalDate;
}

/** 08:30–12:00 and 14:30–17:30: docs/understanding.md, "Clocks". */
export const DEFAULT_HOURS: CalendarSettings['hours'] = [
  ['08:30', '12:00'],
  ['14:30', '17:30'],
];

/** Throws a RangeError that names the setting which can't be read. */
export function checkSettings({ timezone, hours, overrides = {}, coveredUntil }: CalendarSettings): void {
  if (!isTimezone(timezone)) throw new RangeError(`timezone: ${timezone} is not an IANA zone`);
  if (hours.length === 0) throw new RangeError('hours: at least one span of working hours is needed');
  let last = -1;
  for (const [from, to] of hours) {
    const good = isTime(from) && isTime(to) && secondsOf(from) >= last && secondsOf(to) > secondsOf(from);
    if (!good) throw new RangeError(`hours: ${from}–${to} is not a span after the one before it`);
    last = secondsOf(to);
  }
  for (const [date, kind] of Object.entries(overrides)) {
    if (!isDate(date) || (kind !== 'rest' && kind !== 'work'))
      throw new RangeError(`holidays: ${date}: ${kind} is not a date with rest or work`);
  }
  if (coveredUntil !== undefined && !isDate(coveredUntil))
    throw new RangeError(`coveredUntil: ${coveredUntil} is not a date`);
}
