/** On which days a digest comes, and about what. */
import { describe, expect, test } from 'vitest';
import { monthlyDigest, weeklyDigest } from '../../src/digest/jobs.ts';
import type { Job } from '../../src/schedule/job.ts';
import { at, testPolicy, told } from '../support/world.ts';

/** The shipped table ends with 2026: New Year's Day 2027 is the township's to say. */
const changed = (settings: string) =>
  testPolicy({
    township: (yaml) => `${yaml}\nholidays: { "2027-01-01": rest }\nsettings: { ${settings} }\n`,
  });
const policy = changed('');

/** The next times from a start, and what each is about. */
function runs(job: Job, from: string, count: number, of = policy): readonly string[] {
  const times: string[] = [];
  let after = at(from);
  for (let n = 0; n < count; n++) {
    const next = job.next(after, of);
    if (next === null) break;
    after = next;
    times.push(
      `${told(next)} ${job
        .tasks(next, of)
        .map(({ payload }) => payload.period)
        .join()}`,
    );
  }
  return times;
}

describe('monthly', () => {
  test('on the first working day at nine, after National Day and New Year too', () => {
    expect(runs(monthlyDigest, '2026-09-02 08:00', 5)).toEqual([
      '10-08 09:00 2026-09',
      '11-02 09:00 2026-10',
      '12-01 09:00 2026-11',
      '01-04 09:00 2026-12',
      '02-01 09:00 2027-01',
    ]);
  });
  test('on the right days of a whole year, by the legal calendar', () => {
    expect(runs(monthlyDigest, '2026-01-10 08:00', 12).map((one) => one.slice(0, 5))).toEqual(
      '02-02 03-02 04-01 05-06 06-01 07-01 08-03 09-01 10-08 11-02 12-01 01-04'.split(' '),
    );
  });
  test('a bot that is new on the day itself tells nothing of a month it has not seen', () => {
    expect(runs(monthlyDigest, '2026-12-01 08:00', 1)).toEqual(['01-04 09:00 2026-12']);
    expect(runs(monthlyDigest, '2026-11-30 23:59', 1)).toEqual(['12-01 09:00 2026-11']);
  });
  test('another day and time by setting, once a month whatever the rule', () => {
    const third = changed('digest: { day: { kind: day_of_month, day: 3 }, time: "08:00" }');
    expect(runs(monthlyDigest, '2026-11-10 08:00', 2, third)).toEqual([
      '12-03 08:00 2026-11',
      '01-03 08:00 2026-12',
    ]);
    const twice = changed(
      'digest: { day: { kind: dates, dates: ["2026-12-03", "2026-12-20", "2027-01-05"] } }',
    );
    expect(runs(monthlyDigest, '2026-11-10 08:00', 3, twice)).toEqual([
      '12-03 09:00 2026-11',
      '01-05 09:00 2026-12',
    ]);
  });
  test('one task a secretary, with a key that the period determines', () => {
    const when = at('2026-11-02 09:00');
    expect(monthlyDigest.tasks(when, policy)).toEqual([
      {
        key: 'digest:2026-10:xiong',
        kind: 'digest',
        payload: { period: '2026-10', to: 'xiong', account: null },
        runAt: when,
      },
    ]);
  });
});

describe('weekly', () => {
  test('not unless it is switched on', () => {
    expect(weeklyDigest.next(at('11-02 08:00'), policy)).toBeNull();
  });
  test('on the first working day of each week, for the week before', () => {
    const weekly = changed('digest: { weekly: true }');
    expect(runs(weeklyDigest, '2026-09-23 08:00', 3, weekly)).toEqual([
      '09-28 09:00 2026-W39',
      // The week of National Day begins to work on Thursday.
      '10-08 09:00 2026-W40',
      '10-12 09:00 2026-W41',
    ]);
  });
});
