import chineseDays from 'chinese-days';
import { describe, expect, test } from 'vitest';
import { createCalendar } from '../../src/kernel/calendar.ts';
import { DEFAULT_HOURS } from '../../src/kernel/calendar-settings.ts';
import { LEGAL_DAYS, TABLE_FROM, TABLE_UNTIL } from '../../src/kernel/holidays.ts';
import { addDays, weekday } from '../../src/kernel/zone.ts';

const calendar = createCalendar({ timezone: 'Asia/Shanghai', hours: DEFAULT_HOURS });

describe('the holiday table', () => {
  test('says of each day what chinese-days says', () => {
    let days = 0;
    for (let date = TABLE_FROM; date <= TABLE_UNTIL; date = addDays(date, 1)) {
      expect(`${date} ${calendar.isWorkday(date)}`).toBe(`${date} ${chineseDays.isWorkday(date)}`);
      days++;
    }
    expect(days).toBe(7 * 365 + 2);
  });

  test('reaches as far as chinese-days has real data, and no further', () => {
    const next = String(Number(TABLE_UNTIL.slice(0, 4)) + 1);
    const known = chineseDays.getHolidaysInRange(`${next}-01-01`, `${next}-12-31`, false);
    expect(known, `chinese-days knows ${next} now: add the year to src/kernel/holidays.ts`).toEqual([]);
    expect(TABLE_UNTIL).toBe('2026-12-31');
  });

  test('make-up workdays are Saturdays and Sundays', () => {
    for (const [date, kind] of LEGAL_DAYS) if (kind === 'work') expect(weekday(date)).toBeGreaterThan(5);
  });

  test('the notice for 2026, day by day', () => {
    const off = [...LEGAL_DAYS].filter(([date, kind]) => date.startsWith('2026') && kind === 'rest');
    expect(off).toHaveLength(3 + 9 + 3 + 5 + 3 + 3 + 7);
    const worked = [...LEGAL_DAYS].filter(([date, kind]) => date.startsWith('2026') && kind === 'work');
    expect(worked.map(([date]) => date.slice(5))).toEqual([
      '01-04',
      '02-14',
      '02-28',
      '05-09',
      '09-20',
      '10-10',
    ]);
  });
});
