import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyKept } from '../../src/media/backup.ts';
import { outgoingFolder } from '../../src/media/outgoing.ts';
import { type MediaFiles, mediaFolder, mediaInMemory } from '../../src/media/store.ts';
import { Beside } from '../../src/schedule/beside.ts';

const A = 'a1b2'.padEnd(64, '0');
const B = 'a1b2'.padEnd(64, '1');
const AT = Date.UTC(2026, 10, 2);
const DAY = 86_400_000;
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huiyin-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

for (const [name, open] of [
  ['a folder', () => mediaFolder(join(folder, 'media'))],
  ['memory', () => mediaInMemory()],
] as const satisfies readonly (readonly [string, () => MediaFiles])[])
  describe(`files in ${name}`, () => {
    it('are put once, read, listed with their time and removed', async () => {
      const files = open();
      expect([await files.read('kept', A), await files.list('kept')]).toEqual([null, []]);
      await files.put('kept', B, Buffer.from('b'), AT);
      await files.put('kept', A, Buffer.from('a'), AT + 1_000);
      await files.put('kept', A, Buffer.from('another'), AT + 2_000);
      expect(Buffer.from((await files.read('kept', A)) ?? []).toString()).toBe('a');
      expect(await files.list('kept')).toEqual([
        { name: A, at: AT + 1_000 },
        { name: B, at: AT },
      ]);
      expect(await files.list('waiting')).toEqual([]);
      await files.remove('kept', A);
      await files.remove('kept', A);
      expect(await files.read('kept', A)).toBeNull();
    });

    it.each(['', '../../etc/passwd', 'short', `${A}/x`, A.toUpperCase()])(
      'are never named by somebody else: %s',
      async (bad) => {
        await expect((async () => open().put('kept', bad, Buffer.from('x'), AT))()).rejects.toThrow(
          RangeError,
        );
      },
    );
  });

describe('the folder', () => {
  it('is its owner’s alone, also where the process would give more', async () => {
    const before = process.umask(0);
    try {
      await mediaFolder(join(folder, 'media')).put('kept', A, Buffer.from('a'), AT);
    } finally {
      process.umask(before);
    }
    const mode = (path: string) => statSync(join(folder, path)).mode & 0o777;
    expect(mode(`media/kept/a1/b2/${A}`)).toBe(0o600);
    for (const path of ['media', 'media/kept', 'media/kept/a1', 'media/kept/a1/b2'])
      expect(mode(path)).toBe(0o700);
  });

  it('has one whole file where several put the same at once', async () => {
    const files = mediaFolder(join(folder, 'media'));
    await files.put('kept', A, Buffer.from('a'), AT);
    await Promise.all([1, 2, 3, 4].map(() => files.put('kept', B, Buffer.from('b'), AT)));
    expect(readdirSync(join(folder, 'media/kept/a1/b2'))).toEqual([A, B]);
  });

  it('is copied whole for a backup, without what only waits', async () => {
    const files = mediaFolder(join(folder, 'media'));
    await files.put('kept', A, Buffer.from('a'), AT);
    await files.put('waiting', B, Buffer.from('b'), AT);
    chmodSync(join(folder, `media/kept/a1/b2/${A}`), 0o644);
    expect(await copyKept(join(folder, 'media'), join(folder, 'copy'))).toBe(1);
    const copy = mediaFolder(join(folder, 'copy'));
    expect(Buffer.from((await copy.read('kept', A)) ?? []).toString()).toBe('a');
    expect(await copy.list('waiting')).toEqual([]);
    expect(statSync(join(folder, `copy/kept/a1/b2/${A}`)).mode & 0o777).toBe(0o600);
    expect(await copyKept(join(folder, 'nowhere'), join(folder, 'none'))).toBe(0);
  });
});

describe('copies for sending', () => {
  it('stay a day, and longer while they are still to be sent', async () => {
    const out = outgoingFolder(join(folder, 'outgoing'));
    const [old = ''] = await out.place('one', [{ name: '照片1.jpg', bytes: Buffer.from('1') }], AT);
    const [unsent = ''] = await out.place('two', [{ name: '照片1.jpg', bytes: Buffer.from('2') }], AT);
    const [young = ''] = await out.place('three', [{ name: '照片1.jpg', bytes: Buffer.from('3') }], AT + DAY);
    writeFileSync(join(folder, 'outgoing', 'a file of somebody'), 'x');
    await out.sweep(AT + DAY, new Set([unsent]));
    const there = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;
    expect([old, unsent, young].map(there)).toEqual([false, true, true]);
    expect(readFileSync(unsent, 'utf8')).toBe('2');
    expect(statSync(unsent).mode & 0o777).toBe(0o600);
    await expect(out.place('../x', [], AT)).rejects.toThrow(RangeError);
  });
});

describe('work beside the loop', () => {
  it('is done so many at a time, in order, and is idle when all is done', async () => {
    const beside = new Beside(2);
    await beside.idle();
    const begun: number[] = [];
    const gates = [0, 1, 2, 3].map(() => Promise.withResolvers<void>());
    gates.forEach((gate, n) => {
      beside.add(() => {
        begun.push(n);
        return gate.promise;
      });
    });
    expect(begun).toEqual([0, 1]);
    gates[1]?.resolve();
    await gates[1]?.promise;
    await Promise.resolve();
    expect(begun).toEqual([0, 1, 2]);
    for (const gate of gates) gate.resolve();
    await beside.idle();
    expect(begun).toEqual([0, 1, 2, 3]);
  });
});
