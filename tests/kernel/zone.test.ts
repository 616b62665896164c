import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  DAY,
  dayNumber,
  daysBetween,
  instantOf,
  isDate,
  isTime,
  isTimezone,
  localDate,
  localDateTime,
  parseInstant,
  printed,
  weekday,
} from '../../src/kernel/zone.ts';

const SHANGHAI = 'Asia/Shanghai';
const NEW_YORK = 'America/New_York';
const ZONES = [
  SHANGHAI,
  'Asia/Urumqi',
  'Asia/Kathmandu',
  NEW_YORK,
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'America/St_Johns',
  'UTC',
];

const anyZone = fc.constantFrom(...ZONES);
const anyInstant = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2039, 0, 1) });

describe('local time', () => {
  test('Shanghai', () => {
    const at = Date.UTC(2026, 10, 2, 0, 30);
    expect(localDateTime(at, SHANGHAI)).toEqual({ date: '2026-11-02', time: '08:30', minutes: 510 });
    expect(printed(at, SHANGHAI)).toBe('2026-11-02T08:30:00+08:00');
    expect(instantOf('2026-11-02', '08:30', SHANGHAI)).toBe(at);
    expect(instantOf('2026-11-02', '08:30:15', SHANGHAI)).toBe(at + 15_000);
    expect(localDate(Date.UTC(2026, 11, 31, 16), SHANGHAI)).toBe('2027-01-01');
  });

  test('24:00 is the next day’s midnight', () => {
    expect(instantOf('2026-11-02', '24:00', SHANGHAI)).toBe(instantOf('2026-11-03', '00:00', SHANGHAI));
  });

  test('agrees with Intl at any instant of any zone', () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (at, zone) => {
        const wall = new Date(at).toLocaleString('sv-SE', { timeZone: zone });
        const { date, time, minutes } = localDateTime(at, zone);
        expect(`${date} ${time}`).toBe(wall.slice(0, 16));
        expect(minutes).toBe(Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
      }),
      { numRuns: 2_000 },
    );
  });

  test('agrees with Intl each half hour around the changes of the clock', () => {
    const changes: readonly (readonly [string, string])[] = [
      [NEW_YORK, '2026-03-08'],
      [NEW_YORK, '2026-11-01'],
      ['Australia/Lord_Howe', '2026-04-05'],
      ['Australia/Lord_Howe', '2026-10-04'],
      ['Europe/Berlin', '2026-10-25'],
      ['Pacific/Apia', '2011-12-31'],
    ];
    for (const [zone, day] of changes) {
      for (
        let at = Date.parse(`${day}T00:00Z`) - DAY;
        at < Date.parse(`${day}T00:00Z`) + 2 * DAY;
        at += 1_800_000
      ) {
        const { date, time } = localDateTime(at, zone);
        expect(`${date} ${time}`).toBe(new Date(at).toLocaleString('sv-SE', { timeZone: zone }).slice(0, 16));
      }
    }
  });

  test('there and back: the same instant, or the first of two that the wall shows alike', () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (any, zone) => {
        const at = Math.floor(any / 60_000) * 60_000;
        const { date, time } = localDateTime(at, zone);
        const back = instantOf(date, time, zone);
        expect(back).toBeLessThanOrEqual(at);
        expect(localDateTime(back, zone)).toMatchObject({ date, time });
      }),
      { numRuns: 2_000 },
    );
  });

  test('what is printed reads back as the same second', () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (at, zone) => {
        const second = Math.floor(at / 1_000) * 1_000;
        expect(Date.parse(printed(at, zone))).toBe(second);
        expect(parseInstant(printed(at, zone), zone)).toBe(second);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('gaps and overlaps', () => {
  test('a skipped time moves forward by the gap', () => {
    expect(printed(instantOf('2026-03-08', '02:30', NEW_YORK), NEW_YORK)).toBe('2026-03-08T03:30:00-04:00');
    expect(printed(instantOf('2011-12-30', '12:00', 'Pacific/Apia'), 'Pacific/Apia')).toBe(
      '2011-12-31T12:00:00+14:00',
    );
  });

  test('a time that comes twice is the first', () => {
    expect(printed(instantOf('2026-11-01', '01:30', NEW_YORK), NEW_YORK)).toBe('2026-11-01T01:30:00-04:00');
  });

  test('the hours beside them are untouched', () => {
    expect(printed(instantOf('2026-03-08', '01:59', NEW_YORK), NEW_YORK)).toBe('2026-03-08T01:59:00-05:00');
    expect(printed(instantOf('2026-03-08', '03:00', NEW_YORK), NEW_YORK)).toBe('2026-03-08T03:00:00-04:00');
    expect(printed(instantOf('2026-11-01', '02:00', NEW_YORK), NEW_YORK)).toBe('2026-11-01T02:00:00-05:00');
  });

  test('China’s own summer time of 1986', () => {
    expect(printed(instantOf('1986-07-01', '08:00', SHANGHAI), SHANGHAI)).toBe('1986-07-01T08:00:00+09:00');
  });
});

describe('reading', () => {
  const at = Date.UTC(2026, 10, 2, 0, 30);

  test.each([
    ['2026-11-02T08:30:00+08:00', at],
    ['2026-11-02T00:30:00Z', at],
    ['2026-11-02T08:30+08:00', at],
    ['2026-11-02T08:30:00', at],
    ['2026-11-02T08:30', at],
    ['2026-11-01T19:30:00-05:00', at],
    ['2026-11-02T08:30:00.250+08:00', at + 250],
    ['2026-11-02T08:30:00.2509999+08:00', at + 250],
  ])('%s', (text, expected) => {
    expect(parseInstant(text, SHANGHAI)).toBe(expected);
  });

  test.each([
    '',
    '2026-11-02',
    'yesterday',
    '2026-02-30T08:30:00+08:00',
    '2026-11-02T25:00:00+08:00',
    '2026-11-02 08:30',
  ])('not a time: %s', (text) => {
    expect(parseInstant(text, SHANGHAI)).toBeNull();
  });

  test('dates, times and zones that are none', () => {
    expect(['2026-02-29', '2026-13-01', '2026-1-1', '20260101', ''].map(isDate)).toEqual(
      Array(5).fill(false),
    );
    expect(isDate('2028-02-29')).toBe(true);
    expect(['8:30', '24:01', '25:00', '08:60', '08:30:61', 'noon'].map(isTime)).toEqual(Array(6).fill(false));
    expect(['00:00', '24:00', '08:30:59'].map(isTime)).toEqual([true, true, true]);
    expect(isTimezone('Asia/Yiyang')).toBe(false);
    expect(isTimezone(SHANGHAI)).toBe(true);
    expect(() => dayNumber('soon')).toThrow(/not a date: soon/);
    expect(() => instantOf('2026-11-02', 'noon', SHANGHAI)).toThrow(/not a clock time: noon/);
  });
});

describe('calendar days', () => {
  test('by hand', () => {
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysBetween('2026-01-01', '2027-01-01')).toBe(365);
    expect(weekday('2026-11-02')).toBe(1);
    expect(weekday('2026-11-08')).toBe(7);
    expect(weekday('1969-12-31')).toBe(3);
  });

  test('adding and counting are inverse', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -20_000, max: 40_000 }),
        fc.integer({ min: -900, max: 900 }),
        (day, n) => {
          const date = addDays('1970-01-01', day);
          expect(daysBetween(date, addDays(date, n))).toBe(n);
          expect(weekday(date)).toBe(new Date(`${date}T00:00Z`).getUTCDay() || 7);
        },
      ),
    );
  });
});
