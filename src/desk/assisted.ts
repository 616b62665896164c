/** Before the transaction: a message of which the rules are unsure may be shown to the second reader, if there is one. */
import { questionOf } from '../intake/outgoing.ts';
import { type SecondReader, withProposal } from '../intake/proposal.ts';
import { doubts } from '../intake/unsure.ts';
import type { Scope, Store } from '../store/port.ts';
import { carriedIn } from './media.ts';
import { contextOf, limitsOf, mayReport, type Turn } from './turn.ts';

export interface Assistance {
  readonly secondReader: SecondReader;
  readonly store: Pick<Store, 'hasPrompt'>;
  readonly scope: Scope;
}

/** The turn as it is, or with what the proposal may change of its reading. */
export async function assisted(turn: Turn, now: number, help: Assistance): Promise<Turn> {
  const { inbound, reading, policy, who } = turn;
  if (!isFresh(turn)) return turn;
  const context = contextOf(turn, now);
  const limits = limitsOf(policy);
  const found = doubts(reading, context, limits);
  if (!found.intent && !found.category) return turn;
  // What answers a question of ours is read as an answer.
  if (await help.store.hasPrompt(help.scope, inbound.account, inbound.chat.id, who)) return turn;
  const proposal = await help.secondReader(questionOf(reading, context));
  if (proposal === null) return turn;
  const about = { text: inbound.text, context, doubts: found, limits };
  return { ...turn, reading: withProposal(reading, proposal, about) };
}

/** New words of somebody who may report, where reports are taken. */
function isFresh(turn: Turn): boolean {
  const { inbound, direct, group } = turn;
  if (inbound.kind !== 'message' || inbound.quote !== null || carriedIn(turn) !== null) return false;
  return mayReport(turn) && (direct || group !== null);
}
