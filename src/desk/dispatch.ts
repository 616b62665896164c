/** Which use case a message is: what may be before its words, then what its words mean. */

import { emptyCommand } from '../domain/command.ts';
import { decide } from '../domain/decide/index.ts';
import { bindingSaid } from './binding.ts';
import { answered } from './dialogs.ts';
import { edited, recalled } from './edits.ts';
import { moved } from './groups.ts';
import { HANDLERS } from './intents.ts';
import { carriedIn, mediaAlone } from './media.ts';
import { photosAsked } from './photos.ts';
import type { Round } from './round.ts';
import { isStranger, stranger } from './strangers.ts';

/** What a message may be before its words are taken for something new; the first that fits has it. */
const FIRST: readonly ((round: Round) => boolean)[] = [
  (round) => moved(round),
  (round) => bindingSaid(round),
  (round) => isStranger(round.turn) && stranger(round),
  (round) => round.turn.inbound.kind === 'recall' && recalled(round),
  (round) => round.turn.inbound.kind === 'edit' && edited(round),
  (round) => onlyMedia(round),
  (round) => photosAsked(round),
  (round) => answered(round),
  (round) => answersOfficer(round),
];

export function dispatch(round: Round): void {
  const { reading } = round.turn;
  const first = FIRST.find((look) => look(round));
  if (first !== undefined) return;
  if (reading.bareNumber !== null) {
    HANDLERS.status(round, { ...reading, command: { ...NO_WORDS, refs: [String(reading.bareNumber)] } });
    return;
  }
  HANDLERS[reading.intent](round, reading);
}

const NO_WORDS = {
  refs: [],
  to: null,
  until: null,
  reason: null,
  text: null,
  score: null,
  extra: {},
} as const;

/** Voice, pins, pictures and forwarded records without words of their own. */
function onlyMedia(round: Round): boolean {
  const { inbound, reading } = round.turn;
  const carried = carriedIn(round.turn);
  if (carried !== null) {
    const template = carried === 'voice' ? 'voice_hint' : 'forwarded_hint';
    round.answer('help', { template, params: {} });
    return true;
  }
  if (reading.masked.trim() !== '' || inbound.media.length === 0) return false;
  mediaAlone(round);
  return true;
}

/** In private, plain words of somebody whom an officer asked are the answer. */
function answersOfficer(round: Round): boolean {
  const { reading, direct, inbound, who, alias } = round.turn;
  if (!direct || reading.bareWord) return false;
  const asked = round.mine.filter(
    (c) => c.pause?.why === 'asked' && c.reporters.some((one) => one.who === who || one.who === alias),
  );
  const plain =
    reading.intent === 'chatter' || reading.intent === 'supplement' || reading.intent === 'report';
  const quoted = inbound.quote?.id == null ? [] : round.found(`quote:${inbound.quote.id}`);
  const [only] = quoted.length === 1 ? asked.filter(({ number }) => number === quoted[0]?.number) : asked;
  if (!plain || only === undefined || (asked.length > 1 && quoted.length !== 1)) return false;
  if (reading.masked.trim() === '') return false;
  round.decided(decide(only, { ...emptyCommand, name: 'supplement', text: reading.masked }, round.ctx));
  return true;
}
