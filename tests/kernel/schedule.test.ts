import { describe, expect, test } from 'vitest';
import { createCalendar } from '../../src/kernel/calendar.ts';
import { DEFAULT_HOURS } from '../../src/kernel/calendar-settings.ts';
import {
  datesInMonth,
  daysOfMonth,
  firstWorkingDayAt,
  type MonthlyDay,
  shiftMonth,
  workingDaysFrom,
} from '../../src/kernel/schedule.ts';
import { inShanghai } from './slow-calendar.ts';

const calendar = createCalendar({ timezone: 'Asia/Shanghai', hours: DEFAULT_HOURS });

describe('the first working day of a month', () => {
  test.each([
    [2026, 1, '2026-01-04'],
    [2026, 2, '2026-02-02'],
    [2026, 3, '2026-03-02'],
    [2026, 5, '2026-05-06'],
    [2026, 8, '2026-08-03'],
    [2026, 10, '2026-10-08'],
    [2026, 11, '2026-11-02'],
    [2025, 2, '2025-02-05'],
  ])('%i-%i → %s', (year, month, expected) => {
    expect(inShanghai(firstWorkingDayAt(year, month, '09:00', calendar))).toBe(`${expected} 09:00`);
  });

  test('a month without one is an error in words', () => {
    const overrides = Object.fromEntries(daysOfMonth(2026, 11).map((date) => [date, 'rest' as const]));
    const idle = createCalendar({ timezone: 'Asia/Shanghai', hours: DEFAULT_HOURS, overrides });
    expect(() => firstWorkingDayAt(2026, 11, '09:00', idle)).toThrow(/no working day in 2026-11/);
  });
});

describe('days that a township sets', () => {
  test.each<readonly [MonthlyDay, number, readonly string[]]>([
    [{ kind: 'working_day', nth: 1 }, 10, ['2026-10-08']],
    [{ kind: 'working_day', nth: -1 }, 10, ['2026-10-30']],
    [{ kind: 'working_day', nth: 25 }, 10, []],
    [{ kind: 'day_of_month', day: 31 }, 11, ['2026-11-30']],
    [{ kind: 'day_of_month', day: 5 }, 11, ['2026-11-05']],
    [{ kind: 'weekday', weekday: 5, nth: 1 }, 11, ['2026-11-06']],
    [{ kind: 'weekday', weekday: 1, nth: -1 }, 11, ['2026-11-30']],
    [{ kind: 'weekday', weekday: 1, nth: 5 }, 10, []],
    [{ kind: 'dates', dates: ['2026-12-01', '2026-11-20', '2026-11-06'] }, 11, ['2026-11-06', '2026-11-20']],
  ])('%o in month %i → %o', (rule, month, expected) => {
    expect(datesInMonth(rule, 2026, month, calendar)).toEqual(expected);
  });
});

describe('steps before and after a meeting', () => {
  test.each([
    ['2026-11-16', -7, '2026-11-05'],
    ['2026-11-16', -5, '2026-11-09'],
    ['2026-11-16', -1, '2026-11-13'],
    ['2026-11-16', 0, '2026-11-16'],
    ['2026-11-16', 3, '2026-11-19'],
    ['2026-10-12', -7, '2026-09-24'],
    ['2026-11-07', 0, '2026-11-07'],
    ['2026-11-07', 1, '2026-11-09'],
  ])('meeting on %s, T%i → %s', (meeting, n, expected) => {
    expect(inShanghai(workingDaysFrom(meeting, n, '08:30', calendar))).toBe(`${expected} 08:30`);
  });

  test('months over the year’s end', () => {
    expect(shiftMonth(2026, 1, -1)).toEqual([2025, 12]);
    expect(shiftMonth(2026, 12, 1)).toEqual([2027, 1]);
    expect(shiftMonth(2026, 11, -12)).toEqual([2025, 11]);
  });
});
