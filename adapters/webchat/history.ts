/**
 * What the web chat keeps: it is a platform of its own, so it plays the part that a messenger's server
 * plays elsewhere. The core never reads it; a message that is recalled loses its words here too.
 */
import type { ChatRef, Inbound, MediaKind, OutboundButton } from '@huiyin/core/port';

/** `group:<external id>` or `direct:<account>`: one key for the page, the addresses and the rows. */
export type ChatKey = string;

export interface KeptMedia {
  readonly kind: MediaKind;
  readonly name: string | null;
  readonly mime: string | null;
  /** Names a photo of this history; null where only the name is known. */
  readonly ref: string | null;
}

/** A message as it is handed over to be kept. */
export interface NewMessage {
  readonly chat: ChatKey;
  /** Unique within its chat: the page's own id, or the outbox row's behind `bot-`. */
  readonly id: string;
  /** The writer's account; null is the bot. */
  readonly from: string | null;
  readonly name: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The id of the message quoted, in the same chat. */
  readonly quote: string | null;
  readonly media: readonly KeptMedia[];
  readonly buttons: readonly OutboundButton[];
  /** What the bot's message is (`receipt`, `assignment` …); null for people's. */
  readonly kind: string | null;
  readonly case: string | null;
}

export interface KeptMessage extends NewMessage {
  /** Place in the order of all messages; never changes. */
  readonly position: number;
  /** Rises with each change anywhere, so that a page can ask for all it has missed. */
  readonly revision: number;
  readonly edited: boolean;
  readonly recalled: boolean;
}

export interface Photo {
  readonly mime: string;
  readonly bytes: Uint8Array;
}

/**
 * Every change may carry the event it makes for the core. The event stays `pending` until the core has
 * committed it, so that a stop between the two loses nothing: it is handed over again at the next start.
 */
export interface WebchatHistory {
  /** Idempotent by (chat, id): the second call changes nothing and returns what is kept. */
  append(message: NewMessage, event?: Inbound): { readonly message: KeptMessage; readonly isNew: boolean };
  /** Null where there is no such message or it is recalled. */
  edit(chat: ChatKey, id: string, text: string, event?: Inbound): KeptMessage | null;
  /** Empties a message of its words, pictures and buttons; null where there is none. */
  recall(chat: ChatKey, id: string, event?: Inbound): KeptMessage | null;
  find(chat: ChatKey, id: string): KeptMessage | null;
  /** The newest `limit` messages before a position, oldest first. */
  list(chat: ChatKey, before: number | null, limit: number): readonly KeptMessage[];
  /** What changed after a revision, in the order of change. */
  changedSince(revision: number, limit: number): readonly KeptMessage[];
  /** The last change so far; 0 for an empty history. */
  revision(): number;
  /** The newest message of each chat. */
  newest(): readonly KeptMessage[];
  pending(): readonly Inbound[];
  settle(event: Inbound): void;
  keepPhoto(ref: string, photo: Photo): void;
  photo(ref: string): Photo | null;
  close(): void;
}

export const keyOf = (chat: ChatRef): ChatKey => `${chat.kind}:${chat.id}`;

export function chatOf(key: ChatKey): ChatRef | null {
  const [, kind, id] = /^(group|direct):(.+)$/s.exec(key) ?? [];
  if (id === undefined) return null;
  return { kind: kind === 'group' ? 'group' : 'direct', id };
}
