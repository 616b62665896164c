/**
 * A case whose step of the clock fails, whatever is tried: put off, so that it does not hold up the others
 * or spin, and told to the admins once a day. Nothing of the case changes but when it is looked at again.
 */

import type { Notice } from '../domain/decide/work.ts';
import type { Policy } from '../domain/policy.ts';
import { localDate } from '../kernel/zone.ts';
import type { ChangeSet, Need, Step } from '../store/port.ts';
import { type Outcome, stored } from './change.ts';
import { contactsWanted, deliver } from './deliver.ts';
import type { Ways } from './reach.ts';

/** Long enough for a person to look, short enough to heal by itself. */
const AGAIN_MS = 10 * 60_000;

export function stuckStep(
  number: string,
  at: number,
  error: Error | null,
  policy: Policy,
  ways: Ways,
): Step<Outcome> {
  const told = `stuck:${number}`;
  return {
    load: { numbers: [number], facts: [told] },
    decide: (loaded): ChangeSet<Outcome> | Need => {
      const c = loaded.cases.get(number);
      if (c === undefined) return { answer: 'ignored' };
      const today = localDate(at, policy.calendar.timezone);
      const again = { ...stored(c, policy, at), nextAt: at + AGAIN_MS };
      if (loaded.facts.get(told) === today) return { answer: 'quarantined', cases: [again] };
      const say = { template: 'case_stuck', params: { number, detail: error?.name ?? 'Error' } } as const;
      const notices = policy.roster.roles.admins.map((who) => tell(who, say));
      const detail = { error: error?.name ?? 'Error' };
      const delivery = {
        ...{ policy, now: at, inbound: null, ways, contacts: loaded.contacts },
        present: (person: string) => person,
        caseOf: () => c,
      };
      const need = contactsWanted(notices, delivery);
      if (need !== null) return { need };
      return {
        answer: 'quarantined',
        cases: [again],
        facts: { [told]: today },
        audit: [{ at, by: 'clock', what: 'case_stuck', case: number, detail }],
        outbox: deliver(notices, delivery),
      };
    },
  };
}

const tell = (who: string, say: Notice['say']): Notice => ({
  to: { to: 'party', who },
  kind: 'notice',
  say,
  case: null,
  hold: 'quiet',
  urgent: false,
  states: null,
  at: null,
  work: true,
  everywhere: false,
});
