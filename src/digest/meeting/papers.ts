/** The meeting's Word files: an office's sheet with two blanks a matter, and the draft minutes. */
import { clip } from '../../replies/lines.ts';
import { wordDocument } from '../documents/docx.ts';
import { A4, centered, paragraph, table, title } from '../documents/parts.ts';
import { officeName, type PaperWords } from './names.ts';
import type { Minute, OfficeSheet } from './plan.ts';

const ROOM = 1300;

export function sheetPaper(
  sheet: OfficeSheet,
  date: string,
  { words, digest, ctx }: PaperWords,
): Promise<Uint8Array> {
  const name = words.sheetTitle(officeName(sheet, words, ctx), date);
  const columns = sheet.office === null ? words.unassignedColumns : words.sheetColumns;
  const rows = sheet.items.map(({ matter }) => {
    const { state, reviewAt, dueAt } = matter.brief;
    const day = digest.day(state === 'deferred' ? reviewAt : dueAt, ctx);
    const when = state === 'deferred' ? digest.pack.reviewOn(day) : digest.pack.dueOn(day);
    return [`${matter.brief.number}\n${digest.matter(matter, ctx)}${day === '' ? '' : `\n${when}`}`, '', ''];
  });
  const body = table(columns, rows, { widths: [3438, 3100, 3100], rowHeight: ROOM });
  const children = [title(name), body, paragraph(words.sheetNote)];
  return wordDocument(name, [{ properties: A4, children }], { at: ctx.now, timezone: ctx.timezone });
}

export function minutesPaper(
  minutes: readonly Minute[],
  date: string,
  { words, digest, ctx }: PaperWords,
): Promise<Uint8Array> {
  const name = words.minutesTitle(ctx.township.name, date);
  const rows = minutes.map(({ matter, office, dueAt, text }) => [
    matter.brief.number,
    digest.matter(matter, ctx),
    matter.hidden === null ? clip(text, 300) : digest.pack.privateNote,
    [office === null ? '' : ctx.names.office(office), digest.day(dueAt, ctx)].filter(Boolean).join('\n'),
  ]);
  const body = table(words.minutesColumns, rows, { widths: [1700, 3038, 3100, 1800] });
  const children = [title(name), centered(words.minutesNote), body];
  return wordDocument(name, [{ properties: A4, children }], { at: ctx.now, timezone: ctx.timezone });
}
