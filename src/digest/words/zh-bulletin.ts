/** 月通报 to one office: what it had not finished last month and what became of it; what fell late. No marks. */
import { localDate } from '../../kernel/zone.ts';
import type { WordsContext } from '../../replies/context.ts';
import { head } from '../../replies/lines.ts';
import { shortNumber } from '../../replies/reference.ts';
import { calendarDay } from '../../replies/zh/dates.ts';
import { fullMatter } from '../../replies/zh/phrases.ts';
import type { BulletinItem } from '../bulletin.ts';
import type { BulletinWords } from './words.ts';
import { periodName, bulletin as states } from './zh-labels.ts';
import { pack } from './zh-pack.ts';

/** With what stands around them they make fifteen lines. */
const MOST = 10;

const dayOf = (at: number | null, ctx: WordsContext): string =>
  at === null ? '' : calendarDay(localDate(at, ctx.timezone), ctx);

export const bulletinWords: BulletinWords = {
  lines({ office, items }, period, cut, ctx) {
    const { shown, left } = head(items, MOST);
    const ofKind = (carried: boolean): readonly string[] =>
      shown.filter(({ carriedOver }) => carriedOver === carried).map((item) => line(item, ctx));
    const [before, late] = [ofKind(true), ofKind(false)];
    const name = office === null ? '' : ctx.names.office(office);
    // The last day that counts, not the midnight after it.
    return [
      `${name}${periodName(period)}通报（截至${dayOf(cut - 1, ctx)}，只发您单位）：`,
      ...(before.length > 0 ? ['上期没办完的：', ...before] : []),
      ...(late.length > 0 ? ['本期超期或退回重办的：', ...late] : []),
      ...(left > 0 ? [`还有${left}件，见附件。`] : []),
      '只列事项和日期。哪件不对，请回值班员。',
    ];
  },
  title: (office, period) => `${office}${periodName(period)}通报`,
  note: '只发本单位。只列事项和日期，不打分、不排名。',
  columns: ['编号、事项', '承办人', '到本期末'],
  file: (office, period) => `${office}${period}通报`,
  most: MOST,
  state: ({ state, date, carriedOver }, ctx) =>
    [
      [states[state], pack.bulletinDate(state, dayOf(date, ctx))].filter(Boolean).join('，'),
      carriedOver ? '上期没办完' : '',
    ]
      .filter(Boolean)
      .join('\n'),
};

function line(item: BulletinItem, ctx: WordsContext): string {
  const { matter, owner, state, date } = item;
  const what = `${shortNumber(matter.brief.number)} ${fullMatter(matter.brief, { ...ctx, inGroup: true })}`;
  const who = owner === null ? null : ctx.names.person(owner);
  const when = pack.bulletinDate(state, dayOf(date, ctx));
  return `${[what, who].filter(Boolean).join('，')}：${[states[state], when].filter(Boolean).join('，')}`;
}
