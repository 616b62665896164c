/** What a round has come to, as one writing of the store. */
import type { Case } from '../domain/case.ts';
import { plan } from '../domain/plan.ts';
import type { Policy } from '../domain/policy.ts';
import type { ChangeSet, Need } from '../store/port.ts';
import { contactsWanted, deliver } from './deliver.ts';
import { noted } from './heard.ts';
import { mediaTasks } from './media-tasks.ts';
import { partsOf } from './parts.ts';
import type { Round } from './round.ts';

export type Outcome = 'done' | 'ignored' | 'repeated' | 'quarantined';

export function changeSet(round: Round): ChangeSet<Outcome> | Need {
  const { turn, now, loaded } = round;
  const { inbound, policy, ways } = turn;
  const contacts = noted(inbound, ways, loaded, now) ?? [];
  if (!round.touched) return { answer: 'ignored', contacts };
  const key = { account: inbound.account, chat: inbound.chat.id, key: inbound.eventKey };
  const { delivery } = round;
  const need = contactsWanted(round.notices, delivery);
  if (need !== null) return { need };
  return {
    answer: 'done',
    inbound: { key, at: now, effect: 'done' },
    events: round.events,
    cases: round.changed.map((value) => stored(value, policy, now)),
    outbox: deliver(round.notices, delivery),
    contacts,
    tasks: [
      ...round.tasks,
      ...mediaTasks(round.events, { caseOf: (number) => round.case(number), now }, turn.secrets.blind),
    ],
    audit: round.audit,
    prompts: { open: round.opened, close: round.closed },
    facts: round.facts,
    vault: round.vault,
    ...bound(round),
    serials: Object.fromEntries(Object.entries(round.serials).map(([year, next]) => [year, next - 1])),
  };
}

/** Named only where it changes: each change raises the revision that every process looks at. */
function bound({ bindings, codes }: Round): Pick<ChangeSet, 'bindings' | 'codes'> {
  const changes = bindings.put.length + bindings.remove.length > 0;
  return { ...(changes ? { bindings } : {}), ...(codes.length > 0 ? { codes: { put: codes } } : {}) };
}

/** What a change has made due already happens now: nothing is stamped before what caused it. */
export function stored(value: Case, policy: Policy, now: number) {
  const next = plan(value, policy)?.at ?? null;
  return { value, parts: partsOf(value, policy), nextAt: next === null ? null : Math.max(next, now) };
}
