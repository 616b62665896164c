/** Sheets with a header row → rows whose cells are read by column name and know where they stand. */
import type { FileError } from './errors.ts';
import { ACCOUNT_COLUMN, COLUMNS } from './roster-sheets.ts';
import type { Sheet } from './spreadsheet.ts';

type Place = Omit<FileError, 'message'>;

export interface Row {
  /** Trimmed words of a cell; null where it is empty. */
  text(column: string): string | null;
  /** Adapter → account, from the columns `账号 …`. */
  accounts(): Record<string, string>;
  /** The place for an error; `null` is the row as a whole. */
  at(column: string | null): Place;
}

export interface Table {
  readonly name: string;
  readonly rows: readonly Row[];
}

interface Tables {
  readonly tables: ReadonlyMap<string, Table>;
  readonly errors: readonly FileError[];
}

/** Sheets that are not the roster's are left alone: townships keep notes beside it. */
export function readTables(sheets: readonly Sheet[], file: string): Tables {
  const tables = new Map<string, Table>();
  const errors: FileError[] = [];
  for (const [name, columns] of Object.entries(COLUMNS)) {
    const sheet = sheets.find((candidate) => candidate.name.trim() === name);
    if (sheet === undefined) {
      errors.push({ file, line: null, field: name, message: `缺少工作表"${name}"` });
      continue;
    }
    const header = (sheet.rows[0] ?? []).map((cell) => cellWords(cell));
    errors.push(...headerErrors(header, columns, `${file}[${name}]`));
    tables.set(name, { name, rows: dataRows(sheet, header, `${file}[${name}]`) });
  }
  return { tables, errors };
}

function headerErrors(header: readonly string[], columns: readonly string[], file: string): FileError[] {
  const missing = columns.filter((column) => !header.includes(column));
  const strange = header.filter((h) => h !== '' && !columns.includes(h) && !h.startsWith(ACCOUNT_COLUMN));
  return [
    ...missing.map((field) => ({ file, line: 1, field, message: '缺少这一列' })),
    ...strange.map((field) => ({ file, line: 1, field, message: '不认识这一列' })),
  ];
}

function dataRows(sheet: Sheet, header: readonly string[], file: string): Row[] {
  return sheet.rows.flatMap((cells, i): Row[] => {
    if (i === 0 || cells.every((cell) => cellWords(cell) === '')) return [];
    const text = (column: string) => cellWords(cells[header.indexOf(column)] ?? null) || null;
    return [
      {
        text,
        accounts: () => accountsIn(header, text),
        at: (column) => ({ file, line: i + 1, field: column ?? '' }),
      },
    ];
  });
}

function accountsIn(
  header: readonly string[],
  text: (column: string) => string | null,
): Record<string, string> {
  const accounts: Record<string, string> = {};
  for (const column of header.filter((name) => name.startsWith(ACCOUNT_COLUMN))) {
    const account = text(column);
    if (account !== null) accounts[column.slice(ACCOUNT_COLUMN.length).trim()] = account;
  }
  return accounts;
}

/** A phone number typed into a sheet arrives as a number; its digits are what was meant. */
export function cellWords(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return String(cell).trim();
}

/** `李明、陈刚` → both; the separators people use between names. */
export function wordList(words: string | null): string[] {
  if (words === null) return [];
  return words
    .split(/[、，,；;|\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** Turns an id or a name that only one row has into the id; anything else stays as it is. */
export function idsByName(table: Table, nameColumn: string): (words: string) => string {
  const ids = new Set<string>();
  const named = new Map<string, string | null>();
  for (const row of table.rows) {
    const name = row.text(nameColumn);
    const id = row.text('编号') ?? name;
    if (id !== null) ids.add(id);
    if (name !== null && id !== null) named.set(name, named.has(name) ? null : id);
  }
  return (words) => (ids.has(words) ? words : (named.get(words) ?? words));
}
