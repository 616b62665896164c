/** From what is said to whom to rows of the outbox: which account, which chat, when. Pure. */

import type { Case, Party, Reporter } from '../domain/case.ts';
import type { Notice } from '../domain/decide/work.ts';
import type { Policy } from '../domain/policy.ts';
import type { Presence } from '../domain/routing.ts';
import { outOfQuiet } from '../kernel/quiet.ts';
import { localDate } from '../kernel/zone.ts';
import type { Inbound } from '../port.ts';
import type { Addressee, ChatKey, LoadSpec, OutboxDraft } from '../store/port.ts';
import { type Contacts, choose, depends, judge, type Place, placeKey, placesOf, type Ways } from './reach.ts';
import { callersOf, cannotReach, isTask, mayCall, wordsIn } from './unreached.ts';

export interface DeliveryContext {
  readonly policy: Policy;
  readonly now: number;
  /** Null where the clock speaks. */
  readonly inbound: Inbound | null;
  readonly ways: Ways;
  /** Of the chats that `contactsWanted` named. */
  readonly contacts: Contacts;
  readonly present: Presence;
  readonly caseOf: (number: string) => Case | null;
}

/** bridge.md: emergency, page, receipt (or private), assignment, the rest. */
const ORDER: Readonly<Record<string, number>> = {
  emergency: 0,
  page: 1,
  private: 2,
  receipt: 2,
  ask: 2,
  assignment: 3,
};

export function deliver(notices: readonly Notice[], ctx: DeliveryContext): readonly OutboxDraft[] {
  const ranked = withNeutralLine(notices, ctx).map((notice, at) => ({
    ...{ notice, at, rank: ORDER[notice.kind] ?? 4 },
  }));
  ranked.sort((a, b) => a.rank - b.rank || a.at - b.at);
  return ranked.flatMap(({ notice }) => draftsOf(asCalled(notice, notices, ctx), ctx));
}

/** The first advice says that the duty is being called: only where the call, or the task of calling, can arrive. */
function asCalled(notice: Notice, all: readonly Notice[], ctx: DeliveryContext): Notice {
  const { say } = notice;
  if (say.template !== 'emergency') return notice;
  const calls = all.filter(({ kind, case: about }) => kind === 'page' && about === say.params.number);
  const paged = calls.some((call) => draftsOf(call, ctx).some(({ account }) => !ctx.ways.down.has(account)));
  return paged ? notice : { ...notice, say: { ...say, params: { ...say.params, paged } } };
}

/**
 * Chats of which must be known when they were last heard from, and is not yet; null where nothing is missing.
 * A decision that gets something here asks for it, and is made once more.
 */
export function contactsWanted(notices: readonly Notice[], ctx: DeliveryContext): LoadSpec | null {
  const { ways, policy } = ctx;
  if (notices.length === 0 || ways.platforms.size === 0) return null;
  const callers = mayCall(policy).flatMap((who) => placesOf(who, policy.directory, ways.accounts));
  return unknownOf([...notices.flatMap((notice) => placesBehind(notice, ctx)), ...callers], ctx);
}

/** The same for the sender's own private chats alone. */
export const sendersUnknown = (ctx: DeliveryContext): LoadSpec | null => unknownOf(senderPlaces(ctx), ctx);

function unknownOf(places: readonly Place[], { ways, contacts }: DeliveryContext): LoadSpec | null {
  const missing = places
    .filter((place) => depends(place, ways) && !place.chat.id.startsWith('~'))
    .map(({ account, chat }): ChatKey => ({ account, chat: chat.id }))
    .filter((key) => !contacts.has(placeKey(key)));
  const wanted = [...new Map(missing.map((key) => [placeKey(key), key])).values()];
  return wanted.length === 0 ? null : { contacts: wanted };
}

function placesBehind(notice: Notice, ctx: DeliveryContext): readonly Place[] {
  const { to } = notice;
  if (to.to === 'here') return [];
  if (to.to === 'sender') return senderPlaces(ctx);
  if (to.to === 'party') return partyPlaces(notice.work ? atWork(to.who, notice, ctx) : to.who, notice, ctx);
  const origin = originOf(to.reporter, notice, ctx);
  return [...(origin === null ? [] : [origin.place]), ...partyPlaces(to.reporter.who, notice, ctx)];
}

function draftsOf(notice: Notice, ctx: DeliveryContext): readonly OutboxDraft[] {
  const { to } = notice;
  if (to.to === 'origin') return toOrigin(to.reporter, notice, ctx);
  if (to.to === 'party') return toParty(to.who, notice, ctx);
  const { inbound } = ctx;
  if (inbound === null) throw new Error(`${notice.kind} answers a message, but the clock speaks`);
  if (to.to === 'sender' && inbound.chat.kind === 'group') return toSender(notice, inbound, ctx);
  const { account, chat, address, messageId: replyTo } = inbound;
  // Of the neutral line nothing is lost where the group is closed: it says nothing.
  const reach = notice.kind === 'private' ? null : addressee(whoSent(inbound, ctx));
  return [{ ...draft(notice, ctx), account, chat, address, replyTo, reach }];
}

const addressee = (who: Party, asked: Addressee['asked'] = null): Addressee => ({ who, tried: [], asked });

const whoSent = ({ account, sender }: Inbound, { policy }: DeliveryContext): Party =>
  policy.directory.personByAccount(account, sender.id)?.id ?? `@${account}:${sender.id}`;

/** The sender's private chats: on the account of the group, and where else the roster knows them. */
function senderPlaces(ctx: DeliveryContext): readonly Place[] {
  const { inbound, policy, ways } = ctx;
  if (inbound === null || inbound.chat.kind === 'direct') return [];
  const { account } = inbound;
  const own: Place = { account, chat: { id: inbound.sender.id, kind: 'direct' } };
  const others = placesOf(whoSent(inbound, ctx), policy.directory, ways.accounts);
  return [own, ...others.filter((place) => place.account !== account)];
}

/** Can the sender of a group's message be answered in private, here or on another account? */
export function isReachable(ctx: DeliveryContext): boolean {
  if (ctx.inbound === null || ctx.inbound.chat.kind === 'direct') return true;
  return chosenFor(senderPlaces(ctx), [ctx.inbound.account], ctx.now, ctx).length > 0;
}

const chosenFor = (
  places: readonly Place[],
  first: readonly (string | null)[],
  at: number,
  { ways, contacts, now }: DeliveryContext,
): readonly Place[] => choose(places, { at, now, everywhere: false, files: false, first }, ways, contacts);

/** In private, what was said in a group. Where that can't be: the group's neutral line, and a task. */
function toSender(notice: Notice, inbound: Inbound, ctx: DeliveryContext): readonly OutboxDraft[] {
  const who = whoSent(inbound, ctx);
  const base = draft(notice, ctx);
  const [place] = chosenFor(senderPlaces(ctx), [inbound.account], base.dueAt, ctx);
  if (place === undefined) return isTask(notice.say) ? unreachable(who, notice, ctx) : [];
  const { account, chat, messageId: replyTo } = inbound;
  const reach = addressee(who, { account, chat: chat.id, replyTo });
  return [{ ...base, ...place, address: null, replyTo: null, reach }];
}

/** Nobody is left without a word: what can't be said in private is at least not passed over in the group. */
function withNeutralLine(notices: readonly Notice[], ctx: DeliveryContext): readonly Notice[] {
  const unsaid = notices.find(({ to }) => to.to === 'sender');
  const said = notices.some(
    ({ to, kind }) => to.to === 'here' && (kind === 'private' || kind === 'emergency'),
  );
  if (unsaid === undefined || said || isReachable(ctx)) return notices;
  const { dutyPhone } = ctx.policy.roster.township;
  const say = { template: 'private', params: { dutyPhone, reachable: false, recall: false } } as const;
  return [{ ...unsaid, to: { to: 'here' }, kind: 'private', say, case: null, states: null }, ...notices];
}

interface Origin {
  readonly place: Place;
  readonly replyTo: string | null;
}

/** The chat a case was reported in, with the message that did; null where the matter left the group. */
function originOf(reporter: Reporter, notice: Notice, { caseOf }: DeliveryContext): Origin | null {
  const about = notice.case === null ? null : caseOf(notice.case);
  const [account, id, message] = reporter.message?.split('|') ?? [];
  if (about === null || about.sensitive || about.protected) return null;
  if (account === undefined || id === undefined) return null;
  const kind = about.source === 'group' ? 'group' : 'direct';
  return { place: { account, chat: { id, kind } }, replyTo: message === '' ? null : (message ?? null) };
}

/** Where it was reported; another way to the reporter where that chat is closed or its account doesn't run. */
function toOrigin(reporter: Reporter, notice: Notice, ctx: DeliveryContext): readonly OutboxDraft[] {
  const origin = originOf(reporter, notice, ctx);
  const base = draft(notice, ctx);
  if (origin === null || !judge(origin.place, ctx.ways, ctx.contacts, base.dueAt))
    return toParty(reporter.who, notice, ctx);
  const { place, replyTo } = origin;
  if (ctx.ways.down.has(place.account)) {
    const places = partyPlaces(reporter.who, notice, ctx);
    const [other] = chosenFor(places, [], base.dueAt, ctx);
    if (other !== undefined && !ctx.ways.down.has(other.account)) return toParty(reporter.who, notice, ctx);
  }
  return [{ ...base, ...place, address: null, replyTo, reach: addressee(reporter.who) }];
}

function toParty(given: Party, notice: Notice, ctx: DeliveryContext): readonly OutboxDraft[] {
  const who = notice.work ? atWork(given, notice, ctx) : given;
  const base = draft(notice, ctx);
  const wanted = {
    ...{ at: base.dueAt, now: ctx.now, everywhere: notice.everywhere },
    ...{ files: base.media.length > 0, first: firstFor(who, notice, ctx) },
  };
  const used = choose(partyPlaces(who, notice, ctx), wanted, ctx.ways, ctx.contacts);
  if (used.length === 0) return isTask(notice.say) ? unreachable(given, notice, ctx) : [];
  const copies = used.length > 1 ? { beside: used.map((place) => placeKey(keyOf(place))) } : {};
  const reach = { ...addressee(who), ...copies };
  return used.map((place) => ({ ...base, ...place, address: null, replyTo: null, reach }));
}

const keyOf = ({ account, chat }: Place): ChatKey => ({ account, chat: chat.id });

/** On which the matter came in, for its reporters; on which the sender writes just now. */
function firstFor(who: Party, notice: Notice, ctx: DeliveryContext): readonly (string | null)[] {
  const { inbound, caseOf } = ctx;
  const about = notice.case === null ? null : caseOf(notice.case);
  const via = about?.reporters.find((one) => one.who === who)?.via ?? null;
  const own = inbound !== null && whoSent(inbound, ctx) === who ? inbound.account : null;
  return [via ?? own];
}

/** The deputy of somebody away, but never one whom the matter accuses. */
function atWork(who: Party, notice: Notice, ctx: DeliveryContext): Party {
  const deputy = ctx.present(who) ?? who;
  const about = notice.case === null ? null : ctx.caseOf(notice.case);
  return about?.accused.includes(deputy) ? who : deputy;
}

/** Where a party can be written to: an alias is resolved while sending, so that no row says who it is. */
function partyPlaces(
  who: Party,
  notice: Notice,
  { policy, ways, caseOf }: DeliveryContext,
): readonly Place[] {
  if (!who.startsWith('~')) return placesOf(who, policy.directory, ways.accounts);
  const about = notice.case === null ? null : caseOf(notice.case);
  const via = about?.reporters.find((one) => one.who === who)?.via ?? null;
  if (via === null || !ways.accounts.includes(via)) return [];
  return [{ account: via, chat: { id: who, kind: 'direct' } }];
}

/** A person who can't be written to is a task for the dispatcher: someone has to call. */
function unreachable(who: Party, notice: Notice, ctx: DeliveryContext): readonly OutboxDraft[] {
  const about = notice.case === null ? null : ctx.caseOf(notice.case);
  const text = wordsIn(notice.say);
  const say = cannotReach({ who, kind: notice.kind, about, brief: null, text }, ctx.policy);
  const base = draft({ ...notice, kind: 'notice', say }, ctx);
  return callersOf(who, ctx, base.dueAt).map((place) => ({
    ...{ ...base, ...place, address: null, replyTo: null },
  }));
}

type Undirected = Omit<OutboxDraft, 'account' | 'chat' | 'address' | 'replyTo' | 'reach'>;

function draft(notice: Notice, ctx: DeliveryContext): Undirected {
  const { case: about, states } = notice;
  return {
    kind: notice.kind,
    say: notice.say,
    case: about,
    cases: about === null ? [] : [about],
    priority: notice.urgent ? 0 : 5,
    dueAt: whenOf(notice, ctx),
    guard: about === null || states === null ? null : { case: about, states },
    mergeKey: mergeKeyOf(notice, ctx),
    media: [],
  };
}

/** Quiet hours hold back only what nobody asked for; U1 waits for nothing. Held is later, never lost. */
function whenOf({ hold, urgent, at }: Notice, { policy, now }: DeliveryContext): number {
  const { settings, calendar } = policy;
  const from = Math.max(now, at ?? now);
  if (urgent || hold === 'now') return from;
  if (hold === 'morning') return calendar.nextWorkingMorning(from, settings.ladder.morning);
  return outOfQuiet(from, settings.quietHours, calendar.timezone);
}

/** One message a person a morning; proposals of supervision are a message of their own. */
function mergeKeyOf(notice: Notice, ctx: DeliveryContext): string | null {
  if (notice.hold !== 'morning' || notice.to.to !== 'party') return null;
  const day = localDate(whenOf(notice, ctx), ctx.policy.calendar.timezone);
  const person = notice.work ? atWork(notice.to.who, notice, ctx) : notice.to.who;
  const what = notice.kind === 'supervision_proposed' ? 'proposals' : 'morning';
  return `${what}:${person}:${day}`;
}
