/** What dispatchers (and secretaries) do where the rules can't. */
import { resolutionDue, urgencyOf } from '../clocks.ts';
import type { Office, PersonId, Tier } from '../roster.ts';
import { categoryOf, officeAbove, pickOfficer, tierAbove } from '../routing.ts';
import { assignTo, followCategory, needsRouting, routeOrDispatch, toDispatch } from './assigning.ts';
import {
  asDispatcher,
  type Decider,
  first,
  inState,
  mayActForOthers,
  refused,
  withOffice,
} from './guards.ts';
import { resumeClock } from './officer.ts';
import { callDuty } from './paging.ts';
import { reopenWork, unsatisfied } from './rating.ts';
import { party, type Refused, type Work } from './work.ts';

export const assign: Decider = (work, command) => {
  const no = first(
    asDispatcher(work, command.name),
    inState(work, command.name, 'case_assigned'),
    withOffice(work, command),
  );
  if (no) return no;
  const office = command.office === null ? null : work.ctx.policy.directory.office(command.office);
  if (office === null) return refused(work, command.name, 'needs_office');
  const officer = chosen(work, office, command.person);
  if (officer === null) return refused(work, command.name, 'unknown_person', { word: office.name });
  const { assignee: old, office: before } = work.case;
  resumeClock(work);
  assignTo(work, office, officer);
  if (old !== null && old !== officer)
    work.say(party(old), 'transferred', {
      template: 'transferred',
      params: {
        brief: work.brief,
        from: before ?? office.id,
        reason: command.reason ?? command.text ?? '',
        to: 'old_officer',
      },
    });
  tellNow(work);
  return work.acknowledge(command.name, work.case.dueAt);
};

/** The person named where that is one of the office and not accused, else whoever has the fewest open cases. */
function chosen(work: Work, office: Office, person: PersonId | null): PersonId | null {
  const { ctx, case: c } = work;
  if (person === null) return pickOfficer(office, ctx.present, ctx.openCounts, c.accused);
  const member = ctx.policy.directory.officeMembers(office.id).includes(person);
  const there = member ? ctx.present(person) : null;
  return there === null || c.accused.includes(there) || c.accused.includes(person) ? null : there;
}

const tellNow = (work: Work): Work =>
  work.tellReporters('notice', { template: 'now_with', params: { brief: work.brief } });

/** The clocks are counted anew from the time of the report. */
export const reclassify: Decider = (work, command) => {
  const { category } = command;
  const no = first(
    asDispatcher(work, command.name),
    inState(work, command.name, 'case_reclassified'),
    category === null ? refused(work, command.name, 'unknown_category', { word: command.unknownWord }) : null,
  );
  if (no) return no;
  if (category === null || categoryOf(work.ctx.policy.taxonomy, category) === null)
    return refused(work, command.name, 'unknown_category', { word: category });
  const { policy } = work.ctx;
  const before = work.case.category;
  if (category === before) return refused(work, command.name, 'already_done');
  const urgency = urgencyOf(policy, category, null);
  const dueAt = resolutionDue(policy, category, urgency, work.case.receivedAt);
  work.event('case_reclassified', { category, urgency, dueAt, before });
  const say = (to: 'reporter' | 'officer') =>
    ({ template: 'reclassified', params: { brief: work.brief, before, to } }) as const;
  if (needsRouting(work.case)) routeOrDispatch(work);
  else if (!followCategory(work, before)) work.tellAssignee('reclassified', say('officer'));
  callDuty(work);
  const done = command.teaches ? 'reclassify_taught' : command.name;
  return work.tellReporters('reclassified', say('reporter')).acknowledge(done, dueAt);
};

/** One lead office, others help: one date, and the lead answers. */
export const coHandle: Decider = (work, command) => {
  const no = first(
    asDispatcher(work, command.name),
    inState(work, command.name, 'co_handler_added'),
    withOffice(work, command),
  );
  if (no) return no;
  const office = command.office === null ? null : work.ctx.policy.directory.office(command.office);
  if (office === null) return refused(work, command.name, 'needs_office');
  if (office.id === work.case.office || work.case.coOffices.includes(office.id))
    return refused(work, command.name, 'same_office');
  work.event('co_handler_added', { office: office.id });
  const text = command.text ?? command.reason ?? '';
  const say = (to: 'co_officer' | 'lead') =>
    ({ template: 'co_handled', params: { brief: work.brief, office: office.id, text, to } }) as const;
  const helper =
    command.person ?? pickOfficer(office, work.ctx.present, work.ctx.openCounts, work.case.accused);
  if (helper !== null) work.say(party(helper), 'co_handled', say('co_officer'), { work: true });
  return work.tellAssignee('co_handled', say('lead')).acknowledge(command.name);
};

/** Village → township → county, with the history. */
export const escalate: Decider = (work, command) => {
  const s = work.standing;
  const villageOfficer = s.assignee && work.case.level === 'village';
  if (!s.zoneHead && !s.cadre && !s.dispatcher && !s.secretary && !villageOfficer)
    return refused(work, command.name, 'not_for_you', { turnTo: 'dispatcher' });
  const no = inState(work, command.name, 'case_escalated');
  if (no) return no;
  const above = officeAbove(work.ctx.policy, work.case);
  // Without an office of the tier above, the dispatchers find who takes it there.
  const to = above?.tier ?? tierAbove(work.case.level);
  if (to === null) return refused(work, command.name, 'no_higher_tier');
  return raise(work, above, to, command.reason ?? command.text).acknowledge(command.name, work.case.dueAt);
};

/** Moves a case up; the reporter hears when a person did it, officials in any case. */
export function raise(work: Work, above: Office | null, to: Tier, reason: string | null): Work {
  const { ctx } = work;
  const from = work.case.level;
  const old = work.case.assignee;
  resumeClock(work).event('case_escalated', { from, to, reason });
  const say = (audience: 'reporter' | 'officer' | 'village' | 'dispatcher') =>
    ({ template: 'escalated', params: { brief: work.brief, to, reason, audience } }) as const;
  const officer = above && pickOfficer(above, ctx.present, ctx.openCounts, work.case.accused);
  if (above === null) work.tellDispatchers('escalated', say('dispatcher'), { states: ['reported'] });
  else if (officer === null) toDispatch(work, 'no_officer');
  else assignTo(work, above, officer, { history: reason === null ? [] : [reason] });
  if (ctx.actor !== null) work.tellReporters('escalated', say('reporter'));
  if (old !== null && old !== ctx.actor?.who && old !== officer)
    work.say(party(old), 'escalated', say('village'));
  return tellVillage(work, say('village'), old);
}

function tellVillage(work: Work, say: Parameters<Work['tellAll']>[2], old: PersonId | null): Work {
  const village = work.case.village === null ? null : work.ctx.policy.directory.village(work.case.village);
  if (village === null || work.case.protected) return work;
  const there = [village.secretary, ...village.cadres].filter((person) => person !== null && person !== old);
  const heard = new Set(work.case.reporters.map(({ who }) => who));
  return work.tellAll(
    there.filter((person): person is string => person !== null && !heard.has(person)),
    'escalated',
    say,
  );
}

/** 甄别: what becomes of a matter with which the reporter is not content. */
export const screen: Decider = (work, command) => {
  const { screening, until, ground } = command;
  const text = ground ?? command.reason ?? command.text;
  const no = first(
    asDispatcher(work, command.name),
    work.case.screening ? null : refused(work, command.name, 'nothing_waits'),
    screening === null ? refused(work, command.name, 'needs_words') : null,
    screening === 'recorded' && text === null ? refused(work, command.name, 'needs_reason') : null,
    screening === 'periodic_plan' && command.pastDate
      ? refused(work, command.name, 'past_date', { date: until })
      : null,
    screening === 'periodic_plan' && until === null ? refused(work, command.name, 'needs_date') : null,
  );
  if (no || screening === null) return no ?? refused(work, command.name, 'needs_words');
  work.event('screening_decided', { decision: screening, ground: text });
  if (screening === 'redo') reopenWork(work, 'screening', text);
  if (screening === 'periodic_plan')
    work.event('deferral_decided', { agree: true, reviewAt: until, cost: null, reason: text });
  if (screening === 'recorded')
    work.event('case_closed', { why: 'screened', outcome: null, rating: 'unsatisfied' });
  const say = {
    template: 'screening_decided',
    params: { brief: work.brief, decision: screening, ground: text },
  } as const;
  const kind = screening === 'redo' ? 'reopened' : screening === 'recorded' ? 'closed' : 'deferral_decided';
  return work.tellReporters(kind, say).acknowledge(command.name, until);
};

/** 回访: reached? solved? satisfied? Said for the reporter by whoever called. */
export const followUp: Decider = (work, command) => {
  if (!mayActForOthers(work.standing))
    return refused(work, command.name, 'not_for_you', { turnTo: 'dispatcher' });
  const no = inState(work, command.name, 'case_followed_up');
  if (no) return no;
  if (work.case.outcome === 'self_handled') return refused(work, command.name, 'own_work');
  if (command.reached && command.score !== null && work.standing.handler)
    return refused(work, command.name, 'own_work');
  return followedUp(work, command);
};

function followedUp(work: Work, command: Parameters<Decider>[1]): Work | Refused {
  const rating =
    command.score === null
      ? null
      : ({ 1: 'satisfied', 2: 'basically', 3: 'unsatisfied' } as const)[command.score];
  const { reached, solved } = command;
  const wasResolved = work.case.state === 'resolved';
  work.event('case_followed_up', { reached, solved, rating: reached ? rating : null });
  if (reached && rating === 'unsatisfied') unsatisfied(work, command.text);
  if (reached && wasResolved && (rating === 'satisfied' || rating === 'basically')) {
    work.event('case_closed', { why: 'followed_up', outcome: null, rating });
    work.tellAssignee('closed', { template: 'closed', params: { brief: work.brief, rating, to: 'officer' } });
  }
  return work.acknowledge(command.name);
}
