/** 推选, 调整: a post has ended, and what its holder was at work on goes on with somebody of the same office. */
import type { Case } from '../case.ts';
import { reporterName } from '../rights.ts';
import type { PersonId } from '../roster.ts';
import { pickOfficer } from '../routing.ts';
import { may } from '../transitions.ts';
import { toDispatch } from './assigning.ts';
import { type Ctx, type Done, party, Work } from './work.ts';

/** The officer with the fewest open cases takes it; nobody left, the dispatchers. Null where nothing is to be done. */
export function postEnded(c: Case, ctx: Ctx): Done | null {
  const office = c.office === null ? null : ctx.policy.directory.office(c.office);
  const officer = office && pickOfficer(office, ctx.present, ctx.openCounts, c.accused);
  // Whoever left may still stand in for somebody who is away.
  if (c.assignee === null || officer === c.assignee) return null;
  const work = new Work(c, ctx);
  if (officer !== null) return replaced(work, c.assignee, officer).done();
  // Put off or answered, it waits for its day or its rating; the dispatchers hear of it then.
  if (!may(c.state, 'case_returned')) return null;
  work.event('case_returned', { from: c.office, reason: '' });
  return toDispatch(work, office === null ? 'no_office' : 'no_officer').done();
}

function replaced(work: Work, before: PersonId, officer: PersonId): Work {
  work.event('assignee_replaced', { assignee: officer, why: 'post_ended' });
  const c = work.case;
  const params = {
    brief: work.brief,
    before,
    reporter: reporterName(c, { dispatcher: false }),
    hasContact: c.contacts.length > 0,
  };
  const states = ['assigned', 'in_progress', 'deferred'] as const;
  if (!states.some((state) => state === c.state)) return work;
  return work.say(party(officer), 'assignment', { template: 'handed_over', params }, { work: true, states });
}
