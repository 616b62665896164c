/** Dates in English; near ones by name too, always with the date. */
import type { Instant } from '../../domain/case.ts';
import { addDays, localDate, localDateTime } from '../../kernel/zone.ts';
import type { WordsContext } from '../context.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'June', 'July', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'];

/** `2026-11-09` → 9 Nov; another year than now's is named. */
export function calendarDay(date: string, ctx: WordsContext): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(date);
  if (match === null) return date;
  const [, year = '', month = '', day = ''] = match;
  const words = `${Number(day)} ${MONTHS[Number(month) - 1] ?? month}`;
  return year === today(ctx).slice(0, 4) ? words : `${words} ${year}`;
}

/** 9 Nov */
export function day(at: Instant, ctx: WordsContext): string {
  return calendarDay(localDate(at, ctx.timezone), ctx);
}

/** For people outside the office: the day is enough, unless it is today or tomorrow. */
export function byDay(at: Instant, ctx: WordsContext): string {
  return `by ${nearness(at, ctx) === null ? day(at, ctx) : hour(at, ctx)}`;
}

/** by 17:30 on 9 Nov */
export function byHour(at: Instant, ctx: WordsContext): string {
  return `by ${hour(at, ctx)}`;
}

/** 17:30 on 9 Nov, 17:30 today (2 Nov) */
export function hour(at: Instant, ctx: WordsContext): string {
  const near = nearness(at, ctx);
  const date = near === null ? `on ${day(at, ctx)}` : `${near} (${day(at, ctx)})`;
  return `${localDateTime(at, ctx.timezone).time} ${date}`;
}

function nearness(at: Instant, ctx: WordsContext): string | null {
  const date = localDate(at, ctx.timezone);
  if (date === today(ctx)) return 'today';
  return date === addDays(today(ctx), 1) ? 'tomorrow' : null;
}

function today(ctx: WordsContext): string {
  return localDate(ctx.now, ctx.timezone);
}
