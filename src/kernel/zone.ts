/**
 * Township local time: instants (epoch milliseconds) to local dates and clock times and back,
 * for any IANA zone, through Intl and without a library.
 *
 * Intl costs microseconds a call and this runs for each message and each case of a sweep, so the
 * offset of a zone is remembered for each UTC day; only days on which the offset changes ask Intl
 * for the exact instant.
 */

/** A moment: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A local calendar day, `2026-11-02`. ISO days compare correctly as strings. */
export type LocalDate = string;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
/** 24 hours. A local day is longer or shorter where the clocks change. */
export const DAY = 24 * HOUR;

export interface LocalDateTime {
  /** `2026-11-02` */
  readonly date: LocalDate;
  /** `08:30` */
  readonly time: string;
  /** Whole minutes since local midnight as the clock on the wall shows them, 0…1439. */
  readonly minutes: number;
}

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** Offset in milliseconds by UTC day; null where it changes within that day. */
  readonly days: Map<number, number | null>;
}

const zones = new Map<string, Zone>();
const dates = new Map<number, LocalDate>();
/** Some 140 years of days; a cache that outgrows it starts anew. */
const CACHED_DAYS = 50_000;

/** What the clock on the wall shows at an instant. */
export function localDateTime(at: Instant, timezone: string): LocalDateTime {
  const wall = at + offsetAt(at, timezone);
  const day = Math.floor(wall / DAY);
  const minutes = Math.floor((wall - day * DAY) / MINUTE);
  const time = `${twoDigits(Math.trunc(minutes / 60))}:${twoDigits(minutes % 60)}`;
  return { date: dateOfDay(day), time, minutes };
}

export function localDate(at: Instant, timezone: string): LocalDate {
  return dateOfDay(localDay(at, timezone));
}

/** The local day of an instant as a day number, for arithmetic: see `dayNumber`. */
export function localDay(at: Instant, timezone: string): number {
  return Math.floor((at + offsetAt(at, timezone)) / DAY);
}

/**
 * The instant at which the wall shows `time` (`HH:MM` or `HH:MM:SS`, up to `24:00`) on `date`.
 * A time that occurs twice, because the clocks go back, is its first occurrence; one that is skipped
 * moves forward by the gap. Both as Temporal's "compatible" and as RFC 5545 read it.
 */
export function instantOf(date: LocalDate, time: string, timezone: string): Instant {
  const wall = dayNumber(date) * DAY + secondsOf(time) * SECOND;
  const before = offsetAt(wall - DAY, timezone);
  const after = offsetAt(wall + DAY, timezone);
  if (before === after) return wall - before;
  if (offsetAt(wall - before, timezone) === before) return wall - before;
  if (offsetAt(wall - after, timezone) === after) return wall - after;
  return wall - before;
}

/** Township local time as it leaves the program: `2026-11-02T08:30:00+08:00`, whole seconds. */
export function printed(at: Instant, timezone: string): string {
  const offset = offsetAt(at, timezone);
  const minutes = Math.abs(Math.trunc(offset / MINUTE));
  const sign = offset < 0 ? '-' : '+';
  const wall = new Date(at + offset).toISOString().slice(0, 19);
  return `${wall}${sign}${twoDigits(Math.trunc(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

const ISO_INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2})?)(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * Reads `2026-11-02T08:30:00+08:00`. Seconds and fraction may be missing; without an offset it is
 * local time. Null where it is not such a time or not a real day (30 February).
 */
export function parseInstant(text: string, timezone: string): Instant | null {
  const match = ISO_INSTANT.exec(text);
  if (!match) return null;
  const [, date = '', time = '', fraction = '', offset] = match;
  if (!isDate(date) || !isTime(time)) return null;
  const part = fraction === '' ? 0 : Math.trunc(Number(`0${fraction}`) * SECOND);
  if (offset === undefined) return instantOf(date, time, timezone) + part;
  const at = Date.parse(`${date}T${time}${offset}`);
  return Number.isNaN(at) ? null : at + part;
}

/** The zone's offset from UTC at an instant, in milliseconds, positive east of Greenwich. */
export function offsetAt(at: Instant, timezone: string): number {
  const zone = zones.get(timezone) ?? openZone(timezone);
  const day = Math.floor(at / DAY);
  let offset = zone.days.get(day);
  if (offset === undefined) {
    if (zone.days.size >= CACHED_DAYS) zone.days.clear();
    const first = measuredOffset(day * DAY, zone);
    const last = measuredOffset((day + 1) * DAY - SECOND, zone);
    offset = first === last ? first : null;
    zone.days.set(day, offset);
  }
  return offset ?? measuredOffset(at, zone);
}

export function isTimezone(text: string): boolean {
  try {
    openZone(text);
    return true;
  } catch {
    return false;
  }
}

/** A real calendar day written `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const days = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(days) && dateOfDay(days / DAY) === text;
}

/** A clock time `HH:MM` or `HH:MM:SS` from 00:00 to 24:00. */
export function isTime(text: string): boolean {
  return /^(?:(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?|24:00(?::00)?)$/.test(text);
}

/** `n` calendar days later, earlier where `n` is negative. */
export function addDays(date: LocalDate, n: number): LocalDate {
  return dateOfDay(dayNumber(date) + n);
}

/** Calendar days from `a` to `b`; negative where `b` is earlier. */
export function daysBetween(a: LocalDate, b: LocalDate): number {
  return dayNumber(b) - dayNumber(a);
}

/** ISO weekday: 1 Monday … 7 Sunday. */
export function weekday(date: LocalDate): number {
  return weekdayOfDay(dayNumber(date));
}

/** ISO weekday of a day number: 1970-01-01 was a Thursday. */
export function weekdayOfDay(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** Days since 1970-01-01; throws on what is not a calendar day. */
export function dayNumber(date: LocalDate): number {
  const day = Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8))) / DAY;
  if (date.length !== 10 || Number.isNaN(day)) throw new RangeError(`not a date: ${date}`);
  return day;
}

export function dateOfDay(day: number): LocalDate {
  let date = dates.get(day);
  if (date === undefined) {
    if (dates.size >= CACHED_DAYS) dates.clear();
    date = new Date(day * DAY).toISOString().slice(0, 10);
    dates.set(day, date);
  }
  return date;
}

/** Seconds since midnight of `HH:MM` or `HH:MM:SS`; throws on what is not a clock time. */
export function secondsOf(time: string): number {
  const seconds =
    Number(time.slice(0, 2)) * 3600 +
    Number(time.slice(3, 5)) * 60 +
    (time.length > 5 ? Number(time.slice(6, 8)) : 0);
  if (time.length < 5 || Number.isNaN(seconds)) throw new RangeError(`not a clock time: ${time}`);
  return seconds;
}

function openZone(timezone: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const zone = { format, days: new Map<number, number | null>() };
  zones.set(timezone, zone);
  return zone;
}

function measuredOffset(at: Instant, zone: Zone): number {
  const field: Record<string, number> = {};
  for (const part of zone.format.formatToParts(at)) field[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = field;
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  return wall - Math.floor(at / SECOND) * SECOND;
}

function twoDigits(n: number): string {
  return n < 10 ? `0${n}` : String(n);
}
