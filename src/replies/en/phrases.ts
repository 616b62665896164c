/** Parts of sentences about a case, in English. Names of places and offices stay as the roster has them. */
import type { Party } from '../../domain/case.ts';
import type { Brief } from '../../domain/messages.ts';
import type { Post } from '../../domain/posts.ts';
import type { OfficeId } from '../../domain/roster.ts';
import type { WordsContext } from '../context.ts';
import { hushed, no, ownWords, placeOf, said } from '../held-back.ts';
import { clip } from '../lines.ts';
import { byDay, calendarDay, day } from './dates.ts';

/** 3组 王家桥; empty where nothing is known. */
export function where(brief: Brief, ctx: WordsContext): string {
  const place = placeOf(brief, 24, ctx);
  const groups = groupNames(brief, ctx);
  const near =
    place === '' && brief.neighborhood !== null && brief.groups.length < 2
      ? ctx.names.neighborhood(brief.neighborhood)
      : place;
  return near.startsWith(groups) ? near : `${groups} ${near}`.trim();
}

function groupNames(brief: Brief, ctx: WordsContext): string {
  const names = brief.groups.map((id) => ctx.names.group(id));
  return names.length > 3 ? `${names[0] ?? ''} and ${names.length - 1} more` : names.join(', ');
}

/** With the village, for those who look after several. */
export function fullWhere(brief: Brief, ctx: WordsContext): string {
  const inVillage = where(brief, ctx);
  const village = brief.village === null ? '' : ctx.names.village(brief.village);
  return inVillage.startsWith(village) ? inVillage : `${village} ${inVillage}`.trim();
}

const HUSHED = 'this matter';

function about(place: string, brief: Brief, ctx: WordsContext): string {
  if (hushed(brief, ctx)) return HUSHED;
  const at = place === '' ? '' : `, ${place}`;
  if (!brief.category.endsWith('.other')) return `${ctx.names.categoryShort(brief.category)}${at}`;
  const words = ctx.inGroup ? '' : clip(brief.summary, 40);
  return words === '' ? `your matter${at}` : `“${words}”${at}`;
}

/** Street lamp out, 3组 王家桥 */
export const what = (brief: Brief, ctx: WordsContext): string => about(where(brief, ctx), brief, ctx);

/** Street lamp out, 龙塘湾村 3组 王家桥 */
export const fullMatter = (brief: Brief, ctx: WordsContext): string =>
  about(fullWhere(brief, ctx), brief, ctx);

/** #0042 Street lamp out, 3组 王家桥 */
export const title = (brief: Brief, ctx: WordsContext): string => `${no(brief, ctx)} ${what(brief, ctx)}`;

/** #0042 Street lamp out, 龙塘湾村 3组 王家桥 */
export const fullTitle = (brief: Brief, ctx: WordsContext): string =>
  `${no(brief, ctx)} ${fullMatter(brief, ctx)}`;

/** The office that has it; the duty desk where none has. */
export function office(brief: Brief, ctx: WordsContext): string {
  if (brief.office === null) return 'the duty desk';
  return hushed(brief, ctx) ? 'the office in charge' : ctx.names.office(brief.office);
}

/** An office other than the one in charge. */
export const otherOffice = (id: OfficeId, brief: Brief, ctx: WordsContext): string =>
  hushed(brief, ctx) ? 'another office' : ctx.names.office(id);

/** `label` and the words, or nothing. */
export function quoted(label: string, text: string | null, ctx: WordsContext): string | null {
  const words = said(text, ctx);
  return words === null ? null : `${label}${words}`;
}

const POSTS = {
  neighbor_head: 'neighbour head',
  group_head: 'group head',
  zone_head: 'zone head',
  village_secretary: 'village secretary',
  cadre: 'resident cadre',
  officer: 'officer',
  leader: 'leader',
  secretary: 'township secretary',
  recorder: 'recorder',
  dispatcher: 'duty desk',
  admin: 'admin',
} as const;

/** 林秀英, neighbour head, 3组 7邻; what a protected alias and an account outside the roster are called instead. */
export function reporterName(id: Party | null, ctx: WordsContext): string | null {
  if (id === null || ctx.inGroup) return null;
  if (id.startsWith('~')) return 'confidential';
  if (id.startsWith('@')) return 'someone not on the roster';
  const name = ctx.names.person(id) ?? clip(id, 40);
  const post = ctx.names.post(id);
  return post === null ? name : `${name}, ${postName(post, ctx)}`;
}

function postName({ kind, village, zone, group, neighborhood, office: at }: Post, ctx: WordsContext): string {
  const place = [
    at === undefined ? null : ctx.names.office(at),
    group === undefined ? null : ctx.names.group(group),
    neighborhood === undefined ? null : ctx.names.neighborhood(neighborhood),
  ].filter((part) => part !== null);
  if (place.length > 0) return `${POSTS[kind]}, ${place.join(' ')}`;
  if (zone !== undefined) return `${POSTS[kind]}, ${ctx.names.zone(zone)}`;
  return village === undefined ? POSTS[kind] : `${POSTS[kind]}, ${ctx.names.village(village)}`;
}

/** You get an answer by 9 Nov. A date gone by is not promised again. */
export function promise(brief: Brief, ctx: WordsContext): string {
  if (brief.dueAt === null) return 'You will get an answer.';
  if (brief.dueAt < ctx.now) return `It was due ${day(brief.dueAt, ctx)} and is not done yet.`;
  return `You get an answer ${byDay(brief.dueAt, ctx)}.`;
}

/** What officials need beside the title: the reporter's words, households, since when. */
export function facts(brief: Brief, text: string, ctx: WordsContext): string | null {
  if (ctx.inGroup) return null;
  const words = ownWords(brief.summary, text, 'in full: ', ctx);
  const extent = [
    brief.households === null
      ? null
      : `${brief.households} ${brief.households === 1 ? 'household' : 'households'}`,
    brief.since === null ? null : `since ${calendarDay(brief.since, ctx)}`,
  ].filter((part) => part !== null);
  const more = extent.length === 0 ? '' : ` (${extent.join(', ')})`;
  return words === '' && more === '' ? null : `Report: ${words}${more}`;
}

export const money = (yuan: number): string => `${String(yuan).replace(/\B(?=(\d{3})+$)/g, ',')} yuan`;

/** One is singular. */
export const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

export const TIERS = { village: 'the village', township: 'the township', county: 'the county' } as const;

export const RATINGS = {
  satisfied: 'satisfied',
  basically: 'mostly satisfied',
  unsatisfied: 'not solved',
} as const;

export const ASK_RATING =
  'Is it all right? Reply 1 satisfied, 2 mostly satisfied, 3 not solved, or in your own words. No hurry.';
