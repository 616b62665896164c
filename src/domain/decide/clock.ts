/** What the clock does with a case when a step of its plan is due. It tells officials, in private, and decides nothing. */
import { resolutionDue, resumed } from '../clocks.ts';
import type { MessageKind, ReminderItem } from '../messages.ts';
import type { StepName } from '../plan.ts';
import type { Tier } from '../roster.ts';
import { officeAbove } from '../routing.ts';
import { giveOn, toDispatch } from './assigning.ts';
import { raise } from './dispatcher.ts';
import { page } from './paging.ts';
import { askPutOff } from './rating.ts';
import { party, type Work } from './work.ts';

export const CLOCK_STEPS: Record<StepName, (work: Work) => Work> = {
  page_next: (work) => page(work),
  lapse_question: (work) => lapse(work),
  resume_clock: (work) => work.event('clock_resumed', resumed(work.ctx.policy, work.case, work.ctx.now)),
  review_deferral: (work) => review(work),
  ask_rating: askPutOff,
  close_unrated: (work) => work.event('case_closed', { why: 'unrated', outcome: null, rating: null }),
  response_overdue: (work) => remind(work.event('overdue_told', { clock: 'response' }), 'response_overdue'),
  due_soon: (work) => dueSoon(work),
  overdue: (work) => remind(work.event('overdue_told', { clock: 'resolution' }), 'overdue'),
  propose_1: (work) => propose(work, 1),
  propose_2: (work) => propose(work, 2),
  up_a_tier: (work) => upATier(work),
};

/** Nobody answered our question: what is known is enough to begin with. */
function lapse(work: Work): Work {
  work.event('question_lapsed', {});
  toDispatch(work, 'unanswered');
  const [reporter] = work.case.reporters;
  if (reporter === undefined) return work;
  const say = { template: 'receipt', params: { brief: work.brief, known: false, fromPost: false } } as const;
  return work.say({ to: 'origin', reporter }, 'receipt', say);
}

/**
 * A deferred matter comes back on its date: the officer has it again and the secretary knows. What was left
 * when the clock stopped is left now; where nothing was left the category's time begins anew.
 */
function review(work: Work): Work {
  const { policy, now } = work.ctx;
  const left = resumed(policy, work.case, now);
  const anew = { dueAt: resolutionDue(policy, work.case.category, work.case.urgency, now), startedAt: now };
  const clock = left.dueAt !== null && left.dueAt > now ? left : anew;
  work.event('deferral_ended', { ...clock, reviewAt: null });
  const say = (to: 'officer' | 'secretary') =>
    ({ template: 'deferral_review', params: { brief: work.brief, to } }) as const;
  if (work.case.assignee === null) giveOn(work);
  else work.tellAssignee('notice', say('officer'));
  return work.tellAll(policy.roster.roles.secretaries, 'notice', say('secretary'));
}

type Step = ReminderItem['step'];

const NOT_ACCEPTED = ['reported', 'assigned'] as const;
const AT_WORK = ['reported', 'assigned', 'in_progress'] as const;

/** Nobody is told that something is due soon which is overdue: that follows at once. */
function dueSoon(work: Work): Work {
  work.event('due_soon_told', {});
  const over = work.case.dueAt !== null && work.case.dueAt <= work.ctx.now;
  return over ? work : remind(work, 'due_soon');
}

/** Officer and office leader; while nobody has it, the dispatchers. `due_soon` is the officer's alone. */
function remind(work: Work, step: Step): Work {
  const kind: MessageKind = step === 'due_soon' ? 'due_soon' : 'overdue';
  const say = (as: ReminderItem['as']) =>
    ({ template: 'reminder', params: { items: [{ brief: work.brief, step, as }] } }) as const;
  // Once it is accepted nobody needs to hear that it was not.
  const states = step === 'response_overdue' ? NOT_ACCEPTED : AT_WORK;
  const options = { ...held(work), states, work: true };
  if (work.case.assignee === null) {
    for (const who of work.dispatchers) work.say(party(who), kind, say('dispatcher'), options);
    return work;
  }
  work.say(party(work.case.assignee), kind, say('officer'), options);
  const leader = work.leaderOf(work.case.office);
  if (step !== 'due_soon' && leader !== null && leader !== work.case.assignee)
    work.say(party(leader), kind, say('leader'), options);
  return work;
}

/** U3–U5 wait for the morning's one message, U2 only for the end of the night, U1 for nothing. */
const HOLDS = { U1: 'now', U2: 'quiet', U3: 'morning', U4: 'morning', U5: 'morning' } as const;
const held = (work: Work) => ({ hold: HOLDS[work.case.urgency] });

/** The clock proposes; 督办 is the secretary's own word. */
function propose(work: Work, step: 1 | 2): Work {
  work.event('supervision_proposed', { step });
  const item: ReminderItem = {
    brief: work.brief,
    step: step === 1 ? 'proposal_1' : 'proposal_2',
    as: 'secretary',
  };
  for (const who of work.ctx.policy.roster.roles.secretaries) {
    work.say(
      party(who),
      'supervision_proposed',
      { template: 'supervision_proposed', params: { items: [item] } },
      { ...held(work), states: ['reported', 'assigned', 'in_progress'], work: true },
    );
  }
  return work;
}

/** A village's late case goes to the township's office; where there is none the dispatchers look at it. */
function upATier(work: Work): Work {
  const above = officeAbove(work.ctx.policy, work.case);
  if (above !== null) return tellOffice(raise(work, above, above.tier, null), above.tier);
  work.event('case_escalated', { from: work.case.level, to: 'township', reason: null });
  return toDispatch(work, 'no_office');
}

/** It comes from nobody: the office that has it now hears why, beside the assignment. */
function tellOffice(work: Work, to: Tier): Work {
  const { assignee, office } = work.case;
  const there = [assignee, work.leaderOf(office)].filter((person) => person !== null);
  const params = { brief: work.brief, to, reason: null, audience: 'office' } as const;
  return work.tellAll(there, 'escalated', { template: 'escalated', params });
}
