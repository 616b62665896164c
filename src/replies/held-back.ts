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

/** 王大爷家门口 says who lives there; 刘家大屋 and 娘娘庙 are names of places. */
const SOMEBODYS =
  /(?:大爷|大伯|大妈|大娘|大婶|大叔|奶奶|爷爷|婆婆|公公|娭毑|嗲嗲|老爹|爹爹|嫂子?|叔叔?|伯伯?|婶子?|阿姨|老倌)(?:的)?(?:家|屋|门|那|房|$)/u;

/** 张桂芳家门口: two or three characters before 家 are a name; one (刘家大屋, 王家桥) is a place. */
const NAMED_HOME = /\p{Script=Han}{2,3}家(?:的)?(?:门|屋|院|房|旁|后|前|里|边|$)/u;

/** The reported place, cut; '' in a group where it says whose home it is. */
export function placeOf(brief: Brief, most: number, ctx: WordsContext): string {
  const place = clip(brief.place ?? '', most);
  if (!ctx.inGroup) return place;
  const whole = brief.place ?? '';
  if (SOMEBODYS.test(whole) || NAMED_HOME.test(whole)) return '';
  return ctx.names.anybodyIn(whole) ? '' : place;
}

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

/** Marks that make a message a report: they tell an officer nothing. */
const MARKS = /^(?:[\s:：]*(?:[#＃]上报|【上报】|(?:情况|内容|事项|问题)(?=[:：])))+[\s:：]*/u;

/** What two texts have in common whatever their punctuation and width. */
const bare = (text: string): string => text.normalize('NFKC').replace(/[\p{P}\p{S}\s]/gu, '');

/** The summary and the whole message, `label` before it, said once where they are the same; '' in a group. */
export function ownWords(summary: string, text: string, label: string, ctx: WordsContext): string {
  const short = said(summary, ctx) ?? '';
  const whole = (said(text, ctx) ?? '').replace(MARKS, '');
  if (bare(short).includes(bare(whole))) return short;
  if (bare(whole).includes(bare(short))) return whole;
  return ctx.locale === 'en' ? `${short} (${label}${whole})` : `${short}（${label}${whole}）`;
}
