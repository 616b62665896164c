/** What the desk does for each intent: one table, one line an intent. */
import { isOpen } from '../domain/case.ts';
import type { SingleCommand } from '../domain/decide/index.ts';
import { refuse } from '../domain/decide/work.ts';
import { standing } from '../domain/rights.ts';
import type { CommandWords, Intent, Reading } from '../intake/reading.ts';
import { contact } from './contact.ts';
import { digestAsked } from './digest.ts';
import { calledBack } from './follow-up.ts';
import { setKnown } from './known.ts';
import { supervised } from './letter.ts';
import { gatherMedia } from './media.ts';
import { decideInMeeting } from './meeting.ts';
import { merge } from './merging.ts';
import { rated } from './rated.ts';
import { quotedById } from './references.ts';
import { report } from './reporting.ts';
import type { Round } from './round.ts';
import { openPrompt, runCommand } from './running.ts';
import { status } from './status.ts';
import {
  absence,
  answeredByCard,
  complain,
  discipline,
  help,
  policyCards,
  privateFact,
  unauthorized,
} from './talk.ts';
import { hasRole, mayReport } from './turn.ts';

/** True where something was done or answered; false is silence. */
type Handler = (round: Round, reading: Reading) => boolean;

const command =
  (name: SingleCommand): Handler =>
  (round, reading) =>
    runCommand(round, reading, name);

/** Words in reply to a message about a case are about that case: progress from its officer, else a supplement. */
const quoting: Handler = (round, reading) => {
  const { inbound } = round.turn;
  const id = inbound.quote?.id ?? null;
  if (id === null || reading.bareWord || reading.masked.trim().length < 2) return false;
  const [only, ...more] = quotedById(round, id).filter((c) => isOpen(c.state));
  if (only === undefined || more.length > 0) return false;
  const s = standing(round.turn.policy, only, round.actor);
  if (!s.assignee && !s.reporter) return false;
  const said = { ...reading, command: { ...NO_WORDS, refs: [only.number], text: reading.masked } };
  return runCommand(round, said, s.assignee ? 'progress' : 'supplement');
};

/** Who calls us by name in a group wants an answer, even where we can't tell what it is about. */
const calledOn: Handler = (round, reading) => {
  const { inbound, direct } = round.turn;
  const said = reading.masked.trim().length > 1 && !reading.bareWord && !GREETING.test(reading.masked);
  if (direct || !inbound.mentionsBot || !said || !mayReport(round.turn)) return false;
  round.answer('ask', { template: 'ask_matter', params: { brief: null } });
  return true;
};

const GREETING = /(?:早上|上午|中午|下午|晚上)?好[呀啊哦]?[。.!！~\s]*$|早安|晚安|辛苦|谢谢|哈哈/u;

const NO_WORDS: CommandWords = {
  refs: [],
  to: null,
  until: null,
  reason: null,
  text: null,
  score: null,
  extra: {},
};

export const HANDLERS: Record<Intent, Handler> = {
  report: (round, reading) => reported(round, reading),
  emergency: (round, reading) => made(round, reading),
  consult: (round, reading) => answeredByCard(round, reading) || reported(round, reading),
  self_handle: (round, reading) => selfHandled(round, reading),
  mixed: (round, reading) => mixed(round, reading),
  supplement: (round, reading) => supplemented(round, reading),
  correct: command('correct'),
  withdraw: command('withdraw'),
  retract_media: command('retract_media'),
  status,
  urge: (round, reading) => urged(round, reading),
  merge,
  rate: rated,
  reopen: (round, reading) => reopened(round, reading),
  accept: (round, reading) => accepted(round, reading),
  progress: command('progress'),
  ask_reporter: command('ask_reporter'),
  contact,
  return: command('return'),
  transfer: command('transfer'),
  co_handle: command('co_handle'),
  request_extension: command('request_extension'),
  decide_extension: command('decide_extension'),
  decide_deferral: command('decide_deferral'),
  defer: command('defer'),
  resolve: command('resolve'),
  explain: command('explain'),
  assign: command('assign'),
  reclassify: command('reclassify'),
  escalate: command('escalate'),
  supervise: supervised,
  clear: command('clear'),
  decide: decideInMeeting,
  follow_up: calledBack,
  known_matter: (round, reading) => announced(round, reading),
  digest: digestAsked,
  register: digestAsked,
  policy: policyCards,
  help,
  complain,
  absence,
  notice: (round, reading) => noticed(round, reading),
  sensitive: privateFact,
  discipline,
  unauthorized,
  chatter: (round, reading) => quoting(round, reading) || calledOn(round, reading),
};

/** Who may report, reports; the rest are told who does. Unsure readings are asked about where we were addressed. */
function reported(round: Round, reading: Reading): boolean {
  const { turn } = round;
  if (!mayReport(turn)) {
    // An officer's own words in reply to a case say how it goes there.
    const words = { ...NO_WORDS, text: reading.masked };
    if (turn.inbound.quote !== null && runCommand(round, { ...reading, command: words }, 'progress'))
      return true;
    if (!turn.direct && !turn.inbound.mentionsBot) return false;
    round.refuse(refuse('not_for_you', { command: 'report', turnTo: 'dispatcher' }).refusal);
    return true;
  }
  if (reading.confidence >= turn.policy.settings.intake.actFrom) return made(round, reading);
  if (!turn.direct && !turn.inbound.mentionsBot) return false;
  const summary = reading.cases[0]?.summary ?? reading.masked;
  round.answer('ask', { template: 'ask_confirm_report', params: { summary } });
  openPrompt(round, 'confirm_report', null, { masked: reading.masked });
  return true;
}

function made(round: Round, reading: Reading): boolean {
  const { behalf = null, origin } = reading.command?.extra ?? {};
  report(round, reading, { behalf, ...(origin && { source: origin.source, external: origin.number }) });
  return true;
}

function selfHandled(round: Round, reading: Reading): boolean {
  if (!hasRole(round.turn, 'neighbor_head', 'group_head', 'zone_head', 'cadre')) {
    round.refuse(refuse('not_for_you', { command: 'self_handle', turnTo: 'dispatcher' }).refusal);
    return true;
  }
  report(round, reading, { selfHandled: true });
  return true;
}

/** Each part on top of those before it. */
function mixed(round: Round, reading: Reading): boolean {
  if (reading.parts.every(({ intent }) => intent === 'decide')) return decideInMeeting(round, reading);
  return reading.parts.map((part) => HANDLERS[part.intent](round, part)).some((done) => done);
}

function supplemented(round: Round, reading: Reading): boolean {
  const media = round.turn.inbound.media.length > 0 ? gatherMedia(round) : [];
  return runCommand(round, reading, 'supplement', { media });
}

/** A bare 收到 counts only in private or quoting a case; in a group it is chatter. */
function accepted(round: Round, reading: Reading): boolean {
  const { direct, inbound } = round.turn;
  if (reading.bareWord && !direct && inbound.quote === null) return false;
  return runCommand(round, reading, 'accept');
}

/** Nothing of the sender's own is open: show how the village's matters stand instead of saying nothing. */
function urged(round: Round, reading: Reading): boolean {
  const own = round.mine.some(({ state }) =>
    ['reported', 'assigned', 'in_progress', 'deferred', 'resolved'].includes(state),
  );
  const named = (reading.command?.refs.length ?? 0) > 0 || round.turn.inbound.quote !== null;
  return own || named ? runCommand(round, reading, 'urge') : status(round, reading);
}

/** 还是没好: reopens what was said to be done; what is still under way is urged; else we ask which. */
function reopened(round: Round, reading: Reading): boolean {
  const refs = (reading.command?.refs.length ?? 0) > 0 || round.turn.inbound.quote !== null;
  const done = round.mine.some(({ state }) => state === 'resolved' || state === 'closed');
  if (refs || done) return runCommand(round, reading, 'reopen');
  const open = round.mine.some(({ state }) => ['reported', 'assigned', 'in_progress'].includes(state));
  if (open) return runCommand(round, reading, 'urge');
  round.answer('ask', { template: 'ask_matter', params: { brief: null } });
  return true;
}

function announced(round: Round, reading: Reading): boolean {
  if (!hasRole(round.turn, 'dispatcher', 'officer', 'leader')) {
    round.refuse(refuse('not_for_you', { command: 'known_matter', turnTo: 'dispatcher' }).refusal);
    return true;
  }
  setKnown(round, reading);
  return true;
}

/** An office's own outage notice is a known matter; one that a head passes on is news to neighbors, not to us. */
const noticed: Handler = (round, reading) =>
  hasRole(round.turn, 'dispatcher', 'officer', 'leader') && round.turn.direct
    ? announced(round, reading)
    : false;
