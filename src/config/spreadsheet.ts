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
}

/** Far above any roster; a file that unfolds beyond it is refused by its rows. */
const MAX_ROWS = 50_000;

/** Rejects where the bytes are no workbook. */
export async function readWorkbook(bytes: Uint8Array): Promise<readonly Sheet[]> {
  const { sheets } = await readXlsx(bytes, { maxRows: MAX_ROWS });
  return sheets.map(({ name, rows }) => ({ name, rows }));
}

export async function writeWorkbook(sheets: readonly SheetToWrite[]): Promise<Uint8Array> {
  return writeXlsx({
    sheets: sheets.map(({ name, rows, widths = [] }) => {
      const columns = Math.max(1, ...rows.map((row) => row.length));
      return {
        name,
        rows: rows.map((row) => [...row]),
        freezePane: { rows: 1 },
        autoFilter: { range: `A1:${columnName(columns - 1)}${Math.max(1, rows.length)}` },
        columns: Array.from({ length: columns }, (_, i) => {
          const width = widths[i];
          return width === undefined ? { autoWidth: true } : { width };
        }),
      };
    }),
  });
}

/** 0 → A, 25 → Z, 26 → AA. */
export function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnName(Math.floor(index / 26) - 1) + last;
}
