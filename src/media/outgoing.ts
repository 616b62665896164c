/** Copies on their way to a reader: in clear, without metadata, for a day. */
import { mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Instant } from '../kernel/zone.ts';

export interface Copy {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Outgoing {
  /** Writes copies under one label; their paths, in order. The same label again writes the same files. */
  place(label: string, copies: readonly Copy[], at: Instant): Promise<readonly string[]>;
  /** Removes what was placed before `before`, but for paths that are still to be sent. */
  sweep(before: Instant, unsent: ReadonlySet<string>): Promise<void>;
}

const LABEL = /^[\w-]{1,120}$/;

/** A folder of the bot's own, which is swept: whoever is sent a file has it by then. */
export function outgoingFolder(folder: string): Outgoing {
  return {
    place: async (label, copies, at) => {
      if (!LABEL.test(label)) throw new RangeError('a label is letters, digits and hyphens');
      const place = join(folder, label);
      await mkdir(place, { recursive: true, mode: 0o700 });
      const paths = copies.map(({ name }) => join(place, name));
      for (const [i, path] of paths.entries())
        await writeFile(path, copies[i]?.bytes ?? '', { mode: 0o600, flush: true });
      await utimes(place, at / 1000, at / 1000);
      return paths;
    },
    sweep: async (before, unsent) => {
      for (const label of await readdir(folder).catch(() => [])) {
        const place = join(folder, label);
        const found = await stat(place).catch(() => null);
        const waits = [...unsent].some((path) => path.startsWith(place + sep));
        if (found?.isDirectory() && found.mtimeMs < before && !waits)
          await rm(place, { recursive: true, force: true });
      }
    },
  };
}

/** Where a run's files are its result, as a simulation's are: they stay. */
export function outgoingKept(keep: (name: string, bytes: Uint8Array) => Promise<string>): Outgoing {
  return {
    place: async (label, copies) => {
      const paths: string[] = [];
      for (const { name, bytes } of copies) paths.push(await keep(`media/${label}/${name}`, bytes));
      return paths;
    },
    sweep: async () => undefined,
  };
}
