/** The figures as rows of a table: name, count, share, what is left out. For the pack and the register alike. */
import type { WordsContext } from '../../replies/context.ts';
import type { Figures, Part } from '../figures.ts';
import { type Count, percent, type Rate } from '../rate.ts';
import type { Spread } from '../times.ts';
import type { DigestWords } from '../words/words.ts';

export function figureRows(
  figures: Figures,
  words: DigestWords,
  ctx: WordsContext,
): readonly (readonly string[])[] {
  const { rows } = words.pack;
  const { received, due, ratings, times } = figures;
  const rate = (name: string, one: Rate): readonly string[] => [
    name,
    `${one.numerator}÷${one.denominator}`,
    percent(one) ?? '—',
    leftOut(one, words),
  ];
  const counts = (
    name: string,
    list: readonly Count[],
    nameOf: (key: string) => string,
  ): readonly string[] => [name, list.map(({ key, count }) => `${nameOf(key)} ${count}`).join('，'), '', ''];
  return [
    [rows.received, `${received.total}`, '', ''],
    counts(rows.bySource, received.bySource, (key) => words.sources[key as keyof typeof words.sources]),
    counts(rows.byTier, received.byTier, (key) => words.tiers[key as keyof typeof words.tiers]),
    counts(rows.byCategory, received.byMain, (key) => ctx.names.category(key)),
    counts(rows.byVillage, received.byVillage, (key) => (key === '' ? rows.unknown : ctx.names.village(key))),
    counts(rows.byOffice, received.byOffice, (key) => (key === '' ? rows.unassigned : ctx.names.office(key))),
    rate(rows.inTime, due.inTime),
    rate(rows.answered, due.answered),
    rate(rows.resolved, due.resolved),
    ...figures.dueByTier.map((part) => partRow(part, words)),
    rate(rows.closedOfReceived, figures.closedOfReceived),
    rate(rows.content, ratings.content),
    rate(rows.discontent, ratings.discontent),
    [rows.firstContact, spread(times.firstContactHours, 1, words), '', ''],
    [rows.resolution, spread(times.resolutionDays, 24, words), '', ''],
    rate(rows.twiceTransferred, times.twiceTransferred),
  ];
}

const partRow = ({ key, rates: { inTime, resolved } }: Part, words: DigestWords): readonly string[] => [
  words.pack.rows.tier(words.tiers[key as keyof typeof words.tiers]),
  `${inTime.numerator}÷${inTime.denominator}；${resolved.numerator}÷${resolved.denominator}`,
  `${percent(inTime) ?? '—'}；${percent(resolved) ?? '—'}`,
  leftOut(inTime, words),
];

export function leftOut({ excluded }: Rate, words: DigestWords): string {
  if (excluded.length === 0) return words.pack.rows.nothingLeftOut;
  return excluded.map(({ why, count }) => `${words.exclusions[why]} ${count}`).join('，');
}

/** @param hours how many hours one unit of the spread is */
function spread({ count, median, p90 }: Spread, hours: number, words: DigestWords): string {
  if (median === null || p90 === null) return words.pack.none;
  const { lasting } = words.pack;
  return words.pack.rows.spread(count, lasting(median * hours), lasting(p90 * hours));
}
