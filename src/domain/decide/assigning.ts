/** Giving a case to somebody: the same steps whoever decides it, the rules or a person. */
import type { Case } from '../case.ts';
import { responseDue } from '../clocks.ts';
import { reporterName } from '../rights.ts';
import type { Office, PersonId } from '../roster.ts';
import { officesFor, pickOfficer } from '../routing.ts';
import { party, type Work } from './work.ts';

type ToDispatch =
  | 'no_office'
  | 'no_officer'
  | 'unanswered'
  | 'protected'
  | 'unclear'
  | 'returned'
  | 'accused';

/** The office that fits best and its officer; nobody there is the dispatchers' to solve, not the next office's. */
export function route(
  work: Work,
): { office: Office; officer: PersonId } | { why: 'no_office' | 'no_officer' } {
  const { ctx, case: c } = work;
  const [office] = officesFor(ctx.policy, { category: c.category, village: c.village, except: c.accused });
  if (office === undefined) return { why: 'no_office' };
  const officer = pickOfficer(office, ctx.present, ctx.openCounts, c.accused);
  return officer === null ? { why: 'no_officer' } : { office, officer };
}

export interface AssignOptions {
  readonly redo?: boolean;
  readonly history?: readonly string[];
  /** What the reporter wrote; the summary where nothing else is known. */
  readonly text?: string;
}

/** Records the assignment and tells the officer, with everything in it. */
export function assignTo(work: Work, office: Office, officer: PersonId, options: AssignOptions = {}): Work {
  const { ctx, case: c } = work;
  const responseDueAt = responseDue(ctx.policy, c.category, c.urgency, ctx.now);
  work.event('case_assigned', {
    office: office.id,
    assignee: officer,
    level: office.tier,
    responseDueAt,
    dueAt: null,
  });
  return tellOfficer(work, officer, options);
}

export function tellOfficer(work: Work, officer: PersonId, options: AssignOptions = {}): Work {
  const c = work.case;
  const anyHour = c.urgency === 'U1' || c.urgency === 'U2';
  return work.say(
    party(officer),
    'assignment',
    {
      template: 'assignment',
      params: {
        brief: work.brief,
        text: options.text ?? c.summary,
        responseDueAt: c.responseDueAt,
        reporter: reporterName(c, { dispatcher: false }),
        hasContact: c.contacts.length > 0 && !c.protected,
        media: c.media.length,
        redo: options.redo ?? false,
        history: options.history ?? [],
      },
    },
    { hold: anyHour ? 'now' : 'quiet', work: true, states: ['assigned', 'in_progress'] },
  );
}

/** Urgent and specialist matters go straight to the township; the village is copied where it is listed. */
export function copyToVillage(work: Work): Work {
  const { case: c, ctx } = work;
  const village = c.village === null ? null : ctx.policy.directory.village(c.village);
  if (village === null || c.level === 'village' || c.protected) return work;
  const there = [village.secretary, ...village.cadres].filter((person) => person !== null);
  const told = new Set([...c.reporters.map(({ who }) => who), c.assignee]);
  return work.tellAll(
    there.filter((person) => !told.has(person)),
    'notice',
    { template: 'copy_to_village', params: { brief: work.brief } },
  );
}

/** Nobody fits: the dispatchers get it, with the candidates. */
export function toDispatch(work: Work, why: ToDispatch, text?: string): Work {
  const { case: c, ctx } = work;
  const fits = officesFor(ctx.policy, { category: c.category, village: c.village, except: c.accused });
  return work.tellDispatchers(
    'notice',
    {
      template: 'to_dispatch',
      params: {
        brief: work.brief,
        text: text ?? c.summary,
        why,
        candidates: fits.slice(0, 3).map(({ id }) => id),
        reporter: reporterName(c, { dispatcher: true }),
      },
    },
    { hold: c.urgency === 'U1' || c.urgency === 'U2' ? 'now' : 'quiet', states: ['reported'] },
  );
}

/** Routes by the rules, or hands the case to the dispatchers. */
export function routeOrDispatch(work: Work, options: AssignOptions = {}): Work {
  const way = route(work);
  if ('why' in way) return toDispatch(work, way.why, options.text);
  return assignTo(work, way.office, way.officer, options);
}

/** Comes back to work though nobody has it: whoever typed for an office that was never named did it. */
export function giveOn(work: Work, options: AssignOptions = {}): Work {
  const way = route(work);
  if (!('why' in way)) return assignTo(work, way.office, way.officer, options);
  return toDispatch(
    work.event('case_returned', { from: null, reason: options.text ?? '' }),
    way.why,
    options.text,
  );
}

export const needsRouting = (c: Case): boolean => c.state === 'reported' && c.asked === null;

/**
 * A case that nobody has accepted follows its new category to the office of that category, where the old one had
 * brought it to its office. What a person gave to an office stays there. False where it stays.
 */
export function followCategory(work: Work, before: string): boolean {
  const { ctx, case: c } = work;
  const fits = (category: string) =>
    officesFor(ctx.policy, { category, village: c.village, except: c.accused });
  const led = c.state === 'assigned' && fits(before)[0]?.id === c.office;
  if (!led || fits(c.category).some(({ id }) => id === c.office)) return false;
  const way = route(work);
  if ('why' in way) return false;
  const { office: from, assignee: old } = c;
  assignTo(work, way.office, way.officer);
  if (old === null || from === null) return true;
  const params = { brief: work.brief, from, reason: '', to: 'old_officer' } as const;
  work.say(party(old), 'transferred', { template: 'transferred', params });
  return true;
}
