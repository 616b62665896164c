/** Two ways of doing the same, in turns: a busy machine slows both, so only their ratio is worth reading. */

/** What one slice of work came to. */
export interface Timed {
  readonly perSecond: number;
  /** Processor time of this process for one, in milliseconds: what a busy machine changes least. */
  readonly cpuMs: number;
}

export type Slice = () => Promise<Timed>;

/** One turn: a slice of each of those that are compared. */
export type Turn<K extends string> = Readonly<Record<K, Timed>>;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** Times `run`, which does the thing `count` times. */
export async function timed(count: number, run: () => unknown): Promise<Timed> {
  const before = process.cpuUsage();
  const start = performance.now();
  await run();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { perSecond: count / seconds, cpuMs: (user + system) / 1000 / count };
}

/** Slices in turns; the first turn warms up and is thrown away. */
export async function alternate<K extends string>(
  turns: number,
  slices: Readonly<Record<K, Slice>>,
): Promise<Compared<K>> {
  const names = Object.keys(slices) as K[];
  const measured: Turn<K>[] = [];
  for (let turn = 0; turn <= turns; turn++) {
    const row = {} as Record<K, Timed>;
    for (const name of names) row[name] = await slices[name]();
    if (turn > 0) measured.push(row);
  }
  return new Compared(measured);
}

export class Compared<K extends string> {
  readonly #turns: readonly Turn<K>[];

  constructor(turns: readonly Turn<K>[]) {
    this.#turns = turns;
  }

  /** The median slice. */
  perSecond(name: K): number {
    return Math.round(this.exactly(name));
  }

  /** The same unrounded, for what takes longer than a second. */
  exactly(name: K): number {
    return median(this.#turns.map((turn) => turn[name].perSecond));
  }

  /** The median of the turns' own ratios. */
  ratio(name: K, to: K): number {
    return rounded(median(this.#turns.map((turn) => turn[name].perSecond / turn[to].perSecond)));
  }

  cpuMs(name: K): number {
    return rounded(median(this.#turns.map((turn) => turn[name].cpuMs)));
  }
}

/** Three digits that mean something. */
export const rounded = (value: number): number => Number(value.toPrecision(3));
