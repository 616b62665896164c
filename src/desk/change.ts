/** What a round has come to, as one writing of the store. */
import type { Case } from '../domain/case.ts';
import { plan } from '../domain/plan.ts';
import type { Policy } from '../domain/policy.ts';
import type { ChangeSet } from '../store/port.ts';
import { deliver } from './deliver.ts';
import { partsOf } from './parts.ts';
import type { Round } from './round.ts';

export type Outcome = 'done' | 'ignored' | 'repeated' | 'quarantined';

export function changeSet(round: Round): ChangeSet<Outcome> {
  const { turn, now, loaded } = round;
  const { inbound, policy, accounts } = turn;
  if (!round.touched) return { answer: 'ignored' };
  const key = { account: inbound.account, chat: inbound.chat.id, key: inbound.eventKey };
  return {
    answer: 'done',
    inbound: { key, at: now, effect: 'done' },
    events: round.events,
    cases: round.changed.map((value) => stored(value, policy, now)),
    outbox: deliver(round.notices, {
      policy,
      now,
      inbound,
      accounts,
      present: round.present,
      caseOf: (number) => round.case(number) ?? loaded.cases.get(number) ?? null,
    }),
    tasks: round.tasks,
    audit: round.audit,
    prompts: { open: round.opened, close: round.closed },
    facts: round.facts,
    vault: round.vault,
    serials: Object.fromEntries(Object.entries(round.serials).map(([year, next]) => [year, next - 1])),
  };
}

/** What a change has made due already happens now: nothing is stamped before what caused it. */
export function stored(value: Case, policy: Policy, now: number) {
  const next = plan(value, policy)?.at ?? null;
  return { value, parts: partsOf(value, policy), nextAt: next === null ? null : Math.max(next, now) };
}
