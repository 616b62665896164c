/** Calling the people on duty, one after another, until one answers. Never waits for a missing field. */
import { localDateTime } from '../../kernel/zone.ts';
import { isOpen, type Paging } from '../case.ts';
import { hotlinesOf } from '../hotlines.ts';
import { asOfficer, type Decider, inState, refused } from './guards.ts';
import { party, type Work } from './work.ts';

const MINUTE = 60_000;

/** Who is called, in order: the people on duty, the office's leader, the secretaries; each once. */
function orderOf(work: Work): readonly string[] {
  const { policy, now } = work.ctx;
  const { date, time } = localDateTime(now, policy.calendar.timezone);
  const leader = work.leaderOf(work.case.office);
  const all = [...policy.directory.onDuty(`${date}T${time}`), leader, ...policy.roster.roles.secretaries];
  const accused = new Set(work.case.accused);
  return [...new Set(all.filter((one): one is string => one !== null && !accused.has(one)))];
}

/** Calls the next person; the last one called is not called again by the clock. */
export function page(work: Work): Work {
  const before = work.case.paging;
  const order = before?.order ?? orderOf(work);
  const called = (before?.called ?? 0) + 1;
  const who = order[called - 1];
  if (who === undefined) return work;
  const wait = work.ctx.policy.settings.cases.pageNextAfterMinutes * MINUTE;
  const nextAt = called < order.length ? work.ctx.now + wait : null;
  work.event('page_sent', { order, called, nextAt });
  const c = work.case;
  return work.say(
    party(who),
    'page',
    {
      template: 'page',
      params: {
        brief: work.brief,
        text: c.summary,
        callNumber: called,
        reporter: c.protected ? null : (c.reporters[0]?.who ?? null),
        hasContact: c.contacts.length > 0 && !c.protected,
      },
    },
    { hold: 'now', everywhere: true },
  );
}

/** A matter of U1 for which nobody was called yet, from whenever it is one. */
export function callDuty(work: Work): Work {
  const { urgency, paging, state } = work.case;
  return urgency === 'U1' && paging === null && isOpen(state) ? page(work) : work;
}

/** The first advice goes before all else and stays in the group; the duty is called at once. */
export function alarm(work: Work, needPlace = false): Work {
  const { urgency, paging, category, number } = work.case;
  if (urgency !== 'U1' || paging !== null) return work;
  const { dutyPhone } = work.ctx.policy.roster.township;
  const hotlines = hotlinesOf(category);
  work.say({ to: 'here' }, 'emergency', {
    template: 'emergency',
    params: { hotlines, dutyPhone, category, needPlace, paged: true, number },
  });
  return callDuty(work);
}

export const isPaged = (paging: Paging | null, who: string): boolean =>
  paging !== null && paging.answeredBy === null && paging.order.slice(0, paging.called).includes(who);

/** Any word of a paged person is an answer; who was assigned the case too accepts it with the same word. */
export const answerPage: Decider = (work, command) => {
  const { actor } = work.ctx;
  const person = actor?.person ?? null;
  if (person === null || !isPaged(work.case.paging, person))
    return refused(work, command.name, 'nothing_waits');
  const no = inState(work, command.name, 'page_answered');
  if (no) return no;
  work.event('page_answered', { by: person });
  const accepts = work.case.state === 'assigned' && asOfficer(work, 'accept') === null;
  if (accepts) work.event('case_accepted', { handler: work.by, contacted: false });
  work.tellReporters('accepted', { template: 'accepted', params: { brief: work.brief } });
  return work.acknowledge('accept');
};
