/**
 * Answered in time and resolved, out of what fell due. Tianmen's bulletin counts so, and not out of what
 * came in: a matter reported yesterday can't be late today. Pure.
 */
import type { Case, Instant } from '../domain/case.ts';
import { answerOf, type CaseRecord, deferredWhenSettled, standingOf } from './facts.ts';
import { within } from './period.ts';
import { type Exclusion, type Rate, rateOf } from './rate.ts';

export interface DueRates {
  /** Done or explained at or before the due time ÷ due. */
  readonly inTime: Rate;
  /** Done or explained by the end of the period ÷ due. */
  readonly answered: Rate;
  /** Done, wholly or in part, by the end of the period ÷ due. */
  readonly resolved: Rate;
}

type Verdict = 'due' | Exclusion;

/**
 * Due in [from, cut): its resolution clock in force ran out then. What came in or fell due in the period and is
 * not in the denominator is named with the reason.
 */
function verdictOf(record: CaseRecord, from: Instant, cut: Instant): Verdict | null {
  const c = record.value;
  const dueHere = within(c.dueAt, from, cut);
  if (!dueHere && !within(c.receivedAt, from, cut)) return null;
  const standing = standingOf(c);
  if (standing !== 'counted') return standing;
  if (c.dueAt === null) return 'no_due_date';
  if (deferredWhenSettled(record)) return 'deferred';
  if (dueHere) return 'due';
  // Received here and due before: the report told of a matter that is older than the bot.
  if (c.dueAt < from) return null;
  return c.reopens > 0 ? 'redo_running' : 'not_due_yet';
}

/** A case that has something to say of what fell due. */
export interface Judged {
  readonly value: Case;
  readonly verdict: Verdict;
}

/** @param records as they were at `cut` */
export const judgedIn = (records: readonly CaseRecord[], from: Instant, cut: Instant): readonly Judged[] =>
  records.flatMap((record) => {
    const verdict = verdictOf(record, from, cut);
    return verdict === null ? [] : [{ value: record.value, verdict }];
  });

export function dueRates(judged: readonly Judged[]): DueRates {
  const due = judged.filter(({ verdict }) => verdict === 'due').map(({ value }) => value);
  const left = judged.flatMap(({ verdict }) => (verdict === 'due' ? [] : [verdict]));
  const rate = (fits: (c: Case) => boolean): Rate => rateOf(due.filter(fits).length, due.length, left);
  return {
    inTime: rate((c) => (answerOf(c)?.at ?? Number.POSITIVE_INFINITY) <= (c.dueAt ?? 0)),
    answered: rate((c) => answerOf(c) !== null),
    resolved: rate((c) => answerOf(c)?.done === true),
  };
}

/** The same for each part, in the given order; parts without anything due are left out. */
export function dueBy(
  judged: readonly Judged[],
  keyOf: (c: Case) => string,
  order: readonly string[],
): readonly { readonly key: string; readonly rates: DueRates }[] {
  const groups = Map.groupBy(judged, ({ value }) => keyOf(value));
  return order.flatMap((key) => {
    const rates = dueRates(groups.get(key) ?? []);
    return rates.inTime.denominator === 0 ? [] : [{ key, rates }];
  });
}
