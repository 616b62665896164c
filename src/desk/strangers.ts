/**
 * Senders not on the roster and groups not bound: one polite answer a day at most and an entry for the
 * admin. A case only in an emergency, which holds for any sender.
 */
import { stableKey } from '../kernel/ids.ts';
import { introduce, tellOfGroup } from './groups.ts';
import { audit, privately } from './registering.ts';
import { report } from './reporting.ts';
import type { Round } from './round.ts';
import { harmless, rememberSender } from './seen.ts';
import type { Turn } from './turn.ts';

export const isStranger = (turn: Turn): boolean =>
  turn.person === null || (!turn.direct && turn.group === null);

/** The day on which somebody was last answered: who is not known, anywhere; whom we know, in this group. */
export const strangerKey = ({ inbound, person }: Turn): string => {
  const { account, sender, chat } = inbound;
  return stableKey('stranger', account, sender.id, ...(person === null ? [] : [chat.id]));
};

/** Chatter in a group is none of ours; what is addressed to the bot or looks like a report is answered. */
const deservesWord = ({ direct, inbound, reading }: Turn): boolean =>
  direct ||
  inbound.mentionsBot ||
  (reading.intent !== 'chatter' && reading.intent !== 'notice' && !reading.bareWord);

/** A stranger's message ends here, answered or not. */
export function stranger(round: Round): true {
  const { turn } = round;
  const urgent = turn.reading.cases.filter(({ urgency }) => urgency === 'U1');
  if (urgent.length > 0) {
    report(round, { ...turn.reading, cases: urgent });
    return true;
  }
  if (!deservesWord(turn)) return true;
  if (turn.direct || turn.group !== null) {
    if (answered(round)) tellOfSender(round);
    return true;
  }
  // Spoken to in a group that is new to us: two lines there, once, and the admins may bind it.
  const introduced = turn.inbound.mentionsBot && introduce(round);
  // Who can't be written to is told nothing here, and is still to be answered where that can be done.
  if (!introduced && round.reachable) answered(round);
  tellOfGroup(round);
  return true;
}

/** Once a day; false where it was done before. */
function answered(round: Round): boolean {
  const { turn } = round;
  if (round.fact(strangerKey(turn)) === round.today) return false;
  round.facts[strangerKey(turn)] = round.today;
  const { dutyPhone } = turn.policy.roster.township;
  return privately(round, { template: 'stranger', params: { dutyPhone, known: turn.person !== null } });
}

function tellOfSender(round: Round): void {
  const { inbound, policy, direct } = round.turn;
  const { account, chat, sender } = inbound;
  audit(round, 'stranger', { account, chat: chat.id });
  round.tell(policy.roster.roles.admins, 'notice', {
    template: 'stranger_to_admin',
    params: {
      ref: rememberSender(round),
      account,
      sender: harmless(sender.id),
      name: sender.name === null ? null : harmless(sender.name),
      chat: harmless(chat.id),
      direct,
    },
  });
}
