/** When each step of the sentiment meeting is due: working days before and after its date. Pure. */
import type { Policy } from '../../domain/policy.ts';
import type { MeetingSettings } from '../../domain/settings.ts';
import { datesInMonth, shiftMonth, workingDaysFrom } from '../../kernel/schedule.ts';
import { type Instant, type LocalDate, localDate } from '../../kernel/zone.ts';

export const MEETING_STEPS = ['freeze', 'sheets', 'confirm', 'page', 'minutes', 'heard'] as const;
export type MeetingStep = (typeof MEETING_STEPS)[number];

const OFFSETS: Readonly<Record<MeetingStep, (settings: MeetingSettings) => number>> = {
  freeze: ({ freezeDays }) => -freezeDays,
  sheets: ({ sheetDays }) => -sheetDays,
  confirm: ({ confirmDays }) => -confirmDays,
  page: ({ pageDays }) => -pageDays,
  minutes: ({ minutesDays }) => minutesDays,
  heard: ({ heardDays }) => heardDays,
};

export function stepAt(step: MeetingStep, date: LocalDate, { settings, calendar }: Policy): Instant {
  const { meeting } = settings;
  return workingDaysFrom(date, OFFSETS[step](meeting), meeting.time, calendar);
}

export interface MeetingTime {
  /** Of the meeting. */
  readonly date: LocalDate;
  /** Of the step. */
  readonly at: Instant;
}

/** From the month before, for steps that follow a meeting; a year and a bit ahead, for meetings on given dates. */
const FROM = -2;
const TO = 14;

/** The step's first time after `after`; null where the township has set no meeting, and then no step ever runs. */
export function nextStep(step: MeetingStep, after: Instant, policy: Policy): MeetingTime | null {
  return stepTimes(step, after, policy).find(({ at }) => at > after) ?? null;
}

/** The meeting that a step at this time belongs to. */
export function meetingOf(step: MeetingStep, at: Instant, policy: Policy): LocalDate | null {
  return stepTimes(step, at, policy).find((one) => one.at === at)?.date ?? null;
}

function stepTimes(step: MeetingStep, around: Instant, policy: Policy): readonly MeetingTime[] {
  const { calendar, settings } = policy;
  const rule = settings.meeting.date;
  if (rule === null) return [];
  const [year = 0, month = 1] = localDate(around, calendar.timezone).split('-').map(Number);
  const months = Array.from({ length: TO - FROM + 1 }, (_, i) => shiftMonth(year, month, FROM + i));
  const dates = months.flatMap(([y, m]) => datesInMonth(rule, y, m, calendar));
  return dates.map((date) => ({ date, at: stepAt(step, date, policy) })).toSorted((a, b) => a.at - b.at);
}
