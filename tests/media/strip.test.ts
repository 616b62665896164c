import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { MEDIA_TYPES, sniff } from '../../src/media/sniff.ts';
import { strip } from '../../src/media/strip.ts';
import {
  exif,
  gif,
  heic,
  jpeg,
  movingWebp,
  mp4,
  page,
  pdf,
  plainJpeg,
  planted,
  png,
  pngChunk,
  program,
  webp,
  zip,
} from './pictures.ts';

const shown = (type: (typeof MEDIA_TYPES)[number], bytes: Uint8Array): Buffer => {
  const copy = strip(type, bytes);
  if (copy === null) throw new Error(`${type} was not shown`);
  return Buffer.from(copy);
};

/** The marks of a JPEG's segments, up to the scan. */
function marks(bytes: Buffer): readonly string[] {
  const found: string[] = [];
  for (let at = 2; at < bytes.length; ) {
    expect(bytes[at]).toBe(0xff);
    const mark = bytes[at + 1] ?? 0;
    found.push(mark.toString(16));
    if (mark === 0xda) return found;
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return found;
}

describe('what a file is', () => {
  it.each([
    ['jpeg', jpeg()],
    ['png', png()],
    ['gif', gif()],
    ['webp', webp()],
    ['heic', heic()],
    ['mp4', mp4()],
    ['amr', Buffer.from('#!AMR\n.....')],
    ['silk', Buffer.from('\u0002#!SILK_V3....')],
    ['silk', Buffer.from('#!SILK_V3....')],
    ['pdf', pdf()],
    ['docx', zip('word/document.xml')],
    ['xlsx', zip('xl/workbook.xml')],
    ['zip', zip('else')],
  ] as const)('is told from its content: %s', (type, bytes) => {
    expect(sniff(bytes)).toBe(type);
  });

  it.each([
    ['a web page', page()],
    ['a program', program()],
    ['ELF', Buffer.from('\x7fELF\x02\x01\x01', 'latin1')],
    ['SVG, which can hold a script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['text', Buffer.from('just words')],
    ['nothing', Buffer.alloc(0)],
    ['two bytes of a JPEG', Buffer.from([0xff, 0xd8])],
    ['a page behind a mark that is not at the start', Buffer.concat([page(), jpeg()])],
  ])('is nothing of ours: %s', (_, bytes) => {
    expect(sniff(bytes)).toBeNull();
  });
});

describe('a copy to be shown', () => {
  it.each([
    ['jpeg', jpeg()],
    ['png', png()],
    ['webp', webp()],
    ['webp', movingWebp()],
    ['gif', gif()],
    ['mp4', mp4()],
  ] as const)('holds none of what was planted: %s', (type, bytes) => {
    expect(planted(bytes).length).toBeGreaterThan(0);
    expect(planted(shown(type, bytes))).toEqual([]);
    expect(sniff(shown(type, bytes))).toBe(type);
  });

  it('of a JPEG keeps what draws it, its colours and which way is up', () => {
    for (const little of [false, true]) {
      const copy = shown('jpeg', jpeg(6, little));
      expect(marks(copy)).toEqual(['e0', 'e1', 'e2', 'db', 'c0', 'c4', 'c4', 'da']);
      const at = copy.indexOf('Exif');
      expect(copy.subarray(at + 24, at + 26)).toEqual(Buffer.from([0, 6]));
      expect(copy.readUInt16BE(at - 2)).toBe(34);
      expect(copy.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]));
      expect(copy.includes('ICC_PROFILE')).toBe(true);
      // The scan itself is untouched.
      const scan = (all: Buffer): Buffer => all.subarray(all.indexOf(Buffer.from([0xff, 0xda])));
      expect(scan(copy)).toEqual(scan(plainJpeg()));
    }
  });

  it.each([1, 0, 9, 255])('of a JPEG that stands upright has no EXIF at all (%i)', (orientation) => {
    expect(shown('jpeg', jpeg(orientation)).includes('Exif')).toBe(false);
  });

  it('of a plain JPEG is the JPEG', () => {
    expect(shown('jpeg', plainJpeg())).toEqual(plainJpeg());
  });

  it('of a PNG is the same picture', () => {
    const copy = shown('png', png());
    const { width, height, data } = PNG.sync.read(copy);
    expect([width, height, [...new Set(data)]]).toEqual([2, 2, [200]]);
    expect(copy.subarray(-8, -4).toString('latin1')).toBe('IEND');
  });

  it('of a WebP announces nothing that is gone, and counts its bytes', () => {
    for (const bytes of [webp(), movingWebp()]) {
      const copy = shown('webp', bytes);
      expect(copy.readUInt32LE(4)).toBe(copy.length - 8);
      expect((copy[20] ?? 0xff) & 0x0c).toBe(0);
      expect(copy.includes('VP8L')).toBe(true);
    }
  });

  it('of a GIF keeps how it moves', () => {
    expect(shown('gif', gif()).includes('NETSCAPE2.0')).toBe(true);
  });

  it('of a film moves nothing in it', () => {
    const copy = shown('mp4', mp4());
    expect(copy.length).toBe(mp4().length);
    expect(copy.indexOf('the film itself')).toBe(mp4().indexOf('the film itself'));
  });

  it.each([
    ['heic', heic()],
    ['pdf', pdf()],
    ['docx', zip('word/document.xml')],
    ['mp4', mp4('meta')],
    ['jpeg', plainJpeg().subarray(0, 40)],
    ['jpeg', Buffer.concat([Buffer.from([0xff, 0xd8]), exif(6)])],
    ['png', png().subarray(0, 120)],
    ['png', Buffer.concat([png().subarray(0, 33), pngChunk('SECT', Buffer.from('x')), png().subarray(33)])],
    ['webp', webp().subarray(0, 40)],
    ['gif', gif().subarray(0, 60)],
  ] as const)('is not made where it could not be certain: %s', (type, bytes) => {
    expect(strip(type, bytes)).toBeNull();
  });

  it('of a JPEG that broke off in its picture is what came of it', () => {
    const whole = jpeg();
    const cut = whole.subarray(0, whole.indexOf(Buffer.from([0xff, 0x00, 0x7f])) + 1);
    expect(planted(shown('jpeg', cut))).toEqual([]);
  });
});

describe('whatever bytes come', () => {
  const seeds = [jpeg(), jpeg(3, true), png(), webp(), movingWebp(), gif(), mp4(), heic(), pdf()];
  /** Real files with some bytes changed, cut or put in: what random bytes never reach. */
  const damaged = fc
    .tuple(
      fc.constantFrom(...seeds),
      fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 6 }),
      fc.nat(400),
      fc.uint8Array({ maxLength: 12 }),
    )
    .map(([seed, changes, cut, put]) => {
      const bytes = Buffer.concat([seed.subarray(0, cut), put, seed.subarray(cut)]);
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      return new Uint8Array(bytes.subarray(0, bytes.length - (cut % 7)));
    });
  const any = fc.oneof(fc.uint8Array({ maxLength: 300 }), damaged);

  it('sniffing and stripping never throw, never grow, and a copy of a copy is the same', () => {
    fc.assert(
      fc.property(any, (bytes) => {
        const before = bytes.slice();
        for (const type of [sniff(bytes), ...MEDIA_TYPES]) {
          if (type === null) continue;
          const once = strip(type, bytes);
          if (once === null) continue;
          expect(once.length).toBeLessThanOrEqual(bytes.length);
          expect(strip(type, once)).toEqual(once);
        }
        // Who gave the bytes still has them.
        expect(bytes).toEqual(before);
      }),
      { numRuns: 3_000 },
    );
  });

  it('a picture with things in its segments shows none of them, however they are ordered', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0xe1, 0xe2, 0xe3, 0xe5, 0xea, 0xec, 0xed, 0xef, 0xfe]), (all) => {
        const extra = all.map((mark) => Buffer.from([0xff, mark, 0, 10, ...Buffer.from('28.5021N')]));
        const plain = plainJpeg();
        const bytes = Buffer.concat([plain.subarray(0, 2), ...extra, plain.subarray(2)]);
        expect(shown('jpeg', bytes)).toEqual(plain);
      }),
    );
  });
});
