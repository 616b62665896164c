/** The register as a workbook: the cases on the first sheet, the figures on the second. */
import { type SheetToWrite, writeWorkbook } from '../../config/spreadsheet.ts';
import { type RegisterInput, registerSheet } from '../register.ts';
import type { DigestWords } from '../words/words.ts';
import { fixedZip } from './docx.ts';
import { figureRows } from './figure-rows.ts';

export async function registerFile(input: RegisterInput, words: DigestWords): Promise<Uint8Array> {
  const { figures, ctx } = input;
  const numbers: SheetToWrite = {
    name: words.pack.figuresSheet,
    rows: [words.pack.figureColumns, ...figureRows(figures, words, ctx)],
    widths: [30, 50, 14, 40],
    printed: true,
  };
  const bytes = await writeWorkbook([registerSheet(input), numbers], new Date(figures.asOf));
  return fixedZip(bytes, { at: figures.asOf, timezone: ctx.timezone });
}
