/** What is on record of a case's files, beside its events: small facts that are deleted with the files. Pure. */
import type { Case, Party } from '../domain/case.ts';
import { MEDIA_TYPES, type MediaType } from '../media/sniff.ts';

/** One file on its way, as the desk asked for it; see src/desk/media-tasks.ts. */
export interface MediaItem {
  readonly case: string;
  /** The event it came with, and its place among the files of that event. */
  readonly batch: number;
  readonly nth: number;
  readonly of: number;
  /** `<account>|<platform ref>`. */
  readonly ref: string;
  readonly message: string | null;
  /** Who sent it, as the case names the person. */
  readonly by: Party | null;
  /** Under which it may wait already, fetched before its report came. */
  readonly waiting: string;
  readonly tries: number;
}

export type Ending =
  | { readonly end: 'stored'; readonly address: string; readonly type: MediaType }
  | { readonly end: 'refused'; readonly why: 'size' | 'kind' }
  /** Every try failed. */
  | { readonly end: 'lost' }
  /** There was nothing to fetch. */
  | { readonly end: 'absent' }
  /** The first tries failed; the others are not kept waiting for it. */
  | { readonly end: 'late' };

export type MediaFact = Ending & {
  /** `<batch>.<nth>`. */
  readonly id: string;
  readonly of: number;
  readonly message: string | null;
};

export const factsOf = (number: string): string => `media:${number}:`;
export const ALL_FILES = 'media:';
export const shownKey = (number: string, who: Party): string => `media_shown:${number}:${who}`;
export const shownOf = (number: string): string => `media_shown:${number}:`;
export const lostKey = (number: string): string => `media_lost:${number}`;
export const keyMade = (number: string): string => `media_key:${number}`;

const idOf = ({ batch, nth }: MediaItem): string => `${batch}.${nth}`;

export const factKey = (item: MediaItem): string => `${factsOf(item.case)}${idOf(item)}`;

export const factValue = (item: MediaItem, ending: Ending): string =>
  JSON.stringify({ ...ending, of: item.of, message: item.message });

/** Of one case, in the order in which they came. */
export function factsIn(facts: Iterable<readonly [string, string]>, number: string): readonly MediaFact[] {
  const prefix = factsOf(number);
  const found: MediaFact[] = [];
  for (const [key, value] of facts)
    if (key.startsWith(prefix)) found.push({ ...JSON.parse(value), id: key.slice(prefix.length) });
  return found.sort((a, b) => orderOf(a) - orderOf(b));
}

const orderOf = ({ id }: MediaFact): number => {
  const [batch = 0, nth = 0] = id.split('.').map(Number);
  return batch * 1_000 + nth;
};

/** A file taken back with its message is the case's no more. */
export const belongs = (c: Case, message: string | null): boolean =>
  c.media.some((item) => item.message === message);

export const batchOf = ({ id }: MediaFact): number => Number(id.split('.')[0]);

/** Has each file of the batch come to some end? */
export const isSettled = (batch: readonly MediaFact[]): boolean =>
  batch.length > 0 && batch.length >= (batch[0]?.of ?? 0);

/** @throws where a task was written by something else than the desk */
export function itemOf(payload: Readonly<Record<string, unknown>>): MediaItem {
  const { case: number, batch, nth, of, ref, message, by, waiting, tries } = payload;
  const counted = [batch, nth, of, tries].every((one) => typeof one === 'number');
  const named = [number, ref, waiting].every((one) => typeof one === 'string');
  if (!counted || !named) throw new Error('a file needs its case, its place and its reference');
  return {
    ...({ case: number, batch, nth, of, ref, waiting, tries } as Omit<MediaItem, 'message' | 'by'>),
    message: typeof message === 'string' ? message : null,
    by: typeof by === 'string' ? by : null,
  };
}

export const isType = (value: string): value is MediaType =>
  (MEDIA_TYPES as readonly string[]).includes(value);
