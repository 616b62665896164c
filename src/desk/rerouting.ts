/** A message whose chat is closed when it would go: the person's next open place, else a task for people. */
import type { Brief, Say } from '../domain/messages.ts';
import type { Policy } from '../domain/policy.ts';
import type { ChatRef, ClosedCode } from '../port.ts';
import type { ChangeSet, ChatKey, Loaded, OutboxDraft, OutboxRow, Step } from '../store/port.ts';
import {
  type Contacts,
  choose,
  depends,
  judge,
  type Place,
  placeKey,
  placesOf,
  platformOf,
  type Ways,
} from './reach.ts';
import { type Calling, callersOf, cannotReach, isTask, mayCall, wordsIn } from './unreached.ts';

/** Why a row does not go where it was meant to: as the outbox says it. */
export interface Hindrance {
  readonly code: ClosedCode | 'down' | 'no_files';
  readonly detail: string;
  /** The chat as the platform knows it. */
  readonly chat: string;
  /** The platform said so: what we had recorded of this chat is wrong. */
  readonly told: boolean;
}

/** Nobody waits for these until an account is back, if there is another way. */
export function isUrgent({ priority, kind, say }: OutboxRow): boolean {
  if (priority === 0 || kind === 'page' || kind === 'emergency') return true;
  const urgency = 'brief' in say.params ? say.params.brief?.urgency : null;
  return kind === 'assignment' && urgency === 'U2';
}

/** What stands in the way before it is sent, as far as that is known without asking; see `closedNow` for the rest. */
export function hindranceOf(row: OutboxRow, chat: ChatRef, ways: Ways): Hindrance | null {
  const { dm, mediaOut } = platformOf(ways, row.account);
  const at = { chat: chat.id, told: false };
  if (chat.kind === 'direct' && !dm) return { ...at, code: 'unreachable', detail: 'no direct chats here' };
  if (ways.down.has(row.account) && isUrgent(row))
    return { ...at, code: 'down', detail: 'the account is down' };
  if (row.media.length > 0 && !mediaOut) return { ...at, code: 'no_files', detail: 'no files here' };
  return null;
}

/** By what is recorded of its chat; null where it is open. */
export function closedNow(
  row: OutboxRow,
  chat: ChatRef,
  ways: Ways,
  contacts: Contacts,
  now: number,
): Hindrance | null {
  const { account } = row;
  if (!depends({ account, chat }, ways) || judge({ account, chat }, ways, contacts, now)) return null;
  const code = platformOf(ways, account).proactive === 'window' ? 'window_closed' : 'unreachable';
  return { code, detail: 'by our record', chat: chat.id, told: false };
}

export interface Moving {
  readonly policy: Policy;
  readonly ways: Ways;
  readonly now: number;
}

/** The answer: was anything written? */
export function movingStep(row: OutboxRow, hindrance: Hindrance, moving: Moving): Step<boolean> {
  const { policy, ways } = moving;
  const who = whoOf(row, hindrance, policy);
  const places = [
    ...ownPlaces(who, moving),
    ...mayCall(policy).flatMap((one) => placesOf(one, policy.directory, ways.accounts)),
    ...groupOf(row),
  ];
  const contacts = places.filter((place) => depends(place, ways)).map(keyOf);
  return {
    load: { contacts, numbers: row.case === null ? [] : [row.case] },
    decide: (loaded, now) => changeOf(row, hindrance, who, loaded, { ...moving, now }),
  };
}

const keyOf = ({ account, chat }: Place): ChatKey => ({ account, chat: chat.id });

function groupOf({ reach }: OutboxRow): readonly Place[] {
  const asked = reach?.asked ?? null;
  return asked === null ? [] : [{ account: asked.account, chat: { id: asked.chat, kind: 'group' } }];
}

/** Rows that nobody addressed by person are known by their chat; a group is nobody. */
function whoOf(row: OutboxRow, { chat }: Hindrance, { directory }: Policy): string | null {
  if (row.reach) return row.reach.who;
  if (row.chat.kind === 'group') return null;
  if (row.chat.id.startsWith('~')) return row.chat.id;
  return directory.personByAccount(row.account, chat)?.id ?? `@${row.account}:${chat}`;
}

const triedOf = (row: OutboxRow, chat: string): readonly string[] => [
  ...new Set([
    ...(row.reach?.tried ?? []),
    placeKey({ account: row.account, chat: row.chat.id }),
    placeKey({ account: row.account, chat }),
  ]),
];

const ownPlaces = (who: string | null, { policy, ways }: Moving): readonly Place[] =>
  who === null ? [] : placesOf(who, policy.directory, ways.accounts);

/** The person's private chats in which this message was not tried yet. */
function others(row: OutboxRow, { chat }: Hindrance, who: string | null, moving: Moving): readonly Place[] {
  const tried = triedOf(row, chat);
  return ownPlaces(who, moving).filter((place) => !tried.includes(placeKey(keyOf(place))));
}

/**
 * What goes everywhere has a copy on an account that runs: where this one's is down nothing is lost with it. A chat
 * that is refused is another matter: the copy may be too, and its second arrival does less harm than none.
 */
const isCopied = ({ reach }: OutboxRow, { code }: Hindrance, { ways }: Moving): boolean =>
  code === 'down' &&
  (reach?.beside ?? []).some((key) =>
    ways.accounts.some((account) => key.startsWith(`${account}|`) && !ways.down.has(account)),
  );

function changeOf(
  row: OutboxRow,
  hindrance: Hindrance,
  who: string | null,
  loaded: Loaded,
  moving: Moving,
): ChangeSet<boolean> {
  const { code, detail, chat, told } = hindrance;
  const { now, ways } = moving;
  const wanted = { at: now, now, everywhere: false, files: row.media.length > 0, first: [] };
  const [next] = choose(others(row, hindrance, who, moving), wanted, ways, loaded.contacts);
  const better = next !== undefined && isBetter(code, next, ways);
  const copied = isCopied(row, hindrance, moving);
  if (!better && !copied && (code === 'down' || code === 'no_files')) return { answer: false };
  const result = { type: 'rejected', detail: `${code}: ${detail}`, at: now } as const;
  const known = depends({ account: row.account, chat: { id: chat, kind: row.chat.kind } }, ways);
  return {
    answer: true,
    settles: { id: row.id, fence: row.fence, result },
    outbox: copied ? [] : better ? [movedTo(next, row, who, chat, now)] : unreached(row, who, loaded, moving),
    contacts: told && known ? [{ account: row.account, chat, at: null }] : [],
  };
}

/** A detour that is no better is none. */
function isBetter(code: Hindrance['code'], { account }: Place, ways: Ways): boolean {
  if (code === 'down') return !ways.down.has(account);
  return code !== 'no_files' || platformOf(ways, account).mediaOut;
}

function movedTo(place: Place, row: OutboxRow, who: string | null, chat: string, now: number): OutboxDraft {
  const { kind, say, case: about, cases, priority, guard, mergeKey, media } = row;
  const asked = row.reach?.asked ?? null;
  return {
    ...{ kind, say, case: about, cases, priority, guard, mergeKey, media },
    ...{ ...place, address: null, replyTo: null, dueAt: now },
    reach: who === null ? null : { who, tried: triedOf(row, chat), asked },
  };
}

/** Nowhere else: people are told once, and the group in which it was asked gets its neutral line. */
function unreached(
  row: OutboxRow,
  who: string | null,
  loaded: Loaded,
  { policy, ways, now }: Moving,
): readonly OutboxDraft[] {
  const calling = { policy, ways, contacts: loaded.contacts, now };
  const tasks = isTask(row.say) ? tasksOf(row, who, loaded, calling) : [];
  const asked = row.reach?.asked ?? null;
  const open = groupOf(row).filter((place) => judge(place, ways, loaded.contacts, now));
  const { dutyPhone } = policy.roster.township;
  const say: Say = { template: 'private', params: { dutyPhone, reachable: false, recall: false } };
  const lines = open.map((place) => ({
    ...bare(place, row, say, now),
    ...{ kind: 'private' as const, case: null, cases: [], replyTo: asked?.replyTo ?? null },
  }));
  return [...lines, ...tasks];
}

function tasksOf(
  row: OutboxRow,
  who: string | null,
  loaded: Loaded,
  calling: Calling,
): readonly OutboxDraft[] {
  const { policy, now } = calling;
  const about = row.case === null ? null : (loaded.cases.get(row.case) ?? null);
  const unsaid = { who, kind: row.kind, about, brief: briefIn(row.say), text: wordsIn(row.say) };
  const named = cannotReach(unsaid, policy);
  const group = policy.directory.chat(row.account, row.chat.id)?.id ?? row.chat.id;
  const say: Say =
    who !== null || named.template !== 'bot_cannot_reach'
      ? named
      : { ...named, params: { ...named.params, name: group } };
  return callersOf(who, calling, now).map((place) => ({
    ...bare(place, row, say, now),
    guard: row.guard,
  }));
}

const briefIn = ({ params }: Say): Brief | null => ('brief' in params ? params.brief : null);

function bare(place: Place, row: OutboxRow, say: Say, now: number): OutboxDraft {
  return {
    ...{ ...place, address: null, replyTo: null, kind: 'notice', say, case: row.case, cases: row.cases },
    ...{ priority: row.priority, dueAt: now, guard: null, mergeKey: null, media: [] },
  };
}
