/** What counts when: the edges of due, rated, repeated and private. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CaseRecord, caseAt } from '../../src/digest/facts.ts';
import { areaIn } from '../../src/digest/history.ts';
import { earlier, parsePeriod, yearBefore } from '../../src/digest/period.ts';
import { median, percent, percentile } from '../../src/digest/rate.ts';
import { fold } from '../../src/domain/apply.ts';
import type { Case } from '../../src/domain/case.ts';
import type { CaseEvent } from '../../src/domain/events.ts';
import { at } from '../support/world.ts';
import { answered, DAY, dated, event, figuresFor, HOUR, many, plain, selfHandled, ZONE } from './support.ts';

describe('periods', () => {
  test('a month, a week, a span, and nothing else', () => {
    expect(parsePeriod('2026-12', ZONE)).toMatchObject({
      first: '2026-12-01',
      last: '2026-12-31',
      to: at('2027-01-01 00:00'),
    });
    expect(parsePeriod('2026-W53', ZONE)).toMatchObject({ first: '2026-12-28', last: '2027-01-03' });
    expect(parsePeriod('2027-W53', ZONE)).toBeNull();
    expect(parsePeriod('2024-02-29..2024-03-01', ZONE)).toMatchObject({ kind: 'span' });
    for (const wrong of ['2026-13', '2026', '10月', '2026-02-30..2026-03-01', '2026-03-02..2026-03-01'])
      expect(parsePeriod(wrong, ZONE)).toBeNull();
  });

  test.each([
    ['2026-01', '2025-12', '2025-01'],
    ['2024-02', '2024-01', '2023-02'],
    ['2026-W01', '2025-W52', '2025-W01'],
    ['2026-11-02..2026-11-04', '2026-10-30..2026-11-01', '2025-11-02..2025-11-04'],
  ])('before %s is %s, a year ago %s', (name, before, year) => {
    const period = parsePeriod(name, ZONE);
    if (period === null) throw new Error(name);
    expect(earlier(period, 1, ZONE).name).toBe(before);
    expect(yearBefore(period, ZONE).name).toBe(year);
  });
});

describe('numbers', () => {
  test('median is the middle or the mean of two; the percentile is one of the numbers', () => {
    expect([median([]), median([3]), median([1, 4]), median([9, 1, 5])]).toEqual([null, 3, 2.5, 5]);
    expect([percentile([], 0.9), percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)]).toEqual([null, 9]);
  });
  test('halves go up, a share of nothing is none', () => {
    expect(percent({ numerator: 1, denominator: 8 }, 0)).toBe('13%');
    expect(percent({ numerator: 0, denominator: 0 })).toBeNull();
  });
  test('area in the reporter’s words', () => {
    expect(areaIn('倒了12亩稻子，玉米3.5亩')).toBe(15.5);
    expect(areaIn('把两亩红薯全拱了')).toBe(2);
    expect(areaIn('二十多亩油菜，水田一亩半，菜地半亩')).toBe(22);
    expect(areaIn('一二亩的样子，几亩地')).toBeNull();
    expect(areaIn('路灯不亮')).toBeNull();
  });
});

/** A whole life through real events, so that the past can be asked for. */
function life(c: Case, steps: readonly CaseEvent[]): CaseRecord {
  const { number, year, serial, category, urgency, village, groups, neighborhood, place, households, since } =
    c;
  const { summary, sensitive, accused, source, media, contacts, dueAt, responseDueAt, asked, level } = c;
  const facts = {
    ...{ number, year, serial, category, urgency, village, groups, neighborhood, place, households, since },
    ...{
      summary,
      sensitive,
      protected: c.protected,
      accused,
      source,
      media,
      contacts,
      dueAt,
      responseDueAt,
      asked,
      level,
    },
    reporter: c.reporters[0] ?? null,
  };
  const events = [
    event(c, 1, 'case_reported', c.receivedAt, facts),
    event(c, 2, 'case_assigned', c.receivedAt, {
      office: 'cunjian',
      assignee: 'li',
      level: 'township',
      responseDueAt: null,
      dueAt: c.dueAt,
    }),
    ...steps,
  ];
  const value = fold(events);
  if (value === null) throw new Error('nothing happened');
  return { value, events };
}

const started = dated(1, { receivedAt: at('12-01 09:00'), dueAt: at('12-08 17:30') });

describe('due', () => {
  test('the same month gives the same numbers whenever it is asked for', () => {
    const record = life(started, [
      event(started, 3, 'case_accepted', at('12-01 10:00'), { handler: 'li', contacted: true }),
      event(started, 4, 'case_resolved', at('2027-01-05 10:00'), {
        text: '修好了',
        outcome: 'fixed',
        handler: 'li',
      }),
    ]);
    const early = figuresFor('2026-12', [record], { asOf: at('2027-01-04 09:00') });
    const late = figuresFor('2026-12', [record], { asOf: at('2027-03-01 09:00') });
    expect(late.due).toEqual(early.due);
    expect(late.due.resolved).toMatchObject({ numerator: 0, denominator: 1 });
    // The list of what is open is of today.
    expect([early.matters.open.length, late.matters.open.length]).toEqual([1, 0]);
  });

  test('a clock that was set back tears no history: what came before what is dated in the month was in it', () => {
    const late = dated(1, { receivedAt: at('2027-01-01 00:20'), dueAt: at('2027-01-08 17:30') });
    const record = life(late, [
      event(late, 3, 'case_accepted', at('12-31 23:50'), { handler: 'li', contacted: true }),
      event(late, 4, 'case_resolved', at('2027-01-02 10:00'), {
        text: '修好了',
        outcome: 'fixed',
        handler: 'li',
      }),
    ]);
    const december = figuresFor('2026-12', [record], { asOf: at('2027-01-04 09:00') });
    expect(december.received.total).toBe(0);
    const january = figuresFor('2027-01', [record]);
    expect([january.received.total, january.due.inTime.numerator]).toEqual([1, 1]);
  });

  test('whatever the clock did, each month can be counted', () => {
    const stamps = fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(stamps, (days) => {
        const [came = 0, accepted = 0, resolved = 0, rated = 0] = days.map(
          (n) => at('12-15 09:00') + n * DAY,
        );
        const c = dated(1, { receivedAt: came, dueAt: came + DAY });
        const record = life(c, [
          event(c, 3, 'case_accepted', accepted, { handler: 'li', contacted: true }),
          event(c, 4, 'case_resolved', resolved, { text: '好了', outcome: 'fixed', handler: 'li' }),
          event(c, 5, 'case_rated', rated, { rating: 'satisfied', by: 'lin' }),
        ]);
        const total = ['2026-10', '2026-11', '2026-12', '2027-01', '2027-02']
          .map((name) => figuresFor(name, [record], { asOf: at('2027-03-01 09:00') }).received.total)
          .reduce((a, b) => a + b);
        expect(total).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  });

  test('a redo that runs past the end of the month is no longer an answer, and not due yet', () => {
    const record = life(started, [
      event(started, 3, 'case_resolved', at('12-03 10:00'), {
        text: '换了',
        outcome: 'fixed',
        handler: 'li',
      }),
      event(started, 4, 'case_rated', at('12-20 10:00'), { rating: 'unsatisfied', by: 'lin' }),
      event(started, 5, 'case_reopened', at('12-20 10:00'), {
        dueAt: at('2027-01-04 17:30'),
        why: 'unsatisfied',
      }),
    ]);
    const { due, ratings } = figuresFor('2026-12', [record]);
    expect(due.inTime).toEqual({
      numerator: 0,
      denominator: 0,
      excluded: [{ why: 'redo_running', count: 1 }],
    });
    expect(ratings.discontent).toMatchObject({ numerator: 1, denominator: 1 });
  });

  test('an explanation is an answer in time, but resolves nothing', () => {
    const record = life(started, [
      event(started, 3, 'case_explained', at('12-03 10:00'), {
        text: '管线不归镇里',
        ground: '县水务局管',
        handler: 'li',
      }),
    ]);
    const { due, matters } = figuresFor('2026-12', [record]);
    expect([due.inTime.numerator, due.answered.numerator, due.resolved.numerator]).toEqual([1, 1, 0]);
    expect(matters.explained.map(({ reason }) => reason)).toEqual(['管线不归镇里']);
  });

  test('what is deferred is left out by name, also once it is answered out of the deferral', () => {
    const request = {
      reason: '缺资金',
      cost: 120_000,
      reviewAt: at('2027-03-31 17:30'),
      by: 'li',
      at: at('12-03 10:00'),
    };
    const deferred = [
      event(started, 3, 'deferral_requested', at('12-03 10:00'), request),
      event(started, 4, 'deferral_decided', at('12-04 10:00'), {
        agree: true,
        reviewAt: request.reviewAt,
        cost: 120_000,
        reason: null,
      }),
    ];
    const waits = figuresFor('2026-12', [life(started, deferred)]);
    expect(waits.due.inTime.excluded).toEqual([{ why: 'deferred', count: 1 }]);
    expect(waits.matters).toMatchObject({ moneyMissing: 120_000, overdue: [] });
    expect(waits.matters.deferred[0]).toMatchObject({ cost: 120_000, reason: '缺资金' });
    expect(waits.needs.map(({ why }) => why)).toEqual([['money']]);
    const done = event(started, 5, 'case_resolved', at('12-20 10:00'), {
      text: '修好了',
      outcome: 'fixed',
      handler: 'li',
    });
    const after = figuresFor('2026-12', [life(started, [...deferred, done])]);
    expect(after.due.inTime.excluded).toEqual([{ why: 'deferred', count: 1 }]);
  });

  test('nothing is lost: due and left out are all that came in', () => {
    const cases = [
      ...many(5, 1, (n) => answered(n, DAY)),
      ...many(3, 10, (n) => dated(n, { dueAt: null })),
      ...many(2, 20, (n) => selfHandled(n)),
      ...many(4, 30, (n) => dated(n, { dueAt: at('2027-02-01 17:30') })),
    ];
    const { due, received } = figuresFor('2026-12', plain(cases));
    const left = due.inTime.excluded.reduce((all, { count }) => all + count, 0);
    expect(due.inTime.denominator + left).toBe(received.total);
  });
});

test('whoever was not content and says nothing of the redo has not rated it: counted so once, in the month it closes', () => {
  const record = life(started, [
    event(started, 3, 'case_resolved', at('12-03 10:00'), { text: '换了', outcome: 'fixed', handler: 'li' }),
    event(started, 4, 'case_rated', at('12-20 10:00'), { rating: 'unsatisfied', by: 'lin' }),
    event(started, 5, 'case_reopened', at('12-20 10:00'), {
      dueAt: at('2027-01-04 17:30'),
      why: 'unsatisfied',
    }),
    event(started, 6, 'case_resolved', at('2027-01-04 10:00'), {
      text: '又换了',
      outcome: 'fixed',
      handler: 'li',
    }),
    event(started, 7, 'case_closed', at('2027-01-07 17:30'), { why: 'unrated', outcome: null, rating: null }),
  ]);
  const december = figuresFor('2026-12', [record], { asOf: at('2027-02-01 09:00') }).ratings;
  expect(december.discontent).toEqual({ numerator: 1, denominator: 1, excluded: [] });
  const january = figuresFor('2027-01', [record], { asOf: at('2027-02-01 09:00') }).ratings;
  expect(january.content).toEqual({
    numerator: 0,
    denominator: 0,
    excluded: [{ why: 'unrated', count: 1 }],
  });
  const both = figuresFor('2026-12-01..2027-01-31', [record], { asOf: at('2027-02-01 09:00') }).ratings;
  expect([both.discontent.denominator, both.content.excluded]).toEqual([1, []]);
});

test('what a person screened out is counted apart, in no rate', () => {
  const record = life(started, [
    event(started, 3, 'case_explained', at('12-03 10:00'), { text: '不能办', ground: '政策', handler: 'li' }),
    event(started, 4, 'case_rated', at('12-04 10:00'), { rating: 'unsatisfied', by: 'lin' }),
    event(started, 5, 'screening_opened', at('12-04 10:00'), {}),
    event(started, 6, 'screening_decided', at('12-05 10:00'), {
      decision: 'recorded',
      ground: '要求超出政策',
    }),
  ]);
  const { ratings } = figuresFor('2026-12', [record]);
  expect(ratings).toMatchObject({ unsatisfied: 0, screenedOut: 1 });
  expect(ratings.content).toEqual({
    numerator: 0,
    denominator: 0,
    excluded: [{ why: 'screened_out', count: 1 }],
  });
});

test('a case is what it was at a moment', () => {
  const record = life(started, [
    event(started, 3, 'case_resolved', at('12-03 10:00'), { text: '换了', outcome: 'fixed', handler: 'li' }),
  ]);
  expect(caseAt(record, at('12-01 09:00'))).toBeNull();
  expect(caseAt(record, at('12-03 10:00'))?.state).toBe('assigned');
  expect(caseAt(record, at('12-03 10:01'))?.state).toBe('resolved');
});

describe('places', () => {
  const lamp = (serial: number, day: string, changes: Partial<Case> = {}): Case =>
    dated(serial, { receivedAt: at(`${day} 09:00`), place: '王家桥', groups: ['ltw-g3'], ...changes });

  test('a place where it came back within 90 days, under its other names too', () => {
    const cases = [
      lamp(1, '10-01'),
      lamp(2, '11-10', { place: '王家桥头' }),
      lamp(3, '12-20', { place: '王家桥旁边' }),
    ];
    const { repeats } = figuresFor('2026-12', plain(cases));
    expect(repeats.map(({ numbers }) => numbers)).toEqual([['LC2611-0001', 'LC2611-0002', 'LC2611-0003']]);
  });

  test('not after 91 days, not another group, not another matter, not a private one', () => {
    const none = (first: Partial<Case>, day = '12-01'): void => {
      const { repeats } = figuresFor('2026-12', plain([lamp(1, day, first), lamp(2, '12-20')]));
      expect(repeats).toEqual([]);
    };
    none({}, '09-01');
    none({ groups: ['ltw-g5'] });
    none({ category: 'road.damage' });
    none({ sensitive: true });
    none({ protected: true });
    none({ state: 'cancelled' });
  });

  test('many reports of one event are one incident, households and area summed by village', () => {
    const flood = (serial: number, hour: number, changes: Partial<Case>): Case =>
      dated(serial, {
        receivedAt: at('12-05 06:00') + hour * HOUR,
        category: 'agri.damage',
        place: null,
        ...changes,
      });
    const cases = [
      flood(1, 0, { village: 'ltw', groups: ['ltw-g3'], households: 4, summary: '淹了12亩油菜' }),
      flood(2, 2, { village: 'ltw', groups: ['ltw-g5'], households: 6, summary: '倒了3亩' }),
      flood(3, 5, { village: 'bs', groups: [], households: null, summary: '菜地都淹了' }),
      flood(4, 24 * 9, { village: 'bs', households: 2 }),
    ];
    const { incidents } = figuresFor('2026-12', plain(cases));
    expect(incidents).toHaveLength(1);
    expect(incidents[0]).toMatchObject({
      reports: 3,
      numbers: ['LC2611-0001', 'LC2611-0002', 'LC2611-0003'],
    });
    expect(incidents[0]?.villages).toEqual([
      { village: 'ltw', cases: 2, households: 10, unknownHouseholds: 0, area: 15 },
      { village: 'bs', cases: 1, households: 0, unknownHouseholds: 1, area: 0 },
    ]);
  });
});

test('what rose most against the mean of three months, with the months the bot knows', () => {
  const lamps = (month: string, count: number, first: number) =>
    many(count, first, (n) => dated(n, { receivedAt: at(`${month}-10 09:00`), place: `${n}号` }));
  const cases = [...lamps('09', 2, 1), ...lamps('10', 1, 10), ...lamps('11', 3, 20), ...lamps('12', 8, 30)];
  const { rises, trend, received } = figuresFor('2026-12', plain(cases));
  expect(rises).toEqual([{ category: 'power.lamp', now: 8, mean: 2, periods: 3 }]);
  expect(trend.map(({ period, count }) => [period, count])).toEqual([
    ['2026-09', 2],
    ['2026-10', 1],
    ['2026-11', 3],
    ['2026-12', 8],
  ]);
  expect(received.overPeriodBefore).toMatchObject({ now: 8, before: 3 });
  // The bot was not there a year ago: no growth out of nothing.
  expect(received.overYearBefore).toBeNull();
});

describe('matters', () => {
  test('nothing personal of a protected or sensitive case', () => {
    const secret = {
      place: '王大爷家',
      summary: '低保没到账',
      groups: ['ltw-g3'],
      neighborhood: 'ltw-g3-7',
      households: 1,
      answer: '已补发',
    };
    const cases = [
      dated(1, { ...secret, protected: true }),
      dated(2, { ...secret, sensitive: true }),
      dated(3, {
        ...secret,
        sensitive: true,
        decided: { office: 'cunjian', dueAt: null, text: '给王大爷补发', by: 'xiong', at: at('12-10 09:00') },
      }),
    ];
    const { matters, decisions, needs, bulletin } = figuresFor('2026-12', plain(cases));
    const printed = JSON.stringify({ matters, decisions, needs, bulletin });
    for (const word of ['王大爷', '低保', 'ltw-g3', '已补发', '"lin"']) expect(printed).not.toContain(word);
    expect(matters.open.map(({ brief }) => brief.village)).toEqual([null, 'ltw', 'ltw']);
  });

  test('decisions and what became of them, older ones while they are open', () => {
    const decided = (date: string) => ({
      office: 'cunjian',
      dueAt: at('12-20 17:30'),
      text: '换灯',
      by: 'xiong',
      at: at(`${date} 09:00`),
    });
    const cases = [
      answered(1, DAY, { decided: decided('12-10') }),
      dated(2, { decided: decided('12-10'), dueAt: at('12-20 17:30') }),
      dated(3, { receivedAt: at('10-05 09:00'), decided: decided('10-10'), dueAt: at('2027-02-01 17:30') }),
      answered(4, DAY, { receivedAt: at('10-05 09:00'), decided: decided('10-10') }),
    ];
    const { decisions } = figuresFor('2026-12', plain(cases));
    expect(decisions.map(({ matter, became }) => [matter.brief.number.slice(-1), became])).toEqual([
      ['1', 'done'],
      ['2', 'overdue'],
      ['3', 'open'],
    ]);
  });

  test('the bulletin follows last month’s open matters, offices in the order of the roster', () => {
    const november = at('11-20 09:00');
    const cases = [
      dated(1, { receivedAt: november, office: 'gongdian', dueAt: at('2027-01-20 17:30') }),
      answered(2, 20 * DAY, { receivedAt: november, office: 'gongdian' }),
      dated(3, { receivedAt: november, office: 'cunjian', dueAt: at('12-02 17:30') }),
      answered(4, DAY, { receivedAt: november, office: 'cunjian' }),
      dated(5, { office: 'cunjian' }),
      answered(6, DAY, { office: 'cunjian' }),
      dated(7, { receivedAt: november, office: null, state: 'reported', dueAt: at('2027-01-20 17:30') }),
    ];
    const { bulletin } = figuresFor('2026-12', plain(cases));
    expect(
      bulletin.map(({ office, items }) => [
        office,
        items.map(({ matter, state, carriedOver }) => [matter.brief.number.slice(-1), state, carriedOver]),
      ]),
    ).toEqual([
      [
        'cunjian',
        [
          ['3', 'overdue', true],
          ['5', 'overdue', false],
        ],
      ],
      [
        'gongdian',
        [
          ['1', 'open', true],
          ['2', 'answered', true],
        ],
      ],
      // What no office was given is nobody's, and not forgotten for that.
      [null, [['7', 'open', true]]],
    ]);
  });

  test('the secretary’s page: most reasons first, at most as many as the setting says', () => {
    const cases = [
      dated(1, { returns: 2 }),
      dated(2, { unsatisfied: 2, extensions: 1, coOffices: ['gongdian'] }),
      dated(3, {}),
      dated(4, { supervision: 'yellow' }),
      // Late for days, and nobody has moved: but its reasons are fewer.
      dated(5, { ladder: { responseOverdue: false, dueSoon: true, overdue: true, proposals: 1 } }),
    ];
    const { needs } = figuresFor('2026-12', plain(cases), { pageMatters: 2 });
    expect(needs.map(({ matter, why }) => [matter.brief.number.slice(-1), why])).toEqual([
      ['2', ['twice_unsatisfied', 'broken_promise', 'several_offices']],
      ['1', ['returned']],
    ]);
  });
});

describe('whatever the month was', () => {
  const state = fc.constantFrom(
    'reported',
    'assigned',
    'in_progress',
    'deferred',
    'closed',
    'resolved',
    'cancelled',
  );
  const some = fc.record({
    state,
    received: fc.integer({ min: 0, max: 60 * 24 }),
    due: fc.option(fc.integer({ min: 1, max: 40 * 24 })),
    took: fc.integer({ min: 1, max: 40 * 24 }),
    rating: fc.constantFrom('satisfied', 'basically', 'unsatisfied', null),
    outcome: fc.constantFrom('fixed', 'partly_fixed', 'explained', 'self_handled'),
  });
  const start = at('11-15 00:00');

  test('no rate is above one, answers in time are answers, and what came in is due or left out by name', () => {
    fc.assert(
      fc.property(fc.array(some, { maxLength: 40 }), (drawn) => {
        const cases = drawn.map((one, i): Case => {
          const receivedAt = start + one.received * HOUR;
          const done = one.state === 'closed' || one.state === 'resolved';
          const resolvedAt = done ? receivedAt + one.took * HOUR : null;
          const { state, rating, outcome } = one;
          return dated(i + 1, {
            ...{ receivedAt, resolvedAt },
            state: state as Case['state'],
            dueAt: one.due === null ? null : receivedAt + one.due * HOUR,
            closedAt: state === 'closed' || state === 'cancelled' ? (resolvedAt ?? receivedAt) : null,
            outcome: done ? outcome : null,
            rating: done ? rating : null,
          });
        });
        const { due, ratings, received, matters, period: about } = figuresFor('2026-12', plain(cases));
        const rates = [due.inTime, due.answered, due.resolved, ratings.content, ratings.discontent];
        for (const { numerator, denominator } of rates) expect(numerator).toBeLessThanOrEqual(denominator);
        expect(due.inTime.numerator).toBeLessThanOrEqual(due.answered.numerator);
        const left = due.inTime.excluded.reduce((all, { count }) => all + count, 0);
        const older = cases.filter(
          (c) => c.receivedAt < about.from && c.dueAt !== null && c.dueAt >= about.from && c.dueAt < about.to,
        );
        expect(due.inTime.denominator + left).toBe(received.total + older.length);
        expect(matters.overdue.length).toBeLessThanOrEqual(matters.open.length);
        expect(ratings.satisfied + ratings.basically + ratings.unsatisfied).toBe(ratings.content.denominator);
      }),
    );
  });
});
