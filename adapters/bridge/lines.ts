/** Bytes → lines, without ever holding more than one line of the longest length allowed. */

export type InputLine =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly flaw: 'too_long' | 'not_utf8' };

const NEWLINE = 0x0a;

/** Yields each line that is not blank, numbered from 1 as an editor shows them. */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<InputLine> {
  const splitter = new Splitter(maxBytes);
  for await (const chunk of chunks) {
    for (const line of splitter.push(chunk)) yield line;
  }
  for (const line of splitter.end()) yield line;
}

/** The same for a whole text at hand. */
export function linesOf(bytes: Uint8Array, maxBytes: number): InputLine[] {
  const splitter = new Splitter(maxBytes);
  return [...splitter.push(bytes), ...splitter.end()];
}

class Splitter {
  readonly #maxBytes: number;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #pieces: Uint8Array[] = [];
  #length = 0;
  #number = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  *push(chunk: Uint8Array): Generator<InputLine> {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.#keep(chunk.subarray(start, end));
      yield* this.#line();
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
  }

  *end(): Generator<InputLine> {
    if (this.#length > 0) yield* this.#line();
  }

  /** What lies beyond the longest length is counted, not kept. */
  #keep(piece: Uint8Array): void {
    this.#length += piece.length;
    if (this.#length > this.#maxBytes) this.#pieces = [];
    else if (piece.length > 0) this.#pieces.push(piece);
  }

  *#line(): Generator<InputLine> {
    const number = ++this.#number;
    const pieces = this.#pieces;
    const tooLong = this.#length > this.#maxBytes;
    this.#pieces = [];
    this.#length = 0;
    if (tooLong) {
      yield { number, flaw: 'too_long' };
      return;
    }
    const text = this.#decoded(pieces);
    if (text === null) yield { number, flaw: 'not_utf8' };
    else if (text.trim() !== '') yield { number, text };
  }

  #decoded(pieces: readonly Uint8Array[]): string | null {
    const [only] = pieces;
    try {
      return this.#decoder.decode(pieces.length === 1 ? only : Buffer.concat(pieces));
    } catch {
      return null;
    }
  }
}
