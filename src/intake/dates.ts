/** Calendar dates in words. Dates are strings `YYYY-MM-DD`; arithmetic is on UTC days, since no hour matters here. */
import { NUMERAL, readNumber } from './numerals.ts';

const DAY_MS = 86_400_000;
const WEEKDAYS = '一二三四五六日';

export function dayOf(at: string | null): string | null {
  const match = /^\d{4}-\d{2}-\d{2}/.exec(at ?? '');
  return match === null || Number.isNaN(Date.parse(match[0])) ? null : match[0];
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 1 Monday … 7 Sunday. */
export function weekday(day: string): number {
  return ((new Date(Date.parse(day)).getUTCDay() + 6) % 7) + 1;
}

export function lastOfMonth(year: number, month: number): string {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

const two = (n: number): string => String(n).padStart(2, '0');

/** A real calendar day, else null: 2月30日 is none. */
export function isoDate(year: number, month: number, day: number): string | null {
  if (month < 1 || month > 12 || day < 1 || year < 1_000 || year > 9_999) return null;
  return day > Number(lastOfMonth(year, month).slice(8)) ? null : `${year}-${two(month)}-${two(day)}`;
}

const N = `(\\d{1,2}|[${NUMERAL}]{1,3})`;
const FULL = /(\d{4})[年\-/.](\d{1,2})[月\-/.](\d{1,2})(?:日|号)?/u;
const MONTH_DAY = new RegExp(`(明年|今年|去年)?${N}月${N}(?:日|号|(?!\\d))`, 'u');
const DASHED = /(?<![\d-])(\d{1,2})[-/.](\d{1,2})(?![\d-]|米|元|万|户|组|邻|楼|栋|号|层|点|%)/u;
const DAY_ONLY = new RegExp(
  `(本月|这个月|下个?月)?${N}(?:日|号)(?!楼|线|电|机|井|栋|杆|路|房|门|院|店|桥|点|位|码|件|邻|组|户|文)`,
  'u',
);
const MONTH_ONLY = new RegExp(`(明年|今年|去年)?${N}月(?:份)?(?!${N})(初|中旬|上旬|下旬|底|末)?`, 'u');

export interface MonthDay {
  readonly year: number | null;
  readonly month: number;
  readonly day: number;
  readonly index: number;
  readonly length: number;
}

const YEARS: Readonly<Record<string, number>> = { 明年: 1, 今年: 0, 去年: -1 };

function dated(
  match: RegExpExecArray,
  year: number | null,
  month: number | null,
  day: number | null,
): MonthDay | null {
  if (month === null || day === null || isoDate(year ?? 2_024, month, day) === null) return null;
  return { year, month, day, index: match.index, length: match[0].length };
}

function fromMonth(match: RegExpExecArray, baseYear: number | null): MonthDay | null {
  const year = match[1] === undefined || baseYear === null ? null : baseYear + (YEARS[match[1]] ?? 0);
  const month = readNumber(match[2] ?? '');
  if (month === null || month < 1 || month > 12) return null;
  const part = match[3] ?? '底';
  const last = Number(lastOfMonth(year ?? baseYear ?? 2_023, month).slice(8));
  const day = part === '初' || part === '上旬' ? 10 : part === '中旬' ? 20 : last;
  return dated(match, year, month, day);
}

/** The first explicit date of the text: 2026年11月20日, 11月20日, 11-20, 20号, 明年3月. */
export function explicitDate(text: string, today: string | null): MonthDay | null {
  const baseYear = today === null ? null : Number(today.slice(0, 4));
  const full = FULL.exec(text);
  if (full !== null) return dated(full, Number(full[1]), Number(full[2]), Number(full[3]));
  const monthDay = MONTH_DAY.exec(text);
  if (monthDay !== null) {
    const said = monthDay[1];
    const year = said === undefined || baseYear === null ? null : baseYear + (YEARS[said] ?? 0);
    return dated(monthDay, year, readNumber(monthDay[2] ?? ''), readNumber(monthDay[3] ?? ''));
  }
  const month = MONTH_ONLY.exec(text);
  if (month !== null) return fromMonth(month, baseYear);
  const dashed = DASHED.exec(text);
  if (dashed !== null) return dated(dashed, null, Number(dashed[1]), Number(dashed[2]));
  const only = DAY_ONLY.exec(text);
  if (only === null || today === null) return null;
  const next = only[1]?.startsWith('下') === true;
  const of = next ? addDays(lastOfMonth(Number(today.slice(0, 4)), Number(today.slice(5, 7))), 1) : today;
  return dated(only, Number(of.slice(0, 4)), Number(of.slice(5, 7)), readNumber(only[2] ?? ''));
}

/** The position of a weekday's character in the week, 1 Monday … 7 Sunday; null where it is none. */
export function weekdayNumber(char: string): number | null {
  if (char === '天' || char === '7') return 7;
  const index = char === '' ? -1 : WEEKDAYS.indexOf(char);
  return index >= 0 ? index + 1 : /^[1-6]$/.test(char) ? Number(char) : null;
}
