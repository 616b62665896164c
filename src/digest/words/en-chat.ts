/** The digest in a chat, in English: the same lines as zh-chat.ts. */

import type { WordsContext } from '../../replies/context.ts';
import { hour } from '../../replies/en/dates.ts';
import { shortNumber } from '../../replies/reference.ts';
import type { Figures } from '../figures.ts';
import type { Matter } from '../matters.ts';
import { type Change, type Count, percent, type Rate, sum } from '../rate.ts';
import * as en from './en-labels.ts';
import { short, signedPercent } from './numbers.ts';

export function chatLines(figures: Figures, ctx: WordsContext): readonly string[] {
  const lines = [
    `${ctx.township.name}: digest ${en.periodName(figures.period)} (open matters as of ${hour(figures.asOf, ctx)})`,
    receivedLine(figures),
    whereFromLine(figures),
    dueLine(figures),
    ratingLine(figures),
    timesLine(figures),
    categoriesLine(figures, ctx),
    risesLine(figures, ctx),
    repeatsLine(figures, ctx),
    incidentsLine(figures, ctx),
    openLine(figures),
    deferredLine(figures),
    decisionsLine(figures),
    needsLine(figures),
  ];
  return lines.filter((line) => line !== null);
}

const joined = (parts: readonly (string | null)[], by = ', '): string =>
  parts.filter((part) => part !== null).join(by);

function receivedLine({ received, period, cut, begun }: Figures): string {
  if (!begun) return 'Received 0: nobody had reported anything here by then.';
  const than = cut < period.to ? 'by the same day of the period before' : 'the period before';
  const moves = joined([
    moved(than, received.overPeriodBefore),
    moved('a year ago', received.overYearBefore),
    received.selfHandled > 0 ? `${received.selfHandled} handled by heads themselves` : null,
    received.withdrawn > 0 ? `${received.withdrawn} ${en.exclusions.withdrawn}` : null,
  ]);
  return `Received ${received.total}${moves === '' ? '' : `: ${moves}`}.`;
}

function moved(than: string, change: Change | null): string | null {
  if (change === null) return null;
  if (change.now === change.before) return `as many as ${than}`;
  const more = change.now - change.before;
  const share = signedPercent(change);
  const words = `${Math.abs(more)} ${more > 0 ? 'more' : 'fewer'} than ${than}`;
  return share === null ? words : `${words} (${share})`;
}

const listed = (counts: readonly Count[], name: (key: string) => string): string =>
  counts.map(({ key, count }) => `${name(key)} ${count}`).join(', ');

function whereFromLine({ received }: Figures): string | null {
  if (received.total === 0) return null;
  const sources = listed(received.bySource, (key) => en.sources[key as keyof typeof en.sources]);
  const tiers = listed(received.byTier, (key) => en.tiers[key as keyof typeof en.tiers]);
  return `From: ${sources}. Tier: ${tiers}.`;
}

const rate = (one: Rate): string => `${one.numerator} (${percent(one) ?? '—'})`;

function leftOut({ excluded }: Rate): string {
  const parts = excluded.map(({ why, count }) => `${en.exclusions[why]} ${count}`);
  return parts.length === 0 ? '' : ` Left out: ${parts.join(', ')}.`;
}

function dueLine({ due: { inTime, resolved } }: Figures): string {
  if (inTime.denominator === 0) return `Nothing fell due.${leftOut(inTime)}`;
  return `Due ${inTime.denominator}: answered in time ${rate(inTime)}, resolved ${rate(resolved)}.${leftOut(inTime)}`;
}

function ratingLine({ ratings: { content, unsatisfied } }: Figures): string | null {
  if (content.denominator === 0)
    return content.excluded.length === 0 ? null : `No ratings yet.${leftOut(content)}`;
  return `Rated ${content.denominator}: satisfied or basically ${rate(content)}, not solved ${unsatisfied}.${leftOut(content)}`;
}

function timesLine({
  times: { firstContactHours: contact, resolutionDays: resolution },
}: Figures): string | null {
  const parts = joined(
    [
      contact.median === null
        ? null
        : `First contact: half within ${en.lasting(contact.median)}, nine in ten within ${en.lasting(contact.p90 ?? 0)}`,
      resolution.median === null
        ? null
        : `answer: half within ${en.lasting(resolution.median * 24)}, nine in ten within ${en.lasting((resolution.p90 ?? 0) * 24)}`,
    ],
    '; ',
  );
  return parts === '' ? null : `${parts}.`;
}

function categoriesLine({ received }: Figures, ctx: WordsContext): string | null {
  const top = received.byCategory.filter(({ count }) => count > 1).slice(0, 5);
  return top.length === 0 ? null : `Most often: ${listed(top, (key) => ctx.names.categoryShort(key))}.`;
}

function risesLine({ rises }: Figures, ctx: WordsContext): string | null {
  if (rises.length === 0) return null;
  const parts = rises
    .slice(0, 3)
    .map(({ category, now, mean }) => `${ctx.names.categoryShort(category)} ${now} (mean ${short(mean)})`);
  return `Rose most against the ${rises[0]?.periods ?? 3} periods before: ${parts.join(', ')}.`;
}

function repeatsLine({ repeats }: Figures, ctx: WordsContext): string | null {
  if (repeats.length === 0) return null;
  const shown = repeats.slice(0, 3).map(({ category, village, groups, place, numbers }) => {
    const spot = place ?? groups.map((id) => ctx.names.group(id)).join(', ');
    return `${ctx.names.village(village)} ${spot}, ${ctx.names.categoryShort(category)}, ${numbers.length} times`;
  });
  return `Came back within 90 days in ${repeats.length} places: ${shown.join('; ')}.`;
}

function incidentsLine({ incidents }: Figures, ctx: WordsContext): string | null {
  if (incidents.length === 0) return null;
  const shown = incidents.slice(0, 2).map(({ category, reports, villages }) => {
    const households = sum(villages.map((one) => one.households));
    const names = villages.slice(0, 3).map(({ village }) => ctx.names.village(village));
    const size = households > 0 ? `, ${households} households` : '';
    return `${ctx.names.categoryShort(category)} in ${names.join(', ')}, ${reports} reports${size}`;
  });
  return `One event, many reports: ${shown.join('; ')}.`;
}

function part(label: string, matters: readonly Matter[], most = 6): string | null {
  if (matters.length === 0) return null;
  const numbers = matters.slice(0, most).map(({ brief }) => shortNumber(brief.number));
  return `${label} ${matters.length} (${numbers.join(' ')}${matters.length > most ? '…' : ''})`;
}

function openLine({ matters }: Figures): string {
  const parts = joined([
    part('overdue', matters.overdue),
    part('returned twice or more', matters.returned),
    part('twice not solved', matters.twiceUnsatisfied),
    part('supervised', matters.supervised),
  ]);
  const waiting = matters.awaitingRating > 0 ? `, ${matters.awaitingRating} more wait for a rating` : '';
  return `Open ${matters.open.length}${waiting}${parts === '' ? '' : `: ${parts}`}.`;
}

function deferredLine({ matters }: Figures): string | null {
  const parts = joined([
    part('Deferred', matters.deferred),
    matters.moneyMissing > 0 ? `${matters.moneyMissing} yuan missing` : null,
    part('explained why not', matters.explained),
  ]);
  return parts === '' ? null : `${parts}.`;
}

function decisionsLine({ decisions }: Figures): string | null {
  if (decisions.length === 0) return null;
  const counts = [...Map.groupBy(decisions, ({ became }) => became)];
  return `Decided last time ${decisions.length}: ${counts.map(([state, list]) => `${en.became[state]} ${list.length}`).join(', ')}.`;
}

function needsLine({ needs }: Figures): string | null {
  if (needs.length === 0) return null;
  const shown = needs.slice(0, 4).map(({ matter, why }) => {
    const [first] = why;
    return `${shortNumber(matter.brief.number)}${first === undefined ? '' : ` (${en.needs[first]})`}`;
  });
  return `For you to decide ${needs.length}: ${shown.join(', ')}${needs.length > 4 ? '…' : ''}.`;
}
