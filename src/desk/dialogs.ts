/** Answers to the bot's open questions: looked at before a message is taken for something new. */
import type { Case } from '../domain/case.ts';
import { isOpen } from '../domain/case.ts';
import { type Command, emptyCommand } from '../domain/command.ts';
import type { SingleCommand } from '../domain/decide/index.ts';
import { decide, tick } from '../domain/decide/index.ts';
import { waitsForWord } from '../domain/decide/rating.ts';
import { completeCase } from '../domain/decide/report.ts';
import { standing } from '../domain/rights.ts';
import type { CommandWords, Reading } from '../intake/reading.ts';
import { readAnswer, understand } from '../intake/understand.ts';
import type { Prompt } from '../store/port.ts';
import { contact } from './contact.ts';
import { decisionNamed, decisionsMade } from './deciding.ts';
import { areaOf } from './places.ts';
import { report } from './reporting.ts';
import type { Round } from './round.ts';
import { openWhich, runOn } from './running.ts';
import { confirmSheet } from './sheet.ts';
import { contextOf, limitsOf } from './turn.ts';

/** True where the message answered a question and nothing else is left to do. */
export function answered(round: Round): boolean {
  const { inbound } = round.turn;
  const open = round.loaded.prompts.filter(
    (prompt) =>
      prompt.account === inbound.account && prompt.chat === inbound.chat.id && prompt.expiresAt >= round.now,
  );
  return open.some((prompt) => ANSWERS[prompt.kind](round, prompt)) || numbered(round, open);
}

type Answer = (round: Round, prompt: Prompt) => boolean;

const ANSWERS: Record<Prompt['kind'], Answer> = {
  photo: () => false,
  missing: (round, prompt) => missing(round, prompt),
  which_case: (round, prompt) => whichCase(round, prompt),
  which_request: (round, prompt) => whichRequest(round, prompt),
  what_done: (round, prompt) => whatDone(round, prompt),
  confirm_report: (round, prompt) => yesOrNo(round, prompt, () => confirmed(round, prompt)),
  withdraw: (round, prompt) => yesOrNo(round, prompt, () => withdrawn(round, prompt)),
  confirm_decisions: (round, prompt) =>
    yesOrNo(round, prompt, () => decisionsMade(round, prompt)) || decisionNamed(round, prompt),
  confirm_sheet: confirmSheet,
};

const YES = /^(?:1|是|是的|对|要|好|好的|嗯|行|可以|确认|同意|撤|撤回|上报|yes|ok)[。.!！~\s]*$/i;
const NO = /^(?:2|不|不是|不用|不要|不撤|算了|否|no)[。.!！~\s]*$/i;

function yesOrNo(round: Round, prompt: Prompt, yes: () => void): boolean {
  const text = round.turn.reading.masked.trim();
  // A digit answers only the one numbered question that is open; `numbered` sees to the rest.
  if (/^[12]$/.test(text) && numberedQuestions(round).length + confirmsOpen(round) > 1) return false;
  if (YES.test(text)) {
    round.close(prompt);
    yes();
    return true;
  }
  if (!NO.test(text)) return false;
  round.close(prompt);
  return true;
}

const CONFIRMS = new Set<Prompt['kind']>(['confirm_report', 'withdraw', 'confirm_decisions']);
const confirmsOpen = (round: Round): number => {
  const { inbound } = round.turn;
  return round.loaded.prompts.filter(
    ({ kind, account, chat, expiresAt }) =>
      CONFIRMS.has(kind) && account === inbound.account && chat === inbound.chat.id && expiresAt >= round.now,
  ).length;
};

/** The sender's cases whose rating question is open; one that is put off is none yet. */
const numberedQuestions = (round: Round): readonly Case[] =>
  round.mine.filter((c) => {
    const { who: own, alias } = round.actor;
    if (c.reporters.some(({ who, askAt }) => askAt !== undefined && (who === own || who === alias)))
      return false;
    const open = c.state === 'resolved' ? c.ratingAskedAt !== null : stillHeard(round, c);
    if (!open) return false;
    const s = standing(round.turn.policy, c, round.actor);
    return s.reporter && !s.handler;
  });

/** One of several reporters closed it; the others' questions stay open while 不满意 counts. */
function stillHeard(round: Round, c: Case): boolean {
  const { lateDays } = round.turn.policy.settings.rating;
  return waitsForWord(c, round.actor) && (c.closedAt ?? 0) + lateDays * 86_400_000 >= round.now;
}

/** A message that is only 1, 2 or 3 answers the one open numbered question; several open are asked about. */
function numbered(round: Round, open: readonly Prompt[]): boolean {
  const { reading } = round.turn;
  if (reading.bareNumber === null && !RATES.has(reading.intent)) return false;
  const asked = numberedQuestions(round);
  const n = reading.bareNumber ?? scoreWithWords(round, asked);
  if (n === null || n > 3 || n < 1) return false;
  const confirms = open.filter(({ kind }) => CONFIRMS.has(kind)).length;
  if (asked.length + confirms === 0) return false;
  const rating: Reading = { ...reading, intent: 'rate', command: { ...EMPTY_WORDS, score: n as 1 | 2 | 3 } };
  const [only] = asked;
  if (asked.length === 1 && only && confirms === 0) runOn(round, rating, 'rate', only);
  else openWhich(round, rating, 'rate', asked);
  return true;
}

const RATES = new Set<Reading['intent']>(['rate', 'reopen']);

/** "3，还是不亮": the number answers the one question where it can't be that of a case to rate. */
function scoreWithWords({ turn, mine }: Round, asked: readonly Case[]): number | null {
  const { intent, command, masked } = turn.reading;
  const digit = /^([123])(?!\d)/.exec(masked.trim())?.[1];
  if (!RATES.has(intent) || digit === undefined || asked.length !== 1 || command?.refs.length !== 1)
    return null;
  return mine.some(({ serial }) => serial === Number(digit)) ? null : Number(digit);
}

const EMPTY_WORDS: CommandWords = {
  refs: [],
  to: null,
  until: null,
  reason: null,
  text: null,
  score: null,
  extra: {},
};

/** The answer to "where?" or "what?" completes the case, also where it is a whole sentence. */
function missing(round: Round, prompt: Prompt): boolean {
  const c = prompt.case === null ? null : round.case(prompt.case);
  const { reading, inbound } = round.turn;
  if (c === null || !isOpen(c.state) || reading.command !== null || reading.intent === 'emergency')
    return false;
  const wanted = prompt.payload.missing as ('place' | 'matter' | 'category')[];
  const answer = readAnswer(inbound.text, wanted, contextOf(round.turn, round.now));
  if (answer === null) return false;
  round.close(prompt);
  if (c.asked === null || c.state !== 'reported') supplyPlace(round, c, answer);
  else if (answer.unknown === true)
    round.take(tick({ ...c, asked: { ...c.asked, until: round.now } }, round.ctx));
  else complete(round, c, answer);
  return true;
}

type Answered = NonNullable<ReturnType<typeof readAnswer>>;

/** The case went on without waiting: whoever works on it hears where it is. */
function supplyPlace(round: Round, c: Case, answer: Answered): void {
  if (answer.unknown === true) return;
  const { place, groups, neighborhood } = changesOf(round, c, answer);
  const { masked } = round.turn.reading;
  const command = {
    ...emptyCommand,
    name: 'supplement',
    text: masked,
    changes: { place, groups, neighborhood },
  } as const;
  round.decided(decide(c, command, round.ctx));
}

function complete(round: Round, c: Case, answer: Answered): void {
  const words = { inGroup: !round.turn.direct, reachable: round.reachable };
  round.take(completeCase(c, changesOf(round, c, answer), words, round.ctx).done());
}

/** Where it is: asked for, or said along with the matter that was asked for. */
function placeIn(round: Round, c: Case, answer: Answered) {
  const said = answer.matter === undefined ? null : (round.turn.reading.cases[0] ?? null);
  return {
    village: null,
    zone: null,
    group: answer.group ?? said?.group ?? null,
    groups: answer.groups ?? said?.groups ?? [],
    neighborhood: answer.neighborhood ?? said?.neighborhood ?? null,
    place: answer.place ?? said?.place ?? c.place,
    protected: c.protected,
  };
}

function changesOf(round: Round, c: Case, answer: Answered) {
  const words = placeIn(round, c, answer);
  const area = areaOf(round.turn, words);
  return {
    place: words.place,
    village: c.village ?? area.village,
    groups: area.groups.length > 0 ? area.groups : c.groups,
    // The post's own neighborhood is no part of a group that the words name.
    neighborhood: area.fromPost ? (area.neighborhood ?? c.neighborhood) : area.neighborhood,
    ...(answer.category === undefined ? {} : { category: answer.category }),
    ...(answer.matter === undefined ? {} : { summary: answer.matter }),
  };
}

function whichCase(round: Round, prompt: Prompt): boolean {
  const { reading } = round.turn;
  const candidates = (prompt.payload.candidates as string[]).flatMap((number) => round.case(number) ?? []);
  const refs = reading.command?.refs ?? [];
  const wanted = reading.bareNumber !== null ? [String(reading.bareNumber)] : refs;
  const chosen = candidates.filter(
    ({ number, serial }) => wanted.includes(String(serial)) || wanted.includes(number),
  );
  const name = String(prompt.payload.command);
  // "办结 42 换了灯泡" and "退回 42" say all by themselves; only a bare number is an answer to the question.
  const said = reading.command?.text ?? reading.command?.reason ?? null;
  const other = said !== null || (reading.intent !== name && reading.intent !== 'status');
  if (chosen.length === 0) return false;
  round.close(prompt);
  // Said in full of one of them, it is a message of its own, and the question is settled by it.
  if (reading.bareNumber === null && other) return false;
  const stored: Reading = {
    ...reading,
    masked: String(prompt.payload.masked ?? ''),
    command: (prompt.payload.words as CommandWords | null) ?? null,
  };
  for (const c of chosen) {
    if (name === 'contact') contact(round, { ...stored, command: { ...EMPTY_WORDS, refs: [c.number] } });
    else runOn(round, stored, (name === 'status' ? 'urge' : name) as SingleCommand, c);
  }
  return true;
}

function whichRequest(round: Round, prompt: Prompt): boolean {
  const text = round.turn.reading.masked;
  const c = prompt.case === null ? null : round.case(prompt.case);
  const name = /^1|延期/.test(text) ? 'decide_extension' : /^2|挂账/.test(text) ? 'decide_deferral' : null;
  if (c === null || name === null) return false;
  round.close(prompt);
  const said = prompt.payload as Pick<Command, 'agree' | 'text' | 'reason' | 'until'>;
  round.decided(decide(c, { ...emptyCommand, ...said, name }, round.ctx));
  return true;
}

/** "办结 42" has asked for the words; a thanks, a number or a command is something else. */
function whatDone(round: Round, prompt: Prompt): boolean {
  const { reading } = round.turn;
  const c = prompt.case === null ? null : round.case(prompt.case);
  const text = reading.masked.trim();
  if (c === null || !isOpen(c.state) || reading.command !== null || reading.bareNumber !== null) return false;
  if (reading.intent !== 'report' || YES.test(text) || NO.test(text)) return false;
  round.close(prompt);
  runOn(round, { ...reading, command: { ...EMPTY_WORDS, text } }, 'resolve', c);
  return true;
}

/** "要上报吗？回复 1": the words kept from then, read again. */
function confirmed(round: Round, prompt: Prompt): void {
  const { turn, now } = round;
  const context = { ...contextOf(turn, now), mentionsBot: true, quoteText: null };
  const reading = understand(`#上报 ${String(prompt.payload.masked)}`, context, limitsOf(turn.policy));
  report(round, reading);
}

function withdrawn(round: Round, prompt: Prompt): void {
  const c = prompt.case === null ? null : round.case(prompt.case);
  if (c !== null) runOn(round, { ...round.turn.reading, command: EMPTY_WORDS }, 'withdraw', c);
}
