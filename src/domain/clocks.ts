/** The two clocks of a case, from its category, urgency and the township's calendar. Pure. */
import {
  clockTime,
  due,
  firstResponseDue,
  isNaturalTime,
  parseDuration,
  type Span,
  shiftWithSlack,
} from '../kernel/deadline.ts';
import { MINUTE } from '../kernel/zone.ts';
import type { Case, Instant } from './case.ts';
import type { Urgency } from './category.ts';
import type { Policy } from './policy.ts';
import { categoryOf, mainOf } from './routing.ts';

/** Where a category's words can't be read the day is saved by a deadline that exists everywhere. */
const FALLBACK: Span = { kind: 'workdays', n: 5 };

function span(words: string | undefined): Span {
  const read = words === undefined ? null : parseDuration(words);
  return read?.ok ? read.value : FALLBACK;
}

/** The township's own urgency of a category, else the taxonomy's; a reading may only raise it. */
export function urgencyOf(policy: Policy, category: string, read: Urgency | null): Urgency {
  const { urgency } = policy.settings;
  const own = urgency[category] ?? urgency[mainOf(category)];
  const usual = own ?? categoryOf(policy.taxonomy, category)?.urgency ?? 'U4';
  return read !== null && read < usual ? read : usual;
}

export const deadlineSpan = (policy: Policy, category: string): Span =>
  span(categoryOf(policy.taxonomy, category)?.deadline);

/** What a case of another category has that became an emergency: its own words are for quieter days. */
const RAISED: Span = { kind: 'hours', n: 2 };

/** The span of the resolution clock: the category's own, but for an emergency that the category does not foresee. */
export const clockSpan = (policy: Policy, category: string, urgency: Urgency): Span => {
  const foreseen = categoryOf(policy.taxonomy, category)?.urgency === 'U1';
  return urgency === 'U1' && !foreseen ? RAISED : deadlineSpan(policy, category);
};

/** When a matter is due that was reported, or reopened, at `from`. */
export function resolutionDue(policy: Policy, category: string, urgency: Urgency, from: Instant): Instant {
  return due(from, clockSpan(policy, category, urgency), urgency, policy.calendar);
}

/** Null for what is answered at once: there paging, not a reminder, is the clock. */
export function responseDue(
  policy: Policy,
  category: string,
  urgency: Urgency,
  from: Instant,
): Instant | null {
  if (urgency === 'U1') return null;
  return firstResponseDue(
    from,
    span(categoryOf(policy.taxonomy, category)?.firstResponse),
    urgency,
    policy.calendar,
  );
}

export interface Resumed {
  readonly dueAt: Instant | null;
  /** From when the time counts of which a quarter is left when the officer is reminded: without the pause. */
  readonly startedAt: Instant | null;
  /** Left out where rounding up to the end of a day gave nothing. */
  readonly slack?: number;
}

/** The resolution clock after the pause that ends at `now`; nulls where nothing stood still. */
export function resumed(policy: Policy, c: Case, now: Instant): Resumed {
  const { calendar } = policy;
  if (c.pause === null || c.dueAt === null) return { dueAt: null, startedAt: null };
  const { since } = c.pause;
  const end = Math.max(since, now);
  const span = clockSpan(policy, c.category, c.urgency);
  const stood = clockTime(since, end, span, c.urgency, calendar);
  // Of another due time: an extension, a decision or a redo came between.
  const before = { dueAt: c.dueAt, slack: c.rounded?.dueAt === c.dueAt ? c.rounded.slack : 0 };
  const { dueAt, slack } = shiftWithSlack(before, { from: since, to: end }, span, c.urgency, calendar);
  return {
    dueAt,
    ...(slack > 0 ? { slack } : {}),
    startedAt: isNaturalTime(span, c.urgency)
      ? c.clockStartedAt + stood
      : calendar.addWorkingMinutes(c.clockStartedAt, stood / MINUTE),
  };
}
