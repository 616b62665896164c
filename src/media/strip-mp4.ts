/**
 * MP4 and QuickTime (ISO 14496-12): boxes that carry place, device and author are emptied where they stand,
 * so that no offset into the film moves. A film with a track beside picture and sound (phones and action
 * cameras record positions so) is not shown. Pure.
 */
import { name4, u32be } from './bytes.ts';

/** Boxes of data about the film; `free` and `skip` may hold what a program left behind. */
const EMPTIED = new Set(['udta', 'meta', 'uuid', 'free', 'skip', 'wide', 'Xtra', 'loci']);
const TOP = new Set(['ftyp', 'moov', 'mdat', 'moof', 'mfra', 'sidx', 'styp', 'pdin', 'prft']);
const WALKED = new Set(['moov', 'trak', 'mdia', 'minf', 'moof', 'traf', 'edts']);
/** Picture, sound, and QuickTime's own word for where their data lies. */
const HANDLERS = new Set(['vide', 'soun', 'alis', 'url ']);

interface Box {
  readonly type: string;
  readonly at: number;
  /** Where its content begins. */
  readonly body: number;
  readonly end: number;
}

/** Null where it is no whole film, or may say where it was taken outside the boxes that can be emptied. */
export function strippedMp4(bytes: Uint8Array): Uint8Array | null {
  const copy = bytes.slice();
  const boxes = boxesIn(copy, 0, copy.length);
  if (boxes === null || !boxes.some(({ type }) => type === 'moov')) return null;
  if (boxes.some(({ type }) => !TOP.has(type) && !EMPTIED.has(type))) return null;
  return boxes.every((box) => clean(copy, box)) ? copy : null;
}

function boxesIn(bytes: Uint8Array, from: number, to: number): readonly Box[] | null {
  const boxes: Box[] = [];
  for (let at = from; at < to; ) {
    if (at + 8 > to) return null;
    const short = u32be(bytes, at);
    const long = short === 1;
    if (long && at + 16 > to) return null;
    const size = long ? u32be(bytes, at + 8) * 2 ** 32 + u32be(bytes, at + 12) : short;
    const body = at + (long ? 16 : 8);
    // A size of 0 reaches to the end of the file.
    const end = short === 0 ? to : at + size;
    if (end < body || end > to) return null;
    boxes.push({ type: name4(bytes, at + 4), at, body, end });
    at = end;
  }
  return boxes;
}

/** False where something in it must not be shown. */
function clean(bytes: Uint8Array, box: Box): boolean {
  if (EMPTIED.has(box.type)) {
    bytes.set([0x66, 0x72, 0x65, 0x65], box.at + 4);
    bytes.fill(0, box.body, box.end);
    return true;
  }
  if (box.type === 'hdlr') {
    // Its name is a device's or a program's; all zeros are an empty one in QuickTime and in MP4.
    bytes.fill(0, Math.min(box.body + 24, box.end), box.end);
    return HANDLERS.has(name4(bytes, box.body + 8));
  }
  if (!WALKED.has(box.type)) return true;
  const inner = boxesIn(bytes, box.body, box.end);
  return inner?.every((one) => clean(bytes, one)) ?? false;
}
