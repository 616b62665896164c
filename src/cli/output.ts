/** Lines to stdout: gathered into large pieces, at the reader's pace; a reader that leaves ends it quietly. */

const PIECE = 64 * 1024;

export class Output {
  readonly #stream: NodeJS.WritableStream;
  #pieces: string[] = [];
  #length = 0;
  #closed = false;
  #failure: Error | null = null;

  constructor(stream: NodeJS.WritableStream) {
    this.#stream = stream;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      this.#closed = true;
      if (error.code !== 'EPIPE') this.#failure = error;
    });
  }

  /** True once nobody reads any more: whoever writes may stop. */
  get closed(): boolean {
    return this.#closed;
  }

  write(text: string): void {
    this.#pieces.push(text);
    this.#length += text.length;
  }

  /** Waits where much has gathered; cheap else. */
  async pace(): Promise<void> {
    if (this.#length >= PIECE) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#failure) throw this.#failure;
    if (this.#length === 0 || this.#closed) return;
    const text = this.#pieces.join('');
    this.#pieces = [];
    this.#length = 0;
    await new Promise<void>((resolve) => {
      this.#stream.write(text, () => resolve());
    });
    if (this.#failure) throw this.#failure;
  }
}
