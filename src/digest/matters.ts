/** The matters of the month by number, each with its office and dates. No order of merit, nothing personal. Pure. */
import type { Case, Instant, Outcome } from '../domain/case.ts';
import { isOpen } from '../domain/case.ts';
import { briefOf } from '../domain/decide/work.ts';
import type { Brief } from '../domain/messages.ts';
import { type CaseRecord, eventsOf, type Hidden, hiddenOf, ratingIn, standingOf } from './facts.ts';
import { within } from './period.ts';
import { sum } from './rate.ts';

export interface Matter {
  /** Redacted: what it still names may be read by all who sit in the meeting. */
  readonly brief: Brief;
  readonly hidden: Hidden;
  readonly coOffices: readonly string[];
  readonly supervision: Case['supervision'];
  readonly returns: number;
  readonly extensions: number;
  readonly reopens: number;
  readonly unsatisfied: number;
  readonly screening: boolean;
  /** How often supervision was proposed to the secretary in the clock in force. */
  readonly proposals: number;
  readonly overdue: boolean;
  /** Yuan needed, where it is known. */
  readonly cost: number | null;
  /** Why it is deferred or why it can't be done, in the office's words; null where it is private. */
  readonly reason: string | null;
  readonly answeredAt: Instant | null;
  readonly outcome: Outcome | null;
  /** What the office last said of it; null where it is private. */
  readonly latest: string | null;
  readonly decided: Case['decided'];
}

/** Place, words and persons of a private matter stay out of everything that is printed. */
export function publicBrief(c: Case): Brief {
  const hidden = hiddenOf(c);
  const brief = { ...briefOf(c), assignee: null };
  if (hidden === null) return brief;
  const bare = { groups: [], neighborhood: null, place: null, households: null, since: null, summary: '' };
  // Marked as plain again, so that words name its category: a category alone says nothing of anybody.
  const marks = { sensitive: false, protected: false };
  return { ...brief, ...bare, ...marks, village: hidden === 'protected' ? null : c.village };
}

export function matterOf(record: CaseRecord, asOf: Instant): Matter {
  const { value: c } = record;
  const hidden = hiddenOf(c);
  return {
    brief: publicBrief(c),
    hidden,
    coOffices: c.coOffices,
    supervision: c.supervision,
    returns: c.returns,
    extensions: c.extensions,
    reopens: c.reopens,
    unsatisfied: c.unsatisfied,
    screening: c.screening,
    proposals: c.ladder.proposals,
    overdue: overdueAt(c, asOf),
    cost: c.cost,
    reason: hidden === null ? reasonOf(record) : null,
    answeredAt: c.resolvedAt,
    outcome: c.outcome,
    latest: hidden === null ? latestOf(record) : null,
    decided: c.decided === null || hidden === null ? c.decided : { ...c.decided, text: '' },
  };
}

/** Its clock ran out and nobody has answered: computed, never stored. */
export const overdueAt = (c: Case, at: Instant): boolean =>
  (c.state === 'reported' || c.state === 'assigned' || c.state === 'in_progress') &&
  c.pause === null &&
  c.dueAt !== null &&
  c.dueAt < at;

function reasonOf(record: CaseRecord): string | null {
  const asked = eventsOf(record, 'deferral_requested').at(-1)?.data.reason ?? null;
  if (record.value.state === 'deferred') return asked;
  return record.value.outcome === 'explained' ? record.value.answer : null;
}

function latestOf(record: CaseRecord): string | null {
  const said = eventsOf(record, 'case_progressed', 'case_resolved', 'case_explained', 'case_returned').at(-1);
  if (said === undefined) return record.value.answer;
  return said.type === 'case_returned' ? said.data.reason : said.data.text;
}

export interface Matters {
  /** Everything that waits for an office, by number. The lists below are parts of it, save the explained. */
  readonly open: readonly Matter[];
  readonly overdue: readonly Matter[];
  /** Returned twice or more. */
  readonly returned: readonly Matter[];
  /** 挂账: with review date and the money that is missing. */
  readonly deferred: readonly Matter[];
  /** Money missing for the deferred matters that name a sum, in yuan. */
  readonly moneyMissing: number;
  /** Answered with "can't be done" in the period. */
  readonly explained: readonly Matter[];
  readonly twiceUnsatisfied: readonly Matter[];
  readonly supervised: readonly Matter[];
  /** Answered, waiting for the reporter's word. */
  readonly awaitingRating: number;
}

/** @param records as they are at `asOf` */
export function mattersOf(
  records: readonly CaseRecord[],
  from: Instant,
  cut: Instant,
  asOf: Instant,
): Matters {
  const counted = records.filter(({ value }) => standingOf(value) === 'counted').toSorted(byNumber);
  const matter = (record: CaseRecord): Matter => matterOf(record, asOf);
  const open = counted.filter(({ value }) => isOpen(value.state) && value.state !== 'resolved').map(matter);
  const deferred = open.filter(({ brief }) => brief.state === 'deferred');
  return {
    open,
    overdue: open.filter(({ overdue }) => overdue),
    returned: open.filter(({ returns }) => returns >= 2),
    deferred,
    moneyMissing: sum(deferred.map(({ cost }) => cost ?? 0)),
    explained: counted
      .filter(({ value }) => value.outcome === 'explained' && within(value.resolvedAt, from, cut))
      .map(matter),
    twiceUnsatisfied: counted
      .filter((record) => record.value.unsatisfied >= 2 && stillMatters(record, from, asOf))
      .map(matter),
    supervised: counted.filter(({ value }) => value.supervision !== 'none').map(matter),
    awaitingRating: counted.filter(({ value }) => value.state === 'resolved').length,
  };
}

const stillMatters = (record: CaseRecord, from: Instant, asOf: Instant): boolean =>
  isOpen(record.value.state) || ratingIn(record, from, asOf)?.rating === 'unsatisfied';

export const byNumber = (a: CaseRecord, b: CaseRecord): number =>
  a.value.year - b.value.year || a.value.serial - b.value.serial;
