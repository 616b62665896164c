/** PNG (W3C, third edition): chunks that draw the picture stay; text, time, EXIF and whatever is private go. Pure. */
import { joined, name4, startsWith, u32be } from './bytes.ts';

/** Critical chunks, colour, transparency and animation. */
const KEPT = new Set([
  ...['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'sBIT'],
  ...['bKGD', 'pHYs', 'acTL', 'fcTL', 'fdAT'],
]);

/** Null where it is no whole PNG, or holds a critical chunk that nobody knows. */
export function strippedPng(bytes: Uint8Array): Uint8Array | null {
  if (!startsWith(bytes, 0, '\x89PNG\r\n\x1a\n')) return null;
  const kept = [bytes.subarray(0, 8)];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + u32be(bytes, at);
    if (end > bytes.length) return null;
    const type = name4(bytes, at + 4);
    if (KEPT.has(type)) kept.push(bytes.subarray(at, end));
    else if (/^[^a-z]/.test(type)) return null;
    // What was appended to the file is no part of the picture.
    if (type === 'IEND') return joined(kept);
    at = end;
  }
  return null;
}
