/**
 * Which way leads to a person: by what a platform allows, when they last wrote there, and when the message
 * will go. Pure. A message goes to the first open place; what is urgent on all channels, to all open ones.
 */
import type { Party } from '../domain/case.ts';
import type { Directory } from '../domain/directory.ts';
import { MINUTE } from '../kernel/zone.ts';
import type { Capabilities, ChatRef } from '../port.ts';
import type { ChatKey } from '../store/port.ts';

/** The part of a platform's capabilities that says who can be written to. */
export type Platform = Pick<Capabilities, 'dm' | 'proactive' | 'windowMs' | 'mediaOut'> &
  Partial<Pick<Capabilities, 'groupVisibility'>>;

/** What is known of the accounts that run. */
export interface Ways {
  /** In the order in which they are preferred. */
  readonly accounts: readonly string[];
  /** One that is not named may write to everybody at any time. */
  readonly platforms: ReadonlyMap<string, Platform>;
  /** Accounts that are logged out or kicked: what goes there waits. */
  readonly down: ReadonlySet<string>;
}

export const waysOver = (
  accounts: readonly string[],
  platforms: Ways['platforms'] = new Map(),
  down: Ways['down'] = new Set(),
): Ways => ({ accounts, platforms, down });

/** When chats were last heard from, by `placeKey`: as `Loaded.contacts`. */
export type Contacts = ReadonlyMap<string, number | null>;

export interface Place {
  readonly account: string;
  readonly chat: ChatRef;
}

export const placeKey = ({ account, chat }: ChatKey): string => `${account}|${chat}`;

const ANYBODY: Platform = { dm: true, proactive: 'always', windowMs: null, mediaOut: true };

export const platformOf = ({ platforms }: Pick<Ways, 'platforms'>, account: string): Platform =>
  platforms.get(account) ?? ANYBODY;

/** The end of a window is not tried: what goes then may arrive after it. At most a tenth of a short one. */
const MARGIN_MS = 5 * MINUTE;
const marginOf = (windowMs: number): number => Math.min(MARGIN_MS, windowMs / 10);

/** Does it matter here when the chat was last heard from? */
export function depends({ account, chat }: Place, ways: Pick<Ways, 'platforms'>): boolean {
  const { dm, proactive } = platformOf(ways, account);
  if (proactive === 'window') return chat.kind === 'group' || dm;
  // Who an alias stands for is known only while sending: see `judge`.
  return proactive === 'after-contact' && chat.kind === 'direct' && dm;
}

/**
 * Can this chat be written to at `at`, by a message that answers nothing of this moment?
 * An alias is judged as open where direct chats may be: its account is known only while sending, and the outbox
 * looks once more.
 */
export function judge(place: Place, ways: Ways, contacts: Contacts, at: number): boolean {
  const { account, chat } = place;
  const { dm, proactive, windowMs } = platformOf(ways, account);
  if (!ways.accounts.includes(account)) return false;
  if (chat.kind === 'direct' && !dm) return false;
  if (proactive === 'none') return false;
  if (!depends(place, ways) || chat.id.startsWith('~')) return true;
  const heard = contacts.get(placeKey({ account, chat: chat.id })) ?? null;
  if (heard === null) return false;
  return windowMs === null || proactive !== 'window' || at < heard + windowMs - marginOf(windowMs);
}

/** All private chats of a party, those of `first` in front, then in the order of the accounts. */
export function placesOf(
  who: Party,
  directory: Directory,
  accounts: readonly string[],
  first: readonly (string | null)[] = [],
): readonly Place[] {
  const order = [...new Set([...first.flatMap((one) => one ?? []), ...accounts])];
  const own = ownChats(who, directory);
  return order.flatMap((account) => {
    const id = accounts.includes(account) ? own[account] : undefined;
    return id === undefined ? [] : [{ account, chat: { id, kind: 'direct' } as const }];
  });
}

function ownChats(who: Party, directory: Directory): Readonly<Record<string, string>> {
  if (!who.startsWith('@')) return directory.person(who)?.accounts ?? {};
  const cut = who.indexOf(':');
  return { [who.slice(1, cut)]: who.slice(cut + 1) };
}

export interface Wanted {
  /** When it will be sent. */
  readonly at: number;
  readonly now: number;
  /** On all open places. */
  readonly everywhere: boolean;
  /** A place that takes files before one that takes words alone. */
  readonly files: boolean;
  /** Accounts in front whatever was heard where: on which the matter came in. */
  readonly first: readonly (string | null)[];
}

/**
 * The places to write to, best first: for what goes everywhere all that run; none where the person can't be reached. What is held until later may be
 * left to a window that may have opened again by then: it is judged once more when it is claimed.
 */
export function choose(
  places: readonly Place[],
  wanted: Wanted,
  ways: Ways,
  contacts: Contacts,
): readonly Place[] {
  const ordered = ranked(places, wanted, ways, contacts);
  const open = ordered.filter((place) => judge(place, ways, contacts, wanted.at));
  const running = open.filter(({ account }) => !ways.down.has(account));
  // What waits for an account that is down would come beside the one that got through.
  if (wanted.everywhere) return running.length > 0 ? running : open;
  const [best] = open;
  if (best !== undefined) return [best];
  if (wanted.at <= wanted.now) return [];
  return ordered.filter((place) => mayOpen(place, ways, contacts)).slice(0, 1);
}

/** Closed for now, to somebody who has written there before. */
function mayOpen(place: Place, ways: Ways, contacts: Contacts): boolean {
  const { account, chat } = place;
  if (!ways.accounts.includes(account) || platformOf(ways, account).proactive !== 'window') return false;
  return depends(place, ways) && (contacts.get(placeKey({ account, chat: chat.id })) ?? null) !== null;
}

/**
 * Accounts that run before those that are down, then those that take the files, then the one on which the
 * matter came in, then the one on which the person wrote last, where that is known of all of them, else in
 * the given order.
 */
function ranked(places: readonly Place[], wanted: Wanted, ways: Ways, contacts: Contacts): readonly Place[] {
  const known = places.every((place) => depends(place, ways));
  const heardAt = ({ account, chat }: Place): number =>
    known ? (contacts.get(placeKey({ account, chat: chat.id })) ?? 0) : 0;
  const rank = ({ account }: Place): readonly number[] => [
    ways.down.has(account) ? 1 : 0,
    wanted.files && !platformOf(ways, account).mediaOut ? 1 : 0,
    wanted.first.includes(account) ? 0 : 1,
  ];
  return places
    .map((place, at) => ({ place, key: [...rank(place), -heardAt(place), at] }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ place }) => place);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

/** One writing an hour is enough, or four in a short window: what is not written is judged as earlier. */
const GRAIN_MS = 60 * MINUTE;

/**
 * Is what was heard at `at` worth a writing?
 * @param known what is recorded; null where nothing is
 */
export function worthNoting(place: Place, known: number | null, at: number, ways: Ways): boolean {
  if (!depends(place, ways)) return false;
  const { windowMs } = platformOf(ways, place.account);
  return known === null || at - known >= Math.min(GRAIN_MS, (windowMs ?? Number.POSITIVE_INFINITY) / 4);
}
