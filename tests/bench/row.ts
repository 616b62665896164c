/** What every measured row is given, and what it gives: one JSON object on one line. */

export interface BenchSettings {
  /** A folder of its own, gone afterwards. */
  readonly folder: string;
  readonly pairs: number;
  /** Done in one turn. */
  readonly slice: number;
  /** To see that it still runs, in a second or two; its figures say nothing. */
  readonly small: boolean;
}

export interface BenchRow {
  readonly name: string;
  readonly measure: (settings: BenchSettings) => Promise<object>;
}
