/** The reporter's word: whether it is really solved. Silence is never satisfaction. */
import { outOfQuiet } from '../../kernel/quiet.ts';
import { addDays, instantOf, type LocalDate, localDate } from '../../kernel/zone.ts';
import type { Case, Instant, Party, Rating } from '../case.ts';
import { resolutionDue } from '../clocks.ts';
import type { Command } from '../command.ts';
import type { MessageKind, Say } from '../messages.ts';
import { type Actor, handledByVillage } from '../rights.ts';
import { giveOn } from './assigning.ts';
import { type Decider, first, mayActForOthers, refused } from './guards.ts';
import { alarm } from './paging.ts';
import type { Refused, Work } from './work.ts';
import { party } from './work.ts';

type Tell = (ask: boolean) => { readonly kind: MessageKind; readonly say: Say };

/**
 * Tells each reporter the answer, with the rating question where that person was not asked today. Whoever was has
 * the question at 08:30 of their own next free day.
 */
export function askRating(work: Work, tell: Tell): Work {
  const { policy } = work.ctx;
  const arrives = arrival(work);
  const today = localDate(arrives, policy.calendar.timezone);
  const raters = work.case.reporters
    .map(({ who }) => who)
    .filter((who) => who !== work.by && !work.case.handlers.includes(who));
  const asked = raters.filter((who) => !isBusy(work, who, today));
  if (asked.length > 0 || raters.length === 0) work.event('rating_asked', { of: asked, at: arrives });
  putOff(work, without(raters, asked));
  for (const who of asked) work.ratingAsked(who, today);
  for (const { who } of work.case.reporters) {
    if (who === work.by) continue;
    const { kind, say } = tell(asked.includes(who));
    work.say(party(who), kind, say);
  }
  return work;
}

/**
 * The questions that were put off and are due now. Where this comes late and their day is over, whoever was asked
 * about another matter today waits once more: one question a day holds after a standstill too.
 */
export function askPutOff(work: Work): Work {
  const { timezone } = work.ctx.policy.calendar;
  const { reporters, ratingAskAt, handlers, answer } = work.case;
  const planned = localDate(ratingAskAt ?? work.ctx.now, timezone);
  const arrives = arrival(work);
  const today = localDate(arrives, timezone);
  // Histories of before name nobody: there the question is everybody's.
  const named = reporters.filter(({ askAt }) => askAt !== undefined && askAt <= work.ctx.now);
  const due = (named.length > 0 ? named : reporters)
    .filter(({ who, rated }) => rated !== true && !handlers.includes(who))
    .map(({ who }) => who);
  // The day itself was kept free for this question.
  const asked = due.filter((who) => today === planned || !isBusy(work, who, today));
  putOff(work, without(due, asked));
  if (asked.length > 0 || due.length === 0) work.event('rating_asked', { of: asked, at: arrives });
  for (const who of asked) {
    const others = work.ctx.ratingAskedOn(who) ?? today;
    // Days kept for further questions stay kept.
    work.ratingAsked(who, [others, today].toSorted().at(-1) ?? today);
    const say = { template: 'rating_question', params: { brief: work.brief, text: answer ?? '' } } as const;
    work.say(party(who), 'notice', say, { states: ['resolved', 'closed'] });
  }
  return work;
}

const without = (all: readonly Party[], some: readonly Party[]): readonly Party[] =>
  all.filter((who) => !some.includes(who));

const isBusy = (work: Work, who: Party, today: LocalDate): boolean =>
  work.ctx.policy.settings.rating.oneQuestionADay && (work.ctx.ratingAskedOn(who) ?? '') >= today;

/** What is said in the night arrives in the morning, and what is caught up arrives today: that day counts. */
function arrival(work: Work): Instant {
  const { now, clock = now, policy } = work.ctx;
  const said = Math.max(now, clock);
  if (work.case.urgency === 'U1') return said;
  return outOfQuiet(said, policy.settings.quietHours, policy.calendar.timezone);
}

/** Each at 08:30 of the first day on which that person was not asked yet; the day is taken from now on. */
function putOff(work: Work, people: readonly Party[]): void {
  const days = Map.groupBy(people, (who) => nextFree(work, who));
  for (const [day, of] of [...days].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const { calendar, settings } = work.ctx.policy;
    work.event('rating_planned', { at: instantOf(day, settings.rating.followUpTime, calendar.timezone), of });
    for (const who of of) work.ratingAsked(who, day);
  }
}

function nextFree(work: Work, who: Party): LocalDate {
  const last = work.ctx.ratingAskedOn(who);
  return addDays(last ?? localDate(work.ctx.now, work.ctx.policy.calendar.timezone), 1);
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
  if (rating === 'unsatisfied') return withDanger(work, command);
  work.event('case_closed', { why: 'rated', outcome: null, rating });
  work.tellAssignee('closed', { template: 'closed', params: { brief: work.brief, rating, to: 'officer' } });
  return work.say({ to: 'sender' }, 'closed', {
    template: 'closed',
    params: { brief: work.brief, rating, to: 'reporter' },
  });
};

/** 没解决，有人触电了: it is an emergency from then on. */
function withDanger(work: Work, { text, changes }: Command): Work {
  if (changes.urgency !== 'U1') return unsatisfied(work, text);
  const said = {
    text: text ?? '',
    media: [],
    changes: { urgency: 'U1' },
    reporter: null,
    contacts: [],
  } as const;
  return alarm(unsatisfied(work.event('case_supplemented', said), text));
}

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
export function reopenWork(
  work: Work,
  why: 'unsatisfied' | 'screening' | 'danger',
  text: string | null,
): Work {
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
