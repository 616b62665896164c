/** Puts the papers of a task away, where its run keeps any. */
import type { KeepFile } from '../schedule/tasks.ts';

/** The path of a file that is made now; where the run keeps none it has a name to show, and nobody draws it. */
export async function fileKept(
  keepFile: KeepFile | null,
  name: string,
  make: () => Uint8Array | Promise<Uint8Array>,
): Promise<string> {
  return keepFile === null ? '' : keepFile(name, await make());
}
