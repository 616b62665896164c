import { describe, expect, test } from 'vitest';
import { createCalendar } from '../../src/kernel/calendar.ts';
import { DEFAULT_HOURS } from '../../src/kernel/calendar-settings.ts';
import { dueDate, isPastDate, nextSuchDate } from '../../src/kernel/duewords.ts';
import { inShanghai, shanghai } from './slow-calendar.ts';

const calendar = createCalendar({ timezone: 'Asia/Shanghai', hours: DEFAULT_HOURS });

describe('dates in words', () => {
  test.each(['2026-12-10', '2026-12-12', '2026-10-01'])('%s includes that day, worked or not', (date) => {
    expect(inShanghai(dueDate(date, calendar))).toBe(`${date} 17:30`);
  });

  test('a past date is one whose working hours are over', () => {
    expect(isPastDate('2026-11-02', shanghai('2026-11-02 17:29'), calendar)).toBe(false);
    expect(isPastDate('2026-11-02', shanghai('2026-11-02 17:30'), calendar)).toBe(true);
    expect(isPastDate('2026-11-01', shanghai('2026-11-02 08:00'), calendar)).toBe(true);
  });

  test.each([
    [12, 10, '2026-11-02', '2026-12-10'],
    [11, 2, '2026-11-02', '2026-11-02'],
    [11, 1, '2026-11-02', '2027-11-01'],
    [1, 5, '2026-12-31', '2027-01-05'],
    [2, 29, '2026-03-01', '2028-02-29'],
    [2, 29, '2096-03-01', '2104-02-29'],
    [4, 31, '2026-01-01', null],
    [13, 1, '2026-01-01', null],
    [0, 1, '2026-01-01', null],
  ])('%i月%i日 seen from %s is %s', (month, day, today, expected) => {
    expect(nextSuchDate(month, day, today)).toBe(expected);
  });
});
