/** 同意 and 不同意: what a leader or a secretary says to a request that waits for them. */
import type { Command } from '../command.ts';
import { type Decider, first, inState, refused } from './guards.ts';
import { extensionDeciders } from './officer.ts';
import type { Work } from './work.ts';

/** Is the actor one of those who decide, or their deputy? */
function decides(work: Work, people: readonly string[]): boolean {
  const { actor } = work.ctx;
  if (actor?.person === null || actor === null) return false;
  return people.some((person) => person === actor.person || actor.deputyFor.includes(person));
}

const notPast = (work: Work, command: Command) =>
  command.agree && command.pastDate
    ? refused(work, command.name, 'past_date', { date: command.until })
    : null;

export const decideExtension: Decider = (work, command) => {
  const request = work.case.extension;
  if (request === null) return refused(work, command.name, 'nothing_waits');
  const no = first(
    decides(work, extensionDeciders(work))
      ? null
      : refused(work, command.name, 'not_for_you', { turnTo: 'leader' }),
    inState(work, command.name, 'extension_decided'),
    notPast(work, command),
  );
  if (no) return no;
  const { agree } = command;
  const reason = command.reason ?? command.text;
  // 同意 with a day of its own grants that day.
  const granted = command.until ?? request.until;
  work.event('extension_decided', { agree, dueAt: agree ? granted : null, reason });
  const until = agree ? granted : work.case.dueAt;
  const say = (to: 'reporter' | 'officer') =>
    ({ template: 'extension_decided', params: { brief: work.brief, agree, until, reason, to } }) as const;
  work.tellAssignee('extension_decided', say('officer'));
  return work
    .tellReporters('extension_decided', say('reporter'))
    .acknowledge(command.name, agree ? until : null);
};

export const decideDeferral: Decider = (work, command) => {
  const request = work.case.deferral;
  if (request === null) return refused(work, command.name, 'nothing_waits');
  const no = first(
    decides(work, work.ctx.policy.roster.roles.secretaries)
      ? null
      : refused(work, command.name, 'not_for_you', { turnTo: 'secretary' }),
    command.agree ? inState(work, command.name, 'deferral_decided') : null,
    notPast(work, command),
  );
  if (no) return no;
  return deferralDecided(work, command, request.reviewAt, request.cost);
};

function deferralDecided(work: Work, command: Command, asked: number, cost: number | null): Work {
  const { agree } = command;
  const reviewAt = agree ? (command.until ?? asked) : null;
  const reason = command.reason ?? command.text;
  if (agree) work.event('deferral_decided', { agree, reviewAt, cost, reason });
  else work.event('deferral_refused', { reason });
  const say = (to: 'reporter' | 'officer') =>
    ({ template: 'deferral_decided', params: { brief: work.brief, agree, reviewAt, reason, to } }) as const;
  work.tellAssignee('deferral_decided', say('officer'));
  if (agree) work.tellReporters('deferral_decided', say('reporter'));
  return work.acknowledge(command.name, reviewAt);
}
