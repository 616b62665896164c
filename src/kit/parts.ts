/** What the composition root gives every adapter, and what `huiyin doctor` gets back. */

export interface AdapterLog {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

export interface AdapterTimers {
  /** Runs once after so many milliseconds; the answer stops it. */
  after(milliseconds: number, run: () => void): () => void;
}

/** One line of a checkup. */
export interface Finding {
  /** `!`: to be seen to before long; the bot runs all the same. */
  readonly mark: '✓' | '!' | '✗';
  readonly words: string;
}
