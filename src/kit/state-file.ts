/** A small file of an adapter's own, written whole: whoever dies on the way leaves the one before. */
import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

export class StateFile {
  readonly #path: string;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * @returns what was written last, unchecked; undefined where there is no file
   * @throws where it can't be read or is no JSON
   */
  read(): unknown {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    return JSON.parse(text);
  }

  /**
   * Resolves when it is on disk; for its owner alone, since it says who is in touch with the bot. One after the
   * other: two at once would take the draft from under each other.
   * @throws where it could not be written; the next writing is not held up by that
   */
  write(state: unknown): Promise<void> {
    const writing = this.#writing.then(() => this.#replace(`${JSON.stringify(state, null, 2)}\n`));
    this.#writing = writing.catch(() => undefined);
    return writing;
  }

  /** Resolves when nothing is being written. */
  async idle(): Promise<void> {
    await this.#writing;
  }

  async #replace(text: string): Promise<void> {
    const draft = `${this.#path}.new`;
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    await writeFile(draft, text, { mode: 0o600, flush: true });
    await rename(draft, this.#path);
  }
}
