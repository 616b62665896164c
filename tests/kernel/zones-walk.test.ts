/**
 * The calendar in zones whose clocks change, against a walk over the minutes of the wall: what a minute is called
 * comes from Intl, day by day, and nothing of src/kernel/zone.ts. Random holidays and make-up days.
 */
import chineseDays from 'chinese-days';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCalendar } from '../../src/kernel/calendar.ts';
import { outOfQuiet } from '../../src/kernel/quiet.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

interface Wall {
  readonly date: string;
  readonly time: string;
}

function walls(timezone: string): (at: number) => Wall {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: timezone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  const known = new Map<number, Wall>();
  return (at) => {
    const wall = known.get(at) ?? split(format.format(at));
    known.set(at, wall);
    return wall;
  };
}

const split = (text: string): Wall => ({ date: text.slice(0, 10), time: text.slice(11, 16) });

/** Zone, and an instant near which its clocks change. */
const CHANGES = [
  ['Europe/Berlin', '2026-03-29T01:00:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00:00Z'],
  ['America/St_Johns', '2026-03-08T05:30:00Z'],
  ['America/St_Johns', '2026-11-01T04:30:00Z'],
  // The island went to the other side of the date line: 30 December 2011 never was.
  ['Pacific/Apia', '2011-12-30T10:00:00Z'],
  // The clocks change at midnight: the day begins at one o'clock.
  ['Africa/Cairo', '2026-04-23T22:00:00Z'],
] as const;

const HOURS = [
  ['08:30', '12:00'],
  ['14:30', '17:30'],
] as const;
/** Over the change itself. */
const NIGHTS = [
  ['00:00', '06:00'],
  ['20:00', '24:00'],
] as const;

/** The calendar's own table begins later. */
const usual = (date: string): boolean =>
  date < '2020' ? new Date(`${date}T00:00:00Z`).getUTCDay() % 6 !== 0 : chineseDays.isWorkday(date);

const near = fc.integer({ min: -4 * 1_440, max: 4 * 1_440 });
const days = fc.dictionary(
  fc.integer({ min: -12, max: 12 }).map(String),
  fc.constantFrom('rest' as const, 'work' as const),
);

describe.each(CHANGES)('%s around %s', (timezone, iso) => {
  const middle = Date.parse(iso);
  const wallOf = walls(timezone);

  const setting = (marked: Record<string, 'rest' | 'work'>, hours: typeof HOURS | typeof NIGHTS) => {
    const overrides: Record<string, 'rest' | 'work'> = {};
    for (const [n, kind] of Object.entries(marked)) overrides[wallOf(middle + Number(n) * DAY).date] = kind;
    const calendar = createCalendar({ timezone, hours, overrides });
    const worked = (date: string): boolean =>
      overrides[date] === undefined ? usual(date) : overrides[date] === 'work';
    const open = (at: number): boolean => {
      const { date, time } = wallOf(at);
      return worked(date) && hours.some(([from, to]) => time >= from && time < to);
    };
    return { calendar, open, worked };
  };

  test('working minutes are the minutes that the wall shows within working hours', () => {
    fc.assert(
      fc.property(days, fc.constantFrom(HOURS, NIGHTS), near, near, (marked, hours, a, b) => {
        const { calendar, open } = setting(marked, hours);
        const [from, to] = [middle + Math.min(a, b) * MINUTE, middle + Math.max(a, b) * MINUTE];
        let count = 0;
        for (let at = from; at < to; at += MINUTE) if (open(at)) count++;
        expect(calendar.workingMinutesBetween(from, to)).toBe(count);
        if (count > 0) {
          const end = calendar.addWorkingMinutes(from, count);
          expect(end).toBeLessThanOrEqual(to);
          expect(open(end - MINUTE)).toBe(true);
        }
      }),
      { numRuns: 25 },
    );
  });

  test('n working days later is a day that is worked, at the end of its hours, with n such days between', () => {
    fc.assert(
      fc.property(days, near, fc.integer({ min: 1, max: 8 }), (marked, offset, n) => {
        const { calendar, worked } = setting(marked, HOURS);
        const from = middle + offset * MINUTE;
        const end = calendar.addWorkingDays(from, n);
        const seen = new Set<string>();
        for (let at = from; at <= end; at += 30 * MINUTE) seen.add(wallOf(at).date);
        seen.add(wallOf(end).date);
        seen.delete(wallOf(from).date);
        expect([...seen].filter(worked)).toHaveLength(n);
        expect(wallOf(end).time).toBe('17:30');
        expect(worked(wallOf(end).date)).toBe(true);
        expect(calendar.workingDaysBetween(from, end)).toBe(n);
      }),
      { numRuns: 60 },
    );
  });

  test('quiet hours end at the first minute whose wall is not quiet', () => {
    const spans = fc.constantFrom(
      { from: '21:00', to: '07:30' },
      { from: '22:00', to: '01:00' },
      { from: '00:00', to: '05:00' },
      { from: '13:00', to: '14:00' },
    );
    fc.assert(
      fc.property(spans, near, (quiet, offset) => {
        const within = ({ time }: Wall): boolean =>
          quiet.from > quiet.to
            ? time >= quiet.from || time < quiet.to
            : time >= quiet.from && time < quiet.to;
        const from = middle + offset * MINUTE;
        let at = from;
        while (within(wallOf(at))) at += MINUTE;
        expect(outOfQuiet(from, quiet, timezone)).toBe(at);
      }),
      { numRuns: 60 },
    );
  });
});
