/** Where a run keeps files of cases, and what it needs to fetch and show them. */
import { join } from 'node:path';
import { secretsOf } from '../desk/secrets.ts';
import type { Timers } from '../kernel/clock.ts';
import type { Media } from '../media/index.ts';
import { type Outgoing, outgoingFolder, outgoingKept } from '../media/outgoing.ts';
import { mediaPlatforms } from '../media/platforms.ts';
import { type MediaFiles, mediaFolder, mediaInMemory } from '../media/store.ts';
import type { ChatAdapter } from '../port.ts';
import type { KeepFile, TaskRunner } from '../schedule/tasks.ts';
import type { Vault } from '../vault/index.ts';

export interface MediaPlace {
  readonly files: MediaFiles;
  readonly outgoing: Outgoing;
  /** A simulation's paths may lead nowhere: nobody lost a picture. */
  readonly absentIsNothing: boolean;
}

/** Beside the database: sealed files, and copies that wait a day for their reader. */
export const mediaPath = (dataDir: string): string => join(dataDir, 'media');

export const mediaBeside = (dataDir: string): MediaPlace => ({
  files: mediaFolder(mediaPath(dataDir)),
  outgoing: outgoingFolder(join(dataDir, 'outgoing')),
  absentIsNothing: false,
});

/** A simulation's files end with it; what was shown is its result. Null where it keeps none. */
export const simulatedMedia = (keepFile: KeepFile | null): MediaPlace | null =>
  keepFile && { files: mediaInMemory(), outgoing: outgoingKept(keepFile), absentIsNothing: true };

export interface MediaParts {
  readonly adapters: ReadonlyMap<string, ChatAdapter>;
  readonly elsewhere?: ReadonlyMap<string, Pick<ChatAdapter, 'capabilities'>>;
  readonly timers: Timers;
  readonly vault: Vault;
}

export function mediaOver(
  { files, outgoing, absentIsNothing }: MediaPlace,
  { vault, ...parts }: MediaParts,
): Media {
  const platforms = mediaPlatforms({ ...parts, absentIsNothing });
  return { files, outgoing, platforms, vault, reopen: secretsOf(vault).reopen };
}

/** Does what is due until nothing is: files of the last lines are shown before a bridge ends. */
export async function finishMedia(tasks: TaskRunner): Promise<void> {
  for (let count = 1; count > 0; ) {
    count = await tasks.run();
    await tasks.idle();
  }
}
