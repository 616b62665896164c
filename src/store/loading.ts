/** What a decision may ask to know, and how it is told. Part of the store's port (see ./port.ts). */
import type { BindingCode, Bindings } from '../domain/binding.ts';
import type { Case, Instant, Party } from '../domain/case.ts';
import type { CaseEvent } from '../domain/events.ts';

export interface InboundKey {
  readonly account: string;
  readonly chat: string;
  /** `m:<id>`, `e:<id>:<hash>`, `r:<id>`, `a:<action>`. */
  readonly key: string;
}

/** One chat of one account. */
export interface ChatKey {
  readonly account: string;
  readonly chat: string;
}

/** What a decision needs to know: plain data, answered inside the transaction. */
export interface LoadSpec {
  /** Was this event taken before? */
  readonly inbound?: InboundKey;
  /** Cases by full number. */
  readonly numbers?: readonly string[];
  /** Cases by serial, of any year, newest year first. */
  readonly serials?: readonly number[];
  /** Cases that an outgoing message was about, by its own id or the platform's. */
  readonly quotes?: readonly {
    readonly account: string;
    readonly chat: string;
    readonly messageId: string;
  }[];
  /** Cases in which one of these parties has a part now (see `Part`); newest first, at most 200. */
  readonly parties?: readonly Party[];
  /** Open dialogs of the parties. */
  readonly prompts?: readonly Party[];
  /** Facts by key (`rated:<person>`, `stranger:<account>:<id>`): see ChangeSet.facts. */
  readonly facts?: readonly string[];
  /** How many open cases each of these officers has. */
  readonly openCounts?: readonly string[];
  /** Cases whose events name this message as their cause. */
  readonly messages?: readonly { readonly account: string; readonly chat: string; readonly id: string }[];
  /** Cases reported in (account, chat) by the party at or after `since`, newest first. */
  readonly recent?: {
    readonly account: string;
    readonly chat: string;
    readonly who: Party;
    readonly since: Instant;
  };
  /** Open cases of a village's sub-category received at or after `since`. */
  readonly similar?: readonly {
    readonly village: string;
    readonly category: string;
    readonly since: Instant;
  }[];
  /** The next serial of these years. */
  readonly serialOf?: readonly number[];
  /** Events of these cases, in order (history for an assignment that moves). */
  readonly events?: readonly string[];
  /** Registers kept as facts with a common prefix (`known:`, `absence:`). */
  readonly factsWith?: readonly string[];
  /** When these chats were last heard from: see ChangeSet.contacts. */
  readonly contacts?: readonly ChatKey[];
  /** Who is who, where it has changed since this revision. */
  readonly bindings?: { readonly known: number };
  /** One-time codes by their keyed hashes. */
  readonly codes?: readonly string[];
}

/** Everything loaded so far, merged over the rounds of one step. */
export interface Loaded {
  /** How often this step has loaded: 1 before the first `Need`. A decision tells by it what was asked for. */
  readonly rounds: number;
  readonly seen: boolean;
  /** All cases loaded by any selector, by number. */
  readonly cases: ReadonlyMap<string, Case>;
  /** Numbers found by each selector, in its order. Keys: `serial:42`, `quote:<messageId>`, `party:<who>`, `message:<id>`, `recent`, `similar:<village>:<category>`. */
  readonly found: ReadonlyMap<string, readonly string[]>;
  readonly prompts: readonly Prompt[];
  readonly facts: ReadonlyMap<string, string>;
  readonly openCounts: ReadonlyMap<string, number>;
  readonly nextSerial: ReadonlyMap<number, number>;
  readonly events: ReadonlyMap<string, readonly CaseEvent[]>;
  /** By `<account>|<chat>`: null where it was asked for and nothing is recorded. */
  readonly contacts: ReadonlyMap<string, Instant | null>;
  /** Null where they stand as the decision knows them, or nobody asked. */
  readonly bindings: Bindings | null;
  readonly codes: ReadonlyMap<string, BindingCode>;
}

/** A party's part in a case while it lasts; derived from the case by `partsOf`, never edited. */
export type PartRole = 'reporter' | 'assignee' | 'decider' | 'paged' | 'co_handler' | 'asked';
export interface Part {
  readonly who: Party;
  readonly role: PartRole;
}

/** An open question of the bot to a person in a chat. */
export interface Prompt {
  /** Unique; a new prompt with the same id replaces the old. */
  readonly id: string;
  readonly who: Party;
  readonly account: string;
  readonly chat: string;
  readonly kind:
    | 'missing'
    | 'photo'
    | 'confirm_report'
    | 'which_case'
    | 'which_request'
    | 'what_done'
    | 'withdraw'
    | 'confirm_decisions'
    | 'confirm_sheet';
  readonly case: string | null;
  /** Masked plain data: what to go on with. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly openedAt: Instant;
  readonly expiresAt: Instant;
}
