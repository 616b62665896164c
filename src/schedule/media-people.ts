/** Where those who may see a case's files are written to: in private, never in a group. */
import { placeOf } from '../digest/telling.ts';
import { type Case, isOpen, type Party } from '../domain/case.ts';
import type { Presence } from '../domain/routing.ts';
import type { TaskContext } from './tasks.ts';

export interface PrivatePlace {
  readonly account: string;
  readonly chat: string;
}

type Reach = Pick<TaskContext, 'policy' | 'accounts'>;

/** @param via the account a party without one of the roster's is known on; an alias is resolved while sending */
export function placeOfParty(who: Party, via: string | null, context: Reach): PrivatePlace | null {
  if (!who.startsWith('~') && !who.startsWith('@')) return placeOf(who, via, context);
  if (via === null || !context.accounts.includes(via)) return null;
  return { account: via, chat: who.startsWith('~') ? who : who.slice(who.indexOf(':') + 1) };
}

export interface Reader {
  readonly who: Party;
  readonly place: PrivatePlace;
}

/**
 * Who gets files without asking: whoever has the case, else the dispatchers, who give it to somebody. Also
 * them where the officer is on no platform that takes files: someone has to show them.
 */
export function readersOf(
  c: Case,
  given: Party | null,
  present: Presence,
  context: Reach,
): readonly Reader[] {
  if (!isOpen(c.state)) return [];
  const owner = given ?? c.assignee;
  const officer = owner === null ? null : atWork(owner, c, present);
  const found = officer === null ? [] : readersAmong([officer], context);
  return found.length > 0 ? found : readersAmong(context.policy.roster.roles.dispatchers, context);
}

/** The deputy of somebody away, but never one whom the matter accuses. */
function atWork(who: Party, { accused }: Case, present: Presence): Party {
  const deputy = present(who) ?? who;
  return accused.includes(deputy) ? who : deputy;
}

function readersAmong(people: readonly Party[], context: Reach): readonly Reader[] {
  return [...new Set(people)].flatMap((who) => {
    const place = placeOf(who, null, context);
    return place === null ? [] : [{ who, place }];
  });
}
