import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCalendar } from '../../src/kernel/calendar.ts';
import { DEFAULT_HOURS } from '../../src/kernel/calendar-settings.ts';
import {
  clockTime,
  due,
  dueAfterPauses,
  dueSoonAt,
  firstResponseDue,
  hasReminders,
  parseDuration,
  type Span,
  shiftForPause,
  shiftWithSlack,
  type UrgencyLevel,
} from '../../src/kernel/deadline.ts';
import { inShanghai, shanghai, slowSubtractMinutes } from './slow-calendar.ts';

const calendar = createCalendar({ timezone: 'Asia/Shanghai', hours: DEFAULT_HOURS });
const now: Span = { kind: 'now' };
const hours = (n: number): Span => ({ kind: 'hours', n });
const days = (n: number): Span => ({ kind: 'workdays', n });

describe('the taxonomy’s words', () => {
  const plain = { interim: null, remark: null };

  test.each([
    ['即时', { kind: 'now', ...plain }],
    ['2h', { kind: 'hours', n: 2, ...plain }],
    ['24h', { kind: 'hours', n: 24, ...plain }],
    ['1wd', { kind: 'workdays', n: 1, ...plain }],
    ['15wd', { kind: 'workdays', n: 15, ...plain }],
    ['24h先救助', { kind: 'hours', n: 24, interim: null, remark: '先救助' }],
    ['24h(家暴=110)', { kind: 'hours', n: 24, interim: null, remark: '(家暴=110)' }],
    ['即时(119)', { kind: 'now', interim: null, remark: '(119)' }],
    ['即时(120/122)', { kind: 'now', interim: null, remark: '(120/122)' }],
    ['1wd内分派', { kind: 'workdays', n: 1, interim: null, remark: '内分派' }],
    [
      '24h先避险/15wd',
      { kind: 'workdays', n: 15, interim: { within: hours(24), measure: '先避险' }, remark: null },
    ],
    [
      '即时先撤人/24h内报告',
      { kind: 'hours', n: 24, interim: { within: now, measure: '先撤人' }, remark: '内报告' },
    ],
    [' １５ＷＤ ', { kind: 'workdays', n: 15, ...plain }],
    ['即时（１１９）', { kind: 'now', interim: null, remark: '(119)' }],
  ])('%s', (words, value) => {
    expect(parseDuration(words)).toEqual({ ok: true, value });
  });

  test.each([
    '',
    '4',
    'h',
    '0h',
    '-4h',
    '1.5h',
    '4hours',
    '4h2',
    '5d',
    '三天',
    '24h/15wd',
    '4h先看/2h先修/1wd',
    '9999h',
  ])('bad words are named: "%s"', (words) => {
    const read = parseDuration(words);
    expect(read).toMatchObject({ ok: false, error: { code: 'bad_duration', words } });
    if (!read.ok) expect(read.error.detail).toContain(`"${words}"`);
  });
});

describe('first response', () => {
  const at = shanghai('2026-11-02 16:30');

  test('four working hours for U4, four natural ones for U2', () => {
    expect(inShanghai(firstResponseDue(at, hours(4), 'U4', calendar) ?? 0)).toBe('2026-11-03 11:30');
    expect(inShanghai(firstResponseDue(at, hours(4), 'U2', calendar) ?? 0)).toBe('2026-11-02 20:30');
  });

  test('at once has no clock: paging is it', () => {
    expect(firstResponseDue(at, now, 'U1', calendar)).toBeNull();
    expect(hasReminders(now)).toBe(false);
    expect(hasReminders(hours(2))).toBe(true);
  });
});

describe('due soon', () => {
  const soon = (from: string, span: Span, urgency: UrgencyLevel): string => {
    const start = shanghai(from);
    return inShanghai(dueSoonAt(start, due(start, span, urgency, calendar), span, urgency, calendar) ?? 0);
  };

  test.each<readonly [string, Span, UrgencyLevel, string, string]>([
    ['2026-11-02 08:30', hours(24), 'U2', '2026-11-03 02:30', 'six natural hours remain'],
    ['2026-11-02 08:30', hours(2), 'U1', '2026-11-02 10:00', 'half an hour remains'],
    ['2026-11-02 08:30', hours(4), 'U4', '2026-11-02 11:30', 'of four working hours one remains'],
    ['2026-11-02 16:00', hours(4), 'U3', '2026-11-03 10:00', 'due 11:00 next day'],
    ['2026-11-02 08:30', days(1), 'U4', '2026-11-03 11:45', '780 min: a quarter and half a day are both 195'],
    ['2026-11-02 17:30', days(1), 'U4', '2026-11-03 11:45', 'a quarter of 390 is less than half a day'],
    [
      '2026-11-02 08:30',
      days(3),
      'U4',
      '2026-11-04 17:30',
      'a quarter of four days is one: since the evening before',
    ],
    [
      '2026-11-02 08:30',
      days(5),
      'U4',
      '2026-11-06 11:45',
      'a quarter of six days is 585 min: Mon, half of Fri',
    ],
    ['2026-11-02 08:30', days(7), 'U4', '2026-11-09 17:30', 'a quarter of eight days is two: Tue, Wed'],
    [
      '2026-11-07 09:00',
      days(7),
      'U4',
      '2026-11-16 10:07:30',
      '682.5 min: Tuesday 390, Monday 180 and 112.5',
    ],
    [
      '2026-09-24 17:30',
      days(4),
      'U4',
      '2026-09-30 17:30',
      'a quarter of four days is one: before the feast',
    ],
  ])('%s + %o %s → %s (%s)', (from, span, urgency, expected) => {
    expect(soon(from, span, urgency)).toBe(expected);
  });

  test('walked minute by minute', () => {
    for (let day = 1; day <= 28; day++) {
      const start = shanghai(`2026-09-${String(day).padStart(2, '0')} 10:10`);
      for (const n of [1, 2, 5, 10]) {
        const end = due(start, days(n), 'U4', calendar);
        const total = calendar.workingMinutesBetween(start, end);
        const left = Math.max(total / 4, 195);
        const found = dueSoonAt(start, end, days(n), 'U4', calendar) ?? 0;
        // The walk knows whole minutes only.
        expect(Math.abs(found - slowSubtractMinutes(end, Math.floor(left)))).toBeLessThanOrEqual(60_000);
      }
    }
  });

  test('at once has none', () => {
    expect(dueSoonAt(0, 7_200_000, now, 'U1', calendar)).toBeNull();
  });

  test('never before the clock starts: a date set for today is due soon at once', () => {
    const start = shanghai('2026-11-02 15:00');
    expect(dueSoonAt(start, shanghai('2026-11-02 17:30'), days(5), 'U4', calendar)).toBe(start);
    expect(dueSoonAt(start, start - 1, hours(4), 'U4', calendar)).toBe(start);
  });

  test('a pause does not lengthen the time of which a quarter is taken', () => {
    const start = shanghai('2026-11-02 08:30');
    const end = due(start, days(7), 'U4', calendar);
    const [from, to] = [shanghai('2026-11-03 08:30'), shanghai('2026-11-17 08:30')];
    const moved = shiftForPause(end, from, to, days(7), 'U4', calendar);
    expect(inShanghai(moved)).toBe('2026-11-25 17:30');
    const paused = clockTime(from, to, days(7), 'U4', calendar);
    expect(inShanghai(dueSoonAt(start, moved, days(7), 'U4', calendar, { paused }) ?? 0)).toBe(
      '2026-11-23 17:30',
    );
    expect(inShanghai(dueSoonAt(start, moved, days(7), 'U4', calendar) ?? 0)).toBe('2026-11-19 11:45');
  });

  test('a township may be told earlier', () => {
    const start = shanghai('2026-11-02 08:30');
    const end = due(start, hours(24), 'U2', calendar);
    expect(inShanghai(dueSoonAt(start, end, hours(24), 'U2', calendar, { share: 0.5 }) ?? 0)).toBe(
      '2026-11-02 20:30',
    );
  });
});

describe('pauses', () => {
  const shifted = (dueAt: string, from: string, to: string, span: Span, urgency: UrgencyLevel): string =>
    inShanghai(shiftForPause(shanghai(dueAt), shanghai(from), shanghai(to), span, urgency, calendar));

  test.each<readonly [string, string, string, Span, UrgencyLevel, string, string]>([
    [
      '2026-11-09 17:30',
      '2026-11-03 10:00',
      '2026-11-05 10:00',
      days(5),
      'U4',
      '2026-11-11 17:30',
      'two days',
    ],
    [
      '2026-11-09 17:30',
      '2026-11-03 10:00',
      '2026-11-05 11:00',
      days(5),
      'U4',
      '2026-11-12 17:30',
      'two days and an hour: rounded up',
    ],
    [
      '2026-11-09 17:30',
      '2026-11-03 18:00',
      '2026-11-04 08:00',
      days(5),
      'U4',
      '2026-11-09 17:30',
      'a night',
    ],
    [
      '2026-11-09 17:30',
      '2026-11-06 17:30',
      '2026-11-09 08:30',
      days(5),
      'U4',
      '2026-11-09 17:30',
      'a weekend',
    ],
    [
      '2026-09-29 17:30',
      '2026-09-24 08:30',
      '2026-09-28 08:30',
      days(5),
      'U4',
      '2026-09-30 17:30',
      'one working day before Mid-autumn',
    ],
    [
      '2026-09-30 17:30',
      '2026-09-28 08:30',
      '2026-09-29 08:30',
      days(5),
      'U4',
      '2026-10-08 17:30',
      'over National Day',
    ],
    [
      '2026-10-09 17:30',
      '2026-10-08 08:30',
      '2026-10-09 08:30',
      days(5),
      'U4',
      '2026-10-10 17:30',
      'to the worked Saturday',
    ],
    [
      '2026-12-30 17:30',
      '2026-12-01 08:30',
      '2027-01-04 08:30',
      days(15),
      'U5',
      '2027-02-02 17:30',
      '24 days: Dec 31, Jan 1, 4–8, 11–15, 18–22, 25–29, Feb 1, 2',
    ],
    [
      '2026-11-03 15:00',
      '2026-11-02 11:00',
      '2026-11-03 09:00',
      hours(8),
      'U4',
      '2026-11-04 10:30',
      '4.5 working hours',
    ],
    [
      '2026-11-02 15:00',
      '2026-11-02 11:30',
      '2026-11-02 15:30',
      hours(4),
      'U3',
      '2026-11-02 16:30',
      'over lunch',
    ],
    [
      '2026-11-02 15:00',
      '2026-11-02 12:00',
      '2026-11-02 14:30',
      hours(4),
      'U3',
      '2026-11-02 15:00',
      'lunch itself',
    ],
    [
      '2026-11-03 08:30',
      '2026-11-02 20:00',
      '2026-11-03 06:15',
      hours(24),
      'U2',
      '2026-11-03 18:45',
      'natural hours in the night',
    ],
    [
      '2026-11-02 10:30',
      '2026-11-02 09:00',
      '2026-11-02 09:40',
      now,
      'U1',
      '2026-11-02 11:10',
      'at once is natural time',
    ],
  ])('due %s, paused %s to %s, %o %s → %s (%s)', (dueAt, from, to, span, urgency, expected) => {
    expect(shifted(dueAt, from, to, span, urgency)).toBe(expected);
  });

  test('a clock that had run out stays as late as it was', () => {
    expect(shifted('2026-11-02 17:30', '2026-11-04 08:30', '2026-11-09 08:30', days(5), 'U4')).toBe(
      '2026-11-05 17:30',
    );
  });

  test('several short pauses are added before they are rounded', () => {
    const pauses = ['09:00', '10:00', '11:00'].map((time, day) => ({
      from: shanghai(`2026-11-0${day + 3} ${time}`),
      to: shanghai(`2026-11-0${day + 3} ${time}`) + 30 * 60_000,
    }));
    const end = shanghai('2026-11-09 17:30');
    expect(inShanghai(dueAfterPauses(end, pauses, days(5), 'U4', calendar))).toBe('2026-11-10 17:30');
    expect(inShanghai(dueAfterPauses(end, [], days(5), 'U4', calendar))).toBe('2026-11-09 17:30');
    let one = { dueAt: end, slack: 0 };
    for (const pause of pauses) one = shiftWithSlack(one, pause, days(5), 'U4', calendar);
    expect(inShanghai(one.dueAt)).toBe('2026-11-10 17:30');
    expect(one.slack).toBe((390 - 90) * 60_000);
  });

  test('pause by pause comes to the same as all of them at once', () => {
    const anyPause = fc.tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 900 }));
    const start = shanghai('2026-09-21 08:30');
    fc.assert(
      fc.property(
        fc.array(anyPause, { maxLength: 8 }),
        fc.constantFrom(days(5), hours(20)),
        (drawn, span) => {
          let at = start;
          const pauses = drawn.map(([wait, length]) => {
            const from = at + wait * 60_000;
            at = from + length * 60_000;
            return { from, to: at };
          });
          const end = due(start, days(15), 'U4', calendar);
          const last = pauses.reduce((one, pause) => shiftWithSlack(one, pause, span, 'U4', calendar), {
            dueAt: end,
            slack: 0,
          });
          expect(last.dueAt).toBe(dueAfterPauses(end, pauses, span, 'U4', calendar));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a due time on a rest day stays where no working time was lost', () => {
    expect(shifted('2026-11-07 17:30', '2026-11-03 18:00', '2026-11-03 20:00', days(5), 'U4')).toBe(
      '2026-11-07 17:30',
    );
  });

  test('hours that end at midnight end on their own day', () => {
    const late = createCalendar({ timezone: 'Asia/Shanghai', hours: [['08:00', '24:00']] });
    const end = late.endOfWorkingHours('2026-11-03');
    const moved = shiftForPause(
      end,
      shanghai('2026-11-02 08:00'),
      shanghai('2026-11-03 08:00'),
      days(1),
      'U4',
      late,
    );
    expect(inShanghai(moved)).toBe('2026-11-05 00:00');
  });

  test('a pause that ends before it begins is a bug', () => {
    expect(() => shiftForPause(10, 5, 4, hours(1), 'U4', calendar)).toThrow(/ends before it begins/);
  });
});
