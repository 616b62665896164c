/** How the resolution clock and its reminders follow a new due time. Pure. */
import type { Case, Instant, Ladder } from './case.ts';

type Clock = Partial<Pick<Case, 'dueAt' | 'ladder' | 'clockStartedAt' | 'rounded'>>;

export const FRESH_LADDER: Ladder = { responseOverdue: false, dueSoon: false, overdue: false, proposals: 0 };

/** A new due time makes the resolution clock's reminders anew; the first response was told or not. */
export const restarted = ({ ladder }: Case): Ladder => ({
  ...FRESH_LADDER,
  responseOverdue: ladder.responseOverdue,
});

export const due = (dueAt: Instant | null): Clock => (dueAt === null ? {} : { dueAt });

/** Another category: the time is counted anew, and so are its reminders. */
export const counted = (at: Case, dueAt: Instant | null): Clock =>
  dueAt === null ? {} : { dueAt, ladder: restarted(at) };

/** After a pause; what is late all the same was told, and is not told again. */
export const runs = (
  at: Case,
  event: { at: Instant; data: { dueAt: Instant | null; startedAt?: Instant | null; slack?: number } },
): Clock => {
  const { dueAt, startedAt = null, slack = 0 } = event.data;
  const moved = dueAt !== null && dueAt !== at.dueAt && dueAt > event.at;
  return {
    ...(moved ? counted(at, dueAt) : due(dueAt)),
    ...(startedAt === null ? {} : { clockStartedAt: startedAt }),
    ...(dueAt !== null && slack > 0 ? { rounded: { dueAt, slack } } : {}),
  };
};
