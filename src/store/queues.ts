/** Messages and tasks on their way. Part of the store's port (see ./port.ts). */
import type { Case, Instant, Party } from '../domain/case.ts';
import type { MessageKind, Say } from '../domain/messages.ts';
import type { Address, ChatRef } from '../port.ts';

/** A message to be sent. Words are rendered at its first claim. */
export interface OutboxDraft {
  readonly account: string;
  readonly chat: ChatRef;
  readonly address: Address | null;
  readonly replyTo: string | null;
  readonly kind: MessageKind;
  readonly say: Say;
  readonly case: string | null;
  readonly cases: readonly string[];
  /** Lower goes first: U1 is 0. */
  readonly priority: number;
  /** Not before. Equal to the commit's time for what goes now. */
  readonly dueAt: Instant;
  /** Checked at claim: a row whose case has left these states is dropped. */
  readonly guard: { readonly case: string; readonly states: readonly Case['state'][] } | null;
  /** Rows queued under one key become one row: its `items` are appended (see reminders). */
  readonly mergeKey: string | null;
  /** Files of the program's own making, by task result. */
  readonly media: readonly { readonly name: string; readonly mime: string; readonly path: string }[];
  /** For whom, so that it may go another way where its chat is closed; erased with the words. */
  readonly reach?: Addressee | null;
}

/** The person behind a chat, as far as another way to them may be looked for. */
export interface Addressee {
  readonly who: Party;
  /** Chats in which it was refused, or that were found closed, as `<account>|<chat>`: each is tried once. */
  readonly tried: readonly string[];
  /** The group in which was said what this answers in private; null where none was. */
  readonly asked: { readonly account: string; readonly chat: string; readonly replyTo: string | null } | null;
  /** Places that have a copy of their own, as `<account>|<chat>`, where it goes everywhere. */
  readonly beside?: readonly string[];
}

export type OutboxStatus = 'queued' | 'sending' | 'sent' | 'rejected' | 'unknown' | 'dropped';

export interface OutboxRow extends OutboxDraft {
  readonly id: number;
  readonly status: OutboxStatus;
  readonly attempts: number;
  readonly fence: number;
  readonly createdAt: Instant;
  /**
   * An earlier claim's lease ran out before it was settled, so the message may have gone already:
   * safe to send again where the channel drops repeats by id, else to be settled `unknown`.
   */
  readonly interrupted: boolean;
}

/** A row as it is kept: its words are gone once it is settled; what it was about stays, for quotes. */
export interface OutboxRecord extends Omit<OutboxRow, 'say'> {
  readonly say: Say | null;
  readonly messageId: string | null;
  readonly settledAt: Instant | null;
  /** Why it was rejected, is unknown or waits for another try. */
  readonly detail: string | null;
}

/** What settling records. `retry`: again at `at`; the rest ends the row and erases its words. */
export type Settlement =
  | { readonly type: 'sent'; readonly messageId: string | null; readonly at: Instant }
  | { readonly type: 'retry'; readonly at: Instant; readonly detail: string }
  | { readonly type: 'rejected'; readonly detail: string; readonly at: Instant }
  | { readonly type: 'unknown'; readonly detail: string; readonly at: Instant }
  | { readonly type: 'dropped'; readonly at: Instant };

export interface TaskDraft {
  /** Unique: the same key is one task. */
  readonly key: string;
  readonly kind: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly runAt: Instant;
}

export interface TaskRow extends TaskDraft {
  readonly attempts: number;
  readonly fence: number;
}
