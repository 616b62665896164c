/** What must hold for any time: properties of the calendar and of deadlines, for random instants and spans. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCalendar } from '../../src/kernel/calendar.ts';
import { DEFAULT_HOURS } from '../../src/kernel/calendar-settings.ts';
import {
  clockTime,
  due,
  dueSoonAt,
  isNaturalTime,
  type Span,
  shiftForPause,
} from '../../src/kernel/deadline.ts';
import { DEFAULT_QUIET, outOfQuiet } from '../../src/kernel/quiet.ts';
import { DAY, instantOf, localDateTime, MINUTE } from '../../src/kernel/zone.ts';
import { slowAddDays, slowAddMinutes, slowMinutesBetween } from './slow-calendar.ts';

const shanghai = createCalendar({ timezone: 'Asia/Shanghai', hours: DEFAULT_HOURS });
const CALENDARS = [
  shanghai,
  createCalendar({ timezone: 'America/New_York', hours: DEFAULT_HOURS, overrides: { '2026-03-08': 'work' } }),
  createCalendar({
    timezone: 'Australia/Lord_Howe',
    hours: [
      ['00:00', '06:00'],
      ['09:00', '24:00'],
    ],
  }),
  createCalendar({ timezone: 'Asia/Kathmandu', hours: [['10:00', '16:00']] }),
];

const FROM = Date.UTC(2025, 0, 1);
const UNTIL = Date.UTC(2026, 10, 1);
const anyInstant = fc.integer({ min: FROM, max: UNTIL });
const anyMinute = fc.integer({ min: FROM / MINUTE, max: UNTIL / MINUTE }).map((n) => n * MINUTE);
const anyCalendar = fc.constantFrom(...CALENDARS);
const anyUrgency = fc.constantFrom('U1', 'U2', 'U3', 'U4', 'U5');
const anySpan: fc.Arbitrary<Span> = fc.oneof(
  fc.constant<Span>({ kind: 'now' }),
  fc.integer({ min: 1, max: 72 }).map((n): Span => ({ kind: 'hours', n })),
  fc.integer({ min: 1, max: 20 }).map((n): Span => ({ kind: 'workdays', n })),
);
const RUNS = { numRuns: 500 };

describe('against the slow walk', () => {
  test('working days, working minutes', () => {
    fc.assert(
      fc.property(
        anyMinute,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 1_200 }),
        (at, n, minutes) => {
          expect(shanghai.addWorkingDays(at, n)).toBe(slowAddDays(at, n));
          const end = slowAddMinutes(at, minutes);
          expect(shanghai.addWorkingMinutes(at, minutes)).toBe(end);
          expect(shanghai.workingMinutesBetween(at, end)).toBe(slowMinutesBetween(at, end));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('working time', () => {
  test('is additive, whatever the order of the instants', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, anyInstant, anyInstant, (calendar, a, b, c) => {
        const sum = calendar.workingMinutesBetween(a, b) + calendar.workingMinutesBetween(b, c);
        expect(sum).toBeCloseTo(calendar.workingMinutesBetween(a, c), 6);
      }),
      RUNS,
    );
  });

  test('what is added is what lies between, and the earliest such instant', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, fc.integer({ min: 1, max: 5_000 }), (calendar, at, minutes) => {
        const end = calendar.addWorkingMinutes(at, minutes);
        expect(calendar.workingMinutesBetween(at, end)).toBeCloseTo(minutes, 6);
        expect(calendar.workingMinutesBetween(at, end - 1)).toBeLessThan(minutes);
        const start = calendar.subtractWorkingMinutes(at, minutes);
        expect(calendar.workingMinutesBetween(start, at)).toBeCloseTo(minutes, 6);
        expect(calendar.workingMinutesBetween(start - 1, at)).toBeGreaterThan(minutes);
      }),
      RUNS,
    );
  });

  test('adding twice is adding the sum', () => {
    const some = fc.integer({ min: 1, max: 3_000 });
    fc.assert(
      fc.property(anyCalendar, anyInstant, some, some, (calendar, at, a, b) => {
        const twice = calendar.addWorkingMinutes(calendar.addWorkingMinutes(at, a), b);
        expect(twice).toBe(calendar.addWorkingMinutes(at, a + b));
      }),
      RUNS,
    );
  });
});

describe('working days', () => {
  test('never land on a rest day, and count back to what was added', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CALENDARS.filter((each) => each.timezone !== 'Australia/Lord_Howe')),
        anyInstant,
        fc.integer({ min: 1, max: 60 }),
        (calendar, at, n) => {
          const end = calendar.addWorkingDays(at, n);
          expect(calendar.isWorkday(calendar.dateOf(end))).toBe(true);
          expect(calendar.workingDaysBetween(at, end)).toBe(n);
          expect(end).toBe(calendar.endOfWorkingHours(calendar.dateOf(end)));
        },
      ),
      RUNS,
    );
  });

  test('there and back over working days', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, fc.integer({ min: -40, max: 40 }), (calendar, at, n) => {
        const day = calendar.shiftWorkingDays(calendar.dateOf(at), 1);
        expect(calendar.shiftWorkingDays(calendar.shiftWorkingDays(day, n), -n)).toBe(day);
      }),
      RUNS,
    );
  });

  test('the next working morning is not before, is worked, and is its own next', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, (calendar, at) => {
        const morning = calendar.nextWorkingMorning(at);
        expect(morning).toBeGreaterThanOrEqual(at);
        expect(calendar.isWorkday(calendar.dateOf(morning))).toBe(true);
        expect(calendar.nextWorkingMorning(morning)).toBe(morning);
      }),
      RUNS,
    );
  });
});

describe('deadlines', () => {
  test('are monotone: who reports later is never due earlier', () => {
    fc.assert(
      fc.property(
        anyCalendar,
        anyInstant,
        fc.integer({ min: 0, max: 9 * DAY }),
        anySpan,
        anyUrgency,
        (calendar, at, later, span, urgency) => {
          expect(due(at + later, span, urgency, calendar)).toBeGreaterThanOrEqual(
            due(at, span, urgency, calendar),
          );
          expect(due(at, span, urgency, calendar)).toBeGreaterThan(at);
        },
      ),
      RUNS,
    );
  });

  test('due soon lies between start and due time, with the right share left', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, anySpan, anyUrgency, (calendar, at, span, urgency) => {
        const end = due(at, span, urgency, calendar);
        const soon = dueSoonAt(at, end, span, urgency, calendar);
        expect(soon === null).toBe(span.kind === 'now');
        if (soon === null) return;
        expect(soon).toBeGreaterThanOrEqual(at);
        expect(soon).toBeLessThan(end);
        const left = clockTime(soon, end, span, urgency, calendar);
        const quarter = clockTime(at, end, span, urgency, calendar) / 4;
        const least = span.kind === 'workdays' ? (calendar.minutesPerDay / 2) * MINUTE : 0;
        expect(Math.abs(left - Math.max(quarter, least))).toBeLessThanOrEqual(1);
      }),
      RUNS,
    );
  });
});

describe('pauses', () => {
  const pause = fc.tuple(anyInstant, fc.integer({ min: 0, max: 30 * DAY }));

  test('shift the due time by the pause, rounded up to the day’s end for working days', () => {
    fc.assert(
      fc.property(
        anyCalendar,
        anyInstant,
        pause,
        anySpan,
        anyUrgency,
        (calendar, at, [from, length], span, urgency) => {
          const end = due(at, span, urgency, calendar);
          const stood = clockTime(from, from + length, span, urgency, calendar);
          const moved = shiftForPause(end, from, from + length, span, urgency, calendar);
          const shift = clockTime(end, moved, span, urgency, calendar);
          if (span.kind !== 'workdays') {
            expect(shift).toBeCloseTo(stood, 3);
            return;
          }
          expect(shift).toBeGreaterThanOrEqual(stood - 1);
          expect(shift).toBeLessThan(stood + calendar.minutesPerDay * MINUTE + 60 * MINUTE);
          expect(moved).toBe(calendar.endOfWorkingHours(calendar.dateOf(moved - 1)));
        },
      ),
      RUNS,
    );
  });

  test('what remained when the clock stopped remains when it runs again', () => {
    fc.assert(
      fc.property(
        anyCalendar,
        anyInstant,
        fc.integer({ min: 0, max: 20 * DAY }),
        fc.integer({ min: 1, max: 72 }),
        anyUrgency,
        (calendar, at, length, n, urgency) => {
          const span: Span = { kind: 'hours', n };
          const end = due(at, span, urgency, calendar);
          const moved = shiftForPause(end, at, at + length, span, urgency, calendar);
          expect(clockTime(at + length, moved, span, urgency, calendar)).toBeCloseTo(n * 60 * MINUTE, 3);
        },
      ),
      RUNS,
    );
  });

  test('are monotone: a longer pause is never due earlier, none changes nothing', () => {
    fc.assert(
      fc.property(
        anyCalendar,
        anyInstant,
        pause,
        fc.integer({ min: 0, max: 5 * DAY }),
        anySpan,
        anyUrgency,
        (calendar, at, [from, length], more, span, urgency) => {
          const end = due(at, span, urgency, calendar);
          const shifted = (ms: number): number =>
            shiftForPause(end, from, from + ms, span, urgency, calendar);
          expect(shifted(0)).toBe(end);
          expect(shifted(length)).toBeGreaterThanOrEqual(end);
          expect(shifted(length + more)).toBeGreaterThanOrEqual(shifted(length));
          if (isNaturalTime(span, urgency)) expect(shifted(length)).toBe(end + length);
        },
      ),
      RUNS,
    );
  });
});

describe('quiet hours', () => {
  test('nothing comes out inside them, nothing waits longer than they last, nothing outside them moves', () => {
    fc.assert(
      fc.property(anyInstant, anyCalendar, (at, { timezone }) => {
        const out = outOfQuiet(at, DEFAULT_QUIET, timezone);
        const { date, minutes } = localDateTime(out, timezone);
        expect(minutes >= 450 && minutes < 1_260).toBe(true);
        expect(out - at).toBeLessThanOrEqual(10.5 * 60 * MINUTE + 60 * MINUTE);
        if (out !== at) expect(out).toBe(instantOf(date, '07:30', timezone));
        expect(outOfQuiet(out, DEFAULT_QUIET, timezone)).toBe(out);
      }),
      RUNS,
    );
  });
});
