/** Parts of sentences about a case, in Chinese. What must not be said in a group is held back here and in held-back.ts. */
import type { Party } from '../../domain/case.ts';
import type { Brief } from '../../domain/messages.ts';
import type { Post } from '../../domain/posts.ts';
import type { OfficeId } from '../../domain/roster.ts';
import type { WordsContext } from '../context.ts';
import { hushed, no, ownWords, placeOf, said } from '../held-back.ts';
import { clip } from '../lines.ts';
import { byDay, calendarDay, day } from './dates.ts';

/** 3组王家桥, 2组、3组, 3组7邻; empty where nothing is known. */
export function where(brief: Brief, ctx: WordsContext): string {
  const place = placeOf(brief, 12, ctx);
  const groups = groupNames(brief, ctx);
  const near =
    place === '' && brief.neighborhood !== null && brief.groups.length < 2
      ? ctx.names.neighborhood(brief.neighborhood)
      : place;
  return near.startsWith(groups) ? near : `${groups}${near}`;
}

function groupNames(brief: Brief, ctx: WordsContext): string {
  const names = brief.groups.map((id) => ctx.names.group(id));
  return names.length > 3 ? `${names[0] ?? ''}等${names.length}个组` : names.join('、');
}

/** With the village, for those who look after several: 龙塘湾村3组王家桥. */
export function fullWhere(brief: Brief, ctx: WordsContext): string {
  const inVillage = where(brief, ctx);
  const village = brief.village === null ? '' : ctx.names.village(brief.village);
  return inVillage.startsWith(village) ? inVillage : `${village}${inVillage}`;
}

/** 路灯不亮; where the category says nothing, the reporter's words, in private; else null. */
function subject(brief: Brief, ctx: WordsContext): string | null {
  if (!brief.category.endsWith('.other')) return ctx.names.categoryShort(brief.category);
  const words = ctx.inGroup ? '' : clip(brief.summary, 20);
  return words === '' ? null : `“${words}”`;
}

/** After these the matter needs a 的: 石板桥那边的桥涵护栏. */
const BESIDE = /(?:边|旁|口|处|里|上|下|前|后|面|附近|中间|隔壁)$/u;

/** 村部门口路灯 and 路灯不亮 make 村部门口路灯不亮: what both say is said once. */
export function joined(place: string, about: string): string {
  for (let length = Math.min(place.length, about.length); length > 1; length--) {
    if (place.endsWith(about.slice(0, length))) return place + about.slice(length);
  }
  return `${place}${BESIDE.test(place) ? '的' : ''}${about}`;
}

const HUSHED = '这件事';

function at(place: string, brief: Brief, ctx: WordsContext): string {
  if (hushed(brief, ctx)) return HUSHED;
  const about = subject(brief, ctx);
  if (about !== null) return joined(place, about);
  return place === '' ? HUSHED : `${place}的一件事`;
}

/** 3组王家桥路灯不亮: as a heading. */
export const what = (brief: Brief, ctx: WordsContext): string => at(where(brief, ctx), brief, ctx);

/** 3组王家桥路灯不亮的事: within a sentence. */
export function matter(brief: Brief, ctx: WordsContext): string {
  const words = what(brief, ctx);
  return words.endsWith('事') ? words : `${words}的事`;
}

/** 龙塘湾村3组王家桥路灯不亮 */
export const fullMatter = (brief: Brief, ctx: WordsContext): string => at(fullWhere(brief, ctx), brief, ctx);

/** #0042 3组王家桥路灯不亮：the beginning of a line in a list. */
export const heading = (brief: Brief, ctx: WordsContext): string => `${no(brief, ctx)} ${what(brief, ctx)}`;

/** #0042 3组王家桥路灯不亮的事 */
export const title = (brief: Brief, ctx: WordsContext): string => `${no(brief, ctx)} ${matter(brief, ctx)}`;

/** #0042 龙塘湾村3组王家桥路灯不亮 */
export const fullTitle = (brief: Brief, ctx: WordsContext): string =>
  `${no(brief, ctx)} ${fullMatter(brief, ctx)}`;

/** The office that has it; 值班员 where none has. */
export function office(brief: Brief, ctx: WordsContext): string {
  if (brief.office === null) return '值班员';
  return hushed(brief, ctx) ? '承办单位' : ctx.names.office(brief.office);
}

/** An office other than the one in charge. */
export const otherOffice = (id: OfficeId, brief: Brief, ctx: WordsContext): string =>
  hushed(brief, ctx) ? '另一个单位' : ctx.names.office(id);

/** `label` and the words, or nothing. */
export function quoted(label: string, text: string | null, ctx: WordsContext): string | null {
  const words = said(text, ctx);
  return words === null ? null : `${label}${words}`;
}

/** 3组邻长林秀英; what a protected alias and an account outside the roster are called instead. */
export function reporterName(id: Party | null, ctx: WordsContext): string | null {
  if (id === null || ctx.inGroup) return null;
  if (id.startsWith('~')) return '保密';
  if (id.startsWith('@')) return '不在名册上的人';
  const post = ctx.names.post(id);
  return `${post === null ? '' : postName(post, ctx)}${ctx.names.person(id) ?? clip(id, 40)}`;
}

const POSTS = {
  neighbor_head: '邻长',
  group_head: '组长',
  zone_head: '片长',
  village_secretary: '村支书',
  cadre: '驻村干部',
  officer: '',
  leader: '',
  secretary: '书记',
  recorder: '党政办',
  dispatcher: '值班员',
  admin: '管理员',
} as const;

function postName({ kind, village, zone, group, neighborhood, office: at }: Post, ctx: WordsContext): string {
  if (at !== undefined) return ctx.names.office(at);
  if (neighborhood !== undefined)
    return `${group === undefined ? '' : ctx.names.group(group)}${ctx.names.neighborhood(neighborhood)}${POSTS[kind]}`;
  if (group !== undefined) return joined(ctx.names.group(group), POSTS[kind]);
  if (zone !== undefined) return `${ctx.names.zone(zone)}${POSTS[kind]}`;
  return `${village === undefined ? '' : ctx.names.village(village)}${POSTS[kind]}`;
}

/** 最迟11月9日给您回话。 Empty where no date is fixed; a date gone by is not promised again. */
export function promise(brief: Brief, ctx: WordsContext): string {
  if (brief.dueAt === null) return '';
  if (brief.dueAt < ctx.now) return `原定${day(brief.dueAt, ctx)}，还没办好。`;
  return `最迟${byDay(brief.dueAt, ctx)}给您回话。`;
}

/** What officials need beside the title: the reporter's words, households, since when. */
export function facts(brief: Brief, text: string, ctx: WordsContext): string | null {
  if (ctx.inGroup) return null;
  const words = ownWords(brief.summary, text, '原话：', ctx);
  const extent = [
    brief.households === null ? null : `${brief.households}户`,
    brief.since === null ? null : `${calendarDay(brief.since, ctx)}起`,
  ].filter((part) => part !== null);
  const more = extent.length === 0 ? '' : `（${extent.join('，')}）`;
  return words === '' && more === '' ? null : `情况：${words}${more}`;
}

/** 58000 → 5.8万元 */
export function money(yuan: number): string {
  return yuan >= 10_000 ? `${Number((yuan / 10_000).toFixed(2))}万元` : `${yuan}元`;
}

export const TIERS = { village: '村里', township: '镇里', county: '县里' } as const;

export const RATINGS = { satisfied: '满意', basically: '基本满意', unsatisfied: '没解决' } as const;

export const ASK_RATING = '您看行不行？回 1 满意 2 基本满意 3 没解决，直接写话也行，不急。';
