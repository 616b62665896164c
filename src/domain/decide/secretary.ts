/** Supervision and the meeting: the clock proposes, a person decides. */
import { pickOfficer } from '../routing.ts';
import { assignTo } from './assigning.ts';
import { asSecretary, type Decider, first, inState, refused } from './guards.ts';
import type { Work } from './work.ts';

/** 督办: yellow, then red. */
export const supervise: Decider = (work, command) => {
  const no = first(asSecretary(work, command.name), inState(work, command.name, 'case_supervised'));
  if (no) return no;
  const level = command.color ?? (work.case.supervision === 'none' ? 'yellow' : 'red');
  if (work.case.supervision === level) return refused(work, command.name, 'already_done');
  work.event('case_supervised', { level });
  const say = (to: 'officer' | 'leader' | 'secretary') =>
    ({ template: 'supervised', params: { brief: work.brief, level, to } }) as const;
  const leader = work.leaderOf(work.case.office);
  if (work.case.assignee === null) work.tellDispatchers('supervised', say('leader'));
  work.tellAssignee('supervised', say('officer'));
  if (leader !== null && leader !== work.case.assignee) work.tellAll([leader], 'supervised', say('leader'));
  return work.say({ to: 'sender' }, 'supervised', say('secretary'));
};

/** 销账. */
export const clear: Decider = (work, command) => {
  const no = first(
    asSecretary(work, command.name),
    work.case.supervision === 'none' ? refused(work, command.name, 'nothing_waits') : null,
    inState(work, command.name, 'supervision_cleared'),
  );
  if (no) return no;
  work.event('supervision_cleared', {});
  return work
    .tellAssignee('supervised', { template: 'supervision_cleared', params: { brief: work.brief } })
    .acknowledge(command.name);
};

/** 议定: owner, words and the date, which becomes the due date. A recorder's comes here once it is confirmed. */
export const decideInMeeting: Decider = (work, command) => {
  const no = first(
    asSecretary(work, command.name),
    inState(work, command.name, 'decision_recorded'),
    command.pastDate ? refused(work, command.name, 'past_date', { date: command.until }) : null,
    command.unknownWord === null
      ? null
      : refused(work, command.name, 'unknown_office', { word: command.unknownWord }),
    command.office !== null && work.case.accused.includes(command.office)
      ? refused(work, command.name, 'accused_office')
      : null,
    command.text === null && command.until === null && command.office === null
      ? refused(work, command.name, 'needs_words')
      : null,
  );
  if (no) return no;
  const text = command.text ?? '';
  const office = command.office ?? work.case.office;
  if (command.until !== null) goOn(work);
  work.event('decision_recorded', { office, dueAt: command.until, text, by: work.by, at: work.ctx.now });
  moveTo(work, office);
  const say = (to: 'reporter' | 'officer') =>
    ({ template: 'decision', params: { brief: work.brief, until: command.until, text, to } }) as const;
  work.tellAssignee('decision', say('officer')).tellReporters('decision', say('reporter'));
  return work.acknowledge(command.name, command.until);
};

/** Where the meeting sets a day the matter is worked on: it neither waits for its review nor for an answer. */
function goOn(work: Work): void {
  const clock = { dueAt: null };
  if (work.case.state === 'deferred') work.event('deferral_ended', { ...clock, reviewAt: null });
  else if (work.case.pause !== null) work.event('clock_resumed', clock);
}

/** The meeting may name another office than the one that has it, or the first one. */
function moveTo(work: Work, id: string | null): void {
  const open = ['reported', 'assigned', 'in_progress', 'deferred'].includes(work.case.state);
  if (!open || id === null || id === work.case.office) return;
  const office = work.ctx.policy.directory.office(id);
  if (office === null) return;
  const officer = pickOfficer(office, work.ctx.present, work.ctx.openCounts, work.case.accused);
  if (officer !== null) assignTo(work, office, officer);
}
