/** Paragraphs, headings, tables: the few shapes that the digest's papers are made of. */
import {
  AlignmentType,
  BorderStyle,
  HeadingLevel,
  ImageRun,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';

/** A4 with 2 cm margins, in twentieths of a point. */
export const A4 = {
  page: {
    size: { width: 11_906, height: 16_838 },
    margin: { top: 1134, bottom: 1134, left: 1134, right: 1134 },
  },
} as const;
/** Width of the text, in twentieths of a point. */
export const TEXT_WIDTH = 9638;

export const heading = (text: string): Paragraph => new Paragraph({ text, heading: HeadingLevel.HEADING_1 });

export const title = (text: string): Paragraph =>
  new Paragraph({ text, heading: HeadingLevel.TITLE, alignment: AlignmentType.CENTER });

export const centered = (text: string): Paragraph =>
  new Paragraph({ alignment: AlignmentType.CENTER, spacing: { after: 240 }, children: [new TextRun(text)] });

export const paragraph = (text: string): Paragraph =>
  new Paragraph({ spacing: { after: 80 }, children: [new TextRun(plain(text))] });

/** Whom a letter is to: at the margin. */
export const salutation = (text: string): Paragraph =>
  new Paragraph({ spacing: { line: 420 }, children: [new TextRun({ text: plain(text), size: 28 })] });

/** The first line set in by two characters, as letters are written. */
export const letterLine = (text: string): Paragraph =>
  new Paragraph({
    indent: { firstLine: 560 },
    spacing: { line: 420 },
    children: [new TextRun({ text: plain(text), size: 28 })],
  });

export const rightLine = (text: string): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.RIGHT,
    spacing: { line: 420 },
    children: [new TextRun({ text: plain(text), size: 28 })],
  });

/** Pixels of the page at 96 to the inch: the chart fills the text's width. */
const PICTURE = { width: 620, height: 397 } as const;

/** @param id from 1, unique in the document: the library would count on from the document before */
export const picture = (png: Uint8Array, about: string, id: number): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { after: 160 },
    children: [
      new ImageRun({
        type: 'png',
        data: png,
        transformation: PICTURE,
        altText: { id: String(id), name: about, title: about, description: about },
      }),
    ],
  });

export interface TableOptions {
  /** In twentieths of a point; together `TEXT_WIDTH`. */
  readonly widths: readonly number[];
  /** Height of each body row at least, in twentieths of a point. */
  readonly rowHeight?: number;
  /** Point size of the text, doubled. */
  readonly size?: number;
}

/** The first row is repeated on each page; a row is not torn apart between two pages. */
export function table(
  header: readonly string[] | null,
  rows: readonly (readonly string[])[],
  options: TableOptions,
): Table {
  const { widths, rowHeight, size = 21 } = options;
  const height = rowHeight === undefined ? {} : { height: { value: rowHeight, rule: 'atLeast' as const } };
  const head =
    header === null
      ? []
      : [
          new TableRow({
            tableHeader: true,
            cantSplit: true,
            children: header.map((text, i) => cell(text, widths[i], size, true)),
          }),
        ];
  const body = rows.map(
    (row) =>
      new TableRow({
        cantSplit: true,
        ...height,
        children: row.map((text, i) => cell(text, widths[i], size, false)),
      }),
  );
  return new Table({
    columnWidths: [...widths],
    width: { size: widths.reduce((total, one) => total + one, 0), type: WidthType.DXA },
    borders: BORDERS,
    rows: [...head, ...body],
  });
}

const line = { style: BorderStyle.SINGLE, size: 4, color: '444444' } as const;
const BORDERS = {
  top: line,
  bottom: line,
  left: line,
  right: line,
  insideHorizontal: line,
  insideVertical: line,
};

function cell(text: string, width: number | undefined, size: number, head: boolean): TableCell {
  return new TableCell({
    width: { size: width ?? 1000, type: WidthType.DXA },
    verticalAlign: VerticalAlign.CENTER,
    margins: { top: 60, bottom: 60, left: 90, right: 90 },
    ...(head ? { shading: { fill: 'E8EDF3' } } : {}),
    children: plain(text)
      .split('\n')
      .map((words) => new Paragraph({ children: [new TextRun({ text: words, size, bold: head })] })),
  });
}

/** Control characters are no XML: a pasted one would make the whole file unreadable. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must go
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu;
export const plain = (text: string): string => text.replace(CONTROL, '').replace(/\p{Surrogate}/gu, '');
