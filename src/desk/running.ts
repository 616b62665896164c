/** Carrying a command out: find the case, ask where two fit, decide, and say why where it is refused. */
import type { Case } from '../domain/case.ts';
import type { Command, CommandName } from '../domain/command.ts';
import { decide, type SingleCommand } from '../domain/decide/index.ts';
import { briefOf, refuse } from '../domain/decide/work.ts';
import { isReporter } from '../domain/rights.ts';
import type { Reading } from '../intake/reading.ts';
import { correctionIn, dangerIn, supplementIn } from './changes.ts';
import { type CommandParts, commandOf } from './commands.ts';
import { remember, takeBack, teaches } from './corrections.ts';
import { type Referenced, referenced } from './references.ts';
import type { Round } from './round.ts';

/** Commands that make no sense without a number, whoever says them. */
const NEEDS_NUMBER = new Set<CommandName>([
  'assign',
  'reclassify',
  'co_handle',
  'supervise',
  'clear',
  'decide',
  'follow_up',
  'screen',
]);

/** Runs a command of the reading; true where it found something to do or to answer. */
export function runCommand(
  round: Round,
  reading: Reading,
  name: SingleCommand,
  parts: CommandParts = {},
): boolean {
  const found = referenced(round, reading, name);
  if (found.type === 'cases') {
    for (const c of found.cases) runOn(round, reading, name, c, parts);
    return true;
  }
  if (found.type === 'ask') {
    openWhich(round, reading, name, found.cases);
    return true;
  }
  return answerNone(round, reading, name, found);
}

export function runOn(
  round: Round,
  reading: Reading,
  name: SingleCommand,
  c: Case,
  parts: CommandParts = {},
): void {
  const { policy } = round.turn;
  const now = round.case(c.number) ?? c;
  if (name === 'reclassify' && reading.command?.extra.undo === true) {
    takeBack(round, now);
    return;
  }
  const command = {
    ...commandOf(name, reading.command, policy, round.now, parts),
    ...wordsFor(round, reading, name, now, parts),
  };
  const chosen = requestWaiting(name, now, round.turn.reading.masked);
  if (chosen === 'both') {
    askWhichRequest(round, now, command);
    return;
  }
  const behalf = reading.command?.extra.behalf ?? null;
  const meant = { ...command, name: chosen, teaches: teaches(round, now, command) };
  const decision = decide(now, meant, { ...round.ctx, behalf });
  round.decided(decision);
  if (name === 'resolve' && !decision.ok && decision.refusal.code === 'needs_words') waitForWords(round, now);
  remember(round, now, meant, decision);
}

/** 同意 answers whatever waits; two waiting is asked, unless the words name one: 同意延期. */
function requestWaiting(name: SingleCommand, c: Case, words: string): SingleCommand | 'both' {
  if (name !== 'decide_extension' && name !== 'decide_deferral') return name;
  if (c.extension !== null && c.deferral !== null) {
    const named = [/延期/.test(words), /挂账/.test(words)];
    if (named[0] === named[1]) return 'both';
    return named[0] ? 'decide_extension' : 'decide_deferral';
  }
  return c.deferral !== null ? 'decide_deferral' : 'decide_extension';
}

/** Words that are no command's own are the reporter's: a supplement says what the whole message says. */
function wordsFor(
  round: Round,
  reading: Reading,
  name: SingleCommand,
  c: Case,
  parts: CommandParts,
): Partial<Command> {
  const message = c.reporters.find(({ who }) => who === round.turn.who)?.message ?? null;
  if (name === 'retract_media') return { message: lastMediaMessage(c) ?? message };
  const said = reading.command?.text ?? (reading.masked === '' ? null : reading.masked);
  if (name === 'rate' || name === 'reopen') {
    if (reading.bareNumber !== null || said === null) return { text: null };
    return { text: said, changes: dangerIn(round, said) };
  }
  if (said === null) return {};
  if (parts.changes !== undefined) return { text: said };
  if (name === 'correct') return { text: said, changes: correctionIn(round, c, said) };
  return name === 'supplement' ? { text: said, changes: supplementIn(round, c, said) } : {};
}

const lastMediaMessage = (c: Case): string | null => c.media.at(-1)?.message ?? null;

function askWhichRequest(round: Round, c: Case, command: Command): void {
  const requests = ['extension', 'deferral'] as const;
  round.answer('ask', { template: 'ask_which_request', params: { number: c.number, requests } }, c.number);
  openPrompt(round, 'which_request', c.number, {
    agree: command.agree,
    text: command.text,
    reason: command.reason,
    until: command.until,
  });
}

export function openWhich(round: Round, reading: Reading, name: string, cases: readonly Case[]): void {
  const listed = cases.slice(0, 8);
  const quietly = !round.turn.direct && listed.some((c) => c.sensitive || c.protected);
  const say = {
    template: 'ask_which_case',
    params: { command: name, candidates: listed.map(briefOf), numbered: false },
  } as const;
  if (quietly) round.whisper('ask', say);
  else round.answer('ask', say);
  openPrompt(
    round,
    'which_case',
    null,
    {
      command: name,
      words: reading.command,
      masked: reading.masked,
      candidates: listed.map(({ number }) => number),
    },
    quietly,
  );
}

/** Minutes in which an answer to a question of ours is looked for. */
const ANSWER_MINUTES = 24 * 60;

export function openPrompt(
  round: Round,
  kind: 'which_case' | 'which_request' | 'confirm_report' | 'withdraw' | 'confirm_decisions',
  about: string | null,
  payload: Record<string, unknown>,
  quietly = false,
): void {
  const { inbound, who } = round.turn;
  round.ask({
    id: `${kind}:${who}:${about ?? ''}`,
    who,
    account: inbound.account,
    chat: quietly ? inbound.sender.id : inbound.chat.id,
    kind,
    case: about,
    payload,
    openedAt: round.now,
    expiresAt: round.now + ANSWER_MINUTES * 60_000,
  });
}

/** After "办结 42", or its button, the next words alone are enough; later they may be about anything. */
const WORDS_MINUTES = 10;

function waitForWords(round: Round, c: Case): void {
  const { inbound, who, direct } = round.turn;
  if (!direct) return;
  round.ask({
    id: `what_done:${who}`,
    who,
    account: inbound.account,
    chat: inbound.chat.id,
    kind: 'what_done',
    case: c.number,
    payload: {},
    openedAt: round.now,
    expiresAt: round.now + WORDS_MINUTES * 60_000,
  });
}

const isComplaint = (reading: Reading, name: SingleCommand): boolean =>
  name === 'reopen' || (name === 'rate' && reading.command?.score === 3);

/** 不满意 about what was closed long ago is answered with the day until which it could be said. */
function complainedLate(round: Round, reading: Reading): boolean {
  const last = round.mine.find(
    (c) => c.state === 'closed' && c.outcome !== 'self_handled' && isReporter(c, round.actor),
  );
  if (last === undefined) return false;
  runOn(round, reading, 'reopen', last);
  return true;
}

/** 接单 is said to nobody but us; 收到 is said to everything. */
const isCommandWord = ({ turn }: Round): boolean => turn.direct && /接单|受理/u.test(turn.reading.masked);

/** Silence where the words may have been meant for somebody else; else why nothing happened. */
function answerNone(round: Round, reading: Reading, name: SingleCommand, found: Referenced): boolean {
  if (found.type === 'unknown') {
    round.refuse(refuse('no_such_case', { command: name, number: found.ref }).refusal);
    return true;
  }
  const forUs = round.turn.direct || round.turn.inbound.mentionsBot;
  if (forUs && isComplaint(reading, name) && complainedLate(round, reading)) return true;
  if (name === 'rate' || (reading.bareWord && !isCommandWord(round))) return false;
  if (NEEDS_NUMBER.has(name)) round.refuse(refuse('needs_reference', { command: name }).refusal);
  else if (forUs || reading.command !== null)
    round.refuse(refuse('nothing_waits', { command: name }).refusal);
  else return false;
  return true;
}
