/**
 * What must not be said where others read along, alike in every language: people's own words and
 * names, and all of a matter that is private. Words reach a sentence only through here.
 */
import type { Party } from '../domain/case.ts';
import type { Brief } from '../domain/messages.ts';
import type { WordsContext } from './context.ts';
import { clip } from './lines.ts';
import { reference, typed } from './reference.ts';

/** A sensitive or protected matter in a group: not even its category, place or office is said. */
export function hushed(brief: Brief, ctx: WordsContext): boolean {
  return ctx.inGroup && (brief.sensitive || brief.protected);
}

/** #0042 */
export const no = (brief: Brief, ctx: WordsContext): string => reference(brief.number, ctx);

/** What to write for the case: 42. */
export const ref = (brief: Brief, ctx: WordsContext): string => typed(brief.number, ctx);

/** A person's own words, in private; null in a group and where there are none. */
export function said(text: string | null, ctx: WordsContext): string | null {
  if (text === null || ctx.inGroup) return null;
  const words = clip(text);
  return words === '' ? null : words;
}

/** A person's name in private; a role where there is no name or others read along. */
export function person(id: Party | null, instead: string, ctx: WordsContext): string {
  return id === null || ctx.inGroup ? instead : (ctx.names.person(id) ?? instead);
}
