/** Tiny pictures with things planted in them that nobody else may read. */
import { deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';

/** Where the picture was taken, in every shape in which it is written. */
export const PLANTED = ['28.5021N', '112.3312E', 'Lin Guixiang', 'Phone 13907371234'];

export const planted = (bytes: Uint8Array): readonly string[] =>
  PLANTED.filter((word) => Buffer.from(bytes).includes(word));

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');
const secret = (): Buffer => ascii(PLANTED.join(' '));

const segment = (mark: number, body: Uint8Array): Buffer => {
  const head = Buffer.from([0xff, mark, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
};

/** A TIFF block: orientation, and a GPS pointer with coordinates behind it. */
export function tiff(orientation: number, little = false): Buffer {
  const u16 = (value: number) => Buffer.from(little ? [value, 0] : [0, value]);
  const u32 = (value: number) => Buffer.from(little ? [value, 0, 0, 0] : [0, 0, 0, value]);
  const tag = (id: readonly [number, number]) => Buffer.from(little ? [id[1], id[0]] : [...id]);
  return Buffer.concat([
    ascii(little ? 'II*\0' : 'MM\0*'),
    u32(8),
    u16(2),
    ...[tag([0x01, 0x12]), u16(3), u32(1), u16(orientation), u16(0)],
    ...[tag([0x88, 0x25]), u16(4), u32(1), u32(38)],
    u32(0),
    secret(),
  ]);
}

export const exif = (orientation: number, little = false): Buffer =>
  segment(0xe1, Buffer.concat([ascii('Exif\0\0'), tiff(orientation, little)]));

/** A JPEG of 1 × 1, grey, with real tables: the smallest that decoders take. */
const TABLES = [
  segment(0xdb, Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 1)])),
  segment(0xc0, Buffer.from([8, 0, 1, 0, 1, 1, 1, 0x11, 0])),
  segment(0xc4, Buffer.from([0x00, 1, ...new Array(15).fill(0), 0])),
  segment(0xc4, Buffer.from([0x10, 1, ...new Array(15).fill(0), 0])),
];
const SCAN = Buffer.concat([
  segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
  Buffer.from([0x3f, 0xff, 0x00, 0x7f]),
]);
const JFIF = segment(0xe0, Buffer.concat([ascii('JFIF\0'), Buffer.from([1, 2, 0, 0, 1, 0, 1, 0, 0])]));
const START = Buffer.from([0xff, 0xd8]);
const END = Buffer.from([0xff, 0xd9]);

export function jpeg(orientation = 6, little = false): Buffer {
  return Buffer.concat([
    START,
    JFIF,
    exif(orientation, little),
    segment(0xe1, Buffer.concat([ascii('http://ns.adobe.com/xap/1.0/\0<x>'), secret()])),
    segment(0xed, Buffer.concat([ascii('Photoshop 3.0\0'), secret()])),
    segment(0xe2, Buffer.concat([ascii('MPF\0'), secret()])),
    segment(0xe2, ascii('ICC_PROFILE\0\x01\x01profile')),
    segment(0xfe, secret()),
    ...TABLES,
    SCAN,
    END,
    // Behind the end: a second picture with its own EXIF, as phones write it.
    START,
    exif(1),
    END,
  ]);
}

/** The same picture as a writer that knows of no metadata makes it. */
export const plainJpeg = (): Buffer => Buffer.concat([START, JFIF, ...TABLES, SCAN, END]);

const CRC = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
const crc32 = (bytes: Uint8Array): number => {
  let c = 0xffffffff;
  for (const byte of bytes) c = (CRC[(c ^ byte) & 255] ?? 0) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
};

export function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([ascii(type), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

export function png(): Buffer {
  const picture = new PNG({ width: 2, height: 2 });
  picture.data.fill(200);
  const plain = PNG.sync.write(picture);
  // Behind IHDR: what a program may write there.
  return Buffer.concat([
    plain.subarray(0, 33),
    pngChunk('eXIf', tiff(1)),
    pngChunk('tEXt', Buffer.concat([ascii('Author\0'), secret()])),
    pngChunk('iTXt', Buffer.concat([ascii('XML:com.adobe.xmp\0\0\0\0\0'), secret()])),
    pngChunk('zTXt', Buffer.concat([ascii('Comment\0\0'), deflateSync(secret())])),
    pngChunk('tIME', Buffer.from([7, 234, 11, 2, 8, 30, 0])),
    pngChunk('prVt', secret()),
    plain.subarray(33),
    secret(),
  ]);
}

export const riff = (type: string, data: Uint8Array): Buffer => {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
};

const webpFile = (...chunks: readonly Buffer[]): Buffer =>
  riff('RIFF', Buffer.concat([ascii('WEBP'), ...chunks]));

/** One lossless pixel, as libwebp writes it. */
const VP8L = Buffer.from('2f00000010071011118888fe0700', 'hex');

export function webp(): Buffer {
  const size = Buffer.alloc(6);
  return webpFile(
    riff('VP8X', Buffer.concat([Buffer.from([0x0c, 0, 0, 0]), size])),
    riff('VP8L', VP8L),
    riff('EXIF', tiff(1)),
    riff('XMP ', secret()),
    riff('abcd', secret()),
  );
}

export function movingWebp(): Buffer {
  const frame = Buffer.concat([Buffer.alloc(16), riff('VP8L', VP8L), riff('note', secret())]);
  return webpFile(
    riff('VP8X', Buffer.concat([Buffer.from([0x0e, 0, 0, 0]), Buffer.alloc(6)])),
    riff('ANIM', Buffer.alloc(6)),
    riff('ANMF', frame),
    riff('EXIF', tiff(1)),
  );
}

const blocks = (bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([bytes.length]), bytes, Buffer.from([0])]);

export function gif(): Buffer {
  return Buffer.concat([
    ascii('GIF89a'),
    Buffer.from([1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]),
    Buffer.from([0x21, 0xff]),
    Buffer.concat([Buffer.from([11]), ascii('NETSCAPE2.0'), Buffer.from([3, 1, 0, 0, 0])]),
    Buffer.concat([Buffer.from([0x21, 0xff, 11]), ascii('XMP DataXMP'), blocks(secret())]),
    Buffer.concat([Buffer.from([0x21, 0xfe]), blocks(secret())]),
    Buffer.from([0x21, 0xf9, 4, 0, 0, 0, 0, 0]),
    Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]),
    Buffer.from([0x3b]),
    secret(),
  ]);
}

export const box = (type: string, ...body: readonly Uint8Array[]): Buffer => {
  const head = Buffer.alloc(8);
  const data = Buffer.concat(body);
  head.writeUInt32BE(data.length + 8, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, data]);
};

const handler = (type: string): Buffer =>
  box('hdlr', Buffer.alloc(8), ascii(type), Buffer.alloc(12), secret());

export const mp4 = (track = 'vide'): Buffer =>
  Buffer.concat([
    box('ftyp', ascii('isom\0\0\0\0isom')),
    box('free', secret()),
    box(
      'moov',
      box('mvhd', Buffer.alloc(100)),
      box('trak', box('mdia', handler(track), box('minf', Buffer.alloc(0))), box('udta', secret())),
      box('udta', box('\xa9xyz', secret())),
      box('meta', secret()),
    ),
    box('mdat', ascii('the film itself')),
    box('uuid', secret()),
  ]);

export const heic = (): Buffer =>
  Buffer.concat([box('ftyp', ascii('heic\0\0\0\0mif1heic')), box('meta', secret())]);
export const pdf = (): Buffer => ascii('%PDF-1.7\n%EOF');
export const zip = (inner: string): Buffer =>
  Buffer.concat([ascii('PK\x03\x04'), Buffer.alloc(26), ascii(`[Content_Types].xml${inner}`)]);
export const page = (): Buffer => ascii('<!doctype html><script>alert(1)</script>');
export const program = (): Buffer => Buffer.concat([ascii('MZ\x90\0'), Buffer.alloc(100)]);
