/** Office files as another program sees them: unzipped by JSZip, read by an XML parser, neither of which wrote them. */
import { XMLParser } from 'fast-xml-parser';
import JSZip from 'jszip';
import { PNG } from 'pngjs';

const ordered = new XMLParser({ preserveOrder: true, ignoreAttributes: false, trimValues: false });
const tree = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', trimValues: false });

type Node = Readonly<Record<string, unknown>>;

export async function unzip(bytes: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
  const zip = await JSZip.loadAsync(bytes, { checkCRC32: true });
  const files = await Promise.all(
    Object.values(zip.files)
      .filter(({ dir }) => !dir)
      .map(async (file) => [file.name, await file.async('uint8array')] as const),
  );
  return new Map(files);
}

export async function part(bytes: Uint8Array, name: string): Promise<string> {
  const found = (await unzip(bytes)).get(name);
  if (found === undefined) throw new Error(`no ${name} in the file`);
  return new TextDecoder('utf-8', { fatal: true }).decode(found);
}

/** The text of a document, one paragraph a line; table cells are paragraphs too. */
export async function paragraphs(docx: Uint8Array): Promise<readonly string[]> {
  const nodes = ordered.parse(await part(docx, 'word/document.xml')) as Node[];
  const found: string[] = [];
  walk(nodes, found);
  return found;
}

function walk(nodes: readonly Node[], found: string[]): string {
  let text = '';
  for (const node of nodes) {
    for (const [tag, children] of Object.entries(node)) {
      if (tag === '#text') text += String(children);
      else if (Array.isArray(children)) {
        const inside = walk(children as Node[], found);
        if (tag === 'w:p') found.push(inside);
        else text += inside;
      }
    }
  }
  return text;
}

export interface ReadSheet {
  readonly rows: readonly (readonly (string | number | null)[])[];
  readonly xml: string;
}

const columnOf = (ref: string): number =>
  [...ref.replace(/\d+$/u, '')].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** A sheet's cells: text resolved, numbers as they stand. */
export async function sheet(xlsx: Uint8Array, n: number): Promise<ReadSheet> {
  const xml = await part(xlsx, `xl/worksheets/sheet${n}.xml`);
  const strings = await sharedStrings(xlsx);
  const { worksheet } = tree.parse(xml) as { worksheet: { sheetData: { row: unknown } } };
  const rows = listOf(worksheet.sheetData.row).map((row) => {
    const cells: (string | number | null)[] = [];
    for (const cell of listOf((row as Node).c) as Node[]) {
      const value = cell.v === undefined ? null : textOf(cell.v);
      cells[columnOf(String(cell.r))] =
        value === null
          ? null
          : cell.t === 's'
            ? (strings[Number(value)] ?? null)
            : cell.t === 'str'
              ? value
              : Number(value);
    }
    return cells;
  });
  return { rows, xml };
}

async function sharedStrings(xlsx: Uint8Array): Promise<readonly string[]> {
  const { sst } = tree.parse(await part(xlsx, 'xl/sharedStrings.xml')) as { sst: { si: unknown } };
  return listOf(sst.si).map((si) => textOf((si as Node).t));
}

const listOf = (one: unknown): readonly unknown[] =>
  Array.isArray(one) ? one : one === undefined ? [] : [one];
const textOf = (one: unknown): string =>
  typeof one === 'object' && one !== null ? String((one as Node)['#text'] ?? '') : String(one);

/** Days since 1899-12-30 as a date, the way every spreadsheet reads it. */
export const serialDay = (serial: number): string =>
  new Date(Date.UTC(1899, 11, 30) + Math.round(serial * 86_400) * 1000).toISOString().slice(0, 16);

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** How many pixels of a rectangle are dark. */
  dark(left: number, top: number, right: number, bottom: number): number;
}

export function pixels(png: Uint8Array): Pixels {
  const { width, height, data } = PNG.sync.read(Buffer.from(png));
  return {
    width,
    height,
    dark: (left, top, right, bottom) => {
      let count = 0;
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) if ((data[(y * width + x) * 4] ?? 255) < 128) count++;
      }
      return count;
    },
  };
}
