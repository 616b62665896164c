/**
 * Which case a message means. In this order: a number in the text, the quoted message's id, a number
 * in the quoted text, the only fitting case. Two fits are asked about, never guessed.
 */
import type { Case } from '../domain/case.ts';
import { isOpen } from '../domain/case.ts';
import type { CommandName } from '../domain/command.ts';
import { isPaged } from '../domain/decide/paging.ts';
import { maySee, type Standing, standing } from '../domain/rights.ts';
import { refsInQuote } from '../intake/commands/refs.ts';
import type { Reading } from '../intake/reading.ts';
import type { LoadSpec } from '../store/port.ts';
import type { Round } from './round.ts';
import type { Turn } from './turn.ts';

export type Referenced =
  | { readonly type: 'cases'; readonly cases: readonly Case[] }
  | { readonly type: 'ask'; readonly cases: readonly Case[] }
  /** A reference that leads nowhere the sender may look. */
  | { readonly type: 'unknown'; readonly ref: string }
  | { readonly type: 'none' };

/** What must be loaded to find the cases of a reading. */
export function referenceLoad(turn: Turn, refs: readonly string[]): LoadSpec {
  const { inbound } = turn;
  const quoted = quoteRefs(turn);
  const all = [...refs, ...quoted];
  const messageId = inbound.quote?.id ?? null;
  // What was said to a protected reporter stands under the alias, not under the chat it was sent to.
  const chats = turn.direct ? [inbound.chat.id, turn.alias] : [inbound.chat.id];
  const quotes =
    messageId === null ? [] : chats.map((chat) => ({ account: inbound.account, chat, messageId }));
  // A person's own message is quoted too: what came of it is meant.
  const messages =
    messageId === null ? [] : [{ account: inbound.account, chat: inbound.chat.id, id: messageId }];
  const serials = all.filter(isSerial).map(Number);
  return { serials, numbers: all.filter((ref) => !isSerial(ref)), quotes, messages };
}

const isSerial = (ref: string): boolean => /^\d{1,9}$/.test(ref);

const quoteRefs = (turn: Turn): readonly string[] =>
  turn.inbound.quote?.text == null ? [] : refsInQuote(turn.inbound.quote.text);

export function referenced(round: Round, reading: Reading, command: CommandName | 'status'): Referenced {
  const named = reading.command?.refs ?? [];
  if (named.length > 0) return byRefs(round, named);
  const quote = byQuote(round);
  if (quote !== null) return quote;
  return onlyFit(round, command);
}

function byRefs(round: Round, refs: readonly string[]): Referenced {
  const cases: Case[] = [];
  for (const ref of refs) {
    const found = one(round, ref);
    if (found === null) return { type: 'unknown', ref };
    if (!cases.includes(found)) cases.push(found);
  }
  return { type: 'cases', cases };
}

/** A bare number is the serial among the cases the sender may see: this year's, else the latest earlier one. */
function one(round: Round, ref: string): Case | null {
  const seen = isSerial(ref)
    ? round.found(`serial:${Number(ref)}`)
    : [round.case(ref)].filter((c) => c !== null);
  const visible = seen.filter((c) => sees(round, c));
  const year = Number(round.today.slice(0, 4));
  const found = visible.find((c) => c.year === year) ?? visible.filter((c) => c.year < year)[0];
  return found === undefined ? null : wholeOf(round, found);
}

/** What is said of a merged case is said of the one it went into. */
function wholeOf(round: Round, c: Case): Case {
  const into = c.mergedInto;
  if (into === null) return c;
  const whole = round.case(into);
  if (whole === null) round.wanted = { numbers: [into] };
  return whole === null || !sees(round, whole) ? c : wholeOf(round, whole);
}

export const sees = (round: Round, c: Case): boolean =>
  maySee(c, standing(round.turn.policy, c, round.actor));

/** The cases of the quoted message, ours or a person's own. */
export function quotedById(round: Round, id: string | null): readonly Case[] {
  if (id === null) return [];
  const ours = round.found(`quote:${id}`);
  return ours.length > 0 ? ours : round.found(`message:${id}`);
}

function byQuote(round: Round): Referenced | null {
  const { quote } = round.turn.inbound;
  if (quote === null) return null;
  const seen = quotedById(round, quote.id).filter((c) => sees(round, c));
  const byId = [...new Set(seen.map((c) => wholeOf(round, c)))];
  if (byId.length === 1) return { type: 'cases', cases: byId };
  const refs = quoteRefs(round.turn);
  const inText = refs.flatMap((ref) => one(round, ref) ?? []);
  const cases = [...new Set(byId.length > 0 ? byId : inText)];
  if (cases.length === 0) return null;
  return cases.length === 1 ? { type: 'cases', cases } : { type: 'ask', cases };
}

/** "刚才那条" names the last one: that is no guess. */
const LATEST = /刚才|刚刚|刚发|刚报|上一条|上条|前一条|最后一条/;

function onlyFit(round: Round, command: CommandName | 'status'): Referenced {
  const { policy } = round.turn;
  const cases = round.mine.filter((c) => FITS[command](c, standing(policy, c, round.actor), round));
  const [first] = cases;
  if (first === undefined) return { type: 'none' };
  if (cases.length === 1 || (LATEST.test(round.turn.reading.masked) && isReporters(command)))
    return { type: 'cases', cases: [first] };
  return { type: 'ask', cases };
}

type Fits = (c: Case, s: Standing, round: Round) => boolean;

const atWork: Fits = (c, s) => s.assignee && ['assigned', 'in_progress', 'deferred'].includes(c.state);
const own: Fits = (c, s) => s.reporter && isOpen(c.state);
const never: Fits = () => false;
const REPORTERS = new Set<string>(['supplement', 'correct', 'withdraw', 'retract_media', 'urge', 'status']);
const isReporters = (command: string): boolean => REPORTERS.has(command);

const waitsForRating: Fits = (c, s) => s.reporter && !s.handler && c.state === 'resolved';
const lateUnsatisfied: Fits = (c, s, round) =>
  s.reporter &&
  !s.handler &&
  c.state === 'closed' &&
  c.outcome !== 'self_handled' &&
  (c.closedAt ?? 0) + round.turn.policy.settings.rating.lateDays * 86_400_000 >= round.now &&
  !round.mine.some((other) => other.state === 'resolved');

const FITS: Record<CommandName | 'status', Fits> = {
  accept: (c, s, round) =>
    (s.assignee && c.state === 'assigned') ||
    (isOpen(c.state) && isPaged(c.paging, round.actor.person ?? '')),
  progress: atWork,
  ask_reporter: atWork,
  resolve: atWork,
  explain: atWork,
  return: atWork,
  transfer: atWork,
  request_extension: atWork,
  defer: atWork,
  contact: atWork,
  decide_extension: (c) => c.extension !== null || c.deferral !== null,
  decide_deferral: (c) => c.extension !== null || c.deferral !== null,
  supplement: own,
  correct: own,
  withdraw: (c, s) => s.reporter && ['reported', 'assigned', 'in_progress', 'deferred'].includes(c.state),
  retract_media: (c, s) => s.reporter && c.media.length > 0,
  urge: own,
  status: own,
  rate: (c, s, round) => waitsForRating(c, s, round) || lateUnsatisfied(c, s, round),
  reopen: (c, s, round) => waitsForRating(c, s, round) || lateUnsatisfied(c, s, round),
  escalate: (c, s) => s.assignee && c.level === 'village' && isOpen(c.state),
  assign: never,
  reclassify: never,
  co_handle: never,
  merge: never,
  supervise: never,
  clear: never,
  decide: never,
  follow_up: never,
  screen: never,
};
