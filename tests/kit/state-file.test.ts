import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StateFile } from '../../src/kit/index.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'huiyin-state-'));
});
afterEach(() => rm(dir, { recursive: true }));

test('is nothing before it is written, then what was written last, for its owner alone', async () => {
  const path = join(dir, 'new', 'adapter.json');
  const file = new StateFile(path);
  expect(file.read()).toBeUndefined();
  await file.write({ moved: { '-1': -100 } });
  expect(new StateFile(path).read()).toEqual({ moved: { '-1': -100 } });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('takes away what others could read in the file of an earlier version', async () => {
  const path = join(dir, 'adapter.json');
  await writeFile(path, '{}');
  await chmod(path, 0o644);
  await new StateFile(path).write({ a: 1 });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('written by two at once is the later one, whole', async () => {
  const path = join(dir, 'adapter.json');
  const file = new StateFile(path);
  const writings = Array.from({ length: 20 }, (_, at) => file.write({ at }));
  await Promise.all(writings);
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ at: 19 });
});

test('that could not be written says so, and is written the next time', async () => {
  const blocked = join(dir, 'blocked');
  await writeFile(blocked, '');
  const file = new StateFile(join(blocked, 'adapter.json'));
  await expect(file.write({ a: 1 })).rejects.toThrow(/ENOTDIR|EEXIST/);
  await file.idle();
  await rm(blocked);
  await mkdir(blocked);
  await file.write({ a: 2 });
  expect(file.read()).toEqual({ a: 2 });
});

test('that is spoilt is no empty one', async () => {
  const path = join(dir, 'adapter.json');
  await writeFile(path, '{"moved":');
  expect(() => new StateFile(path).read()).toThrow();
});
