/**
 * What the clock will do next with a case, and when. No timers are kept: the answer follows from the
 * case and the policy, so that a changed calendar or setting moves everything that has not happened yet.
 */
import { dueSoonAt, hasReminders, type Span } from '../kernel/deadline.ts';
import { MINUTE } from '../kernel/zone.ts';
import { type Case, type Instant, isOpen } from './case.ts';
import { clockSpan } from './clocks.ts';
import type { Policy } from './policy.ts';

export const STEPS = [
  'page_next',
  'lapse_question',
  'resume_clock',
  'review_deferral',
  'ask_rating',
  'close_unrated',
  'response_overdue',
  'due_soon',
  'overdue',
  'propose_1',
  'propose_2',
  'up_a_tier',
] as const;
export type StepName = (typeof STEPS)[number];

export interface PlannedStep {
  readonly step: StepName;
  readonly at: Instant;
}

/** The earliest step; among steps at one instant the order of `STEPS`. Null where nothing is ahead. */
export function plan(c: Case, policy: Policy): PlannedStep | null {
  let best: PlannedStep | null = null;
  for (const step of STEPS) {
    const at = WHEN[step](c, policy);
    if (at !== null && (best === null || at < best.at)) best = { step, at };
  }
  return best;
}

type When = (c: Case, policy: Policy) => Instant | null;

const waiting = (c: Case): boolean =>
  c.state === 'reported' || c.state === 'assigned' || c.state === 'in_progress';
const runs = (c: Case): boolean => waiting(c) && c.pause === null && c.dueAt !== null;

/** The clock's own span: a redo or an extension keeps the category's unit. */
const spanOf = (c: Case, policy: Policy): Span => clockSpan(policy, c.category, c.urgency);

/** What is to be done at once has no `overdue`, but the secretary may hear of it like of any other. */
const afterDue = (c: Case, policy: Policy, days: number): Instant | null =>
  runs(c) && c.dueAt !== null && (c.ladder.overdue || !hasReminders(spanOf(c, policy)))
    ? policy.calendar.addWorkingDays(c.dueAt, days)
    : null;

/** A day without a time lasts until its evening; who is to look again on that day hears in its morning. */
function reviewed(c: Case, { calendar }: Policy): Instant | null {
  if (c.reviewAt === null) return null;
  const day = calendar.dateOf(c.reviewAt);
  const morning = calendar.startOfWorkingHours(day);
  const allDay = c.reviewAt === calendar.endOfWorkingHours(day);
  return allDay && morning > (c.pause?.since ?? morning) ? morning : c.reviewAt;
}

/** Where danger was told of what an officer had accepted before, that acceptance answers no call. */
function nextCall(c: Case, { settings }: Policy): Instant | null {
  const next = c.paging?.nextAt ?? null;
  if (next === null || c.state === 'reported' || c.state === 'assigned') return next;
  const calledAt = next - settings.cases.pageNextAfterMinutes * MINUTE;
  return isOpen(c.state) && c.acceptedAt !== null && c.acceptedAt < calledAt ? next : null;
}

const WHEN: Record<StepName, When> = {
  page_next: nextCall,
  lapse_question: (c) => (c.state === 'reported' ? (c.asked?.until ?? null) : null),
  resume_clock: (c) => (c.pause?.why === 'asked' && waiting(c) ? c.pause.until : null),
  review_deferral: (c, policy) => (c.state === 'deferred' ? reviewed(c, policy) : null),
  ask_rating: (c) =>
    (c.state === 'resolved' && !c.screening) || c.state === 'closed' ? c.ratingAskAt : null,
  // Its days begin with the last question: whoever is asked tomorrow has them all.
  close_unrated: (c, policy) =>
    c.state === 'resolved' && !c.screening && c.ratingAskedAt !== null && c.ratingAskAt === null
      ? policy.calendar.addWorkingDays(c.ratingAskedAt, policy.settings.rating.windowDays)
      : null,
  // Of an emergency the people on duty are called instead.
  response_overdue: (c) =>
    (c.state === 'reported' || c.state === 'assigned') && c.urgency !== 'U1' && !c.ladder.responseOverdue
      ? c.responseDueAt
      : null,
  due_soon: (c, policy) => {
    if (!runs(c) || c.dueAt === null || c.ladder.dueSoon || c.assignee === null) return null;
    const { dueSoonShare } = policy.settings.ladder;
    const span = spanOf(c, policy);
    if (!hasReminders(span)) return null;
    return dueSoonAt(c.clockStartedAt, c.dueAt, span, c.urgency, policy.calendar, { share: dueSoonShare });
  },
  overdue: (c, policy) => (runs(c) && !c.ladder.overdue && hasReminders(spanOf(c, policy)) ? c.dueAt : null),
  propose_1: (c, policy) =>
    c.ladder.proposals < 1 && c.supervision === 'none'
      ? afterDue(c, policy, policy.settings.ladder.proposalDays[0] ?? 2)
      : null,
  propose_2: (c, policy) =>
    c.ladder.proposals === 1 && c.supervision !== 'red'
      ? afterDue(c, policy, policy.settings.ladder.proposalDays[1] ?? 5)
      : null,
  up_a_tier: (c, policy) =>
    c.level === 'village' && c.state !== 'reported'
      ? afterDue(c, policy, policy.settings.ladder.upTierDays)
      : null,
};
