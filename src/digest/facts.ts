/** What the digest must know of one case at one moment, read from the case and its events. Pure. */
import { fold } from '../domain/apply.ts';
import type { Case, Instant, Rating } from '../domain/case.ts';
import type { CaseEvent, EventType } from '../domain/events.ts';
import { within } from './period.ts';

/** A case with its events in order. Without events the case is taken as it stands. */
export interface CaseRecord {
  readonly value: Case;
  readonly events: readonly CaseEvent[];
}

/** The case as it was just before `cut`; null where it did not exist yet. */
export function caseAt({ value, events }: CaseRecord, cut: Instant): Case | null {
  if (events.length === 0) return value.receivedAt < cut ? value : null;
  const before = eventsBefore(events, cut);
  return before.length === events.length ? value : fold(before);
}

/**
 * A clock that was set back leaves events that are dated before those they follow. Nothing happens later than what
 * comes after it: the order of the events holds, and a history is never torn.
 */
const eventsBefore = (events: readonly CaseEvent[], cut: Instant): readonly CaseEvent[] =>
  events.slice(0, events.findLastIndex(({ at }) => at < cut) + 1);

/** The record as it was just before `cut`. */
export function recordAt(record: CaseRecord, cut: Instant): CaseRecord | null {
  const value = caseAt(record, cut);
  if (value === null) return null;
  return value === record.value ? record : { value, events: eventsBefore(record.events, cut) };
}

type Of<T extends EventType> = Extract<CaseEvent, { readonly type: T }>;

/** The events of these types, in order. */
export function eventsOf<T extends EventType>(
  { events }: Pick<CaseRecord, 'events'>,
  ...types: readonly T[]
): readonly Of<T>[] {
  return events.filter((event): event is Of<T> => (types as readonly EventType[]).includes(event.type));
}

export type Standing = 'counted' | 'withdrawn' | 'self_handled';

/** Withdrawn stands for all that was struck out: withdrawn, a duplicate, not the township's. */
export function standingOf(c: Case): Standing {
  if (c.state === 'cancelled') return 'withdrawn';
  return c.outcome === 'self_handled' ? 'self_handled' : 'counted';
}

/** When the answer in force was given and whether it says that it is done or why it can't be. */
export function answerOf(c: Case): { readonly at: Instant; readonly done: boolean } | null {
  if (c.resolvedAt === null) return null;
  return { at: c.resolvedAt, done: c.outcome !== 'explained' };
}

/** Deferred now, or answered out of the deferral: its due time stood still and says nothing. */
export function deferredWhenSettled(record: CaseRecord): boolean {
  const { value } = record;
  if (value.state === 'deferred') return true;
  if (value.resolvedAt === null) return false;
  const marks = eventsOf(record, 'deferral_decided', 'deferral_ended', 'case_assigned', 'case_reopened');
  const last = marks.filter(({ at }) => at <= (value.resolvedAt ?? 0)).at(-1);
  return last?.type === 'deferral_decided' && last.data.agree;
}

export interface RatingFact {
  readonly rating: Rating;
  readonly at: Instant;
  /** A person found after 甄别 that the complaint is not the office's: recorded with grounds, counted apart. */
  readonly screenedOut: boolean;
}

/** The last word on the case said within [from, to); null where none was said then. */
export function ratingIn(record: CaseRecord, from: Instant, to: Instant): RatingFact | null {
  const { value } = record;
  if (record.events.length === 0) {
    if (value.rating === null || !within(value.closedAt ?? value.resolvedAt, from, to)) return null;
    return { rating: value.rating, at: value.closedAt ?? value.receivedAt, screenedOut: false };
  }
  const said = eventsOf(record, 'case_rated', 'case_followed_up')
    .filter(({ at, data }) => within(at, from, to) && data.rating !== null)
    .at(-1);
  if (said === undefined || said.data.rating === null) return null;
  const screenedOut = eventsOf(record, 'screening_decided').some(
    ({ seq, data }) => seq > said.seq && data.decision === 'recorded',
  );
  return { rating: said.data.rating, at: said.at, screenedOut };
}

/** Closed in [from, to) after an answer that nobody has rated. */
export const closedUnrated = (c: Case, from: Instant, to: Instant): boolean =>
  c.state === 'closed' && c.rating === null && standingOf(c) === 'counted' && within(c.closedAt, from, to);

/** How often it went from one office to another. */
export const transfersOf = (record: CaseRecord): number => eventsOf(record, 'case_transferred').length;

/** Nothing personal may leave the dispatcher's desk about the one, little about the other. */
export type Hidden = 'protected' | 'sensitive' | null;
export const hiddenOf = (c: Pick<Case, 'protected' | 'sensitive'>): Hidden =>
  c.protected ? 'protected' : c.sensitive ? 'sensitive' : null;
