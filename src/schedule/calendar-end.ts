/** The legal calendar has an end: the admins hear of it in time, once a month. */
import { draftsTo } from '../digest/telling.ts';
import type { Policy } from '../domain/policy.ts';
import { monthName, shiftMonth } from '../kernel/schedule.ts';
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

/** The day on which the end comes near, then the first working day of each month, until the table reaches further. */
function nextNotice(after: Instant, { calendar, settings }: Policy): Instant {
  const { timezone } = calendar;
  const near = addDays(calendar.coveredUntil, -LEAD_DAYS);
  const morning = (date: string): Instant =>
    calendar.nextWorkingMorning(instantOf(date, '00:00', timezone), settings.ladder.morning);
  const first = morning(near);
  if (first > after) return first;
  const [year = 0, month = 1] = localDate(after, timezone).split('-').map(Number);
  const thisMonth = morning(`${monthName(year, month)}-01`);
  if (thisMonth > after) return thisMonth;
  return morning(`${monthName(...shiftMonth(year, month, 1))}-01`);
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
