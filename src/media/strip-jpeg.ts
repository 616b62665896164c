/**
 * JPEG (ITU T.81): segments before and between the scans. Kept are those that a decoder needs, the colour
 * profile and the orientation; EXIF with GPS and thumbnail, XMP, IPTC, comments and everything behind the
 * end mark (phones put a second picture with its own EXIF there) go. Pure.
 */
import { joined, startsWith, u8, u16be, u16le, u32be, u32le } from './bytes.ts';

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
const JFIF_BYTES = 18;
const ADOBE_BYTES = 16;

/** DHT, DAC, DQT, DNL, DRI, DHP, EXP and the start-of-frame marks. */
const isTable = (mark: number): boolean => (mark >= 0xc0 && mark <= 0xcf) || (mark >= 0xdb && mark <= 0xdf);

/** TEM and the restart marks have no length and no content. */
const isAlone = (mark: number): boolean => mark === 0x01 || (mark >= 0xd0 && mark <= 0xd7);

/** What stays of one pass over the file. */
interface Pass {
  readonly kept: Uint8Array[];
  turned: boolean;
  scans: number;
}

/** Null where it is no whole JPEG up to its first scan. A scan that breaks off is kept as far as it goes. */
export function strippedJpeg(bytes: Uint8Array): Uint8Array | null {
  if (u8(bytes, 0) !== 0xff || u8(bytes, 1) !== SOI) return null;
  const pass: Pass = { kept: [bytes.subarray(0, 2)], turned: false, scans: 0 };
  for (let at = 2; at < bytes.length; ) {
    if (u8(bytes, at) !== 0xff) return null;
    const mark = u8(bytes, at + 1);
    if (mark === SOI || mark === 0) return null;
    if (mark === 0xff || isAlone(mark)) {
      at += mark === 0xff ? 1 : 2;
      continue;
    }
    if (mark === EOI) {
      pass.kept.push(bytes.subarray(at, at + 2));
      break;
    }
    const end = at + 2 + u16be(bytes, at + 2);
    const whole = u16be(bytes, at + 2) >= 2 && end <= bytes.length;
    if (!whole) return pass.scans > 0 ? joined(pass.kept) : null;
    keep(pass, mark, bytes.subarray(at, end));
    at = mark === SOS ? scan(pass, bytes, end) : end;
  }
  return pass.scans > 0 ? joined(pass.kept) : null;
}

function keep(pass: Pass, mark: number, segment: Uint8Array): void {
  if (isTable(mark) || mark === SOS) pass.kept.push(segment);
  else if (mark === APP0 && startsWith(segment, 4, 'JFIF\0') && segment.length >= JFIF_BYTES)
    pass.kept.push(plainJfif(segment));
  else if (mark === APP2 && startsWith(segment, 4, 'ICC_PROFILE\0')) pass.kept.push(segment);
  else if (mark === APP14 && startsWith(segment, 4, 'Adobe') && segment.length >= ADOBE_BYTES)
    pass.kept.push(cut(segment, ADOBE_BYTES));
  else if (mark === APP1 && startsWith(segment, 4, 'Exif\0\0')) {
    const turn = pass.turned ? null : orientationOf(segment.subarray(10));
    // Where a writer was so terse that even this would be longer, the picture lies on its side.
    if (turn === null || segment.length < TURN_BYTES) return;
    pass.turned = true;
    pass.kept.push(turnSegment(turn));
  }
}

/** The first `size` bytes of a segment, its length written anew. */
function cut(segment: Uint8Array, size: number): Uint8Array {
  const short = segment.slice(0, size);
  short[2] = 0;
  short[3] = size - 2;
  return short;
}

function plainJfif(segment: Uint8Array): Uint8Array {
  const plain = cut(segment, JFIF_BYTES);
  // No thumbnail.
  plain.fill(0, 16, 18);
  return plain;
}

/** Entropy-coded data up to the next mark; `FF00` is a byte of it, restart marks belong to it. */
function scan(pass: Pass, bytes: Uint8Array, from: number): number {
  pass.scans++;
  let at = from;
  for (;;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 1 >= bytes.length) {
      pass.kept.push(bytes.subarray(from));
      return bytes.length;
    }
    const next = u8(bytes, at + 1);
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) break;
    at += next === 0xff ? 1 : 2;
  }
  pass.kept.push(bytes.subarray(from, at));
  return at;
}

/** 2 to 8 as TIFF 6.0 says; null where the picture stands upright or nothing says otherwise. */
function orientationOf(tiff: Uint8Array): number | null {
  const little = startsWith(tiff, 0, 'II*\0');
  if (!little && !startsWith(tiff, 0, 'MM\0*')) return null;
  const [u16, u32] = little ? [u16le, u32le] : [u16be, u32be];
  const first = u32(tiff, 4);
  const entries = u16(tiff, first);
  for (let i = 0; i < Math.min(entries, 200); i++) {
    const at = first + 2 + i * 12;
    if (at + 12 > tiff.length) return null;
    if (u16(tiff, at) !== 0x0112 || u16(tiff, at + 2) !== 3) continue;
    const turn = u16(tiff, at + 8);
    return turn >= 2 && turn <= 8 ? turn : null;
  }
  return null;
}

const TURN_BYTES = 36;

/** An EXIF segment that says which way is up, and nothing else. */
function turnSegment(turn: number): Uint8Array {
  const head = [0xff, APP1, 0, TURN_BYTES - 2, 0x45, 0x78, 0x69, 0x66, 0, 0];
  const tiff = [0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8];
  return Uint8Array.from([...head, ...tiff, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turn, 0, 0, 0, 0, 0, 0]);
}
