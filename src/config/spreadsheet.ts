/** The one file that knows how .xlsx is read and written: rows of cells in, rows of cells out. */
import { readXlsx, writeXlsx } from 'hucre/xlsx';

export type Cell = string | number | boolean | Date | null;

export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
}

/** A sheet to be written: its first row is the header, which stays in sight and filters. */
export interface SheetToWrite extends Sheet {
  /** In characters; a column without a width takes one from its content. */
  readonly widths?: readonly number[];
  /** Number format by column: `yyyy-mm-dd`; a date without one is shown as a plain day. */
  readonly formats?: readonly (string | null)[];
  /** For long sheets that are printed: text wraps, the page is A3 on its side, each page repeats the header. */
  readonly printed?: boolean;
}

/** Far above any roster; a file that unfolds beyond it is refused by its rows. */
const MAX_ROWS = 50_000;

/** Rejects where the bytes are no workbook. */
export async function readWorkbook(bytes: Uint8Array): Promise<readonly Sheet[]> {
  const { sheets } = await readXlsx(bytes, { maxRows: MAX_ROWS });
  return sheets.map(({ name, rows }) => ({ name, rows }));
}

/**
 * @param made stands in the file as its date; left out, it is the machine's own time. Dates in cells are
 *   written as their UTC day and time: make them from the local ones.
 */
export async function writeWorkbook(sheets: readonly SheetToWrite[], made?: Date): Promise<Uint8Array> {
  return writeXlsx({
    sheets: sheets.map(sheetOf),
    ...(made === undefined ? {} : { properties: { created: made, modified: made } }),
  });
}

type WrittenSheet = Parameters<typeof writeXlsx>[0]['sheets'][number];
const WRAPPED = { alignment: { vertical: 'top', wrapText: true } } as const;

function sheetOf({ name, rows, widths = [], formats = [], printed = false }: SheetToWrite): WrittenSheet {
  const columns = Math.max(1, ...rows.map((row) => row.length));
  return {
    name,
    rows: rows.map((row) => [...row]),
    freezePane: { rows: 1 },
    autoFilter: { range: `A1:${columnName(columns - 1)}${Math.max(1, rows.length)}` },
    columns: Array.from({ length: columns }, (_, i) => {
      const width = widths[i];
      const numFmt = formats[i] ?? null;
      return {
        ...(width === undefined ? { autoWidth: true } : { width }),
        ...(numFmt === null ? {} : { numFmt }),
        ...(printed ? { style: WRAPPED } : {}),
      };
    }),
    ...(printed
      ? { cells: headerCells(rows[0] ?? []), pageSetup: PRINTED_PAGE, rowDefs: heightsOf(rows, widths) }
      : {}),
  };
}

const PRINTED_PAGE = {
  paperSize: 'a3',
  orientation: 'landscape',
  fitToPage: true,
  fitToWidth: 1,
  fitToHeight: 0,
  printTitlesRow: '$1:$1',
} as const;

/** Points of one line. */
const LINE = 15;
const USUAL_WIDTH = 9;

/** Programs that don't measure wrapped text on opening show one line of it: so each row says how high it is. */
function heightsOf(
  rows: readonly (readonly Cell[])[],
  widths: readonly number[],
): NonNullable<WrittenSheet['rowDefs']> {
  return new Map(
    rows.map((row, i) => {
      const lines = row.map((cell, n) => linesIn(cell, widths[n] ?? USUAL_WIDTH));
      return [i, { height: LINE * Math.max(1, ...lines) }];
    }),
  );
}

/** A Chinese character is as wide as two figures, in which widths are counted. */
function linesIn(cell: Cell, width: number): number {
  if (typeof cell !== 'string') return 1;
  const wide = [...cell].reduce((total, letter) => total + (letter > '\u2e7f' ? 2 : 1), 0);
  return Math.ceil(wide / Math.max(1, width - 1));
}

function headerCells(header: readonly Cell[]): NonNullable<WrittenSheet['cells']> {
  const style = { font: { bold: true }, alignment: { vertical: 'center', wrapText: true } } as const;
  return new Map(header.map((value, i) => [`0,${i}`, { value, style }]));
}

/** 0 → A, 25 → Z, 26 → AA. */
export function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnName(Math.floor(index / 26) - 1) + last;
}
