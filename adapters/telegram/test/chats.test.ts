/** What is known of upgraded groups is on disk before the update that told it is acknowledged. */
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Chats } from '../chats.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'huiyin-chats-'));
});
afterEach(() => rm(dir, { recursive: true }));

const onDisk = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'));

test('a disk that was full for a moment does not split the group at the next start', async () => {
  const blocked = join(dir, 'data');
  const file = join(blocked, 'adapter-telegram.json');
  const chats = new Chats(file);
  await writeFile(blocked, '');
  await expect(chats.learn(-5, -1005)).rejects.toThrow();
  await rm(blocked);
  // Telegram brings the update again, since it was not taken.
  await chats.learn(-5, -1005);
  expect(await onDisk(file)).toEqual({ moved: { '-5': -1005 } });
  expect(new Chats(file).nameOf(-1005)).toEqual({ id: '-5', prefix: 's' });
});

test('told twice at once, by the old group and by the new, neither is done before it is on disk', async () => {
  const file = join(dir, 'adapter-telegram.json');
  const chats = new Chats(file);
  const first = chats.learn(-5, -1005);
  await chats.learn(-5, -1005);
  expect(await onDisk(file)).toEqual({ moved: { '-5': -1005 } });
  await first;
  await Promise.all([chats.learn(-6, -1006), chats.learn(-7, -1007)]);
  expect(await onDisk(file)).toEqual({ moved: { '-5': -1005, '-6': -1006, '-7': -1007 } });
});

test('the numbers of groups are for the bot alone', async () => {
  const file = join(dir, 'adapter-telegram.json');
  await new Chats(file).learn(-5, -1005);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});
