/** What a file is, by its first bytes: a name or a platform's word is never believed. Pure. */

export const MEDIA_TYPES = [
  'jpeg',
  'png',
  'gif',
  'webp',
  'heic',
  'mp4',
  'amr',
  'silk',
  'pdf',
  'docx',
  'xlsx',
  'zip',
] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** As the copy is called and announced when it is passed on. */
export const TYPE_FACTS: Readonly<Record<MediaType, { readonly mime: string; readonly ending: string }>> = {
  jpeg: { mime: 'image/jpeg', ending: 'jpg' },
  png: { mime: 'image/png', ending: 'png' },
  gif: { mime: 'image/gif', ending: 'gif' },
  webp: { mime: 'image/webp', ending: 'webp' },
  heic: { mime: 'image/heic', ending: 'heic' },
  mp4: { mime: 'video/mp4', ending: 'mp4' },
  amr: { mime: 'audio/amr', ending: 'amr' },
  silk: { mime: 'audio/silk', ending: 'silk' },
  pdf: { mime: 'application/pdf', ending: 'pdf' },
  docx: {
    mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ending: 'docx',
  },
  xlsx: { mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ending: 'xlsx' },
  zip: { mime: 'application/zip', ending: 'zip' },
};

const latin = (bytes: Uint8Array, from: number, to: number): string => {
  let text = '';
  for (let at = from; at < Math.min(to, bytes.length); at++) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
};

/** ISO base media brands. Apple's `qt  ` and 3GPP's are read by the same players. */
const VIDEO = /^(?:isom|iso[2-9]|mp4[12]|avc1|M4V[ HP]|MSNV|dash|f4v |qt {2}|3g[pg2rs][\da-z])$/;
const HEIF = /^(?:hei[cxms]|hev[cxms]|heim|heis|mif1|msf1)$/;

/** Null where it is nothing that belongs to a report: a program, a web page, text, an unknown kind. */
export function sniff(bytes: Uint8Array): MediaType | null {
  const head = latin(bytes, 0, 16);
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp';
  if (head.slice(4, 8) === 'ftyp') return ofBrand(head.slice(8, 12));
  if (/^#!AMR(?:-WB)?\n/.test(head)) return 'amr';
  // WeChat writes one byte, a 2, before the mark.
  if (head.startsWith('#!SILK_V3') || head.startsWith('\u0002#!SILK_V3')) return 'silk';
  if (head.startsWith('%PDF-')) return 'pdf';
  return head.startsWith('PK\x03\x04') ? ofZip(bytes) : null;
}

function ofBrand(brand: string): MediaType | null {
  if (HEIF.test(brand)) return 'heic';
  return VIDEO.test(brand) ? 'mp4' : null;
}

/** Office's files are archives that name their main part. */
function ofZip(bytes: Uint8Array): MediaType {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!text.includes('[Content_Types].xml')) return 'zip';
  if (text.includes('word/document.xml')) return 'docx';
  return text.includes('xl/workbook.xml') ? 'xlsx' : 'zip';
}
