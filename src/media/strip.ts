/**
 * A copy to show to others: without place, device, time, author, thumbnail and whatever a program wrote
 * beside the picture. Pure: works on segments, chunks and boxes, never decodes, never grows a file, and a
 * copy of a copy is the same.
 */
import type { MediaType } from './sniff.ts';
import { strippedGif } from './strip-gif.ts';
import { strippedJpeg } from './strip-jpeg.ts';
import { strippedMp4 } from './strip-mp4.ts';
import { strippedPng } from './strip-png.ts';
import { strippedWebp } from './strip-webp.ts';

type Strip = (bytes: Uint8Array) => Uint8Array | null;

/** Speech codecs have frames and nothing else. */
const asItIs: Strip = (bytes) => bytes;
/** Its metadata lies in items scattered over the file, or in parts of its own: not shown rather than half cleaned. */
const never: Strip = () => null;

const STRIPS: Readonly<Record<MediaType, Strip>> = {
  jpeg: strippedJpeg,
  png: strippedPng,
  gif: strippedGif,
  webp: strippedWebp,
  mp4: strippedMp4,
  amr: asItIs,
  silk: asItIs,
  heic: never,
  pdf: never,
  docx: never,
  xlsx: never,
  zip: never,
};

/** Null where no copy can be made that is certain to hold nothing personal: then nothing is shown. */
export const strip = (type: MediaType, bytes: Uint8Array): Uint8Array | null => STRIPS[type](bytes);
