/** The checks that commands share; each gives the refusal to answer with, or null. */
import type { Command, CommandName } from '../command.ts';
import type { EventType } from '../events.ts';
import type { RefusalCode, RefusalParams } from '../messages.ts';
import type { Standing } from '../rights.ts';
import { may } from '../transitions.ts';
import { type Refused, refuse, type Work } from './work.ts';

export type Decider = (work: Work, command: Command) => Work | Refused;

export const refused = (
  work: Work,
  command: CommandName,
  code: RefusalCode,
  more: Partial<RefusalParams> = {},
): Refused => refuse(code, { command, number: work.case.number, state: work.case.state, ...more });

/** The event that a command brings must be possible in the case's state. */
export function inState(work: Work, command: CommandName, event: EventType): Refused | null {
  if (may(work.case.state, event)) return null;
  const over =
    work.case.state === 'closed' || work.case.state === 'cancelled' || work.case.state === 'resolved';
  return refused(work, command, over ? 'already_done' : 'wrong_state');
}

/** The assigned officer, or dispatcher and village cadre for people without the bot (代接 代办结). */
export function asOfficer(work: Work, command: CommandName): Refused | null {
  const s = work.standing;
  if (s.assignee) return null;
  if (work.ctx.behalf !== null && mayActForOthers(s)) return null;
  return refused(work, command, 'not_for_you', { turnTo: 'officer' });
}

export const mayActForOthers = (s: Standing): boolean => s.dispatcher || s.cadre;

export const asReporter = (work: Work, command: CommandName): Refused | null => {
  const s = work.standing;
  return s.reporter || s.dispatcher || (work.ctx.behalf !== null && s.cadre)
    ? null
    : refused(work, command, 'not_for_you', { turnTo: 'reporter' });
};

export const asDispatcher = (work: Work, command: CommandName): Refused | null => {
  const s = work.standing;
  return s.dispatcher || s.secretary ? null : refused(work, command, 'not_for_you', { turnTo: 'dispatcher' });
};

export const asSecretary = (work: Work, command: CommandName): Refused | null =>
  work.standing.secretary ? null : refused(work, command, 'not_for_you', { turnTo: 'secretary' });

/** Words without which a command says nothing to the people who wait. */
export const withReason = (work: Work, command: Command): Refused | null =>
  (command.reason ?? command.text) === null ? refused(work, command.name, 'needs_reason') : null;

export const withWords = (work: Work, command: Command): Refused | null =>
  command.text === null ? refused(work, command.name, 'needs_words') : null;

export const withDate = (work: Work, command: Command): Refused | null => {
  if (command.pastDate) return refused(work, command.name, 'past_date', { date: command.until });
  return command.until === null ? refused(work, command.name, 'needs_date') : null;
};

export const withOffice = (work: Work, command: Command): Refused | null => {
  if (command.unknownWord !== null)
    return refused(work, command.name, 'unknown_office', { word: command.unknownWord });
  if (command.office === null) return refused(work, command.name, 'needs_office');
  return work.case.accused.includes(command.office) ? refused(work, command.name, 'accused_office') : null;
};

/** The first refusal of several checks, in order. */
export const first = (...checks: readonly (Refused | null)[]): Refused | null =>
  checks.find((check) => check !== null) ?? null;
