/** 回访: each working morning, whom the dispatchers call back. Pure. */
import type { Policy } from '../domain/policy.ts';
import { addDays, type Instant, instantOf, localDate } from '../kernel/zone.ts';
import type { Job } from './job.ts';

export const followUp: Job = {
  name: 'follow_up',
  about: '回访名单：上次以来办了、答复了的件，每个工作日早上发给值班员（followUp）',
  next: (after, policy) => nextFollowUp(after, policy),
  tasks(at, policy) {
    const day = localDate(at, policy.calendar.timezone);
    return [{ key: `follow_up:${day}`, kind: 'follow_up', payload: { day }, runAt: at }];
  },
};

/** The first working morning after an instant. */
export function nextFollowUp(after: Instant, { calendar, settings }: Policy): Instant {
  return calendar.nextWorkingMorning(after + 1, settings.ladder.morning);
}

/** When the list after that of a local day is due. */
export function listAfter(day: string, policy: Policy): Instant {
  return nextFollowUp(instantOf(addDays(day, 1), '00:00', policy.calendar.timezone) - 1, policy);
}
