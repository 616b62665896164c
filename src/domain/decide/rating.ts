/** The reporter's word: whether it is really solved. Silence is never satisfaction. */
import { outOfQuiet } from '../../kernel/quiet.ts';
import { addDays, instantOf, localDate } from '../../kernel/zone.ts';
import type { Case, Instant, Party, Rating } from '../case.ts';
import { resolutionDue } from '../clocks.ts';
import type { MessageKind, Say } from '../messages.ts';
import { type Actor, handledByVillage } from '../rights.ts';
import { giveOn } from './assigning.ts';
import { type Decider, first, mayActForOthers, refused } from './guards.ts';
import type { Refused, Work } from './work.ts';
import { party } from './work.ts';

type Tell = (ask: boolean) => { readonly kind: MessageKind; readonly say: Say };

/**
 * Tells each reporter the answer, with the rating question where that person was not asked today.
 * Where nobody may be asked today, the question follows at 08:30 of the next free day.
 */
export function askRating(work: Work, tell: Tell): Work {
  const { policy } = work.ctx;
  const arrives = arrival(work);
  const today = localDate(arrives, policy.calendar.timezone);
  const raters = work.case.reporters
    .map(({ who }) => who)
    .filter((who) => who !== work.by && !work.case.handlers.includes(who));
  const busy = (who: Party) =>
    policy.settings.rating.oneQuestionADay && (work.ctx.ratingAskedOn(who) ?? '') >= today;
  const asked = raters.filter((who) => !busy(who));
  if (asked.length > 0 || raters.length === 0) work.event('rating_asked', { of: asked, at: arrives });
  else work.event('rating_planned', { at: nextFree(work, raters) });
  for (const who of asked) work.ratingAsked(who, today);
  for (const { who } of work.case.reporters) {
    if (who === work.by) continue;
    const { kind, say } = tell(asked.includes(who));
    work.say(party(who), kind, say);
  }
  return work;
}

/** What is said in the night arrives in the morning: the question counts for that day. */
function arrival(work: Work): Instant {
  const { now, policy } = work.ctx;
  if (work.case.urgency === 'U1') return now;
  return outOfQuiet(now, policy.settings.quietHours, policy.calendar.timezone);
}

/** 08:30 of the first day on which one of them was not asked yet. */
function nextFree(work: Work, raters: readonly Party[]): Instant {
  const { timezone } = work.ctx.policy.calendar;
  const lasts = raters.map((who) => work.ctx.ratingAskedOn(who) ?? '').sort();
  const day = addDays(lasts[0] ?? localDate(work.ctx.now, timezone), 1);
  return instantOf(day, work.ctx.policy.settings.rating.followUpTime, timezone);
}

/** Was asked like the others, and has not said a word yet when one of them closed it. */
export const waitsForWord = (c: Case, { who: own, alias }: Actor): boolean =>
  c.state === 'closed' &&
  c.rating !== null &&
  c.ratingAskedAt !== null &&
  c.reporters.length > 1 &&
  c.reporters.some(({ who, rated }) => rated !== true && (who === own || who === alias));

const RATINGS = { 1: 'satisfied', 2: 'basically', 3: 'unsatisfied' } as const satisfies Record<
  number,
  Rating
>;

export const rate: Decider = (work, command) => {
  const no = first(mayRate(work, command.name), rateable(work, command.name));
  if (no) return no;
  const rating = RATINGS[command.score ?? 3];
  if (work.case.state === 'closed' && rating !== 'unsatisfied') return lateThanks(work, rating);
  work.event('case_rated', { rating, by: work.by });
  if (rating === 'unsatisfied') return unsatisfied(work, command.text);
  work.event('case_closed', { why: 'rated', outcome: null, rating });
  work.tellAssignee('closed', { template: 'closed', params: { brief: work.brief, rating, to: 'officer' } });
  return work.say({ to: 'sender' }, 'closed', {
    template: 'closed',
    params: { brief: work.brief, rating, to: 'reporter' },
  });
};

/** Another reporter's word closed it before this one's: both count. */
function lateThanks(work: Work, rating: Rating): Work | Refused {
  const { actor } = work.ctx;
  const open = actor !== null && waitsForWord(work.case, actor);
  if (work.case.rating !== null && !open) return refused(work, 'rate', 'already_done');
  work.event('case_rated', { rating, by: work.by });
  return work.say({ to: 'sender' }, 'closed', {
    template: 'closed',
    params: { brief: work.brief, rating, to: 'reporter' },
  });
}

/** The reporter; dispatcher or cadre for one who can't (代评), but never whoever handled it, nor the village that did. */
function mayRate(work: Work, name: 'rate' | 'reopen' | string): Refused | null {
  const s = work.standing;
  const command = name === 'reopen' ? 'reopen' : 'rate';
  const own = s.reporter && work.ctx.behalf === null;
  const forOthers = work.ctx.behalf !== null && mayActForOthers(s);
  if (!own && !forOthers) return refused(work, command, 'not_for_you', { turnTo: 'reporter' });
  if (s.handler || s.assignee) return refused(work, command, 'own_work');
  const byVillage = forOthers && !s.dispatcher && handledByVillage(work.ctx.policy, work.case) !== null;
  return byVillage ? refused(work, command, 'own_work') : null;
}

const DAY_MS = 24 * 60 * 60 * 1000;

function rateable(work: Work, name: string): Refused | null {
  const { state, closedAt, outcome } = work.case;
  const command = name === 'reopen' ? 'reopen' : 'rate';
  if (state === 'resolved') return null;
  if (state !== 'closed') return refused(work, command, state === 'cancelled' ? 'already_done' : 'too_early');
  if (outcome === 'self_handled') return refused(work, command, 'own_work');
  const last = (closedAt ?? 0) + work.ctx.policy.settings.rating.lateDays * DAY_MS;
  return work.ctx.now <= last ? null : refused(work, command, 'too_late', { date: last });
}

/** Twice reopened, or only explained: a person decides (甄别). Else the same officer does it again. */
export function unsatisfied(work: Work, text: string | null): Work {
  if (work.case.outcome === 'explained' || work.case.unsatisfied >= 3) return screen(work, text);
  reopenWork(work, 'unsatisfied', text);
  const times = work.case.unsatisfied;
  const say = (to: 'reporter' | 'officer' | 'secretary') =>
    ({ template: 'reopened', params: { brief: work.brief, text, to, times } }) as const;
  if (times >= 2) work.tellAll(work.ctx.policy.roster.roles.secretaries, 'reopened', say('secretary'));
  return work.say({ to: 'sender' }, 'reopened', say('reporter'));
}

/** Back to the same officer with a redo clock beside the original. */
export function reopenWork(work: Work, why: 'unsatisfied' | 'screening', text: string | null): Work {
  const { policy, now } = work.ctx;
  const dueAt = resolutionDue(policy, work.case.category, work.case.urgency, now);
  work.event('case_reopened', { dueAt, why });
  if (work.case.assignee === null) return giveOn(work, text === null ? { redo: true } : { redo: true, text });
  return work.tellAssignee('reopened', {
    template: 'reopened',
    params: { brief: work.brief, text, to: 'officer', times: work.case.unsatisfied },
  });
}

function screen(work: Work, text: string | null): Work {
  work.event('screening_opened', {});
  const say = (to: 'reporter' | 'dispatcher') =>
    ({ template: 'screening', params: { brief: work.brief, text, to } }) as const;
  return work.tellDispatchers('notice', say('dispatcher')).say({ to: 'sender' }, 'notice', say('reporter'));
}
