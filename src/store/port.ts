/**
 * The store's port: what the desk, the outbox and the jobs may ask of a database.
 * Two implementations (SQLite, PostgreSQL) pass one contract suite.
 *
 * One writing verb, `transact`: the store loads and decides inside its own transaction,
 * step after step, so that each decision sees those before it.
 */
import type { Case, Instant, Party } from '../domain/case.ts';
import type { CaseEvent } from '../domain/events.ts';
import type { MessageKind, Say } from '../domain/messages.ts';
import type { Address, ChatRef, InboundMedia } from '../port.ts';

/** One township, or `system` for the admin's own reads. */
export type Scope = { readonly township: string };

export interface InboundKey {
  readonly account: string;
  readonly chat: string;
  /** `m:<id>`, `e:<id>:<hash>`, `r:<id>`, `a:<action>`. */
  readonly key: string;
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
    | 'withdraw'
    | 'confirm_decisions';
  readonly case: string | null;
  /** Masked plain data: what to go on with. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly openedAt: Instant;
  readonly expiresAt: Instant;
}

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

export interface AuditEntry {
  readonly at: Instant;
  readonly by: Party | null;
  readonly what: string;
  readonly case: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** An encrypted value; see src/vault. */
export interface VaultEntry {
  readonly case: string;
  readonly field: string;
  /** Which master key wraps the entry's own key. */
  readonly keyId: string;
  /** The entry's own key under the master key: erasing it makes the value unreadable for good. */
  readonly wrappedKey: Uint8Array;
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** One writing of one step: all of it or nothing. */
export interface ChangeSet<A = unknown> {
  /** What the caller gets back. */
  readonly answer: A;
  readonly inbound?: { readonly key: InboundKey; readonly at: Instant; readonly effect: 'done' | 'ignored' };
  readonly events?: readonly CaseEvent[];
  /** Cases changed or new, each the fold of all its events. */
  readonly cases?: readonly {
    readonly value: Case;
    readonly parts: readonly Part[];
    readonly nextAt: Instant | null;
  }[];
  readonly outbox?: readonly OutboxDraft[];
  readonly tasks?: readonly TaskDraft[];
  readonly audit?: readonly AuditEntry[];
  readonly prompts?: { readonly open?: readonly Prompt[]; readonly close?: readonly string[] };
  /** Small dated facts: null deletes. */
  readonly facts?: Readonly<Record<string, string | null>>;
  readonly vault?: readonly VaultEntry[];
  /** Cases whose vault entries lose their keys and values; their events stay whole. */
  readonly eraseVault?: readonly string[];
  /** Serials used, per year: the counter moves past them. */
  readonly serials?: Readonly<Record<number, number>>;
}

/** A decision that must know more first: the store loads it and asks again (at most 6 rounds). */
export interface Need {
  readonly need: LoadSpec;
}

export interface Step<A = unknown> {
  readonly load: LoadSpec;
  /** Synchronous and pure: runs again if the batch is replayed. */
  decide(loaded: Loaded, now: Instant): ChangeSet<A> | Need;
}

export type StepResult<A = unknown> =
  | { readonly ok: true; readonly answer: A; readonly outbox: readonly OutboxRow[] }
  /** Threw alone three times: nothing of it was written. */
  | { readonly ok: false; readonly error: Error };

/**
 * Rows of this change that are due now and go to one of these accounts are written as `sending` with
 * fence 1, so that the process which decided also sends them, without a claim. Rows with a mergeKey, and
 * rows behind others that wait in the same chat, are queued all the same.
 */
export interface BornSending {
  readonly accounts: readonly string[];
  readonly owner: string;
  readonly leaseMs: number;
}

export interface TransactOptions {
  readonly bornSending?: BornSending;
}

export interface ClaimOptions {
  readonly accounts: readonly string[];
  readonly owner: string;
  readonly limit: number;
  readonly now: Instant;
  /** Lease end. */
  readonly until: Instant;
}

export interface CaseFilter {
  readonly states?: readonly Case['state'][];
  readonly receivedFrom?: Instant;
  readonly receivedTo?: Instant;
  readonly limit?: number;
  /** Keyset: numbers after this (year, serial). */
  readonly after?: { readonly year: number; readonly serial: number };
}

export interface Store {
  /** Queued in order, up to 100 steps a transaction; settles after the commit. */
  transact<A>(
    scope: Scope,
    steps: readonly Step<A>[],
    options?: TransactOptions,
  ): Promise<readonly StepResult<A>[]>;
  /** Rows due by `now`, by chat and priority; each becomes `sending` under a lease with a new fence. */
  claimOutbox(scope: Scope, options: ClaimOptions): Promise<readonly OutboxRow[]>;
  /** Ends or re-queues a claimed row; ignored (false) where the fence has moved on. */
  settle(scope: Scope, id: number, fence: number, result: Settlement): Promise<boolean>;
  /**
   * The same without waiting: kept in memory until the next transaction takes it along, at most 20 ms.
   * Lost with the process, the row's lease runs out and it comes back as `interrupted`.
   */
  settleSoon(scope: Scope, id: number, fence: number, result: Settlement): void;
  claimTasks(scope: Scope, options: Omit<ClaimOptions, 'accounts'>): Promise<readonly TaskRow[]>;
  settleTask(
    scope: Scope,
    key: string,
    fence: number,
    result: { readonly done: boolean; readonly retryAt: Instant | null; readonly detail: string | null },
  ): Promise<boolean>;
  /** Numbers of cases whose next step is due, by due time, then number. */
  dueCases(
    scope: Scope,
    now: Instant,
    limit: number,
  ): Promise<readonly { readonly number: string; readonly at: Instant }[]>;
  /** The earliest instant at which anything is due: a case, a queued row, a task; null when still. */
  nextWake(scope: Scope): Promise<Instant | null>;
  /** Is any dialog open for this party in this chat: the cheap test before chatter is dropped. */
  hasPrompt(scope: Scope, account: string, chat: string, who: Party): Promise<boolean>;
  cases(scope: Scope, filter: CaseFilter): Promise<readonly Case[]>;
  events(scope: Scope, numbers: readonly string[]): Promise<readonly CaseEvent[]>;
  vaultEntries(scope: Scope, number: string): Promise<readonly VaultEntry[]>;
  outbox(
    scope: Scope,
    filter: { readonly status?: readonly OutboxStatus[]; readonly limit?: number },
  ): Promise<readonly OutboxRecord[]>;
  /** Policies by version; the newest is in force. */
  savePolicy(scope: Scope, version: number, text: string): Promise<void>;
  policy(scope: Scope): Promise<{ readonly version: number; readonly text: string } | null>;
  /** The record of one job run; false where this key was taken already. */
  takeJob(scope: Scope, key: string, at: Instant): Promise<boolean>;
  meta(scope: Scope, key: string): Promise<string | null>;
  setMeta(scope: Scope, key: string, value: string): Promise<void>;
  /** A moving fence for what only one process may do at a time; null while another holds it. */
  lease(scope: Scope, name: string, owner: string, now: Instant, until: Instant): Promise<number | null>;
  /** Calls `run` after each commit that may have brought something due; returns how to stop it. */
  onWake(run: () => void): () => void;
  close(): Promise<void>;
}

/** A photo that came before its text waits here: only while the process runs, never on disk in clear. */
export interface WaitingMedia {
  readonly media: readonly InboundMedia[];
  readonly at: Instant;
}
