/** The digest in plain Chinese. */
import { localDate } from '../../kernel/zone.ts';
import type { WordsContext } from '../../replies/context.ts';
import { calendarDay } from '../../replies/zh/dates.ts';
import { fullMatter } from '../../replies/zh/phrases.ts';
import type { Matter } from '../matters.ts';
import type { DigestWords } from './words.ts';
import { areaLines } from './zh-area.ts';
import { bulletinWords } from './zh-bulletin.ts';
import { chatLines } from './zh-chat.ts';
import { became, bulletin, exclusions, needs, periodName, sources, tiers } from './zh-labels.ts';
import { pack } from './zh-pack.ts';

export const zh: DigestWords = {
  ...{ sources, tiers, exclusions, needs, became, bulletin },
  period: periodName,
  chat: chatLines,
  matter: (matter, ctx) => fullMatter(matter.brief, quietly(ctx)),
  office: officeOf,
  day: (at, ctx) => (at === null ? '' : calendarDay(localDate(at, ctx.timezone), ctx)),
  charts: {
    categories: '反映最多的事（件）',
    thisPeriod: '本期',
    meanBefore: (periods) => (periods === 1 ? '上期' : `前${periods}期平均`),
    trend: '各期收到（件）',
    outcome: '办得怎样（件）',
    dueRow: '到期',
    openRow: '在办',
    ratedRow: '评价',
    inTime: '按时答复',
    late: '晚答复',
    unanswered: '没答复',
    running: '期限内',
    overdue: '超期',
    deferred: '挂账',
    satisfied: '满意',
    basically: '基本满意',
    unsatisfied: '没解决',
    unrated: '没有评价',
    part: (group, name) => `${group}·${name}`,
    empty: (title) => `${title}：这一期没有`,
    shortPeriod: (name) =>
      name.replace(/^(\d{4})-(\d{2})$/u, (_all, year, month) => `${year.slice(2)}年${Number(month)}月`),
  },
  pack,
  officeBulletin: bulletinWords,
  area: areaLines,
  files: {
    pack: '民情分析会材料',
    register: '民情台账',
    charts: ['图1-反映最多的事', '图2-各月收到', '图3-办得怎样'],
  },
};

/** In a paper that several read, homes are not named: as in a group. */
const quietly = (ctx: WordsContext): WordsContext => ({ ...ctx, inGroup: true });

function officeOf({ brief, coOffices }: Matter, ctx: WordsContext): string {
  const lead = brief.office === null ? '值班员待分派' : ctx.names.office(brief.office);
  return coOffices.length === 0
    ? lead
    : `${lead}（会办：${coOffices.map((id) => ctx.names.office(id)).join('、')}）`;
}
