/**
 * Where files lie: sealed, named by their content, for their owner alone. `kept` belongs to cases, `waiting`
 * to messages whose report may still come. Nothing here can read what it keeps.
 */
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { randomId } from '../kernel/clock.ts';
import type { Instant } from '../kernel/zone.ts';

export type Area = 'kept' | 'waiting';

export interface StoredFile {
  readonly name: string;
  /** When it was put there. */
  readonly at: Instant;
}

export interface MediaFiles {
  /** All or nothing; what lies there under this name already stays. */
  put(area: Area, name: string, bytes: Uint8Array, at: Instant): Promise<void>;
  /** Null where there is none. */
  read(area: Area, name: string): Promise<Uint8Array | null>;
  remove(area: Area, name: string): Promise<void>;
  /** By name. */
  list(area: Area): Promise<readonly StoredFile[]>;
}

/** Names are hashes: letters and digits, long enough for two levels of folders. */
const NAME = /^[0-9a-z]{16,64}$/;

function checked(name: string): string {
  if (!NAME.test(name)) throw new RangeError('a stored file is named by a hash');
  return name;
}

/** A folder, made when it is first written to: folders 0700, files 0600. */
export function mediaFolder(folder: string): MediaFiles {
  const pathOf = (area: Area, name: string): string =>
    join(folder, area, checked(name).slice(0, 2), name.slice(2, 4), name);
  return {
    put: async (area, name, bytes, at) => {
      const path = pathOf(area, name);
      if ((await stat(path).catch(() => null)) !== null) return;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeWhole(path, bytes, at);
    },
    read: (area, name) => readFile(pathOf(area, name)).catch(nullWhere('ENOENT')),
    remove: (area, name) => rm(pathOf(area, name), { force: true }),
    list: (area) => listed(join(folder, area)),
  };
}

/** Written beside, on the disk, then named: a power cut leaves a whole file or none under its name. */
async function writeWhole(path: string, bytes: Uint8Array, at: Instant): Promise<void> {
  const part = `${path}.${randomId()}.part`;
  try {
    const handle = await open(part, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await utimes(part, at / 1000, at / 1000);
    // Where another was faster its bytes are the same: they follow from the content.
    await rename(part, path);
    await synced(dirname(path));
  } finally {
    await rm(part, { force: true });
  }
}

/** The name itself is on the disk only when its folder is; Windows opens no folders and needs no such thing. */
async function synced(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  try {
    await handle?.sync();
  } catch {
    return;
  } finally {
    await handle?.close();
  }
}

const nullWhere =
  (code: string) =>
  (error: unknown): null => {
    if (error instanceof Error && 'code' in error && error.code === code) return null;
    throw error;
  };

async function listed(folder: string): Promise<readonly StoredFile[]> {
  const names = (await readdir(folder, { recursive: true }).catch(nullWhere('ENOENT'))) ?? [];
  const files: StoredFile[] = [];
  for (const path of names.toSorted()) {
    const name = path.split(/[\\/]/).at(-1) ?? '';
    const found = NAME.test(name) ? await stat(join(folder, path)).catch(() => null) : null;
    if (found?.isFile()) files.push({ name, at: Math.round(found.mtimeMs) });
  }
  return files;
}

/** In memory: a simulation's files are gone with it. */
export function mediaInMemory(): MediaFiles {
  const areas = { kept: new Map<string, Kept>(), waiting: new Map<string, Kept>() };
  return {
    put: async (area, name, bytes, at) => {
      if (!areas[area].has(checked(name))) areas[area].set(name, { bytes: bytes.slice(), at });
    },
    read: async (area, name) => areas[area].get(name)?.bytes ?? null,
    remove: async (area, name) => void areas[area].delete(name),
    list: async (area) =>
      [...areas[area]].map(([name, { at }]) => ({ name, at })).sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

interface Kept {
  readonly bytes: Uint8Array;
  readonly at: Instant;
}
