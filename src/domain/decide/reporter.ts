/** What the reporter may do with the own report after it is recorded. */
import { localDate } from '../../kernel/zone.ts';
import { resolutionDue, resumed, urgencyOf } from '../clocks.ts';
import type { CorrectableFacts } from '../events.ts';
import { needsRouting, routeOrDispatch } from './assigning.ts';
import { asReporter, type Decider, first, inState, refused, withWords } from './guards.ts';
import { alarm } from './paging.ts';
import { reopenWork } from './rating.ts';
import type { Work } from './work.ts';

/** More words, a photo, more households; an answer where the officer had asked. */
export const supplement: Decider = (work, command) => {
  const mine = command.reporter !== null ? null : asReporter(work, command.name);
  const no = first(mine, inState(work, command.name, 'case_supplemented'));
  if (no) return no;
  const { media, contacts, changes, reporter } = command;
  const text = command.text ?? '';
  if (work.case.pause?.why === 'asked' && work.standing.reporter) return answer(work, text, command);
  work.event('case_supplemented', { text, media, changes, reporter, contacts });
  const closed = work.case.state === 'closed';
  // Danger told of what was closed is no footnote to it: somebody has to go there.
  if (closed && changes.urgency === 'U1')
    return alarm(reopenWork(work, 'danger', text)).acknowledge(command.name);
  alarm(work);
  const say = {
    template: 'supplemented',
    params: { brief: work.brief, text, media: media.length, to: 'officer' },
  } as const;
  if (work.case.assignee === null) work.tellDispatchers('supplemented', say);
  else work.tellAssignee('supplemented', say);
  // Who was called to an emergency is on the way and needs to hear where it is.
  const called = work.case.paging?.order.slice(0, work.case.paging.called) ?? [];
  work.tellAll(
    called.filter((who) => who !== work.case.assignee),
    'supplemented',
    say,
    { hold: 'now' },
  );
  return work.acknowledge(command.name);
};

/** The answer to the officer's question: the clock runs again. */
function answer(work: Work, text: string, command: Parameters<Decider>[1]): Work {
  const { media, contacts, changes } = command;
  const clock = resumed(work.ctx.policy, work.case, work.ctx.now);
  if (media.length > 0 || contacts.length > 0 || Object.keys(changes).length > 0)
    work.event('case_supplemented', { text, media, changes, reporter: null, contacts });
  work.event('reporter_answered', { text, ...clock });
  work.tellAssignee('supplemented', { template: 'answered', params: { brief: work.brief, text } });
  return work.acknowledge('supplement');
}

/** Before acceptance a correction changes the case; later it is said to the officer as a supplement. */
export const correct: Decider = (work, command) => {
  const no = first(
    asReporter(work, command.name),
    inState(work, command.name, 'case_corrected'),
    withWords(work, command),
  );
  if (no) return no;
  const text = command.text ?? '';
  const { changes } = command;
  const reclassed = changes.category !== undefined && changes.category !== work.case.category;
  const dueAt = reclassed ? newDue(work, changes) : null;
  alarm(work.event('case_corrected', { changes, text, dueAt }));
  // What an office gave back is the dispatcher's to give on: the rules would send it there again.
  const given = work.case.returns > 0;
  if (needsRouting(work.case) && !given) return routeOrDispatch(work).acknowledge(command.name);
  const say = { template: 'corrected', params: { brief: work.brief, text, to: 'officer' } } as const;
  if (work.case.assignee === null) work.tellDispatchers('corrected', say);
  else work.tellAssignee('corrected', say);
  return work.acknowledge(command.name);
};

function newDue(work: Work, changes: CorrectableFacts): number {
  const category = changes.category ?? work.case.category;
  const urgency = urgencyOf(work.ctx.policy, category, changes.urgency ?? null);
  return resolutionDue(work.ctx.policy, category, urgency, work.case.receivedAt);
}

/** Cancels while unsolved; for others who report the same the case goes on. */
export const withdraw: Decider = (work, command) => {
  const no = first(asReporter(work, command.name), inState(work, command.name, 'case_withdrawn'));
  if (no) return no;
  if (work.case.reporters.length > 1 && work.standing.reporter)
    return refused(work, command.name, 'not_possible_here', { turnTo: 'dispatcher' });
  const reason = command.reason ?? command.text;
  const notOurs = !work.standing.reporter && work.ctx.behalf === null;
  if (notOurs && reason === null) return refused(work, command.name, 'needs_reason');
  const { assignee } = work.case;
  work.event('case_withdrawn', { outcome: notOurs ? 'not_township' : 'withdrawn', reason });
  if (assignee !== null)
    work.tellAssignee('withdrawn', {
      template: 'withdrawn',
      params: { brief: work.brief, to: 'officer', reason },
    });
  if (notOurs) {
    work.tellReporters('explained', { template: 'not_township', params: { brief: work.brief, reason } });
    return work.acknowledge(command.name);
  }
  return work.say({ to: 'sender' }, 'withdrawn', {
    template: 'withdrawn',
    params: { brief: work.brief, to: 'reporter', reason },
  });
};

export const retractMedia: Decider = (work, command) => {
  const no = first(asReporter(work, command.name), inState(work, command.name, 'media_retracted'));
  if (no) return no;
  work.event('media_retracted', { message: command.message });
  return work.acknowledge(command.name);
};

/** Passed to the officer at most once a day; the sender hears how it stands in any case. */
export const urge: Decider = (work, command) => {
  const s = work.standing;
  if (!s.reporter && !s.head && !s.cadre && !s.dispatcher)
    return refused(work, command.name, 'not_for_you', { turnTo: 'reporter' });
  const no = inState(work, command.name, 'case_urged');
  if (no) return no;
  const on = localDate(work.ctx.now, work.ctx.policy.calendar.timezone);
  if (work.case.urgedOn === on) return refused(work, command.name, 'already_urged');
  work.event('case_urged', { on });
  const say = (to: 'reporter' | 'officer') =>
    ({ template: 'urged', params: { brief: work.brief, to } }) as const;
  if (work.case.assignee === null) work.tellDispatchers('urged', say('officer'));
  else work.tellAssignee('urged', say('officer'));
  return work.say({ to: 'sender' }, 'urged', say('reporter'));
};
