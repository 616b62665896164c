/** Edits and recalls: a platform's second thoughts about a message that may have made a case. */
import type { Case } from '../domain/case.ts';
import { briefOf, Work } from '../domain/decide/work.ts';
import type { CorrectableFacts } from '../domain/events.ts';
import { may } from '../domain/transitions.ts';
import type { Matter } from '../intake/reading.ts';
import type { LoadSpec } from '../store/port.ts';
import { emergencyIn } from './changes.ts';
import { areaOf } from './places.ts';
import { report } from './reporting.ts';
import type { Round } from './round.ts';
import { openPrompt, runOn } from './running.ts';
import type { Turn } from './turn.ts';

export function messageLoad({ inbound }: Turn): LoadSpec {
  const { account, chat, messageId } = inbound;
  return messageId === null || inbound.kind === 'message'
    ? {}
    : { messages: [{ account, chat: chat.id, id: messageId }] };
}

/** Cases that this message opened, in the order of its matters; not those it only said something about. */
const opened = (round: Round): readonly Case[] => {
  const { messageId: id, account, chat } = round.turn.inbound;
  if (id === null) return [];
  const message = `${account}|${chat.id}|${id}`;
  // A protected reporter's message is kept nowhere: the alias tells that it is the own case.
  const mine = (c: Case) =>
    c.reporters.some((one) => one.message === message || one.who === round.turn.alias);
  return round
    .found(`message:${id}`)
    .filter(mine)
    .sort((a, b) => a.year - b.year || a.serial - b.serial);
};

/**
 * Before acceptance an edit corrects the case, later it is a supplement; a matter that it adds is a case of
 * its own. False where it opened none.
 */
export function edited(round: Round): boolean {
  const { reading } = round.turn;
  const cases = opened(round);
  const added = cases.length === 0 ? [] : reading.cases.slice(cases.length);
  if (added.length > 0) report(round, { ...reading, cases: added });
  cases.forEach((c, at) => {
    const matter = reading.cases[at];
    const early = c.state === 'reported' || c.state === 'assigned';
    if (early && matter) runOn(round, reading, 'correct', c, { changes: changesOf(round, c, matter) });
    else runOn(round, reading, 'supplement', c);
  });
  return cases.length > 0;
}

function changesOf(round: Round, c: Case, matter: Matter): CorrectableFacts {
  const area = areaOf(round.turn, matter);
  const changes: CorrectableFacts = {
    summary: matter.summary,
    village: area.village ?? c.village,
    groups: area.groups.length > 0 ? area.groups : c.groups,
    neighborhood: area.neighborhood,
    place: matter.place ?? c.place,
    households: matter.households ?? c.households,
    // Private stays private, whatever the new words are.
    sensitive: c.sensitive || matter.sensitive,
    ...emergencyIn(matter),
  };
  return matter.category === 'gov.other' ? changes : { ...changes, category: matter.category };
}

/**
 * Hides the text and asks in private whether the matter is withdrawn too. A protected report was recalled
 * at our own request: what it says stays for the officer, and nothing is asked.
 */
export function recalled(round: Round): true {
  for (const c of opened(round)) {
    if (!may(c.state, 'message_recalled')) continue;
    const work = new Work(c, round.ctx);
    work.event('message_recalled', { message: round.turn.inbound.messageId ?? '' });
    round.take(work.done());
    if (c.protected || !may(c.state, 'case_withdrawn')) continue;
    round.whisper('notice', { template: 'ask_withdraw', params: { brief: briefOf(work.case) } }, c.number);
    openPrompt(round, 'withdraw', c.number, {}, !round.turn.direct);
  }
  return true;
}
