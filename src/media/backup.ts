/** A copy of what belongs to cases, as it lies: sealed, so that a backup is worth nothing without the key. */
import { chmod, copyFile, mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Copied after the database: what a row names was there before it. A file erased meanwhile is missing in the
 * copy too. What waits for its report is in no backup.
 * @returns how many files were copied
 */
export async function copyKept(folder: string, target: string): Promise<number> {
  const from = join(folder, 'kept');
  const names = await readdir(from, { recursive: true }).catch(() => []);
  let count = 0;
  for (const name of names.toSorted()) {
    const path = join(from, name);
    const found = await stat(path).catch(() => null);
    if (!found?.isFile() || name.endsWith('.part')) continue;
    const copy = join(target, 'kept', name);
    await mkdir(dirname(copy), { recursive: true, mode: 0o700 });
    await copyFile(path, copy);
    await chmod(copy, 0o600);
    count++;
  }
  return count;
}
