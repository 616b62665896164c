/** Word documents with the same bytes for the same content: fixed dates, fixed order, no ids of chance. */
import { Document, Packer } from 'docx';
import { type Unzipped, unzipSync, type Zippable, zipSync } from 'fflate';
import { localDateTime, MINUTE } from '../../kernel/zone.ts';

export interface Stamp {
  /** When the document is made, by the program's clock. */
  readonly at: number;
  readonly timezone: string;
}

export type Sections = ConstructorParameters<typeof Document>[0]['sections'];

/** 仿宋 for the text, as offices print it; where a machine has no such font, Word takes its own. */
const BODY_FONT = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋' };
const HEAD_FONT = { ascii: 'Arial', hAnsi: 'Arial', eastAsia: '黑体' };

/** Sizes are half points, spacing is twentieths of a point. */
const STYLES = {
  default: {
    document: { run: { font: BODY_FONT, size: 24 } },
    title: {
      run: { font: HEAD_FONT, size: 44, color: '000000' },
      paragraph: { spacing: { before: 240, after: 240 } },
    },
    heading1: {
      run: { font: HEAD_FONT, size: 28, color: '000000' },
      paragraph: { spacing: { before: 360, after: 160 }, keepNext: true },
    },
  },
} as const;

/** Left out, the library calls the last one who wrote it "Un-named", and Word shows that. */
const MAKER = '回音 Huiyin';

export async function wordDocument(title: string, sections: Sections, stamp: Stamp): Promise<Uint8Array> {
  const document = new Document({ creator: MAKER, lastModifiedBy: MAKER, title, styles: STYLES, sections });
  return fixedZip(new Uint8Array(await Packer.toBuffer(document)), stamp);
}

/** The same files in the order of their names, all dated `stamp.at`: a zip otherwise carries the machine's time. */
export function fixedZip(bytes: Uint8Array, stamp: Stamp): Uint8Array {
  const files = unzipSync(bytes);
  const names = Object.keys(files).toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const zipped: Zippable = {};
  for (const name of names) zipped[name] = fixed(name, files, stamp);
  return zipSync(zipped, { mtime: wallClock(stamp), level: 6 });
}

/** Readers expect the list of types first. */
const rank = (name: string): number => (name === '[Content_Types].xml' ? 0 : 1);

/** Papers name the minute they are of: made twice within it, of the same cases, they are the same files. */
const minuteOf = ({ at }: Stamp): number => Math.floor(at / MINUTE) * MINUTE;

const DATED = /(<dcterms:(created|modified)[^>]*>)[^<]*(<\/dcterms:\2>)/gu;

function fixed(name: string, files: Unzipped, stamp: Stamp): Uint8Array {
  const content = files[name] ?? new Uint8Array();
  if (name !== 'docProps/core.xml') return content;
  const iso = new Date(minuteOf(stamp)).toISOString().replace(/\.\d+Z$/u, 'Z');
  return new TextEncoder().encode(new TextDecoder().decode(content).replace(DATED, `$1${iso}$3`));
}

/**
 * Zip dates have no zone: the writer reads the clock on the wall of the machine. A date built from the
 * township's wall gives the same bytes on every machine.
 */
function wallClock({ at, timezone }: Stamp): Date {
  const { date, time } = localDateTime(at, timezone);
  const [year = 1980, month = 1, day = 1] = date.split('-').map(Number);
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return new Date(year, month - 1, day, hour, minute);
}
