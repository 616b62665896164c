import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply, fold } from '../../src/domain/apply.ts';
import type { Case } from '../../src/domain/case.ts';
import { COMMANDS } from '../../src/domain/command.ts';
import { decide, type SingleCommand, tick } from '../../src/domain/decide/index.ts';
import type { CaseEvent, EventType } from '../../src/domain/events.ts';
import { plan } from '../../src/domain/plan.ts';
import { may, next, TRANSITIONS } from '../../src/domain/transitions.ts';
import {
  type ActorName,
  aCommand,
  anActor,
  BEHALF,
  ctxOf,
  folded,
  history,
  NOW,
  POLICY,
  reported,
  SITUATIONS,
} from './cases.ts';

const SINGLE = COMMANDS.filter((name): name is SingleCommand => name !== 'merge' && name !== 'contact');
const ACTORS = [
  'reporter',
  'assignee',
  'leader',
  'dispatcher',
  'secretary',
  'cadre',
  'dispatcher for others',
] as const satisfies readonly ActorName[];

const step = fc.record({
  name: fc.constantFrom(...SINGLE),
  actor: fc.constantFrom(...ACTORS),
  agree: fc.boolean(),
  score: fc.constantFrom(1 as const, 2 as const, 3 as const),
  screening: fc.constantFrom('redo' as const, 'periodic_plan' as const, 'recorded' as const),
  minutes: fc.integer({ min: 0, max: 3 * 1440 }),
});
const start = fc.constantFrom(...Object.values(SITUATIONS));

/** Plays commands and the clock upon a case; all its events. */
function play(
  events: readonly CaseEvent[],
  steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[],
) {
  let c = folded(events);
  let now = NOW;
  const all = [...events];
  for (const { name, actor, minutes, ...words } of steps) {
    now += minutes * 60_000;
    const due = tick(c, ctxOf(null, { now }));
    const ticked = due.cases[0] ?? c;
    const behalf = actor === 'dispatcher for others' ? BEHALF : null;
    const done = decide(ticked, aCommand(name, words), ctxOf(anActor(actor), { now, behalf }));
    c = done.ok ? (done.cases[0] ?? ticked) : ticked;
    all.push(...due.events, ...(done.ok ? done.events : []));
  }
  return { c, all, now };
}

describe('the fold', () => {
  it('equals the case whatever is done to it', () => {
    fc.assert(
      fc.property(start, fc.array(step, { maxLength: 25 }), (events, steps) => {
        const { c, all } = play(events, steps);
        expect(fold(all)).toEqual(c);
        expect(c.version).toBe(all.length);
      }),
      { numRuns: 400 },
    );
  });

  it('survives being written down and read again', () => {
    fc.assert(
      fc.property(start, fc.array(step, { maxLength: 15 }), (events, steps) => {
        const { c, all } = play(events, steps);
        expect(fold(JSON.parse(JSON.stringify(all)) as CaseEvent[])).toEqual(JSON.parse(JSON.stringify(c)));
      }),
      { numRuns: 100 },
    );
  });

  it('never goes back in time and never stands still in its plan', () => {
    fc.assert(
      fc.property(start, fc.array(step, { maxLength: 20 }), (events, steps) => {
        const { c, now } = play(events, steps);
        const after = tick(c, ctxOf(null, { now })).cases[0] ?? c;
        const ahead = plan(after, POLICY);
        if (ahead !== null) expect(ahead.at).toBeGreaterThan(now);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps counts that only grow, and a closed case without open requests', () => {
    fc.assert(
      fc.property(start, fc.array(step, { maxLength: 25 }), (events, steps) => {
        const { all } = play(events, steps);
        let before: Case | null = null;
        for (const event of all) {
          const now: Case = apply(before, event);
          if (before !== null) grows(before, now);
          if (now.state === 'closed' || now.state === 'cancelled') closedIsQuiet(now);
          before = now;
        }
      }),
      { numRuns: 200 },
    );
  });

  it('begins with a report and knows no event that the table forbids', () => {
    const [first, second] = SITUATIONS.assigned;
    expect(() => fold(second === undefined ? [] : [second])).toThrow('case_reported');
    expect(() => fold(first === undefined ? [] : [first, { ...first, seq: 2 }])).toThrow('case_reported');
    expect(fold([])).toBeNull();
  });
});

function grows(before: Case, now: Case): void {
  for (const key of ['returns', 'extensions', 'reopens', 'unsatisfied'] as const)
    expect(now[key], key).toBeGreaterThanOrEqual(before[key]);
  expect(now.handlers).toEqual(expect.arrayContaining([...before.handlers]));
  expect(now.receivedAt).toBe(before.receivedAt);
  if (before.acceptedAt !== null) expect(now.acceptedAt).toBe(before.acceptedAt);
  if (before.firstContactAt !== null) expect(now.firstContactAt).toBe(before.firstContactAt);
}

function closedIsQuiet(c: Case): void {
  expect(c).toMatchObject({ extension: null, deferral: null, pause: null, asked: null, screening: false });
  expect(c.closedAt).not.toBeNull();
}

describe('the table of transitions', () => {
  const everything = Object.values(TRANSITIONS).flatMap((moves) => Object.keys(moves)) as EventType[];

  it('throws where an event is not listed', () => {
    for (const events of Object.values(SITUATIONS)) {
      const c = folded(events);
      for (const type of new Set(everything)) {
        if (may(c.state, type)) continue;
        const event = { ...events[0], seq: c.version + 1, type, data: {} } as CaseEvent;
        expect(() => apply(c, event), `${type} in ${c.state}`).toThrow();
      }
    }
  });

  it('lets nothing happen to what is over but reading, hiding and coming back', () => {
    expect(Object.keys(TRANSITIONS.cancelled).sort()).toEqual(['contact_read', 'message_recalled']);
    for (const type of ['case_assigned', 'case_accepted', 'case_resolved', 'case_transferred'] as const)
      expect(next('closed', type)).toBeNull();
  });

  it('reaches every state from a report', () => {
    const seen = new Set(['reported']);
    for (const state of seen)
      for (const to of Object.values(TRANSITIONS[state as keyof typeof TRANSITIONS])) seen.add(to);
    expect(seen.size).toBe(7);
  });
});

describe('facts', () => {
  it('a recalled message takes its words with it, a protected one keeps them', () => {
    const recall = { type: 'message_recalled' as const, data: { message: 'm1' } };
    expect(folded(history(reported(), recall)).summary).toBe('');
    expect(folded(history(reported({ protected: true }), recall)).summary).toBe('污水外溢');
  });

  it('several reporters are counted once each', () => {
    const lin = { who: 'lin', message: null, behalf: null, via: 'bridge' };
    const join = {
      type: 'case_joined' as const,
      data: { from: 'LX2611-0002', reporters: [lin, { ...lin, who: 'qiu' }], households: 9 },
    };
    const c = folded(history(reported(), join));
    expect(c.reporters.map(({ who }) => who)).toEqual(['lin', 'qiu']);
    expect(c.households).toBe(9);
  });
});
