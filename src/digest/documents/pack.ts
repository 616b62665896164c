/** 民情分析会材料: what lies on the table. Cover, figures, charts, and one row a matter with room for the decision. */
import { PageBreak, Paragraph, type Table } from 'docx';
import type { WordsContext } from '../../replies/context.ts';
import { clip, head } from '../../replies/lines.ts';
import type { DecisionOutcome } from '../decisions.ts';
import type { Figures } from '../figures.ts';
import type { Matter } from '../matters.ts';
import type { DigestWords } from '../words/words.ts';
import { wordDocument } from './docx.ts';
import { figureRows } from './figure-rows.ts';
import { A4, centered, heading, paragraph, picture, TEXT_WIDTH, table, title } from './parts.ts';

type Block = Paragraph | Table;

export interface PackInput {
  readonly figures: Figures;
  readonly charts: readonly Uint8Array[];
  readonly words: DigestWords;
  readonly ctx: WordsContext;
}

export function meetingPack(input: PackInput): Promise<Uint8Array> {
  const { figures, words, ctx } = input;
  const children = [
    ...cover(input),
    ...figureTable(input),
    ...chartPages(input),
    ...needs(input),
    ...decisions(input),
    ...matterTable(words.pack.matters, figures.matters.open.filter(hasOffice), input),
    ...unassigned(input),
    ...explained(input),
    ...bulletin(input),
    ...places(input),
  ];
  const name = `${ctx.township.name}${words.period(figures.period)}${words.pack.title}`;
  return wordDocument(name, [{ properties: A4, children }], { at: figures.asOf, timezone: ctx.timezone });
}

function cover({ figures, words, ctx }: PackInput): readonly Block[] {
  const asOf = words.day(figures.asOf, ctx);
  return [
    title(`${ctx.township.name}${words.pack.title}`),
    centered(words.pack.subtitle(words.period(figures.period), asOf)),
    // The first line is the title again.
    ...words.chat(figures, ctx).slice(1).map(paragraph),
  ];
}

function figureTable({ figures, words, ctx }: PackInput): readonly Block[] {
  const { pack } = words;
  return [
    heading(pack.figures),
    table(pack.figureColumns, figureRows(figures, words, ctx), { widths: [2700, 3538, 1200, 2200] }),
  ];
}

function chartPages({ charts, words }: PackInput): readonly Block[] {
  const names = [words.charts.categories, words.charts.trend, words.charts.outcome];
  const pictures = charts.map((png, i) => picture(png, names[i] ?? '', i + 1));
  return [new Paragraph({ children: [new PageBreak()] }), heading(words.pack.charts), ...pictures];
}

function needs({ figures, words, ctx }: PackInput): readonly Block[] {
  const lines = figures.needs.map(
    ({ matter, why }) =>
      `${matter.brief.number} ${words.matter(matter, ctx)}：${why.map((one) => words.needs[one]).join('、')}`,
  );
  return [heading(words.pack.needs), ...(lines.length === 0 ? [words.pack.none] : lines).map(paragraph)];
}

function decisions({ figures, words, ctx }: PackInput): readonly Block[] {
  const { pack } = words;
  const { decisions: name, decisionColumns: columns } = pack;
  const rowOf = ({ matter, office, dueAt, text, became, at }: DecisionOutcome): readonly string[] => [
    matter.brief.number,
    words.matter(matter, ctx),
    [office === null ? '' : ctx.names.office(office), words.day(dueAt, ctx), clip(text, 120)]
      .filter(Boolean)
      .join('，'),
    [words.became[became], words.day(at, ctx)].filter(Boolean).join('\n'),
  ];
  return section({ name, columns, widths: [1700, 3138, 3200, 1600] }, figures.decisions, rowOf, words);
}

/**
 * No meeting goes through more, one by one: the register has them all. A Word table of ten thousand rows takes more
 * than a gigabyte to write.
 */
const MOST_ROWS = 200;

interface Section {
  readonly name: string;
  /** Above the table. */
  readonly note?: string;
  readonly columns: readonly string[];
  readonly widths: readonly number[];
  readonly rowHeight?: number;
}

/** A table under its heading: as many as a meeting takes, then how many more the register has. */
function section<T>(
  { name, note, columns, ...options }: Section,
  items: readonly T[],
  rowOf: (item: T, i: number) => readonly string[],
  { pack }: DigestWords,
): readonly Block[] {
  if (items.length === 0) return [heading(name), paragraph(pack.none)];
  const { shown, left } = head(items, MOST_ROWS);
  return [
    heading(name),
    ...(note === undefined ? [] : [paragraph(note)]),
    table(columns, shown.map(rowOf), options),
    ...(left === 0 ? [] : [paragraph(pack.more(left))]),
  ];
}

/** Two lines of handwriting fit into the last column. */
const ROOM = 1100;

function matterTable(name: string, matters: readonly Matter[], { words, ctx }: PackInput): readonly Block[] {
  const { matterColumns: columns, roomForDecision } = words.pack;
  const rowOf = (matter: Matter): readonly string[] => [
    matter.brief.number,
    describe(matter, words, ctx),
    where(matter, words, ctx),
    roomForDecision,
  ];
  const widths = [1700, 3038, 1900, TEXT_WIDTH - 6638];
  return section({ name, columns, widths, rowHeight: ROOM }, matters, rowOf, words);
}

const hasOffice = ({ brief }: Matter): boolean => brief.office !== null;

/** They wait for somebody to be named: the meeting sees them apart. */
function unassigned(input: PackInput): readonly Block[] {
  const nobodys = input.figures.matters.open.filter((matter) => !hasOffice(matter));
  return nobodys.length === 0 ? [] : matterTable(input.words.pack.unassigned, nobodys, input);
}

function describe(matter: Matter, words: DigestWords, ctx: WordsContext): string {
  const { brief, hidden } = matter;
  return [
    words.matter(matter, ctx),
    hidden === null ? clip(brief.summary, 90) : words.pack.privateNote,
    brief.households === null ? '' : words.pack.households(brief.households),
    matter.latest === null ? '' : words.pack.latest(clip(matter.latest, 90)),
    matter.reason === null ? '' : words.pack.reason(clip(matter.reason, 90)),
    matter.cost === null ? '' : words.pack.cost(matter.cost),
  ]
    .filter(Boolean)
    .join('\n');
}

function where(matter: Matter, words: DigestWords, ctx: WordsContext): string {
  const { brief, overdue } = matter;
  const deferred = brief.state === 'deferred';
  const date = words.day(deferred ? brief.reviewAt : brief.dueAt, ctx);
  const marks = words.pack.marks(matter);
  return [
    words.office(matter, ctx),
    date === ''
      ? ''
      : deferred
        ? words.pack.reviewOn(date)
        : overdue
          ? words.pack.wasDue(date)
          : words.pack.dueOn(date),
    ...marks,
  ]
    .filter(Boolean)
    .join('\n');
}

function explained({ figures, words, ctx }: PackInput): readonly Block[] {
  const { explained: name, explainedColumns: columns } = words.pack;
  const rowOf = (matter: Matter): readonly string[] => [
    matter.brief.number,
    words.matter(matter, ctx),
    matter.hidden === null ? clip(matter.reason ?? '', 120) : words.pack.privateNote,
    [words.office(matter, ctx), words.day(matter.answeredAt, ctx)].join('\n'),
  ];
  const widths = [1700, 2838, 3200, 1900];
  return section({ name, columns, widths }, figures.matters.explained, rowOf, words);
}

function bulletin({ figures, words, ctx }: PackInput): readonly Block[] {
  const { pack } = words;
  const { bulletin: name, bulletinColumns: columns } = pack;
  const nameOf = (office: string | null): string =>
    office === null ? pack.unassigned : ctx.names.office(office);
  const all = figures.bulletin.flatMap(({ office, items }) =>
    items.map((item, i) => ({ ...item, office: i > 0 ? '' : nameOf(office) })),
  );
  const rowOf = ({ office, matter, state, date }: (typeof all)[number]): readonly string[] => [
    office,
    `${matter.brief.number} ${words.matter(matter, ctx)}`,
    [words.bulletin[state], pack.bulletinDate(state, words.day(date, ctx))].filter(Boolean).join('\n'),
  ];
  const widths = [1900, 5638, 2100];
  return section({ name, note: pack.bulletinNote, columns, widths }, all, rowOf, words);
}

function places({ figures, words, ctx }: PackInput): readonly Block[] {
  const repeats = figures.repeats.map((one) => words.pack.repeat(one, ctx));
  const incidents = figures.incidents.map((one) => words.pack.incident(one, ctx));
  const list = (lines: readonly string[]): readonly Block[] =>
    (lines.length === 0 ? [words.pack.none] : head(lines, MOST_ROWS).shown).map(paragraph);
  return [heading(words.pack.repeats), ...list(repeats), heading(words.pack.incidents), ...list(incidents)];
}
