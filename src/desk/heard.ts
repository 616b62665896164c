/**
 * When a chat was last heard from: what decides on some platforms who may be written to. It rides on the
 * message's own writing; only a line of group talk, which writes nothing itself, gets one of its own.
 */
import type { Inbound } from '../port.ts';
import type { ChangeSet, ChatKey, Loaded, Step } from '../store/port.ts';
import { type Contacts, depends, type Place, placeKey, type Ways, worthNoting } from './reach.ts';
import type { Turn } from './turn.ts';

type Heard = Pick<Inbound, 'kind' | 'account' | 'chat' | 'platformTime'>;

const placeOf = ({ account, chat }: Heard): Place => ({ account, chat });
const keyOf = ({ account, chat }: Heard): ChatKey => ({ account, chat: chat.id });

/** A person pressing a button writes; one who edits or takes back a message opens no window. */
const isWritten = ({ kind }: Heard): boolean => kind === 'message' || kind === 'action';

/** By the platform's time, which counts where a message comes late; never a time to come. */
const timeOf = ({ platformTime }: Heard, now: number): number => Math.min(now, platformTime ?? now);

const counts = (inbound: Heard, ways: Ways): boolean => isWritten(inbound) && depends(placeOf(inbound), ways);

/** The chat of this message, where it must be known when it was last heard from. */
export const heardLoad = ({ inbound, ways }: Turn): readonly ChatKey[] =>
  counts(inbound, ways) ? [keyOf(inbound)] : [];

/** What is recorded, and what this message itself tells. */
export function heardNow({ inbound, ways }: Turn, { contacts }: Loaded, now: number): Contacts {
  if (!counts(inbound, ways)) return contacts;
  const key = placeKey(keyOf(inbound));
  return new Map([...contacts, [key, Math.max(contacts.get(key) ?? 0, timeOf(inbound, now))]]);
}

/** What is to be written of it; nothing where it was heard from a short time ago. */
export function noted(inbound: Heard, ways: Ways, { contacts }: Loaded, now: number): ChangeSet['contacts'] {
  if (!counts(inbound, ways)) return [];
  const known = contacts.get(placeKey(keyOf(inbound))) ?? null;
  const at = timeOf(inbound, now);
  return worthNoting(placeOf(inbound), known, at, ways) ? [{ ...keyOf(inbound), at }] : [];
}

/** More groups than a county has: past that all begin anew, and are written once more. */
const MOST_CHATS = 10_000;

/** What this process knows to be written: so that talk in a group costs a look into memory. */
export class Hearing {
  readonly #written = new Map<string, number>();

  /** A step for a line of group talk; null where nothing is to be written. */
  note(inbound: Inbound, ways: Ways, now: number): Step<null> | null {
    if (inbound.chat.kind !== 'group' || !counts(inbound, ways)) return null;
    const key = placeKey(keyOf(inbound));
    const at = timeOf(inbound, now);
    if (!worthNoting(placeOf(inbound), this.#written.get(key) ?? null, at, ways)) return null;
    if (this.#written.size >= MOST_CHATS) this.#written.clear();
    this.#written.set(key, at);
    return {
      load: { contacts: [keyOf(inbound)] },
      decide: (loaded) => ({ answer: null, contacts: noted(inbound, ways, loaded, now) ?? [] }),
    };
  }

  /** The platform says that it is closed: the next line opens it again. */
  forget(chat: ChatKey): void {
    this.#written.delete(placeKey(chat));
  }
}
