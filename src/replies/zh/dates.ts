/** Dates as people say them; near ones by name too, always with the date. */
import type { Instant } from '../../domain/case.ts';
import { addDays, localDate, localDateTime } from '../../kernel/zone.ts';
import type { WordsContext } from '../context.ts';

/** `2026-11-09` → 11月9日; another year than now's is named. */
export function calendarDay(date: string, ctx: WordsContext): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(date);
  if (match === null) return date;
  const [, year = '', month = '', day = ''] = match;
  const words = `${Number(month)}月${Number(day)}日`;
  return year === today(ctx).slice(0, 4) ? words : `${year}年${words}`;
}

/** 11月9日 */
export function day(at: Instant, ctx: WordsContext): string {
  return calendarDay(localDate(at, ctx.timezone), ctx);
}

/** For people outside the office: the day is enough, unless it is today or tomorrow. */
export function byDay(at: Instant, ctx: WordsContext): string {
  return nearness(at, ctx) === null ? day(at, ctx) : byHour(at, ctx);
}

/** For officers: 11月9日17:30前, 今天（11月2日）17:30前. */
export function byHour(at: Instant, ctx: WordsContext): string {
  return `${hour(at, ctx)}前`;
}

/** 11月9日17:30, 今天（11月2日）17:30 */
export function hour(at: Instant, ctx: WordsContext): string {
  const near = nearness(at, ctx);
  const date = near === null ? day(at, ctx) : `${near}（${day(at, ctx)}）`;
  return `${date}${localDateTime(at, ctx.timezone).time}`;
}

function nearness(at: Instant, ctx: WordsContext): string | null {
  const date = localDate(at, ctx.timezone);
  if (date === today(ctx)) return '今天';
  return date === addDays(today(ctx), 1) ? '明天' : null;
}

function today(ctx: WordsContext): string {
  return localDate(ctx.now, ctx.timezone);
}
