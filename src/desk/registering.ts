/** What binding by a code and matching by an admin have in common: it is written, told and put on record. */
import type { BindingTemplates } from '../domain/binding-messages.ts';
import type { Say } from '../domain/messages.ts';
import type { Person, PersonId } from '../domain/roster.ts';
import type { Round } from './round.ts';

/** Writes it, and tells the person where they were known before, and the admins. */
export function bindPerson(
  round: Round,
  person: Person,
  {
    account,
    external,
    by,
  }: { readonly account: string; readonly external: string; readonly by: PersonId | null },
): void {
  round.bindings.put.push({ kind: 'person', account, external, person: person.id, at: round.now, by });
  audit(round, 'bound', { person: person.id, account, by: by ?? 'code' });
  const before = round.turn.accounts.filter((one) => person.accounts[one] !== undefined);
  if (before.length > 0) tellEverywhere(round, person.id, account);
  const admins = round.turn.policy.roster.roles.admins.filter((one) => one !== by && one !== person.id);
  const others = before.length;
  round.tell(admins, 'notice', {
    template: 'bound_to_admin',
    params: { person: person.id, account, by, others },
  });
}

export const welcome = (round: Round, person: PersonId) => ({
  template: 'bind_welcome' as const,
  params: { person, roles: round.turn.policy.directory.rolesOf(person) },
});

/** On all their accounts and to nobody who stands in: whether it was them only they can tell. */
function tellEverywhere(round: Round, person: PersonId, account: string): void {
  round.touched = true;
  round.notices.push({
    to: { to: 'party', who: person },
    kind: 'notice',
    say: { template: 'bind_elsewhere', params: { person, account } },
    case: null,
    hold: 'now',
    urgent: false,
    states: null,
    at: null,
    work: false,
    everywhere: true,
  });
}

/**
 * In private; where the platform lets nobody be written to who has not written first, in the group that is ours,
 * with the little that may be said there. In a group that is not bound we say nothing.
 */
export function privately(round: Round, say: Say): true {
  const { direct, group } = round.turn;
  if (direct || round.reachable) round.whisper('notice', say);
  else if (group !== null) round.answer('notice', say);
  round.touched = true;
  return true;
}

type Refused = BindingTemplates['bind_refused'];

/** Answers in private, wherever it was written: it may name somebody. */
export function refuseBinding(round: Round, why: Refused['why'], more: Partial<Refused> = {}): true {
  const params = { why, word: null, person: null, account: null, ...more };
  return privately(round, { template: 'bind_refused', params });
}

/** The other admins: who did it is answered. */
export const others = (round: Round): readonly string[] =>
  round.turn.policy.roster.roles.admins.filter((one) => one !== round.turn.person?.id);

export function audit(round: Round, what: string, detail: Readonly<Record<string, unknown>>): void {
  round.audit.push({ at: round.now, by: round.turn.who, what, case: null, detail });
  round.touched = true;
}
