import { describe, expect, test } from 'vitest';
import { createCalendar } from '../../src/kernel/calendar.ts';
import { type CalendarSettings, DEFAULT_HOURS } from '../../src/kernel/calendar-settings.ts';
import { instantOf, printed } from '../../src/kernel/zone.ts';
import { inShanghai, shanghai } from './slow-calendar.ts';

const SHANGHAI: CalendarSettings = { timezone: 'Asia/Shanghai', hours: DEFAULT_HOURS };
const calendar = createCalendar(SHANGHAI);

describe('what is known of a day', () => {
  test('holidays, make-up days, weekends', () => {
    expect(calendar.isWorkday('2026-10-01')).toBe(false);
    expect(calendar.isWorkday('2026-10-10')).toBe(true);
    expect(calendar.isWorkday('2026-10-11')).toBe(false);
    expect(calendar.isWorkday('2026-10-12')).toBe(true);
  });

  test('beyond the table weekdays are worked but for the fixed feasts, and it says that it does not know', () => {
    expect(calendar.coveredUntil).toBe('2026-12-31');
    expect(calendar.covered('2026-12-31')).toBe(true);
    expect(calendar.covered('2027-01-01')).toBe(false);
    expect(calendar.isWorkday('2027-01-01')).toBe(false);
    expect(calendar.isWorkday('2027-01-04')).toBe(true);
    expect(['2027-05-01', '2028-05-02', '2027-10-01'].some((day) => calendar.isWorkday(day))).toBe(false);
    expect(calendar.isWorkday('2027-10-04')).toBe(true);
    expect(calendar.isWorkday('2027-01-02')).toBe(false);
    expect(calendar.covered('2019-12-31')).toBe(false);
  });

  test('a township’s own days are stronger than the table, and known', () => {
    const own = createCalendar({
      ...SHANGHAI,
      overrides: { '2026-11-03': 'rest', '2026-10-03': 'work', '2027-02-06': 'rest' },
    });
    expect(own.isWorkday('2026-11-03')).toBe(false);
    expect(own.isWorkday('2026-10-03')).toBe(true);
    expect(own.covered('2027-02-06')).toBe(true);
    expect(own.covered('2027-02-07')).toBe(false);
    expect(inShanghai(own.addWorkingDays(shanghai('2026-11-02 09:00'), 1))).toBe('2026-11-04 17:30');
    expect(inShanghai(own.addWorkingDays(shanghai('2026-09-30 09:00'), 1))).toBe('2026-10-03 17:30');
  });

  test('a township that has entered a whole year may say so, never less than the table', () => {
    expect(createCalendar({ ...SHANGHAI, coveredUntil: '2027-12-31' }).covered('2027-06-01')).toBe(true);
    expect(createCalendar({ ...SHANGHAI, coveredUntil: '2025-12-31' }).coveredUntil).toBe('2026-12-31');
  });
});

describe('ends and mornings', () => {
  test('working hours of a day, also of a rest day', () => {
    expect(calendar.minutesPerDay).toBe(390);
    expect(inShanghai(calendar.startOfWorkingHours('2026-11-02'))).toBe('2026-11-02 08:30');
    expect(inShanghai(calendar.endOfWorkingHours('2026-11-07'))).toBe('2026-11-07 17:30');
  });

  test.each([
    ['2026-11-02 08:30', '2026-11-02 08:30'],
    ['2026-11-02 08:29:59', '2026-11-02 08:30'],
    ['2026-11-02 08:30:01', '2026-11-03 08:30'],
    ['2026-11-06 17:30', '2026-11-09 08:30'],
    ['2026-11-07 03:00', '2026-11-09 08:30'],
    ['2026-09-30 09:00', '2026-10-08 08:30'],
    ['2026-10-09 09:00', '2026-10-10 08:30'],
    ['2026-02-14 12:00', '2026-02-24 08:30'],
  ])('the next working morning at %s is %s', (at, expected) => {
    expect(inShanghai(calendar.nextWorkingMorning(shanghai(at)))).toBe(expected);
  });

  test('a morning may begin at a time of its own', () => {
    expect(inShanghai(calendar.nextWorkingMorning(shanghai('2026-11-02 08:45'), '09:00'))).toBe(
      '2026-11-02 09:00',
    );
    expect(inShanghai(calendar.nextWorkingMorning(shanghai('2026-11-06 09:01'), '09:00'))).toBe(
      '2026-11-09 09:00',
    );
  });
});

describe('working days', () => {
  test('no days: the end of this one, or of the next that is worked', () => {
    expect(inShanghai(calendar.addWorkingDays(shanghai('2026-11-02 20:00'), 0))).toBe('2026-11-02 17:30');
    expect(inShanghai(calendar.addWorkingDays(shanghai('2026-11-07 09:00'), 0))).toBe('2026-11-09 17:30');
  });

  test('only whole numbers of days from now on', () => {
    expect(() => calendar.addWorkingDays(0, -1)).toThrow(/not a number of working days: -1/);
    expect(() => calendar.addWorkingDays(0, 1.5)).toThrow(RangeError);
  });

  test('counting', () => {
    const between = (a: string, b: string): number => calendar.workingDaysBetween(shanghai(a), shanghai(b));
    expect(between('2026-11-02 23:00', '2026-11-03 00:01')).toBe(1);
    expect(between('2026-11-02 01:00', '2026-11-02 23:00')).toBe(0);
    expect(between('2026-11-06 09:00', '2026-11-09 09:00')).toBe(1);
    expect(between('2026-11-09 09:00', '2026-11-06 09:00')).toBe(-1);
    expect(between('2026-09-30 09:00', '2026-10-12 09:00')).toBe(4);
  });

  test('dates before and after', () => {
    expect(calendar.shiftWorkingDays('2026-10-08', -1)).toBe('2026-09-30');
    expect(calendar.shiftWorkingDays('2026-10-12', -3)).toBe('2026-10-08');
    expect(calendar.shiftWorkingDays('2026-11-07', 0)).toBe('2026-11-07');
  });
});

describe('working time', () => {
  test('seconds count', () => {
    expect(inShanghai(calendar.addWorkingMinutes(shanghai('2026-11-02 11:59:30'), 1))).toBe(
      '2026-11-02 14:30:30',
    );
  });

  test('the earliest of several instants: the end before a break, not the start after it', () => {
    expect(inShanghai(calendar.addWorkingMinutes(shanghai('2026-11-02 08:30'), 210))).toBe(
      '2026-11-02 12:00',
    );
    expect(inShanghai(calendar.addWorkingMinutes(shanghai('2026-11-06 14:30'), 180))).toBe(
      '2026-11-06 17:30',
    );
    expect(inShanghai(calendar.subtractWorkingMinutes(shanghai('2026-11-02 17:30'), 180))).toBe(
      '2026-11-02 12:00',
    );
    expect(inShanghai(calendar.subtractWorkingMinutes(shanghai('2026-11-09 17:30'), 390))).toBe(
      '2026-11-06 17:30',
    );
  });

  test('no time is no step, also outside working hours', () => {
    expect(inShanghai(calendar.addWorkingMinutes(shanghai('2026-11-07 03:00'), 0))).toBe('2026-11-07 03:00');
    expect(() => calendar.addWorkingMinutes(0, -1)).toThrow(/not a span of minutes: -1/);
    expect(() => calendar.addWorkingMinutes(0, Number.NaN)).toThrow(RangeError);
  });

  test('between', () => {
    const between = (a: string, b: string): number =>
      calendar.workingMinutesBetween(shanghai(a), shanghai(b));
    expect(between('2026-11-02 08:00', '2026-11-02 18:00')).toBe(390);
    expect(between('2026-11-02 11:30', '2026-11-02 15:00')).toBe(60);
    expect(between('2026-11-02 15:00', '2026-11-02 11:30')).toBe(-60);
    expect(between('2026-11-02 12:00', '2026-11-02 14:30')).toBe(0);
    expect(between('2026-11-06 17:00', '2026-11-09 09:00')).toBe(60);
    expect(between('2026-02-14 17:00', '2026-02-24 08:30')).toBe(30);
    expect(between('2026-01-01 00:00', '2027-01-01 00:00')).toBe(248 * 390);
  });
});

describe('townships elsewhere', () => {
  test('Urumqi time: the day of the report is the local one', () => {
    const urumqi = createCalendar({ ...SHANGHAI, timezone: 'Asia/Urumqi' });
    const at = Date.parse('2026-11-03T00:30:00+08:00');
    expect(urumqi.dateOf(at)).toBe('2026-11-02');
    expect(printed(urumqi.addWorkingDays(at, 1), 'Asia/Urumqi')).toBe('2026-11-03T17:30:00+06:00');
    expect(printed(calendar.addWorkingDays(at, 1), 'Asia/Shanghai')).toBe('2026-11-04T17:30:00+08:00');
  });

  test('a zone whose clocks change: wall times stay, elapsed time differs', () => {
    const zone = 'America/New_York';
    const newYork = createCalendar({
      timezone: zone,
      hours: [['00:00', '24:00']],
      overrides: { '2026-03-08': 'work' },
    });
    const start = instantOf('2026-03-08', '00:00', zone);
    expect(newYork.workingMinutesBetween(start, instantOf('2026-03-09', '00:00', zone))).toBe(23 * 60);
    expect(printed(newYork.addWorkingDays(start, 1), zone)).toBe('2026-03-10T00:00:00-04:00');
    expect(printed(newYork.addWorkingMinutes(start, 180), zone)).toBe('2026-03-08T04:00:00-04:00');
  });

  test('hours of its own', () => {
    const mornings = createCalendar({ ...SHANGHAI, hours: [['09:00', '12:00']] });
    expect(inShanghai(mornings.addWorkingMinutes(shanghai('2026-11-02 11:00'), 120))).toBe(
      '2026-11-03 10:00',
    );
    expect(inShanghai(mornings.addWorkingDays(shanghai('2026-11-02 11:00'), 1))).toBe('2026-11-03 12:00');
    expect(inShanghai(mornings.nextWorkingMorning(shanghai('2026-11-02 09:30')))).toBe('2026-11-03 09:00');
  });
});

describe('settings that can’t be worked with are named', () => {
  test.each<[string, Partial<CalendarSettings>, RegExp]>([
    ['an unknown zone', { timezone: 'Asia/Yiyang' }, /timezone: Asia\/Yiyang/],
    ['no hours', { hours: [] }, /hours: at least one/],
    ['hours over midnight', { hours: [['22:00', '02:00']] }, /hours: 22:00–02:00/],
    [
      'overlapping hours',
      {
        hours: [
          ['08:30', '12:00'],
          ['11:00', '17:30'],
        ],
      },
      /hours: 11:00–17:30/,
    ],
    ['a time that is none', { hours: [['8:30', '12:00']] }, /hours: 8:30–12:00/],
    ['a day that is none', { overrides: { '2026-02-30': 'rest' } }, /holidays: 2026-02-30/],
    ['an end that is none', { coveredUntil: 'forever' }, /coveredUntil: forever/],
  ])('%s', (_, wrong, message) => {
    expect(() => createCalendar({ ...SHANGHAI, ...wrong })).toThrow(message);
  });
});
