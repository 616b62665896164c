/** A date by which something will be done, in the words of a command. */
import {
  addDays,
  dayOf,
  explicitDate,
  isoDate,
  lastOfMonth,
  type MonthDay,
  weekday,
  weekdayNumber,
} from './dates.ts';
import { NUMERAL, readNumber } from './numerals.ts';

export interface SaidDate {
  /** ISO date, that day included; `MM-DD` where neither the text nor the message gives a year. */
  readonly until: string;
  /** True where the text names a day that is over: 2025年3月1日, 昨天. Such a date is refused, not moved. */
  readonly past: boolean;
  /** Said as so many working days; `until` leaves out the weekends only. */
  readonly workdays?: number;
  /** The words that said it, to be taken out of the reason. */
  readonly index: number;
  readonly length: number;
}

const WEEK = /(下下|下|这|本)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天1-7])/u;
const IN_DAYS = new RegExp(
  `(?:再)?(?:过|等|给|要|延|延长|宽限|推迟)?(\\d{1,3}|[${NUMERAL}]{1,4}|半)个?(天|日(?=之?[内后]|以[内后])|周|星期|礼拜|(?<=个)月|工作日)(?:之?后|以后|以内|之?内)?`,
  'u',
);
const NAMED: readonly (readonly [RegExp, number])[] = [
  [/大后天/u, 3],
  [/后天/u, 2],
  [/明天|明日|明早|明晚|明儿|明年今日/u, 1],
  [/今天|今日|今晚|今儿|当天|下班前/u, 0],
  [/大前天/u, -3],
  [/前天/u, -2],
  [/昨天|昨日/u, -1],
];

function fromExplicit(date: MonthDay, today: string | null): SaidDate {
  const span = { index: date.index, length: date.length };
  const monthDay = `${String(date.month).padStart(2, '0')}-${String(date.day).padStart(2, '0')}`;
  if (date.year !== null) {
    const until = `${date.year}-${monthDay}`;
    return { until, past: today !== null && until < today, ...span };
  }
  if (today === null) return { until: monthDay, past: false, ...span };
  const year = Number(today.slice(0, 4));
  for (const candidate of [year, year + 1, year + 2, year + 3, year + 4]) {
    const until = isoDate(candidate, date.month, date.day);
    if (until !== null && until >= today) return { until, past: false, ...span };
  }
  return { until: monthDay, past: false, ...span };
}

function relative(text: string, today: string): SaidDate | null {
  const said = (match: RegExpExecArray, until: string): SaidDate => ({
    until,
    past: until < today,
    index: match.index,
    length: match[0].length,
  });
  for (const [words, days] of NAMED) {
    const match = words.exec(text);
    if (match !== null) return said(match, addDays(today, days));
  }
  const week = WEEK.exec(text);
  const target = week === null ? null : weekdayNumber(week[2] ?? '');
  if (week !== null && target !== null) return said(week, weekdayDate(week[1] ?? '', target, today));
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7));
  const next = /下个?月底|下月末/u.exec(text);
  if (next !== null) return said(next, lastOfMonth(year, month + 1));
  const end = /(?:本月|这个?月|月)(?:底|末|内)/u.exec(text);
  if (end !== null) return said(end, lastOfMonth(year, month));
  const yearEnd = /年(?:底|末)(?:前)?/u.exec(text);
  if (yearEnd !== null) return said(yearEnd, `${year}-12-31`);
  const weekEnd = /(下|本|这)?个?(?:周末|星期内|周内)/u.exec(text);
  if (weekEnd !== null)
    return said(weekEnd, addDays(today, 7 - weekday(today) + (weekEnd[1] === '下' ? 7 : 0)));
  return inDays(text, today);
}

/** 周三 is the next Wednesday, 下周三 the one of next week. */
function weekdayDate(which: string, target: number, today: string): string {
  const monday = addDays(today, 1 - weekday(today));
  if (which === '下' || which === '下下') return addDays(monday, target - 1 + (which === '下' ? 7 : 14));
  const inThisWeek = addDays(monday, target - 1);
  return inThisWeek < today ? addDays(inThisWeek, 7) : inThisWeek;
}

/** Weekends are left out; holidays are the calendar's business. */
function addWorkdays(today: string, count: number): string {
  let day = today;
  for (let left = Math.min(count, 400); left > 0; ) {
    day = addDays(day, 1);
    if (weekday(day) <= 5) left--;
  }
  return day;
}

const UNITS: Readonly<Record<string, number>> = { 天: 1, 日: 1, 周: 7, 星期: 7, 礼拜: 7, 月: 30 };

function inDays(text: string, today: string): SaidDate | null {
  const match = IN_DAYS.exec(text);
  const count = match === null ? null : match[1] === '半' ? 0.5 : readNumber(match[1] ?? '');
  if (match === null || count === null) return null;
  const unit = UNITS[match[2] ?? ''];
  const days = Math.round(count * (unit ?? 1));
  const span = { past: false, index: match.index, length: match[0].length };
  return unit === undefined
    ? { until: addWorkdays(today, days), workdays: days, ...span }
    : { until: addDays(today, days), ...span };
}

/** The first date the words give, or null. Without `at`, only explicit dates are known. */
export function dateInWords(text: string, at: string | null): SaidDate | null {
  const today = dayOf(at);
  const explicit = explicitDate(text, today);
  if (explicit !== null) return fromExplicit(explicit, today);
  return today === null ? null : relative(text, today);
}
