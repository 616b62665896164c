/** `decide`: a case and a command to events and words, or to a refusal. Pure: no I/O, clock, chance or text. */
import type { Case } from '../case.ts';
import type { Command, CommandName } from '../command.ts';
import { plan } from '../plan.ts';
import { maySee } from '../rights.ts';
import { CLOCK_STEPS } from './clock.ts';
import { assign, coHandle, escalate, followUp, reclassify, screen } from './dispatcher.ts';
import type { Decider } from './guards.ts';
import {
  accept,
  askReporter,
  defer,
  explain,
  giveBack,
  progress,
  requestExtension,
  resolve,
  transfer,
} from './officer.ts';
import { answerPage, isPaged } from './paging.ts';
import { rate } from './rating.ts';
import { correct, retractMedia, supplement, urge, withdraw } from './reporter.ts';
import { decideDeferral, decideExtension } from './requests.ts';
import { clear, decideInMeeting, supervise } from './secretary.ts';
import { type Ctx, type Decision, type Done, refuse, Work } from './work.ts';

/** merge and contact take more than one case or a vault: they have files of their own. */
export type SingleCommand = Exclude<CommandName, 'merge' | 'contact'>;

const DECIDERS: Record<SingleCommand, Decider> = {
  accept: (work, command) =>
    isPaged(work.case.paging, work.ctx.actor?.person ?? '')
      ? answerPage(work, command)
      : accept(work, command),
  progress,
  ask_reporter: askReporter,
  resolve,
  explain,
  return: giveBack,
  transfer,
  request_extension: requestExtension,
  defer,
  decide_extension: decideExtension,
  decide_deferral: decideDeferral,
  assign,
  reclassify,
  co_handle: coHandle,
  escalate,
  supplement,
  correct,
  withdraw,
  retract_media: retractMedia,
  urge,
  rate,
  reopen: rate,
  supervise,
  clear,
  decide: decideInMeeting,
  follow_up: followUp,
  screen,
};

/** Someone who may not see the case gets the same answer as if it did not exist. */
export function decide(c: Case, command: Command & { name: SingleCommand }, ctx: Ctx): Decision {
  const work = new Work(c, ctx);
  if (!maySee(c, work.standing) && command.reporter === null)
    return refuse('no_such_case', { command: command.name, number: c.number });
  const result = DECIDERS[command.name](work, command);
  return result instanceof Work ? result.done() : result;
}

/**
 * Runs the steps of a case that are due at or before `ctx.now`, each once, in order.
 * `limit` guards against a plan that does not move on: that is a bug and throws.
 */
export function tick(c: Case, ctx: Ctx, limit = 24): Done {
  const work = new Work(c, ctx);
  for (let n = 0; n < limit; n++) {
    const due = plan(work.case, ctx.policy);
    if (due === null || due.at > ctx.now) return work.done();
    CLOCK_STEPS[due.step](work);
  }
  throw new Error(`${c.number}: the plan does not move on after ${limit} steps`);
}
