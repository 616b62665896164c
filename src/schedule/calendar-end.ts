/** The legal calendar has an end: the admins hear of it in time, once a month. */
import { draftsTo } from '../digest/telling.ts';
import type { Policy } from '../domain/policy.ts';
import { addDays, type Instant, instantOf, localDate } from '../kernel/zone.ts';
import type { Job } from './job.ts';
import type { TaskHandler } from './tasks.ts';

/**
 * Days before the end at which the admins hear of it. The State Council names the holidays of a year in November
 * of the year before: sooner there would be nothing to fill in.
 */
export const LEAD_DAYS = 28;

export const calendarEnd: Job = {
  name: 'calendar_end',
  about: '节假日表快到头时告诉管理员，每月一次',
  next: (after, policy) => nextNotice(after, policy),
  tasks(at, { calendar }) {
    const month = localDate(at, calendar.timezone).slice(0, 7);
    return [{ key: `calendar_end:${month}`, kind: 'calendar_end', payload: {}, runAt: at }];
  },
};

/**
 * The day on which the end comes near, then each working morning until the table reaches further. The key of the task
 * is the month's, so that it is told once a month: on the first working day, or by a bot that is new in its middle on
 * the next.
 */
function nextNotice(after: Instant, { calendar, settings }: Policy): Instant {
  const near = instantOf(addDays(calendar.coveredUntil, -LEAD_DAYS), '00:00', calendar.timezone);
  return calendar.nextWorkingMorning(Math.max(near, after + 1), settings.ladder.morning);
}

export const tellCalendarEnd: TaskHandler = async (_task, context) => {
  const { policy, now } = context;
  const { coveredUntil, timezone } = policy.calendar;
  const today = localDate(now, timezone);
  // The table was filled in meanwhile.
  if (addDays(coveredUntil, -LEAD_DAYS) > today) return;
  const params = { until: coveredUntil, passed: coveredUntil < today };
  const say = { template: 'calendar_end', params } as const;
  await context.commit({}, () => ({ outbox: draftsTo(policy.roster.roles.admins, 'notice', say, context) }));
};
