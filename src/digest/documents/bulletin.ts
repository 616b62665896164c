/** 月通报 of one office, where a chat is too short for it: number and matter, officer, what became of it. */
import type { WordsContext } from '../../replies/context.ts';
import type { OfficeBulletin } from '../bulletin.ts';
import type { Figures } from '../figures.ts';
import type { DigestWords } from '../words/words.ts';
import { wordDocument } from './docx.ts';
import { A4, centered, table, title } from './parts.ts';

export function bulletinPaper(
  { office, items }: OfficeBulletin,
  { period, asOf }: Pick<Figures, 'period' | 'asOf'>,
  words: DigestWords,
  ctx: WordsContext,
): Promise<Uint8Array> {
  const own = words.officeBulletin;
  const name = own.title(office === null ? '' : ctx.names.office(office), period);
  const rows = items.map((item) => [
    `${item.matter.brief.number}\n${words.matter(item.matter, ctx)}`,
    item.owner === null ? '' : (ctx.names.person(item.owner) ?? ''),
    own.state(item, ctx),
  ]);
  const body = table(own.columns, rows, { widths: [5138, 1700, 2800] });
  const children = [title(name), centered(own.note), body];
  return wordDocument(name, [{ properties: A4, children }], { at: asOf, timezone: ctx.timezone });
}
