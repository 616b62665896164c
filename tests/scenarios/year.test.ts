/** A year of a whole township: all jobs on, some hundred reports, part of them handled, part ignored. */
import { describe, expect, test } from 'vitest';
import { isOpen } from '../../src/domain/case.ts';
import type { CaseEvent } from '../../src/domain/events.ts';
import type { ReminderItem } from '../../src/domain/messages.ts';
import { plan } from '../../src/domain/plan.ts';
import type { Instant } from '../../src/kernel/zone.ts';
import { type Arrived, Whole } from '../support/house.ts';
import { live, type YearOptions } from '../support/year.ts';

const YEAR: YearOptions = { from: '2026-01-05 08:00', to: '2027-01-10 20:00', reports: 320, seed: 7 };

interface Lived {
  readonly whole: Whole;
  readonly heard: ReadonlyMap<Instant, string>;
}

async function lived(options: YearOptions, zone = 'Asia/Shanghai'): Promise<Lived> {
  const township = (yaml: string): string => yaml.replace('timezone: Asia/Shanghai', `timezone: ${zone}`);
  const whole = await new Whole({ start: options.from, township }).open();
  return { whole, heard: await live(whole, options) };
}

/** All that arrived, as one line each. */
const lines = ({ whole }: Lived): readonly string[] =>
  whole.sent.map(({ time, kind, chat, case: one, cases, text }) =>
    [time, kind, chat.id, one, cases.join(), text].join(' | '),
  );

/** After these the clock of a case runs anew, and may remind anew. */
const ANEW = new Set<CaseEvent['type']>([
  'case_assigned',
  'case_reopened',
  'case_reclassified',
  'deferral_ended',
  'extension_decided',
  'decision_recorded',
]);

/** A line of a reminder, as often as it was told to one person in one run of the clock. */
function reminders(sent: readonly Arrived[], events: readonly CaseEvent[]): readonly string[] {
  const starts = events.filter(({ type }) => ANEW.has(type));
  return sent.flatMap(({ say, chat, at }) => {
    const items: readonly ReminderItem[] =
      say?.template === 'reminder' || say?.template === 'supervision_proposed' ? say.params.items : [];
    return items.map(({ brief, step }) => {
      const run = starts.filter((event) => event.case === brief.number && event.at <= at).length;
      return `${brief.number} ${step} ${chat.id} ${run}`;
    });
  });
}

const CLOCKS: readonly string[] = [
  'due_soon',
  'overdue',
  'supervision_proposed',
  'escalated',
  'follow_up',
  'digest',
  'supervised',
];
/** Heads with no other post. */
const HEADS = new Set(['xie', 'zhou', 'he', 'lin', 'qiu', 'tang', 'gu', 'luo'].map((who) => `u-${who}`));

const isNight = (time: string): boolean => {
  const clock = time.slice(11);
  return clock >= '21:00' || clock < '07:30';
};

describe('a year of a whole township', () => {
  test('passes as it should', { timeout: 60_000 }, async () => {
    const year = await lived(YEAR);
    const { whole, heard } = year;
    const { sent } = whole;
    const cases = await whole.cases();
    const events = await whole.events();
    expect(cases.length).toBeGreaterThan(250);

    // Each reminder once.
    const told = reminders(sent, events);
    expect(told.length).toBeGreaterThan(200);
    expect(told.filter((one, at) => told.indexOf(one) !== at)).toEqual([]);
    // One message a person a morning.
    const mornings = sent
      .filter(({ kind, say }) => say?.template === 'reminder' && kind !== 'page')
      .filter(({ time }) => time.endsWith('08:30'))
      .map(({ chat, time }) => `${chat.id} ${time}`);
    expect(mornings.filter((one, at) => mornings.indexOf(one) !== at)).toEqual([]);

    // In the night nothing but answers, U1, and the work of U2, whose reminders wait for the morning.
    const urgency = new Map(cases.map((c) => [c.number, c.urgency]));
    const disturbed = sent.filter(({ time, at, chat, case: one, kind }) => {
      if (!isNight(time) || heard.get(at)?.split(' ').includes(chat.id)) return false;
      const level = urgency.get(one ?? '');
      return level !== 'U1' && (level !== 'U2' || CLOCKS.includes(kind));
    });
    expect(disturbed.map(({ time, kind, chat, text }) => `${time} ${kind} ${chat.id} ${text}`)).toEqual([]);

    // The clock speaks to officials, in private.
    const clocked = sent.filter(({ kind }) => CLOCKS.includes(kind));
    expect(clocked.filter(({ chat }) => chat.kind === 'group' || HEADS.has(chat.id))).toEqual([]);

    // The first working day of each month: after New Year, the Spring Festival and National Day too.
    expect(
      sent.filter(({ kind }) => kind === 'digest').map(({ time, chat }) => `${time} ${chat.id}`),
    ).toEqual(
      '2026-02-02 2026-03-02 2026-04-01 2026-05-06 2026-06-01 2026-07-01 2026-08-03 2026-09-01 2026-10-08 2026-11-02 2026-12-01 2027-01-04'
        .split(' ')
        .map((day) => `${day} 09:00 u-xiong`),
    );
    const lists = sent.filter(({ kind }) => kind === 'follow_up');
    expect(lists.length).toBeGreaterThan(80);
    const listed = lists.flatMap(({ case: one, cases: several }) => (one === null ? several : [one]));
    const closings = events.filter(({ type }) => type === 'case_closed').map((event) => event.case);
    expect([...new Set(listed)].every((number) => closings.includes(number))).toBe(true);
    expect(
      lists.every(
        ({ at, time }) =>
          time.endsWith('08:30') && whole.policy.calendar.isWorkday(whole.policy.calendar.dateOf(at)),
      ),
    ).toBe(true);

    // Whatever is open goes on: its next step lies ahead, or the ladder is at its end and a person decides.
    const now = whole.clock.now();
    const open = cases.filter(({ state }) => isOpen(state));
    expect(open.length).toBeGreaterThan(20);
    for (const c of open) {
      const ahead = plan(c, whole.policy);
      if (ahead !== null) expect(ahead.at, c.number).toBeGreaterThan(now);
      else expect(c.ladder.proposals === 2 || c.urgency === 'U1' || c.screening, c.number).toBe(true);
    }
    expect(await whole.store.dueCases(whole.scope, now, 10)).toEqual([]);

    await whole.close();
  });

  test('passes the same twice', { timeout: 30_000 }, async () => {
    const quarter = { ...YEAR, from: '2026-09-14 08:00', to: '2026-12-14 20:00', reports: 90 };
    const [one, two] = [await lived(quarter), await lived(quarter)];
    expect(lines(one).length).toBeGreaterThan(500);
    expect(lines(two)).toEqual(lines(one));
    expect(JSON.stringify(await two.whole.events())).toBe(JSON.stringify(await one.whole.events()));
    await one.whole.close();
    await two.whole.close();
  });
});

describe('the same weeks in another time zone', () => {
  for (const [name, span] of [
    ['spring', { from: '2026-03-16 08:00', to: '2026-04-14 20:00', reports: 40, seed: 3, plain: true }],
    ['autumn', { from: '2026-10-12 08:00', to: '2026-11-10 20:00', reports: 40, seed: 4, plain: true }],
  ] as const) {
    test(`${name}: by the local clock nothing differs, whether or not it is put forward or back`, async () => {
      const shanghai = await lived(span);
      for (const zone of ['Asia/Urumqi', 'Europe/Berlin']) {
        const there = await lived(span, zone);
        expect(lines(there), zone).toEqual(lines(shanghai));
        await there.whole.close();
      }
      await shanghai.whole.close();
    });
  }
});
