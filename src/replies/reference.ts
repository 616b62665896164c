/** How a case is named in words: `#0042`, the short number that people also write back. */
import { localDate } from '../kernel/zone.ts';
import type { WordsContext } from './context.ts';

interface Parts {
  /** Two digits of the year; null for what is no number of ours. */
  readonly year: string | null;
  readonly serial: string;
}

/** `LC2611-0042` → year 26, serial 0042. A number nobody knows is said back as it was written. */
function parts(number: string): Parts {
  const match = /^\p{L}{0,8}(\d{2})\d{2}-(\d{4,})$/u.exec(number);
  if (match !== null) return { year: match[1] ?? null, serial: match[2] ?? number };
  return { year: null, serial: /^\d+$/.test(number) ? number.padStart(4, '0') : number };
}

/** `#0042`. */
export function shortNumber(number: string): string {
  return `#${parts(number).serial}`;
}

function ofThisYear(number: string, ctx: WordsContext): boolean {
  const { year } = parts(number);
  return year === null || localDate(ctx.now, ctx.timezone).slice(2, 4) === year;
}

/**
 * `#0042`, and the whole number after it for a case of an earlier year: serials start anew each
 * 1 January, and the short number alone would then mean another case.
 */
export function reference(number: string, ctx: WordsContext): string {
  if (ofThisYear(number, ctx)) return shortNumber(number);
  return ctx.locale === 'en' ? `${shortNumber(number)} (${number})` : `${shortNumber(number)}（${number}）`;
}

/** What a person is told to write: `42`, or the whole number for a case of an earlier year. */
export function typed(number: string, ctx: WordsContext): string {
  const { serial } = parts(number);
  return ofThisYear(number, ctx) && /^\d+$/.test(serial) ? String(Number(serial)) : number;
}
