/**
 * Deadlines worked out by hand from the calendar on the wall (2026: Monday 2 November, National Day
 * 1–7 October with work on Sunday 20 September and Saturday 10 October, Spring Festival 15–23 February
 * with work on Saturdays 14 and 28), then checked once more by walking minute by minute.
 */
import { describe, expect, test } from 'vitest';
import { createCalendar } from '../../src/kernel/calendar.ts';
import { DEFAULT_HOURS } from '../../src/kernel/calendar-settings.ts';
import { type Duration, due, parseDuration, type UrgencyLevel } from '../../src/kernel/deadline.ts';
import { inShanghai, shanghai, slowAddDays, slowAddMinutes } from './slow-calendar.ts';

const calendar = createCalendar({ timezone: 'Asia/Shanghai', hours: DEFAULT_HOURS });

type Row = readonly [from: string, words: string, urgency: UrgencyLevel, expected: string, why: string];

const PLAIN_WEEKS: readonly Row[] = [
  ['2026-11-02 08:30', '5wd', 'U4', '2026-11-09 17:30', 'Monday: Tue Wed Thu Fri Mon'],
  ['2026-11-02 00:00', '1wd', 'U4', '2026-11-03 17:30', 'midnight belongs to the new day'],
  ['2026-11-02 23:59', '1wd', 'U4', '2026-11-03 17:30', 'the time of day makes no difference'],
  ['2026-11-03 00:01', '1wd', 'U4', '2026-11-04 17:30', 'two minutes later it is another day'],
  ['2026-11-06 17:29', '1wd', 'U4', '2026-11-09 17:30', 'Friday to Monday'],
  ['2026-11-06 17:31', '1wd', 'U5', '2026-11-09 17:30', 'after hours on Friday is still Friday'],
  ['2026-11-07 10:00', '1wd', 'U4', '2026-11-09 17:30', 'Saturday: Monday is the first working day'],
  ['2026-11-08 22:00', '2wd', 'U4', '2026-11-10 17:30', 'Sunday: Monday, Tuesday'],
  ['2026-11-02 08:30', '7wd', 'U4', '2026-11-11 17:30', 'Tue–Fri are 4, Mon–Wed the rest'],
  ['2026-11-02 08:30', '10wd', 'U4', '2026-11-16 17:30', 'two whole weeks'],
  ['2026-11-02 08:30', '15wd', 'U5', '2026-11-23 17:30', 'three whole weeks'],
  ['2026-11-02 08:30', '3wd', 'U1', '2026-11-05 17:30', 'wd is working days also for U1'],
  ['2026-11-06 12:00', '3wd', 'U2', '2026-11-11 17:30', 'Mon Tue Wed'],
];

const HOURS: readonly Row[] = [
  ['2026-11-02 08:30', '4h', 'U4', '2026-11-02 15:00', '3.5 h to noon, half an hour after lunch'],
  ['2026-11-02 08:00', '4h', 'U3', '2026-11-02 15:00', 'before opening counts from 08:30'],
  ['2026-11-02 10:15', '4h', 'U3', '2026-11-02 16:45', '1:45 to noon, 2:15 after lunch'],
  ['2026-11-02 11:59', '4h', 'U3', '2026-11-03 09:29', '1 min + 3 h, then 59 min next morning'],
  ['2026-11-02 12:00', '2h', 'U3', '2026-11-02 16:30', 'lunch counts nothing'],
  ['2026-11-02 13:37', '2h', 'U5', '2026-11-02 16:30', 'in the middle of lunch'],
  ['2026-11-02 14:30', '3h', 'U4', '2026-11-02 17:30', 'a whole afternoon ends at its end'],
  ['2026-11-02 16:00', '4h', 'U3', '2026-11-03 11:00', '1:30 today, 2:30 tomorrow'],
  ['2026-11-02 17:30', '4h', 'U4', '2026-11-03 15:00', 'at closing time'],
  ['2026-11-02 21:40', '4h', 'U4', '2026-11-03 15:00', 'in the evening'],
  ['2026-11-06 17:00', '4h', 'U3', '2026-11-09 12:00', 'Friday 0:30 + Monday morning 3:30'],
  ['2026-11-07 09:00', '4h', 'U3', '2026-11-09 15:00', 'Saturday'],
  [
    '2026-11-02 08:30',
    '24h',
    'U4',
    '2026-11-05 15:30',
    'four days of 6.5 h are 26: two hours before Thursday’s end',
  ],
  ['2026-11-02 08:30', '24h', 'U2', '2026-11-03 08:30', 'natural hours for U2'],
  ['2026-11-02 21:40', '4h', 'U2', '2026-11-03 01:40', 'natural hours over midnight'],
  ['2026-11-06 17:00', '24h', 'U1', '2026-11-07 17:00', 'natural hours into a Saturday'],
  ['2026-12-31 23:00', '2h', 'U1', '2027-01-01 01:00', 'natural hours over the year’s end'],
  ['2026-02-14 18:00', '24h', 'U2', '2026-02-15 18:00', 'natural hours run through Spring Festival'],
  ['2026-11-02 09:15', '即时', 'U1', '2026-11-02 11:15', 'at once: two hours after the report'],
  ['2026-11-02 23:30', '即时(119)', 'U1', '2026-11-03 01:30', 'at once, in the night'],
  ['2026-10-03 16:00', '即时', 'U4', '2026-10-03 18:00', 'at once is natural time whatever the urgency'],
];

const NATIONAL_DAY: readonly Row[] = [
  ['2026-09-30 09:00', '1wd', 'U4', '2026-10-08 17:30', 'over the seven days'],
  ['2026-09-30 17:00', '4h', 'U3', '2026-10-08 12:00', '0:30 before, 3:30 after'],
  ['2026-10-01 10:00', '1wd', 'U4', '2026-10-08 17:30', 'from the first holiday'],
  ['2026-10-07 23:00', '2wd', 'U4', '2026-10-09 17:30', 'Thu Fri'],
  ['2026-10-07 23:00', '3wd', 'U4', '2026-10-10 17:30', 'Saturday 10 October is worked'],
  ['2026-10-07 23:00', '4wd', 'U4', '2026-10-12 17:30', 'Sunday is not'],
  ['2026-10-09 16:30', '4h', 'U4', '2026-10-10 11:30', 'an hour on Friday, three on the worked Saturday'],
  ['2026-10-10 17:00', '4h', 'U4', '2026-10-12 12:00', 'worked Saturday to Monday'],
  ['2026-09-18 10:00', '1wd', 'U4', '2026-09-20 17:30', 'Sunday 20 September is worked'],
  ['2026-09-19 10:00', '1wd', 'U4', '2026-09-20 17:30', 'the Saturday before is not'],
  ['2026-09-20 10:00', '5wd', 'U4', '2026-09-28 17:30', 'Mon–Thu, Mid-autumn 25–27, Monday'],
  ['2026-09-24 10:00', '5wd', 'U4', '2026-10-09 17:30', '28–30 September (3), 8 and 9 October'],
  ['2026-09-21 10:00', '15wd', 'U5', '2026-10-19 17:30', '22–24 (3), 28–30 (6), 8–10 (9), 12–16 (14), 19'],
];

const SPRING_FESTIVAL: readonly Row[] = [
  ['2026-02-13 09:00', '1wd', 'U4', '2026-02-14 17:30', 'Saturday 14 February is worked'],
  ['2026-02-13 09:00', '2wd', 'U4', '2026-02-24 17:30', 'then nine days of rest'],
  ['2026-02-14 16:30', '4h', 'U4', '2026-02-24 11:30', 'an hour before, three after'],
  ['2026-02-18 12:00', '5wd', 'U4', '2026-02-28 17:30', 'Tue–Fri and the worked Saturday'],
  ['2026-02-18 12:00', '6wd', 'U4', '2026-03-02 17:30', 'and the Monday after'],
  ['2026-02-10 09:00', '15wd', 'U5', '2026-03-09 17:30', '11–14 (4), 24–28 (9), 2–6 March (14), Monday'],
  ['2026-02-23 23:59', '1wd', 'U4', '2026-02-24 17:30', 'last minute of the festival'],
  ['2025-01-25 09:00', '1wd', 'U4', '2025-01-26 17:30', '2025: Sunday 26 January is worked'],
  ['2025-01-27 09:00', '1wd', 'U4', '2025-02-05 17:30', '2025: 28 January to 4 February are not'],
  ['2025-02-07 16:30', '2h', 'U4', '2025-02-08 09:30', '2025: Saturday 8 February is worked'],
];

const OTHER_FEASTS: readonly Row[] = [
  ['2026-04-03 09:00', '1wd', 'U4', '2026-04-07 17:30', 'Qingming, Sat to Mon'],
  ['2026-04-30 17:20', '1h', 'U3', '2026-05-06 09:20', 'ten minutes before Labour Day, fifty after'],
  ['2026-04-30 09:00', '4wd', 'U4', '2026-05-09 17:30', '6 7 8 May and Saturday the 9th'],
  ['2026-06-18 09:00', '1wd', 'U4', '2026-06-22 17:30', 'Dragon Boat'],
  ['2026-09-24 17:30', '1h', 'U4', '2026-09-28 09:30', 'Mid-autumn'],
  ['2025-09-30 09:00', '1wd', 'U4', '2025-10-09 17:30', '2025: eight days of National Day and Mid-autumn'],
  ['2025-09-30 09:00', '3wd', 'U4', '2025-10-11 17:30', '2025: Saturday 11 October is worked'],
];

const YEAR_ENDS: readonly Row[] = [
  ['2025-12-31 09:00', '1wd', 'U4', '2026-01-04 17:30', 'Sunday 4 January is worked'],
  ['2025-12-31 09:00', '2wd', 'U4', '2026-01-05 17:30', 'then Monday'],
  ['2025-12-31 17:00', '1h', 'U5', '2026-01-04 09:00', 'half an hour in each year'],
  ['2025-12-22 09:00', '15wd', 'U5', '2026-01-13 17:30', '23–26 (4), 29–31 (7), 4–9 (13), 12, 13'],
  [
    '2026-12-31 09:00',
    '1wd',
    'U4',
    '2027-01-04 17:30',
    'not covered, but New Year is a feast of the regulation',
  ],
  ['2026-12-30 09:00', '3wd', 'U4', '2027-01-05 17:30', 'Thu, (Fri), Monday, Tuesday'],
  ['2024-02-28 09:00', '2wd', 'U4', '2024-03-01 17:30', 'leap day is a working day'],
  ['2023-12-29 17:00', '1h', 'U4', '2024-01-02 09:00', '1 January is a Monday of rest'],
];

const ALL: readonly Row[] = [
  ...PLAIN_WEEKS,
  ...HOURS,
  ...NATIONAL_DAY,
  ...SPRING_FESTIVAL,
  ...OTHER_FEASTS,
  ...YEAR_ENDS,
];

function duration(words: string): Duration {
  const read = parseDuration(words);
  if (!read.ok) throw new Error(read.error.detail);
  return read.value;
}

/** The same deadline by walking; hours of U1 and U2 and 即时 are plain addition. */
function slowDue(from: number, span: Duration, urgency: UrgencyLevel): number {
  if (span.kind === 'now') return from + 2 * 3_600_000;
  if (span.kind === 'workdays') return slowAddDays(from, span.n);
  const natural = urgency === 'U1' || urgency === 'U2';
  return natural ? from + span.n * 3_600_000 : slowAddMinutes(from, span.n * 60);
}

describe('deadlines by hand', () => {
  test('the table has at least sixty dates', () => {
    expect(ALL.length).toBeGreaterThanOrEqual(60);
  });

  test.each(ALL)('%s + %s %s → %s (%s)', (from, words, urgency, expected) => {
    const at = shanghai(from);
    const found = due(at, duration(words), urgency, calendar);
    expect(inShanghai(found)).toBe(expected);
    expect(inShanghai(slowDue(at, duration(words), urgency))).toBe(expected);
  });
});
