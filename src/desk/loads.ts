/** What a message's decision needs to know: said as data before the transaction, answered inside it. */

import { absencesOn, standsInFor } from '../domain/absences.ts';
import type { Intent } from '../intake/reading.ts';
import { localDate } from '../kernel/zone.ts';
import type { Loaded, LoadSpec } from '../store/port.ts';
import { bindingLoad } from './binding.ts';
import { messageLoad } from './edits.ts';
import { groupFacts, isOwnMove } from './groups.ts';
import { heardLoad } from './heard.ts';
import { knownCases } from './known.ts';
import { photoRefs } from './photos.ts';
import { referenceLoad } from './references.ts';
import { recentLoad, reportLoad } from './reporting.ts';
import { ratedKey } from './round.ts';
import { isStranger, strangerKey } from './strangers.ts';
import { ownParties, type Turn } from './turn.ts';

export function loadOf(turn: Turn, now: number): LoadSpec {
  const { inbound, reading, who } = turn;
  const refs = [...reading.parts, reading].flatMap(({ command }) => command?.refs ?? []);
  if (reading.bareNumber !== null) refs.push(String(reading.bareNumber));
  return {
    inbound: { account: inbound.account, chat: inbound.chat.id, key: inbound.eventKey },
    parties: standsAlone(turn) ? [] : ownParties(turn),
    prompts: [who],
    ...whoLoad(turn),
    contacts: heardLoad(turn),
    ...referenceLoad(turn, [...refs, ...photoRefs(turn)]),
    ...recentLoad(turn, now),
    ...reportLoad(turn, reading.cases, now),
    ...messageLoad(turn),
    factsWith: ['absence:', 'known:'],
  };
}

/** Only what may end at who is who asks for it: most messages come from people we know. */
function whoLoad(turn: Turn): Pick<LoadSpec, 'facts' | 'codes'> {
  if (turn.binding === null && !isStranger(turn) && !isOwnMove(turn.inbound)) return {};
  const { facts, codes } = bindingLoad(turn);
  return { facts: [strangerKey(turn), ...groupFacts(turn), ...facts], codes };
}

const MATTERS = new Set<Intent>(['report', 'emergency', 'consult', 'self_handle']);

/**
 * Something new, written in a group: decided without the sender's other cases, of which a head has hundreds
 * after some years. Where it does look at them after all, `Round.wanted` has them loaded.
 */
const isMatter = ({ reading, inbound, direct }: Turn): boolean =>
  MATTERS.has(reading.intent) && inbound.kind === 'message' && inbound.quote === null && !direct;

/** 办结 42: the words name their case, whichever others the sender has. What is like it is looked for among them. */
const isNamed = ({ reading, inbound }: Turn): boolean =>
  inbound.kind === 'message' &&
  reading.parts.length === 0 &&
  reading.intent !== 'merge' &&
  (reading.command?.refs.length ?? 0) > 0;

const standsAlone = (turn: Turn): boolean => isMatter(turn) || isNamed(turn);

/** Readings that are decided by what was loaded already. */
const PLAIN = new Set([
  'report',
  'emergency',
  'consult',
  'self_handle',
  'chatter',
  'status',
  'help',
  'policy',
]);

/**
 * Commands and answers may give a case to anybody and ask anybody for a rating: that is known only once
 * the cases are. Loaded in one round more, so that a plain report costs one.
 */
export function moreFor(turn: Turn, loaded: Loaded, now: number): LoadSpec | null {
  const alone = standsAlone(turn);
  if (loaded.rounds > (alone ? 2 : 1)) return null;
  const { reading, inbound, policy, who } = turn;
  const plain = PLAIN.has(reading.intent) && loaded.prompts.length === 0 && inbound.kind === 'message';
  const known = knownCases(loaded.facts);
  if (plain && reading.bareNumber === null && known.length === 0) return null;
  if (!alone && !loaded.found.has(`party:${who}`)) return { parties: ownParties(turn) };
  const reporters = [...loaded.cases.values()].flatMap((c) => c.reporters.map((one) => ratedKey(one.who)));
  const officers = policy.roster.offices.flatMap(({ id }) => policy.directory.officeMembers(id));
  const candidates = loaded.prompts.flatMap(({ case: about, payload }) => [
    about,
    ...listOf(payload.candidates),
    ...linesOf(payload.lines),
  ]);
  const today = localDate(now, policy.calendar.timezone);
  const deputized = standsInFor(absencesOn(today, loaded.facts, policy), who);
  return {
    facts: [...new Set(reporters)],
    openCounts: [...new Set(officers)],
    numbers: [...new Set([...known, ...candidates.filter((one): one is string => typeof one === 'string')])],
    parties: deputized,
    serialOf: [Number(today.slice(0, 4))],
    similar: reading.intent === 'merge' ? alikeOf(loaded, now) : [],
  };
}

const ALIKE_DAYS = 30;

/** Kinds of matters that the sender's own cases may be a second report of. */
function alikeOf(loaded: Loaded, now: number): NonNullable<LoadSpec['similar']> {
  const since = now - ALIKE_DAYS * 86_400_000;
  return [...loaded.cases.values()].flatMap(({ village, category }) =>
    village === null ? [] : [{ village, category, since }],
  );
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const linesOf = (value: unknown): readonly unknown[] =>
  listOf(value).map((line) => (line as { number?: unknown }).number);
