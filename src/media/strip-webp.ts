/** WebP (RFC 9649): chunks that draw the picture stay; EXIF, XMP and unknown ones go, also within frames. Pure. */
import { joined, name4, startsWith, u8, u32le, u32leBytes } from './bytes.ts';

const DRAWING = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
const IN_FRAME = new Set(['VP8 ', 'VP8L', 'ALPH']);
/** VP8X: bit 3 announces EXIF, bit 2 XMP. */
const ANNOUNCED = 0x08 | 0x04;
/** Where, how large, how long: what a frame has before its chunks. */
const FRAME_HEAD = 16;

/** Null where it is no whole WebP. */
export function strippedWebp(bytes: Uint8Array): Uint8Array | null {
  if (!startsWith(bytes, 0, 'RIFF') || name4(bytes, 8) !== 'WEBP') return null;
  const end = 8 + u32le(bytes, 4);
  if (end > bytes.length || end < 12) return null;
  const kept = chunksIn(bytes.subarray(12, end), DRAWING);
  if (kept === null || !kept.some((part) => /^VP8[ L]$|^ANMF$/.test(name4(part, 0)))) return null;
  const body = joined(kept);
  return joined([bytes.subarray(0, 4), u32leBytes(body.length + 4), bytes.subarray(8, 12), body]);
}

function chunksIn(bytes: Uint8Array, allowed: ReadonlySet<string>): Uint8Array[] | null {
  const kept: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + 8 > bytes.length) return null;
    const size = u32le(bytes, at + 4);
    const end = at + 8 + size;
    if (end > bytes.length) return null;
    // A chunk is padded to even length; some writers leave the last one as it is.
    const padded = Math.min(end + (size % 2), bytes.length);
    const type = name4(bytes, at);
    if (allowed.has(type)) {
      const chunk = chunkOf(type, bytes.subarray(at, end), padded > end);
      if (chunk === null) return null;
      kept.push(chunk);
    }
    at = padded;
  }
  return kept;
}

function chunkOf(type: string, chunk: Uint8Array, padded: boolean): Uint8Array | null {
  const plain = type === 'ANMF' ? frameOf(chunk) : chunk.slice();
  if (plain === null) return null;
  if (type === 'VP8X') plain[8] = u8(plain, 8) & ~ANNOUNCED;
  return padded && plain.length % 2 === 1 ? joined([plain, new Uint8Array(1)]) : plain;
}

function frameOf(chunk: Uint8Array): Uint8Array | null {
  if (chunk.length < 8 + FRAME_HEAD) return null;
  const kept = chunksIn(chunk.subarray(8 + FRAME_HEAD), IN_FRAME);
  if (kept === null) return null;
  const body = joined([chunk.subarray(8, 8 + FRAME_HEAD), ...kept]);
  return joined([chunk.subarray(0, 4), u32leBytes(body.length), body]);
}
