/** The two clocks of a case, from its category, urgency and the township's calendar. Pure. */
import { due, firstResponseDue, parseDuration, type Span, shiftForPause } from '../kernel/deadline.ts';
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

/** The span of the resolution clock: U1 is at once whatever the category's own words say. */
export const clockSpan = (policy: Policy, category: string, urgency: Urgency): Span =>
  urgency === 'U1' ? { kind: 'now' } : deadlineSpan(policy, category);

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

/** The resolution clock after the pause that ends at `now`; null where nothing stood still. */
export function resumedDue(policy: Policy, c: Case, now: Instant): Instant | null {
  if (c.pause === null || c.dueAt === null) return null;
  const end = Math.max(c.pause.since, now);
  return shiftForPause(
    c.dueAt,
    c.pause.since,
    end,
    deadlineSpan(policy, c.category),
    c.urgency,
    policy.calendar,
  );
}
