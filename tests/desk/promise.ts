/** The promise, statement by statement: what must hold after every line, whatever people do. */
import { expect } from 'vitest';
import { fold } from '../../src/domain/apply.ts';
import { type Case, isOpen } from '../../src/domain/case.ts';
import type { CaseEvent } from '../../src/domain/events.ts';
import { plan } from '../../src/domain/plan.ts';
import { outOfQuiet } from '../../src/kernel/quiet.ts';
import { localDate } from '../../src/kernel/zone.ts';
import type { OutboxRecord } from '../../src/store/port.ts';
import { type Sent, type World, ZONE } from '../support/world.ts';
import { PHONES, RESIDENTS } from './actions.ts';

export async function holds(world: World): Promise<void> {
  const cases = await world.cases();
  const numbers = cases.map(({ number }) => number);
  const events = Map.groupBy(await world.store.events(world.scope, numbers), (event) => event.case);
  // What the night holds back is on its way too.
  const rows = await world.store.outbox(world.scope, {});
  for (const c of cases) {
    const own = events.get(c.number) ?? [];
    foldIsRow(c, own);
    isHeld(c, rows);
    isAnswered(c, own);
    noOwnWorkRated(c, own, world);
    planMovesOn(c, world);
  }
  gapless(cases);
  everyReportIsHeard(cases, world);
  groupsReadNothingPersonal(world);
  oneQuestionADay(world);
  headsAreNotReminded(world);
  nightIsQuiet(world);
  accusedHearNothing(cases, world);
}

function foldIsRow(c: Case, own: readonly CaseEvent[]): void {
  expect(own.map(({ seq }) => seq)).toEqual(own.map((_, i) => i + 1));
  expect(fold(own), c.number).toEqual(c);
}

/** Each open case has an owner or is the dispatchers', and a due date. */
function isHeld(c: Case, rows: readonly OutboxRecord[]): void {
  if (!isOpen(c.state)) return;
  expect(c.dueAt, `${c.number} ${c.state} has no due date`).not.toBeNull();
  if (c.assignee !== null || c.state === 'resolved') return;
  if (c.asked !== null) return;
  expect(c.state, `${c.number} belongs to nobody`).toBe('reported');
  const knows = rows.some((one) => one.chat.id === 'u-duty' && about(one, c.number));
  expect(knows, `${c.number} waits for dispatchers who don't know of it`).toBe(true);
}

const about = (one: Pick<Sent, 'case' | 'cases'>, number: string): boolean =>
  one.case === number || one.cases.includes(number);

/** Each case that came to its end has an answer: done, how and when, or why not. */
function isAnswered(c: Case, own: readonly CaseEvent[]): void {
  if (c.state === 'resolved') expect(c.answer, `${c.number} is resolved without an answer`).toBeTruthy();
  if (c.state === 'closed' && c.outcome !== 'self_handled') {
    expect(c.answer, `${c.number} is closed without an answer`).toBeTruthy();
    expect(own.some(({ type }) => type === 'case_resolved' || type === 'case_explained')).toBe(true);
  }
  if (c.state === 'cancelled') expect(['withdrawn', 'duplicate', 'not_township']).toContain(c.outcome);
}

function noOwnWorkRated(c: Case, own: readonly CaseEvent[], world: World): void {
  for (const event of own) {
    const rates =
      event.type === 'case_rated' || (event.type === 'case_followed_up' && event.data.rating !== null);
    if (!rates || event.by === null) continue;
    const before = fold(own.slice(0, event.seq - 1));
    expect(before?.handlers, `${c.number} rated by its handler ${event.by}`).not.toContain(event.by);
    const offices = world.policy.directory.officesOf(event.by).map(({ id }) => id);
    for (const office of offices) expect(before?.handlers).not.toContain(office);
  }
}

/** What is planned lies ahead: nothing that was due is left behind. */
function planMovesOn(c: Case, world: World): void {
  const next = plan(c, world.policy);
  if (next !== null)
    expect(next.at, `${c.number}: ${next.step} was left behind`).toBeGreaterThan(world.clock.now());
}

function gapless(cases: readonly Case[]): void {
  expect(cases.map(({ serial }) => serial)).toEqual(cases.map((_, i) => i + 1));
}

/** Each report has a receipt, or one question; sent to where it was said or to its reporter. */
function everyReportIsHeard(cases: readonly Case[], world: World): void {
  for (const { number } of cases) {
    const heard = world.all.some(
      (one) => about(one, number) && (one.kind === 'receipt' || one.kind === 'ask'),
    );
    expect(heard, `${number} was received without a word`).toBe(true);
  }
}

function groupsReadNothingPersonal(world: World): void {
  const names = world.policy.roster.people.map(({ name }) => name);
  const secrets = [...names, ...RESIDENTS, ...PHONES];
  for (const one of world.all) {
    if (one.chat.kind !== 'group') continue;
    for (const secret of secrets) expect(one.text, `${one.kind} in ${one.chat.id}`).not.toContain(secret);
  }
}

const QUESTION = /1[^0-9\n]{0,6}满意/;

/** At most one rating question a day a person. */
function oneQuestionADay(world: World): void {
  const days = world.all
    .filter(({ text, kind }) => QUESTION.test(text) && ['resolved', 'explained', 'notice'].includes(kind))
    .map((one) => `${one.chat.id} ${localDate(one.at, ZONE)}`);
  expect(days).toEqual([...new Set(days)]);
}

const REMINDERS = new Set(['due_soon', 'overdue', 'supervision_proposed']);

function headsAreNotReminded(world: World): void {
  const { directory } = world.policy;
  for (const one of world.all.filter(({ kind }) => REMINDERS.has(kind))) {
    expect(one.chat.kind).toBe('direct');
    const roles = directory.rolesOf(one.chat.id.replace(/^u-/, ''));
    expect(
      roles.some((role) => ['officer', 'leader', 'dispatcher', 'secretary'].includes(role)),
      `${one.kind} to ${one.chat.id}`,
    ).toBe(true);
  }
}

const URGENT = new Set(['U1', 'U2']);

/** In the night only answers, what is U1, and assignments of U1 and U2. */
function nightIsQuiet(world: World): void {
  const { quietHours } = world.policy.settings;
  for (const one of world.all) {
    if (outOfQuiet(one.at, quietHours, ZONE) === one.at) continue;
    const answers = world.heard.some(
      (said) =>
        said.platformTime === one.at && (said.chat.id === one.chat.id || said.sender.id === one.chat.id),
    );
    const { params } = one.row.say;
    const brief = 'brief' in params ? params.brief : null;
    const urgent =
      one.row.priority === 0 ||
      one.kind === 'page' ||
      one.kind === 'emergency' ||
      (one.kind === 'assignment' && URGENT.has(brief?.urgency ?? ''));
    const dispatched = one.row.say.template === 'to_dispatch' && URGENT.has(brief?.urgency ?? '');
    expect(answers || urgent || dispatched, `${one.kind} to ${one.chat.id} at ${one.time}`).toBe(true);
  }
}

function accusedHearNothing(cases: readonly Case[], world: World): void {
  for (const c of cases) {
    for (const who of c.accused) {
      expect(c.office, `${c.number} is with the accused`).not.toBe(who);
      expect(c.assignee, `${c.number} is with the accused`).not.toBe(who);
      const heard = world.all.filter((one) => one.chat.id === `u-${who}` && about(one, c.number));
      const mine = c.reporters.length === 0;
      if (!mine)
        expect(
          heard.map(({ kind }) => kind),
          `${c.number} was told to ${who}`,
        ).toEqual([]);
    }
  }
}
