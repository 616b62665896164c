/** When the last backup was made and where: a small file beside the database, since a running bot alone writes to that. */
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const shape = z.object({ at: z.number(), file: z.string() });
export type BackupMark = z.output<typeof shape>;

const place = (db: string): string => `${db}.backup.json`;

export async function noteBackup(db: string, mark: BackupMark): Promise<void> {
  await writeFile(place(db), `${JSON.stringify(mark)}\n`, { mode: 0o600 });
}

/** Null where none was made, or the file can't be read. */
export async function backupMark(db: string): Promise<BackupMark | null> {
  try {
    return shape.parse(JSON.parse(await readFile(place(db), 'utf8')));
  } catch {
    return null;
  }
}
