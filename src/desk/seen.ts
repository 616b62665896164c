/** Strangers and groups that an admin may bind: each has a short reference, by which one line names it. */
import { stableKey } from '../kernel/ids.ts';
import { mask } from '../kernel/masking.ts';
import type { Inbound } from '../port.ts';
import type { Round } from './round.ts';
import type { Turn } from './turn.ts';

/** What a reference stands for. Accounts only: nobody is known by a display name. */
export interface Seen {
  readonly kind: 'person' | 'chat';
  readonly account: string;
  readonly external: string;
}

/** Four letters name one among a million; where two meet, the later takes more. */
const LENGTHS = [4, 6, 8] as const;

export const seenKey = (ref: string): string => `seen:${ref}`;

const sender = ({ account, sender: { id } }: Inbound): Seen => ({ kind: 'person', account, external: id });
const group = ({ account, chat: { id } }: Inbound): Seen => ({ kind: 'chat', account, external: id });

function refsOf(turn: Turn, { kind, account, external }: Seen): readonly string[] {
  const letters = turn.secrets.blind(stableKey('seen', kind, account, external)).slice(1);
  return LENGTHS.map((length) => letters.slice(0, length));
}

/** The facts that tell whether a reference is free. */
export const seenFacts = (turn: Turn): readonly string[] =>
  [sender(turn.inbound), group(turn.inbound)].flatMap((one) => refsOf(turn, one).map(seenKey));

function remember(round: Round, seen: Seen): string {
  const value = JSON.stringify(seen);
  const refs = refsOf(round.turn, seen);
  const free = refs.find((ref) => (round.fact(seenKey(ref)) ?? value) === value) ?? refs.at(-1) ?? '';
  round.facts[seenKey(free)] = value;
  return free;
}

export const rememberSender = (round: Round): string => remember(round, sender(round.turn.inbound));
export const rememberGroup = (round: Round): string => remember(round, group(round.turn.inbound));

export function seenAs(round: Round, ref: string): Seen | null {
  const kept = round.fact(seenKey(ref));
  return kept === null ? null : (JSON.parse(kept) as Seen);
}

/** Ids and names as platforms give them may be telephone numbers. */
export const harmless = (text: string): string => mask(text);
