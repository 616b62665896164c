/** GIF89a: pictures and their timing stay; comments, captions and applications' blocks (XMP) go. Pure. */
import { joined, startsWith, u8 } from './bytes.ts';

const EXTENSION = 0x21;
const PICTURE = 0x2c;
const TRAILER = 0x3b;
const TIMING = 0xf9;
const APPLICATION = 0xff;

const tableBytes = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

/** Null where it is no whole GIF. */
export function strippedGif(bytes: Uint8Array): Uint8Array | null {
  if (!/^GIF8[79]a$/.test(String.fromCharCode(...bytes.subarray(0, 6)))) return null;
  let at = 13 + tableBytes(u8(bytes, 10));
  const kept = [bytes.subarray(0, at)];
  let pictures = 0;
  while (at < bytes.length) {
    const block = u8(bytes, at);
    if (block === TRAILER) return pictures > 0 ? joined([...kept, bytes.subarray(at, at + 1)]) : null;
    const data = block === PICTURE ? at + 11 + tableBytes(u8(bytes, at + 9)) : at + 2;
    if (block !== PICTURE && block !== EXTENSION) return null;
    const end = endOfBlocks(bytes, data);
    if (end === null) return null;
    if (block === PICTURE || isTiming(bytes, at, end)) kept.push(bytes.subarray(at, end));
    if (block === PICTURE) pictures++;
    at = end;
  }
  return null;
}

/** Behind the block of length 0 that ends a series. */
function endOfBlocks(bytes: Uint8Array, from: number): number | null {
  for (let at = from; at < bytes.length; at += 1 + u8(bytes, at)) if (bytes[at] === 0) return at + 1;
  return null;
}

/** How long a picture stands and how often the series runs; the latter in its one exact shape. */
function isTiming(bytes: Uint8Array, at: number, end: number): boolean {
  const label = u8(bytes, at + 1);
  if (label === TIMING) return end - at === 8;
  const loops = startsWith(bytes, at + 3, 'NETSCAPE2.0') || startsWith(bytes, at + 3, 'ANIMEXTS1.0');
  return label === APPLICATION && loops && end - at === 19;
}
