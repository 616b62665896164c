/** Photos, pins and voice: they belong to the report around them, or wait five minutes for it. */
import type { Case, CaseMedia } from '../domain/case.ts';
import { isOpen } from '../domain/case.ts';
import { emptyCommand } from '../domain/command.ts';
import { decide } from '../domain/decide/index.ts';
import type { Prompt } from '../store/port.ts';
import { waitingName } from './media-tasks.ts';
import type { Round } from './round.ts';
import { mayReport, type Turn } from './turn.ts';

const kept = (turn: Turn): string => `photo:${turn.inbound.account}:${turn.inbound.chat.id}:${turn.who}`;

/** As many as chats take in one message; a program that relays lines may send any number. */
const MOST_FILES = 9;

export function mediaOf(turn: Turn): readonly CaseMedia[] {
  const { inbound } = turn;
  return inbound.media
    .filter(({ kind }) => kind !== 'voice')
    .slice(0, MOST_FILES)
    .map(({ kind, name, ref }) => ({
      kind,
      name,
      ref: ref === null ? null : `${inbound.account}|${ref}`,
      message: inbound.messageId,
    }));
}

const RECORD =
  /^\s*[[［【](?:聊天记录|合并转发|转发消息)[\]］】]|^[\u4e00-\u9fff\w]{1,12}(?:和[\u4e00-\u9fff\w]{1,12})?的聊天记录/u;

/** What is no text of the sender's own: each gets one line that tells how to say it in words. */
export function carriedIn(turn: Turn): 'voice' | 'record' | null {
  const { media, text } = turn.inbound;
  if (media.some(({ kind }) => kind === 'voice') || /^\[语音\]/.test(text)) return 'voice';
  return RECORD.test(text) && (mayReport(turn) || turn.direct) ? 'record' : null;
}

const waiting = (round: Round): Prompt | undefined =>
  round.loaded.prompts.find(({ id, expiresAt }) => id === kept(round.turn) && expiresAt >= round.now);

/** The sender's photos of the last five minutes, with the message's own; they are used up by it. */
export function gatherMedia(round: Round): readonly CaseMedia[] {
  const prompt = waiting(round);
  if (prompt === undefined) return mediaOf(round.turn);
  const text = round.turn.secrets.reopen(String(prompt.payload.kept ?? ''));
  round.close(prompt);
  return [...(text === null ? [] : (JSON.parse(text) as CaseMedia[])), ...mediaOf(round.turn)];
}

const windowOf = (turn: Turn): number => turn.policy.settings.cases.photoWindowMinutes * 60_000;

export const recentSince = (turn: Turn, now: number): number => now - windowOf(turn);

/** The sender's open report in this chat of the last five minutes. */
export const recentCase = (round: Round): Case | null =>
  round.found('recent').find((c) => isOpen(c.state) && c.receivedAt >= recentSince(round.turn, round.now)) ??
  null;

/** A picture alone: to the report just made, else kept for the one that may follow. */
export function mediaAlone(round: Round): void {
  if (!mayReport(round.turn)) return;
  const media = mediaOf(round.turn);
  if (media.length === 0) return;
  const target = recentCase(round);
  if (target === null) keepWaiting(round, media);
  else attach(round, target, media);
}

function keepWaiting(round: Round, media: readonly CaseMedia[]): void {
  const before = waiting(round);
  const text = before === undefined ? null : round.turn.secrets.reopen(String(before.payload.kept ?? ''));
  const all = [...(text === null ? [] : (JSON.parse(text) as CaseMedia[])), ...media];
  const { inbound, who, secrets } = round.turn;
  // The fifth minute's last instant still counts.
  const expiresAt = round.now + windowOf(round.turn) + 1;
  for (const one of media) fetchAhead(round, one, expiresAt);
  round.touched = true;
  round.ask({
    id: kept(round.turn),
    who,
    account: inbound.account,
    chat: inbound.chat.id,
    kind: 'photo',
    case: null,
    payload: { kept: secrets.keep(JSON.stringify(all)) },
    openedAt: round.now,
    expiresAt,
  });
}

/**
 * Some platforms' addresses die with the window in which a report is waited for: the file is fetched now, and
 * erased at its end. Where from stands in no row in clear.
 */
function fetchAhead(round: Round, { ref, message }: CaseMedia, until: number): void {
  if (ref === null) return;
  const { secrets } = round.turn;
  const name = waitingName({ ref, message }, secrets.blind);
  const kept = secrets.keep(JSON.stringify({ ref, name, until }));
  const [wait, drop] = [`media_wait:${name}:${round.now}`, `media_drop:${name}:${round.now}`];
  round.tasks.push(
    { key: wait, kind: 'media_wait', payload: { kept, tries: 0 }, runAt: round.now },
    { key: drop, kind: 'media_drop', payload: { name }, runAt: until },
  );
}

/** Attached without a word to the group: the receipt was given already. */
function attach(round: Round, target: Case, media: readonly CaseMedia[]): void {
  const decision = decide(target, { ...emptyCommand, name: 'supplement', media }, round.ctx);
  if (!decision.ok) return;
  round.take({ ...decision, notices: decision.notices.filter(({ to }) => to.to === 'party') });
}
