/**
 * Reads what a digest needs, page by page, and gives the chat a turn after each: no page takes longer than a
 * message may wait. Pages stay the text that the database holds: whoever counts them takes them apart, in a thread
 * of its own (worker.ts).
 */
import type { Case, Instant } from '../domain/case.ts';
import type { CaseEvent } from '../domain/events.ts';
import type { Scope, SettledCase, Store, WalkMark, WalkOptions, WalkPage } from '../store/port.ts';
import type { CaseRecord } from './facts.ts';
import { type Spotted, spottedOf } from './history.ts';
import { type Past, spansOf } from './past.ts';
import type { Period } from './period.ts';
import { REPEAT_MS } from './places.ts';

export type DigestStore = Pick<
  Store,
  'activeCases' | 'settledCases' | 'eventsJson' | 'received' | 'firstReceived'
>;

/** As the database holds it: UTF-8 of JSON arrays. */
export type RawPage =
  | { readonly of: 'records'; readonly cases: Uint8Array; readonly events: Uint8Array }
  | { readonly of: 'before'; readonly cases: Uint8Array };

/** A digest's cases, as far as they are decoded. */
export interface Gathered {
  /** All that has something to say of the period, with its events. */
  readonly records: readonly CaseRecord[];
  /** What else came in since the time in which a return counts as one. */
  readonly before: readonly Spotted[];
}

export interface GatherOptions {
  readonly store: DigestStore;
  readonly scope: Scope;
  readonly period: Period;
}

/** A case with its events takes some 20 µs to read: a page stays below five milliseconds. */
const PAGE = 100;

/** The counts of the time before. @param asOf nothing later is counted */
export async function gatherPast(
  { store, scope, period }: GatherOptions,
  asOf: Instant,
  timezone: string,
): Promise<Past> {
  const first = await store.firstReceived(scope);
  const spans = [];
  for (const span of spansOf(period, Math.min(period.to, asOf), timezone)) {
    spans.push({ ...span, counts: await store.received(scope, span.from, span.to) });
    await turn();
  }
  return { first, spans };
}

export async function* gatherRaw({ store, scope, period }: GatherOptions): AsyncGenerator<RawPage> {
  const { from } = period;
  for await (const page of pages((walk) => store.activeCases(scope, { ...walk, from }))) {
    await turn();
    yield { of: 'records', cases: page.json, events: await store.eventsJson(scope, page.numbers) };
  }
  const before = { from: from - REPEAT_MS, to: from };
  for await (const page of pages((walk) => store.settledCases(scope, { ...walk, ...before })))
    yield { of: 'before', cases: page.json };
}

/** The same, decoded at once: for those who have few cases, or nothing else to do meanwhile. */
export async function gather(options: GatherOptions): Promise<Gathered> {
  const all = new Gathering();
  for await (const page of gatherRaw(options)) all.take(page);
  return all.done();
}

/** Decodes page after page. */
export class Gathering {
  #records: CaseRecord[] = [];
  #before: Spotted[] = [];

  take(page: RawPage): void {
    if (page.of === 'before') {
      this.#before.push(...decoded<SettledCase>(page.cases).map(spottedOf));
      return;
    }
    const byCase = Map.groupBy(decoded<CaseEvent>(page.events), (event) => event.case);
    for (const value of decoded<Case>(page.cases))
      this.#records.push({ value, events: byCase.get(value.number) ?? [] });
  }

  /** So far; in the order of their numbers, however they were read. */
  records(): readonly CaseRecord[] {
    const bySerial = (a: CaseRecord, b: CaseRecord): number =>
      a.value.year - b.value.year || a.value.serial - b.value.serial;
    return this.#records.sort(bySerial);
  }

  done(): Gathered {
    return { records: this.records(), before: this.#before };
  }
}

const decoded = <T>(json: Uint8Array): readonly T[] =>
  JSON.parse(Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString()) as readonly T[];

async function* pages(
  read: (walk: Pick<WalkOptions, 'after' | 'limit'>) => Promise<WalkPage>,
): AsyncGenerator<WalkPage> {
  for (let after: WalkMark | null = null; ; await turn()) {
    const page: WalkPage = await read({ after, limit: PAGE });
    if (page.last === null) return;
    yield page;
    if (page.numbers.length < PAGE) return;
    after = page.last;
  }
}

/** Messages that came in meanwhile go first. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
