/** When digests come round. Pure: the same time gives the same tasks, whoever plans them and how often. */
import { viewerOf } from '../domain/areas.ts';
import type { Policy } from '../domain/policy.ts';
import type { DayRule } from '../domain/settings.ts';
import type { Calendar } from '../kernel/calendar.ts';
import { datesInMonth, monthName, shiftMonth } from '../kernel/schedule.ts';
import { addDays, type Instant, instantOf, type LocalDate, localDate, weekday } from '../kernel/zone.ts';
import type { Job } from '../schedule/job.ts';
import type { TaskDraft } from '../store/port.ts';
import { parsePeriod, weekName } from './period.ts';

/** A rule of given dates may leave a year out; further ahead nothing is planned. */
const MONTHS_AHEAD = 14;

export const monthlyDigest: Job = {
  name: 'monthly_digest',
  about: '上个月的民情月报，发给书记：十几行字、三张图、会议材料、台账',
  next(after, { settings, calendar }) {
    const { day, time } = settings.digest;
    return nextMonthly(
      day,
      time,
      after,
      calendar,
      (at) => periodEnd(monthBefore(at, calendar), calendar) > after,
    );
  },
  tasks: (at, policy) => tasksFor(monthBefore(at, policy.calendar), at, policy),
};

/** 月通报: at the digest's time, to each office its own. */
export const officeBulletins: Job = {
  name: 'office_bulletins',
  about: '月通报：每个单位上月没办完的和超期的，只发本单位分管领导（digest.bulletin）',
  next: (after, policy) => (policy.settings.digest.bulletin ? monthlyDigest.next(after, policy) : null),
  tasks(at, { calendar, roster }) {
    const period = monthBefore(at, calendar);
    return roster.offices.map(({ id: office }) => ({
      key: `bulletin:${period}:${office}`,
      kind: 'bulletin',
      payload: { period, office },
      runAt: at,
    }));
  },
};

/** 片区月报: at the digest's time, to those of this township who may see an area's figures. */
export const areaDigest: Job = {
  name: 'area_digest',
  about: '片区月报：上个月各乡镇的数字，发给 huiyin.yaml 里 areas 写明的人',
  next: (after, policy) => (viewersOf(policy).length === 0 ? null : monthlyDigest.next(after, policy)),
  tasks(at, policy) {
    const period = monthBefore(at, policy.calendar);
    return viewersOf(policy).map(({ area, person }) => ({
      key: `area:${area}:${period}:${person}`,
      kind: 'area',
      payload: { area, period, to: person, account: null },
      runAt: at,
    }));
  },
};

/** Others' viewers hear from their own township's bot. */
function viewersOf({
  roster,
  areas = [],
}: Policy): readonly { readonly area: string; readonly person: string }[] {
  const own = viewerOf(roster.township.id, '');
  return areas.flatMap(({ id: area, viewers }) =>
    [...new Set(viewers)]
      .filter((viewer) => viewer.startsWith(own))
      .map((viewer) => ({ area, person: viewer.slice(own.length) })),
  );
}

export const weeklyDigest: Job = {
  name: 'weekly_digest',
  about: '上一周的短月报，每周第一个工作日发给书记（digest.weekly）',
  next(after, { settings, calendar }) {
    if (!settings.digest.weekly) return null;
    const { time } = settings.digest;
    const today = localDate(after, calendar.timezone);
    let monday = addDays(today, 1 - weekday(today));
    for (let week = 0; week < 60; week++, monday = addDays(monday, 7)) {
      const day = firstWorkday(monday, calendar);
      const at = day === null ? null : instantOf(day, time, calendar.timezone);
      // A week that ended before the bot began has no digest.
      if (at !== null && at > after && instantOf(monday, '00:00', calendar.timezone) > after) return at;
    }
    return null;
  },
  tasks(at, policy) {
    const day = localDate(at, policy.calendar.timezone);
    return tasksFor(weekName(addDays(day, -weekday(day))), at, policy);
  },
};

function firstWorkday(monday: LocalDate, calendar: Calendar): LocalDate | null {
  const days = Array.from({ length: 7 }, (_, i) => addDays(monday, i));
  return days.find((day) => calendar.isWorkday(day)) ?? null;
}

/** `2026-10` for any time in November. */
function monthBefore(at: Instant, calendar: Calendar): string {
  const [year = 0, month = 1] = localDate(at, calendar.timezone).split('-').map(Number);
  return monthName(...shiftMonth(year, month, -1));
}

const periodEnd = (name: string, calendar: Calendar): Instant =>
  parsePeriod(name, calendar.timezone)?.to ?? 0;

/**
 * The first time of the rule after `after` that fits. For the digest: whose month ended after `after`. So a second
 * date in a month sends nothing twice, and a bot that is new on the 1st sends nothing about a month it has not seen.
 */
export function nextMonthly(
  rule: DayRule,
  time: string,
  after: Instant,
  calendar: Calendar,
  fits: (at: Instant) => boolean = () => true,
): Instant | null {
  const [year = 0, month = 1] = localDate(after, calendar.timezone).split('-').map(Number);
  for (let n = 0; n < MONTHS_AHEAD; n++) {
    for (const day of datesInMonth(rule, ...shiftMonth(year, month, n), calendar)) {
      const at = instantOf(day, time, calendar.timezone);
      if (at > after && fits(at)) return at;
    }
  }
  return null;
}

/** One task a secretary; the files are made once for all of them. */
function tasksFor(period: string, at: Instant, { roster }: Policy): readonly TaskDraft[] {
  return roster.roles.secretaries.map((person) => ({
    key: `digest:${period}:${person}`,
    kind: 'digest',
    payload: { period, to: person, account: null },
    runAt: at,
  }));
}
