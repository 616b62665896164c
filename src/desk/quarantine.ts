/** A message that throws whatever is tried: kept aside and acknowledged; its sender and the dispatcher are told. */
import type { ChangeSet, Need, Step } from '../store/port.ts';
import { contactsWanted, deliver } from './deliver.ts';
import { heardLoad, heardNow, noted } from './heard.ts';
import { Round } from './round.ts';
import type { Turn } from './turn.ts';

export function quarantined(turn: Turn, error: Error | null): Step<'quarantined'> {
  const { inbound, policy, ways } = turn;
  const key = { account: inbound.account, chat: inbound.chat.id, key: inbound.eventKey };
  return {
    load: { inbound: key, contacts: heardLoad(turn) },
    decide: (loaded, now): ChangeSet<'quarantined'> | Need => {
      if (loaded.seen) return { answer: 'quarantined' };
      const round = new Round(turn, loaded, now);
      const { dutyPhone } = policy.roster.township;
      round.whisper('notice', { template: 'quarantined', params: { dutyPhone } });
      round.tell(policy.roster.roles.dispatchers, 'notice', {
        template: 'quarantined_to_dispatcher',
        params: { account: inbound.account, sender: turn.who, detail: error?.name ?? 'Error' },
      });
      // The name of the error only: its message may carry the text that made it.
      const detail = {
        key: inbound.eventKey,
        chat: inbound.chat.id,
        error: error?.name ?? 'Error',
        text: turn.reading.masked,
      };
      const delivery = {
        ...{ policy, now, inbound, ways, contacts: heardNow(turn, loaded, now) },
        present: (person: string) => person,
        caseOf: () => null,
      };
      const need = contactsWanted(round.notices, delivery);
      if (need !== null) return { need };
      return {
        answer: 'quarantined',
        inbound: { key, at: now, effect: 'done' },
        audit: [{ at: now, by: turn.who, what: 'quarantined', case: null, detail }],
        outbox: deliver(round.notices, delivery),
        contacts: noted(inbound, ways, loaded, now) ?? [],
      };
    },
  };
}
