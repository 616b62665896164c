/** What officers do with a case they were given. */

import type { Case } from '../case.ts';
import { resumed } from '../clocks.ts';
import type { Command } from '../command.ts';
import type { Policy } from '../policy.ts';
import { pickOfficer } from '../routing.ts';
import { assignTo } from './assigning.ts';
import {
  asOfficer,
  type Decider,
  first,
  inState,
  refused,
  withDate,
  withOffice,
  withReason,
  withWords,
} from './guards.ts';
import { helped, helps } from './helping.ts';
import { askRating } from './rating.ts';
import { party, type Work } from './work.ts';

/** The handler is the office where somebody typed for a person without the bot. */
const handler = (work: Work): string => (work.ctx.behalf === null ? work.by : (work.case.office ?? work.by));

export const accept: Decider = (work, { name }) => {
  const no = asOfficer(work, name);
  if (no) return no;
  if (work.case.state === 'in_progress') return work.acknowledge(name, work.case.dueAt);
  return inState(work, name, 'case_accepted') ?? accepted(work).acknowledge(name, work.case.dueAt);
};

/** Accepting by a word of their own, or by doing something that shows it. */
function accepted(work: Work): Work {
  if (work.case.state !== 'assigned') return work;
  return work
    .event('case_accepted', { handler: handler(work), contacted: false })
    .tellReporters('accepted', { template: 'accepted', params: { brief: work.brief } });
}

/** resolve, explain and progress from `assigned` count as acceptance; the reporter hears only the outcome. */
const quietlyAccepted = (work: Work): Work =>
  work.case.state === 'assigned'
    ? work.event('case_accepted', { handler: handler(work), contacted: true })
    : work;

export const progress: Decider = (work, command) => {
  if (helps(work)) return helped(work, command);
  const no = first(
    asOfficer(work, command.name),
    withWords(work, command),
    inState(work, command.name, 'case_progressed'),
  );
  if (no) return no;
  const text = command.text ?? '';
  quietlyAccepted(work).event('case_progressed', { text });
  return work
    .tellReporters('progress', { template: 'progress', params: { brief: work.brief, text } })
    .acknowledge(command.name);
};

/** Asking pauses the clock, two working days at most. */
export const askReporter: Decider = (work, command) => {
  const no = first(
    asOfficer(work, command.name),
    withWords(work, command),
    inState(work, command.name, 'reporter_asked'),
  );
  if (no) return no;
  const { calendar, settings } = work.ctx.policy;
  const text = command.text ?? '';
  // Working time, not days: a question asked in the morning must not stop the clock for a third day.
  const most = settings.cases.askingPauseDays * calendar.minutesPerDay;
  const until = work.case.pause?.until ?? calendar.addWorkingMinutes(work.ctx.now, most);
  quietlyAccepted(work).event('reporter_asked', { text, until });
  return work
    .tellReporters('question', { template: 'question', params: { brief: work.brief, text } })
    .acknowledge(command.name, until);
};

/** Somebody must have done it: who types for others is not the handler. */
const withHandler = (work: Work) =>
  work.case.office === null ? refused(work, 'assign', 'needs_office') : null;

export const resolve: Decider = (work, command) => {
  const no = first(
    asOfficer(work, command.name),
    inState(work, command.name, 'case_resolved'),
    withHandler(work),
    withWords(work, command),
  );
  if (no) return no;
  const text = command.text ?? '';
  const outcome = command.partly ? 'partly_fixed' : 'fixed';
  answered(work).event('case_resolved', { text, outcome, handler: handler(work) });
  return askRating(work, (ask) => ({
    kind: 'resolved',
    say: { template: 'resolved', params: { brief: work.brief, text, partly: command.partly, ask } },
  })).acknowledge(command.name);
};

export const explain: Decider = (work, command) => {
  const no = first(
    asOfficer(work, command.name),
    inState(work, command.name, 'case_explained'),
    withHandler(work),
    withReason(work, command),
  );
  if (no) return no;
  const text = command.text ?? command.reason ?? '';
  const { ground } = command;
  answered(work).event('case_explained', { text, ground, handler: handler(work) });
  return askRating(work, (ask) => ({
    kind: 'explained',
    say: { template: 'explained', params: { brief: work.brief, text, ground, ask } },
  })).acknowledge(command.name);
};

/** Back to the dispatcher; the second return of one case also tells the secretary. */
export const giveBack: Decider = (work, command) => {
  const no = first(
    asOfficer(work, command.name),
    inState(work, command.name, 'case_returned'),
    withReason(work, command),
  );
  if (no) return no;
  const reason = command.reason ?? command.text ?? '';
  resumeClock(work).event('case_returned', { from: work.case.office, reason });
  const times = work.case.returns;
  const say = (to: 'reporter' | 'dispatcher' | 'secretary') =>
    ({ template: 'returned', params: { brief: work.brief, reason, to, times } }) as const;
  work.tellDispatchers('returned', say('dispatcher')).tellReporters('returned', say('reporter'));
  if (times >= work.ctx.policy.settings.cases.returnsTellSecretary)
    work.tellAll(work.ctx.policy.roster.roles.secretaries, 'returned', say('secretary'));
  return work.acknowledge(command.name);
};

/** Another office at once: assignee and office change together, the first one stays named until it accepts. */
export const transfer: Decider = (work, command) => {
  const allowed = work.standing.leader || work.standing.dispatcher ? null : asOfficer(work, command.name);
  const no = first(
    allowed,
    inState(work, command.name, 'case_transferred'),
    withOffice(work, command),
    withReason(work, command),
  );
  if (no) return no;
  const office = command.office === null ? null : work.ctx.policy.directory.office(command.office);
  if (office === null) return refused(work, command.name, 'needs_office');
  if (office.id === work.case.office) return refused(work, command.name, 'same_office');
  const officer = pickOfficer(office, work.ctx.present, work.ctx.openCounts, work.case.accused);
  if (officer === null) return refused(work, command.name, 'unknown_office', { word: office.name });
  return moved(work, command, { office: office.id, officer });
};

function moved(work: Work, command: Command, to: { office: string; officer: string }): Work {
  const from = work.case.office;
  const old = work.case.assignee;
  const reason = command.reason ?? command.text ?? '';
  const office = work.ctx.policy.directory.office(to.office);
  if (office === null) return work;
  resumeClock(work).event('case_transferred', { from, office: to.office, reason });
  assignTo(work, office, to.officer, { history: [reason] });
  const say = (audience: 'reporter' | 'old_officer') =>
    ({
      template: 'transferred',
      params: { brief: work.brief, from: from ?? to.office, reason, to: audience },
    }) as const;
  work.tellReporters('transferred', say('reporter'));
  if (old !== null && old !== work.by && old !== to.officer)
    work.say(party(old), 'transferred', say('old_officer'));
  return work.acknowledge(command.name);
}

/** A pause ends where the case leaves the hands of those who asked for it, or its deferral before the review. */
export function resumeClock(work: Work): Work {
  if (work.case.pause === null) return work;
  return work.event('clock_resumed', resumed(work.ctx.policy, work.case, work.ctx.now));
}

/** A question that waits ends with the answer: while it waited the clock stood still, and the answer is in time. */
function answered(work: Work): Work {
  quietlyAccepted(work);
  return work.case.pause?.why === 'asked' ? resumeClock(work) : work;
}

/** When the clock will run out: where it stands still, as if it ran again now. */
const dueOf = ({ case: c, ctx }: Work): number | null =>
  c.pause === null ? c.dueAt : resumed(ctx.policy, c, ctx.now).dueAt;

/** Before the due time only, two at most, the office's leader decides. */
export const requestExtension: Decider = (work, command) => {
  const { now, policy } = work.ctx;
  const no = first(
    asOfficer(work, command.name),
    inState(work, command.name, 'extension_requested'),
    withDate(work, command),
  );
  if (no) return no;
  const until = command.until ?? 0;
  const dueAt = dueOf(work);
  if (dueAt !== null && now >= dueAt) return refused(work, command.name, 'too_late', { date: dueAt });
  // A day before the due time is no extension.
  if (dueAt !== null && until <= dueAt) return refused(work, command.name, 'needs_date');
  if (work.case.extensions >= policy.settings.cases.maxExtensions)
    return refused(work, command.name, 'limit_reached');
  const reason = command.reason ?? command.text;
  if (reason === null) return refused(work, command.name, 'needs_reason');
  quietlyAccepted(work).event('extension_requested', { until, reason, by: work.by, at: now });
  return work
    .tellAll(extensionDeciders(work), 'extension_requested', {
      template: 'extension_requested',
      params: { brief: work.brief, until, reason, by: work.case.assignee ?? work.by },
    })
    .acknowledge(command.name, until);
};

export const extensionDeciders = (work: Work): readonly string[] =>
  extensionDecidersOf(work.case, work.ctx.policy);

/** The leader; the secretaries where there is none or the leader asks for himself. */
export function extensionDecidersOf(c: Case, policy: Policy): readonly string[] {
  const leader = c.office === null ? null : (policy.directory.office(c.office)?.leader ?? null);
  return leader !== null && leader !== c.extension?.by ? [leader] : policy.roster.roles.secretaries;
}

const REVIEW_DEFAULT_DAYS = 60;

/** 挂账: reason, cost if known, review date (three months of working days where none is named). */
export const defer: Decider = (work, command) => {
  const no = first(
    asOfficer(work, command.name),
    inState(work, command.name, 'deferral_requested'),
    withReason(work, command),
    command.pastDate ? refused(work, command.name, 'past_date', { date: command.until }) : null,
  );
  if (no) return no;
  const { now, policy } = work.ctx;
  const reason = command.reason ?? command.text ?? '';
  const reviewAt = command.until ?? policy.calendar.addWorkingDays(now, REVIEW_DEFAULT_DAYS);
  const { cost } = command;
  quietlyAccepted(work).event('deferral_requested', { reason, cost, reviewAt, by: work.by, at: now });
  return work
    .tellAll(policy.roster.roles.secretaries, 'deferral_requested', {
      template: 'deferral_requested',
      params: { brief: work.brief, reason, cost, reviewAt, by: work.case.assignee ?? work.by },
    })
    .acknowledge(command.name, reviewAt);
};
