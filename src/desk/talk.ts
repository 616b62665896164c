/** What is not about one case: help, policy, complaints about the bot, absence, private facts, discipline. */

import { refuse } from '../domain/decide/work.ts';
import type { Absence, PolicyCard } from '../domain/policy.ts';
import type { Reading } from '../intake/reading.ts';
import { isDate, localDate } from '../kernel/zone.ts';
import type { Round } from './round.ts';
import { hasRole } from './turn.ts';

export function help(round: Round): boolean {
  round.answer('help', { template: 'help', params: { roles: round.turn.roles } });
  return true;
}

const CARDS_AT_MOST = 2;

/** Cards whose keyword stands in the question, the longest keyword first. */
export function cardsFor(cards: readonly PolicyCard[], text: string): readonly PolicyCard[] {
  const scored = cards.flatMap((card) => {
    const hits = [...card.keywords, card.title].filter((word) => word !== '' && text.includes(word));
    return hits.length === 0 ? [] : [{ card, score: Math.max(...hits.map(({ length }) => length)) }];
  });
  return scored
    .sort((a, b) => b.score - a.score)
    .map(({ card }) => card)
    .slice(0, CARDS_AT_MOST);
}

export function policyCards(round: Round, reading: Reading): boolean {
  const keyword = reading.command?.text ?? reading.command?.to ?? reading.masked;
  const cards = cardsFor(round.turn.policy.policies, keyword);
  round.answer('policy', { template: 'policy', params: { cards: cards.map(plain), keyword } });
  return true;
}

/** A general question that a card answers needs no case. */
export function answeredByCard(round: Round, reading: Reading): boolean {
  const cards = cardsFor(round.turn.policy.policies, reading.masked);
  if (cards.length === 0) return false;
  round.answer('policy', {
    template: 'policy',
    params: { cards: cards.map(plain), keyword: reading.cases[0]?.summary ?? '' },
  });
  return true;
}

const plain = ({ title, text, source, date }: PolicyCard) => ({ title, text, source, date });

/** 意见反馈: anyone may complain about the bot; the admins read it. */
export function complain(round: Round, reading: Reading): boolean {
  const { person, policy } = round.turn;
  const text = reading.command?.text ?? reading.masked;
  round.audit.push({ at: round.now, by: round.turn.who, what: 'complaint', case: null, detail: { text } });
  round.whisper('notice', { template: 'complaint_thanks', params: {} });
  round.tell(policy.roster.roles.admins, 'notice', {
    template: 'complaint_to_admin',
    params: { text, by: person?.id ?? null },
  });
  return true;
}

/** Nothing of it is stored; where to turn is said in private. */
export function discipline(round: Round): boolean {
  if (!round.turn.direct) leaveGroup(round, true);
  round.whisper('notice', { template: 'discipline', params: {} });
  return true;
}

/** A private fact about a named person is no case for a group. */
export function privateFact(round: Round): boolean {
  if (!round.turn.direct) leaveGroup(round, true);
  round.whisper('notice', { template: 'protected_warning', params: {} });
  return true;
}

function leaveGroup(round: Round, recall: boolean): void {
  const { dutyPhone } = round.turn.policy.roster.township;
  round.answer('private', { template: 'private', params: { dutyPhone, reachable: round.reachable, recall } });
}

export function unauthorized(round: Round): boolean {
  round.refuse(refuse('unauthorized', { turnTo: 'officer' }).refusal);
  return true;
}

const absenceKey = (person: string): string => `absence:${person}`;

/** Those to whom work is given. Heads of a neighborhood take on none, so nobody stands in for them. */
const WITH_WORK = ['officer', 'leader', 'cadre', 'dispatcher', 'secretary', 'recorder', 'admin'] as const;

function notTheirs(round: Round): boolean {
  const { direct, inbound } = round.turn;
  if (!direct && !inbound.mentionsBot) return false;
  round.refuse(refuse('not_for_you', { command: 'absence', turnTo: 'officer' }).refusal);
  return true;
}

/** 请假: open work and reminders go to the deputy while it lasts; 销假 ends it. */
export function absence(round: Round, reading: Reading): boolean {
  const { person, policy } = round.turn;
  if (person === null) return false;
  if (!hasRole(round.turn, ...WITH_WORK)) return notTheirs(round);
  if (reading.command?.extra.back === true) {
    round.facts[absenceKey(person.id)] = null;
    round.whisper('notice', { template: 'absence_ended', params: {} });
    return true;
  }
  const to = reading.command?.until ?? null;
  if (to === null || !isDate(to)) return refuseAbsence(round, 'needs_date', null);
  if (to < localDate(round.now, policy.calendar.timezone)) return refuseAbsence(round, 'past_date', null);
  const words = reading.command?.to ?? null;
  const deputy = words === null ? null : policy.directory.findPersonByName(words);
  if (words !== null && deputy === null) return refuseAbsence(round, 'unknown_person', words);
  setAbsence(round, {
    person: person.id,
    from: reading.command?.extra.from ?? round.today,
    to,
    deputy: deputy?.id ?? null,
  });
  return true;
}

function refuseAbsence(
  round: Round,
  code: 'needs_date' | 'past_date' | 'unknown_person',
  word: string | null,
): boolean {
  round.refuse(refuse(code, { command: 'absence', word }).refusal);
  return true;
}

function setAbsence(round: Round, absence: Absence): void {
  const { person, from, to, deputy } = absence;
  round.facts[absenceKey(person)] = JSON.stringify(absence);
  round.audit.push({ at: round.now, by: person, what: 'absence', case: null, detail: { from, to, deputy } });
  round.whisper('notice', { template: 'absence_set', params: { from, to, deputy } });
  if (deputy === null) return;
  const open = round.mine.filter(({ assignee, state }) => assignee === person && state !== 'closed').length;
  round.tell([deputy], 'notice', { template: 'absence_deputy', params: { from, to, person, open } });
}
