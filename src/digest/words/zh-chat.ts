/** The digest in a chat: at most 14 lines of plain Chinese, each saying one thing; empty ones are left out. */
import type { Brief } from '../../domain/messages.ts';
import { localDateTime } from '../../kernel/zone.ts';
import type { WordsContext } from '../../replies/context.ts';
import { typed } from '../../replies/reference.ts';
import { day } from '../../replies/zh/dates.ts';
import { money } from '../../replies/zh/phrases.ts';
import type { Figures } from '../figures.ts';
import type { Matter } from '../matters.ts';
import { type Change, type Count, percent, type Rate } from '../rate.ts';
import { short, signedPercent } from './numbers.ts';
import * as zh from './zh-labels.ts';

export function chatLines(figures: Figures, ctx: WordsContext): readonly string[] {
  const lines = [
    `${ctx.township.name}${zh.periodName(figures.period)}${KINDS[figures.period.kind]}（在办件截至${moment(figures.asOf, ctx)}）`,
    receivedLine(figures),
    whereFromLine(figures),
    dueLine(figures),
    ratingLine(figures),
    timesLine(figures),
    categoriesLine(figures, ctx),
    risesLine(figures, ctx),
    repeatsLine(figures, ctx),
    incidentsLine(figures, ctx),
    openLine(figures, ctx),
    deferredLine(figures, ctx),
    decisionsLine(figures),
    needsLine(figures, ctx),
  ];
  return lines.filter((line) => line !== null);
}

/** Without 今天: a summary is read on other days too, and stands in brackets. */
const moment = (at: number, ctx: WordsContext): string =>
  `${day(at, ctx)}${localDateTime(at, ctx.timezone).time}`;

const KINDS = { month: '月报', week: '周报', span: '民情小结' } as const;

const BEFORE = { month: '上月', week: '上周', span: '上期' } as const;

function receivedLine({ received, period, cut, begun }: Figures): string {
  if (!begun) return '收到0件：那时还没有人用这个登记过。';
  // A period that still runs is compared up to the same day: the whole one before was another number.
  const than = `${BEFORE[period.kind]}${cut < period.to ? '同期' : ''}`;
  const moves = [
    moved(than, received.overPeriodBefore),
    moved('去年同期', received.overYearBefore),
    received.selfHandled > 0 ? `其中邻长自办${received.selfHandled}件` : null,
    received.withdrawn > 0 ? `撤回、重复或不归镇里${received.withdrawn}件` : null,
  ].filter((part) => part !== null);
  return `收到${received.total}件${moves.length === 0 ? '' : `，${moves.join('，')}`}。`;
}

function moved(than: string, change: Change | null): string | null {
  if (change === null) return null;
  const more = change.now - change.before;
  const words = more === 0 ? '一样多' : more > 0 ? `多${more}件` : `少${-more}件`;
  const share = more === 0 ? null : signedPercent(change);
  return `${more === 0 ? `和${than}` : `比${than}`}${words}${share === null ? '' : `（${share}）`}`;
}

const listed = (counts: readonly Count[], name: (key: string) => string): string =>
  counts.map(({ key, count }) => `${name(key)}${count}`).join('、');

function whereFromLine({ received }: Figures): string | null {
  if (received.total === 0) return null;
  const sources = listed(received.bySource, (key) => zh.sources[key as keyof typeof zh.sources]);
  const tiers = listed(received.byTier, (key) => zh.tiers[key as keyof typeof zh.tiers]);
  return `来源：${sources}。层级：${tiers}。`;
}

const rate = (one: Rate): string => `${one.numerator}件（${percent(one) ?? '—'}）`;

function leftOut({ excluded }: Rate): string {
  const parts = excluded.map(({ why, count }) => `${zh.exclusions[why]}${count}`);
  return parts.length === 0 ? '' : `不算在内：${parts.join('、')}。`;
}

function dueLine({ due }: Figures): string {
  const { inTime, resolved } = due;
  if (inTime.denominator === 0) return `本期没有到期的件。${leftOut(inTime)}`.trim();
  return `到期${inTime.denominator}件：按时答复${rate(inTime)}，已办结${rate(resolved)}。${leftOut(inTime)}`;
}

function ratingLine({ ratings }: Figures): string | null {
  const { content, unsatisfied } = ratings;
  if (content.denominator === 0 && content.excluded.length === 0) return null;
  if (content.denominator === 0) return `还没有评价。${leftOut(content)}`;
  return `有评价${content.denominator}件：满意和基本满意${rate(content)}，没解决${unsatisfied}件。${leftOut(content)}`;
}

function timesLine({ times }: Figures): string | null {
  const { firstContactHours: contact, resolutionDays: resolution } = times;
  const parts = [
    contact.median === null || contact.p90 === null
      ? null
      : `首次联系一半在${zh.lasting(contact.median)}内、九成在${zh.lasting(contact.p90)}内`,
    resolution.median === null || resolution.p90 === null
      ? null
      : `答复一半在${zh.lasting(resolution.median * 24)}内、九成在${zh.lasting(resolution.p90 * 24)}内`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : `${parts.join('；')}。`;
}

function categoriesLine({ received }: Figures, ctx: WordsContext): string | null {
  const top = received.byCategory.filter(({ count }) => count > 1).slice(0, 5);
  return top.length === 0 ? null : `最多的：${listed(top, (key) => ctx.names.categoryShort(key))}。`;
}

function risesLine({ rises }: Figures, ctx: WordsContext): string | null {
  if (rises.length === 0) return null;
  const parts = rises
    .slice(0, 3)
    .map(({ category, now, mean }) => `${ctx.names.categoryShort(category)}${now}件（平均${short(mean)}件）`);
  return `比前${rises[0]?.periods ?? 3}期平均涨得多的：${parts.join('、')}。`;
}

function repeatsLine({ repeats }: Figures, ctx: WordsContext): string | null {
  if (repeats.length === 0) return null;
  const shown = repeats.slice(0, 3).map(({ category, village, groups, place, numbers }) => {
    const spot = place ?? groups.map((id) => ctx.names.group(id)).join('、');
    return `${ctx.names.village(village)}${spot}${ctx.names.categoryShort(category)}${numbers.length}次`;
  });
  return `90天内又来的${repeats.length}处：${shown.join('、')}${repeats.length > 3 ? '等' : ''}。`;
}

function incidentsLine({ incidents }: Figures, ctx: WordsContext): string | null {
  if (incidents.length === 0) return null;
  const shown = incidents.slice(0, 2).map(({ category, reports, villages }) => {
    const households = villages.reduce((total, one) => total + one.households, 0);
    const area = villages.reduce((total, one) => total + one.area, 0);
    const names = villages.map(({ village }) => ctx.names.village(village)).slice(0, 3);
    const size = [households > 0 ? `${households}户` : null, area > 0 ? `${short(area)}亩` : null];
    const extent = size.filter((part) => part !== null).join('、');
    return `${names.join('、')}${villages.length > 3 ? '等' : ''}${ctx.names.categoryShort(category)}，${reports}人报${extent === '' ? '' : `，${extent}`}`;
  });
  return `一件事多人报：${shown.join('；')}${incidents.length > 2 ? '等' : ''}。`;
}

const numbers = (matters: readonly { readonly brief: Brief }[], ctx: WordsContext, most = 6): string => {
  const shown = matters.slice(0, most).map(({ brief }) => `#${typed(brief.number, ctx).padStart(4, '0')}`);
  return `${shown.join(' ')}${matters.length > most ? '…' : ''}`;
};

function part(label: string, matters: readonly Matter[], ctx: WordsContext): string | null {
  return matters.length === 0 ? null : `${label}${matters.length}件（${numbers(matters, ctx)}）`;
}

function openLine({ matters }: Figures, ctx: WordsContext): string {
  const parts = [
    part('超期', matters.overdue, ctx),
    part('退回两次以上', matters.returned, ctx),
    part('两次没解决', matters.twiceUnsatisfied, ctx),
    part('督办', matters.supervised, ctx),
  ].filter((one) => one !== null);
  const waiting = matters.awaitingRating > 0 ? `，另有${matters.awaitingRating}件等评价` : '';
  return `在办${matters.open.length}件${waiting}。${parts.length === 0 ? '没有超期的。' : `${parts.join('，')}。`}`;
}

function deferredLine({ matters }: Figures, ctx: WordsContext): string | null {
  const parts = [
    part('挂账', matters.deferred, ctx),
    matters.moneyMissing > 0 ? `缺钱${money(matters.moneyMissing)}` : null,
    part('说明了办不了', matters.explained, ctx),
  ].filter((one) => one !== null);
  return parts.length === 0 ? null : `${parts.join('，')}。`;
}

function decisionsLine({ decisions }: Figures): string | null {
  if (decisions.length === 0) return null;
  const counts = Map.groupBy(decisions, ({ became }) => became);
  const parts = [...counts].map(([became, list]) => `${zh.became[became]}${list.length}件`);
  return `上次议定${decisions.length}件：${parts.join('、')}。`;
}

function needsLine({ needs }: Figures, ctx: WordsContext): string | null {
  if (needs.length === 0) return null;
  const shown = needs.slice(0, 4).map(({ matter, why }) => {
    const reason = why[0] === undefined ? '' : `（${zh.needs[why[0]]}）`;
    return `#${typed(matter.brief.number, ctx).padStart(4, '0')}${reason}`;
  });
  return `要您定的${needs.length}件：${shown.join('、')}${needs.length > 4 ? '等，见附件' : ''}。`;
}
