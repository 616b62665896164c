/**
 * From what was gathered to what is sent: the lines for the chat and the files. Loads charts and documents when it is
 * called; runs in a thread of its own (worker.ts), since drawing takes longer than a chat may wait.
 */
import type { Instant } from '../domain/case.ts';
import type { Taxonomy } from '../domain/category.ts';
import type { OfficeId, Roster } from '../domain/roster.ts';
import type { IncidentSettings } from '../domain/settings.ts';
import { wordsContext } from '../replies/context.ts';
import { type AreaRow, rowOf } from './area.ts';
import type { OfficeBulletin } from './bulletin.ts';
import type { CaseRecord } from './facts.ts';
import { type Counted, countedOf, type Figures, withRepeats } from './figures.ts';
import type { Spotted } from './history.ts';
import { rulesOf } from './incidents.ts';
import type { Past } from './past.ts';
import type { Period } from './period.ts';
import type { DigestWords } from './words/words.ts';

/** Plain data: it crosses into another thread. */
export interface DigestInput {
  readonly period: Period;
  readonly asOf: Instant;
  readonly roster: Roster;
  readonly taxonomy: Taxonomy;
  readonly pageMatters: number;
  readonly incidents: IncidentSettings;
  /** Where nobody keeps the files they have names only: drawing takes longer than all the rest. */
  readonly drawn: boolean;
  readonly records: readonly CaseRecord[];
  readonly before: readonly Spotted[];
  readonly past: Past;
}

export interface DigestFile {
  readonly name: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
}

export interface Digest {
  readonly lines: readonly string[];
  readonly files: readonly DigestFile[];
  /** 月通报, one for each office that has anything in it; only of a month. */
  readonly bulletins: readonly Bulletin[];
  /** Its line in the figures of an area. */
  readonly row: AreaRow;
}

export interface Bulletin {
  readonly office: OfficeId;
  readonly lines: readonly string[];
  /** Where a chat is too short for all of it. */
  readonly file: DigestFile | null;
}

export const MIME = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  png: 'image/png',
} as const;

export const figuresOf = (input: Omit<DigestInput, 'drawn'>): Figures =>
  withRepeats(countedFrom(input), input);

/** What can be counted while cases of before the period are still being read. */
export function countedFrom(input: Omit<DigestInput, 'drawn' | 'before'>): Counted {
  const { roster, taxonomy } = input;
  return countedOf({
    ...input,
    incidents: rulesOf(taxonomy, input.incidents),
    timezone: roster.township.timezone,
    order: {
      villages: roster.villages.map(({ id }) => id),
      offices: roster.offices.map(({ id }) => id),
    },
  });
}

export async function wordsOf(locale: Roster['township']['locale']): Promise<DigestWords> {
  return locale === 'en' ? (await import('./words/en.ts')).en : (await import('./words/zh.ts')).zh;
}

/** @param parts what was counted already */
export async function buildDigest(input: DigestInput, parts = countedFrom(input)): Promise<Digest> {
  const { roster, taxonomy, asOf } = input;
  const counted = withRepeats(parts, input);
  const ctx = wordsContext({ roster, taxonomy }, asOf, false);
  const words = await wordsOf(ctx.locale);
  const stem = `${roster.township.name}${counted.period.name}`;
  const file = (name: string, kind: keyof typeof MIME, bytes: Uint8Array): DigestFile => ({
    name: `${stem}${name}.${kind}`,
    mime: MIME[kind],
    bytes,
  });
  const { pack, register, charts } = input.drawn ? await drawAll(input, counted, words, ctx) : UNDRAWN;
  const { id, name } = roster.township;
  return {
    bulletins: await bulletinsOf(input, counted, words, ctx),
    row: rowOf({ id, name, figures: counted }),
    lines: words.chat(counted, ctx),
    files: [
      file(words.files.pack, 'docx', pack),
      file(words.files.register, 'xlsx', register),
      ...words.files.charts.map((name, i) => file(name, 'png', charts[i] ?? NOTHING)),
    ],
  };
}

async function bulletinsOf(
  { drawn, period }: DigestInput,
  counted: Figures,
  words: DigestWords,
  ctx: ReturnType<typeof wordsContext>,
): Promise<readonly Bulletin[]> {
  const made: Bulletin[] = [];
  if (period.kind !== 'month') return made;
  const { lines, file, most } = words.officeBulletin;
  for (const bulletin of counted.bulletin) {
    const { office, items } = bulletin;
    // What nobody has is the dispatchers' each morning, and the meeting's.
    if (office === null) continue;
    const name = `${file(ctx.names.office(office), period.name)}.docx`;
    const long = items.length > most;
    const bytes = long && drawn ? await drawBulletin(bulletin, counted, words, ctx) : NOTHING;
    const paper = long ? { name, mime: MIME.docx, bytes } : null;
    made.push({ office, lines: lines(bulletin, period, counted.cut, ctx), file: paper });
  }
  return made;
}

async function drawBulletin(
  bulletin: OfficeBulletin,
  counted: Figures,
  words: DigestWords,
  ctx: ReturnType<typeof wordsContext>,
): Promise<Uint8Array> {
  const { bulletinPaper } = await import('./documents/bulletin.ts');
  return bulletinPaper(bulletin, counted, words, ctx);
}

interface Drawn {
  readonly pack: Uint8Array;
  readonly register: Uint8Array;
  /** In the order of their names. */
  readonly charts: readonly Uint8Array[];
}

const NOTHING = new Uint8Array();
const UNDRAWN: Drawn = { pack: NOTHING, register: NOTHING, charts: [] };

async function drawAll(
  { records, roster }: DigestInput,
  counted: Figures,
  words: DigestWords,
  ctx: ReturnType<typeof wordsContext>,
): Promise<Drawn> {
  const charts = await drawCharts(counted, words, ctx);
  const { meetingPack } = await import('./documents/pack.ts');
  const { registerFile } = await import('./documents/workbook.ts');
  const pack = await meetingPack({ figures: counted, charts, words, ctx });
  const register = await registerFile({ figures: counted, records, roster, ctx }, words);
  return { pack, register, charts };
}

async function drawCharts(
  counted: Figures,
  words: DigestWords,
  ctx: ReturnType<typeof wordsContext>,
): Promise<readonly Uint8Array[]> {
  const { categoriesChart, outcomeChart, trendChart } = await import('./charts/svg.ts');
  const { pngOf } = await import('./charts/png.ts');
  return [
    categoriesChart(counted, words.charts, ctx),
    trendChart(counted, words.charts),
    outcomeChart(counted, words.charts),
  ].map(pngOf);
}
