/** What every measured row is given, and what it gives: one JSON object on one line. */

export interface BenchSettings {
  /** A folder of its own, gone afterwards. */
  readonly folder: string;
  readonly pairs: number;
  /** Done in one turn. */
  readonly slice: number;
}

export interface BenchRow {
  readonly name: string;
  readonly measure: (settings: BenchSettings) => Promise<object>;
}
