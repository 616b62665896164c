import { describe, expect, it } from 'vitest';
import type { Case } from '../../src/domain/case.ts';
import { tick } from '../../src/domain/decide/index.ts';
import { plan, STEPS } from '../../src/domain/plan.ts';
import { at, testPolicy, told } from '../support/world.ts';
import { assigned, ctxOf, folded, history, POLICY, reported, SITUATIONS } from './cases.ts';

const waiting = (over: Partial<Case> = {}): Case => ({ ...folded(SITUATIONS.in_progress), ...over });

/** All steps of a case that nobody touches, by name and time. */
function untouched(c: Case, policy = POLICY, most = 30): readonly string[] {
  const steps: string[] = [];
  let now = c;
  for (let n = 0; n < most; n++) {
    const next = plan(now, policy);
    if (next === null) return steps;
    steps.push(`${told(next.at)} ${next.step}`);
    const done = tick(now, ctxOf(null, { policy, now: next.at }));
    expect(done.events.length, `${next.step} happened`).toBeGreaterThan(0);
    now = done.cases[0] ?? now;
  }
  throw new Error(`the plan has no end: ${steps.join(', ')}`);
}

describe('the plan', () => {
  it('of every situation comes to an end', () => {
    for (const [name, events] of Object.entries(SITUATIONS))
      expect(() => untouched(folded(events)), name).not.toThrow();
  });

  it('tells due soon, overdue, and proposes after two and five working days', () => {
    // Due on Thursday 5 November at 17:30; the response clock was met.
    expect(untouched(waiting({ supervision: 'none' }))).toEqual([
      '11-04 17:30 due_soon',
      '11-05 17:30 overdue',
      '11-09 17:30 propose_1',
      '11-12 17:30 propose_2',
    ]);
  });

  it('does not propose to supervise what is supervised, nor a third time', () => {
    expect(untouched(waiting({ supervision: 'red' })).join()).not.toContain('propose');
    const proposed = waiting({
      supervision: 'none',
      ladder: { responseOverdue: false, dueSoon: true, overdue: true, proposals: 2 },
    });
    expect(untouched(proposed)).toEqual([]);
  });

  it('has no due_soon for what nobody has, and tells the response clock too', () => {
    expect(untouched(folded(history(reported())))).toEqual([
      '11-02 15:30 response_overdue',
      '11-05 17:30 overdue',
      '11-09 17:30 propose_1',
      '11-12 17:30 propose_2',
    ]);
  });

  it('of what is to be done at once is calling, and the secretary may hear of it', () => {
    const fire = { category: 'safety.fire', urgency: 'U1', dueAt: at('11-02 10:30') } as const;
    const c = folded(history(reported({ ...fire, responseDueAt: null }), assigned({ responseDueAt: null })));
    expect(untouched(c)).toEqual(['11-04 17:30 propose_1', '11-09 17:30 propose_2']);
    const paging = { order: ['ye', 'duty'], called: 1, nextAt: at('11-02 08:35'), answeredBy: null };
    expect(untouched({ ...c, paging })[0]).toBe('11-02 08:35 page_next');
  });

  it('of an emergency with a time limit has reminders by the clock on the wall', () => {
    const block = { category: 'road.block', urgency: 'U1', dueAt: at('11-02 10:30') } as const;
    const c = folded(history(reported({ ...block, responseDueAt: null }), assigned({ responseDueAt: null })));
    expect(untouched(c).slice(0, 3)).toEqual([
      '11-02 10:00 due_soon',
      '11-02 10:30 overdue',
      '11-04 17:30 propose_1',
    ]);
  });

  it('lifts a village’s late case after five working days', () => {
    const c = folded(
      history(
        reported({ category: 'env.garbage', urgency: 'U4', level: 'village' }),
        assigned({ office: 'fl-cun', assignee: 'ma', level: 'village' }),
      ),
    );
    const before = tick(c, ctxOf(null, { now: at('11-12 17:29') })).cases[0] ?? c;
    expect(before.level).toBe('village');
    const after = tick(before, ctxOf(null, { now: at('11-12 17:30') }));
    expect(after.cases[0]).toMatchObject({ level: 'township', office: 'huanwei', state: 'assigned' });
    expect(untouched(after.cases[0] ?? c).join()).not.toContain('up_a_tier');
  });

  it('stands still while the reporter is asked or the case deferred', () => {
    const pause = { why: 'asked' as const, since: at('11-03 09:00'), until: at('11-05 09:00') };
    expect(untouched(waiting({ pause }))[0]).toBe('11-05 09:00 resume_clock');
    expect(untouched(folded(SITUATIONS.deferred))[0]).toBe('03-01 08:30 review_deferral');
  });

  it('closes unrated after three working days, unless a person screens it', () => {
    expect(untouched(folded(SITUATIONS.resolved))).toEqual(['11-05 17:30 close_unrated']);
    expect(untouched(folded(SITUATIONS.screening))).toEqual([]);
  });

  it('follows the settings: flood season is quicker', () => {
    const flood = testPolicy({ township: (yaml) => `${yaml}\nsettings: { mode: flood }\n` });
    expect(untouched(waiting({ supervision: 'none' }), flood)).toEqual([
      '11-03 17:30 due_soon',
      '11-05 17:30 overdue',
      '11-06 17:30 propose_1',
      '11-09 17:30 propose_2',
    ]);
  });

  it('has a rule for every step', () => {
    const seen = new Set<string>();
    const cases = [...Object.values(SITUATIONS).map(folded), waiting({ supervision: 'none' })];
    for (const c of cases) for (const step of untouched(c)) seen.add(step.split(' ')[2] ?? '');
    const elsewhere = ['page_next', 'lapse_question', 'ask_rating', 'up_a_tier', 'resume_clock'];
    expect([...seen, ...elsewhere].sort()).toEqual([...new Set([...STEPS, ...elsewhere])].sort());
  });
});
