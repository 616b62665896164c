/**
 * The store's port: what the desk, the outbox and the jobs may ask of a database.
 * Two implementations (SQLite, PostgreSQL) pass one contract suite.
 *
 * One writing verb, `transact`: the store loads and decides inside its own transaction,
 * step after step, so that each decision sees those before it.
 */
import type { Binding, BindingCode, BindingKey, Bindings } from '../domain/binding.ts';
import type { Case, Instant, Party } from '../domain/case.ts';
import type { CaseEvent } from '../domain/events.ts';
import type { InboundMedia } from '../port.ts';
import type { ChatKey, InboundKey, Loaded, LoadSpec, Part, Prompt } from './loading.ts';
import type {
  OutboxDraft,
  OutboxRecord,
  OutboxRow,
  OutboxStatus,
  Settlement,
  TaskDraft,
  TaskRow,
} from './queues.ts';

export type * from './loading.ts';
export type * from './queues.ts';

/** One township, or `system` for the admin's own reads. */
export type Scope = { readonly township: string };

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
  /** A change of either kind raises the revision by one. What is put and removed at once is put. */
  readonly bindings?: { readonly put?: readonly Binding[]; readonly remove?: readonly BindingKey[] };
  /** `revokeOf`: open codes of these people, but not those put at once, are revoked. */
  readonly codes?: { readonly put?: readonly BindingCode[]; readonly revokeOf?: readonly string[] };
  /** Serials used, per year: the counter moves past them. */
  readonly serials?: Readonly<Record<number, number>>;
  /** Chats heard from, on platforms where that decides who may be written to; null forgets. */
  readonly contacts?: readonly (ChatKey & { readonly at: Instant | null })[];
  /**
   * A claimed row that ends with this change, so that what goes in its place is written with it or not at all.
   * Where its fence has moved on, nothing of the change is written.
   */
  readonly settles?: Settled;
}

/** The end of a claimed row: see Store.settle. */
export interface Settled {
  readonly id: number;
  readonly fence: number;
  readonly result: Settlement;
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

export interface TaskClaimOptions extends Omit<ClaimOptions, 'accounts'> {
  /**
   * Accounts that other processes carry: a task whose payload refers there (`ref`: `<account>|…`) is theirs. A store
   * with one process has none.
   */
  readonly elsewhere?: readonly string[];
}

export interface CaseFilter {
  readonly states?: readonly Case['state'][];
  readonly receivedFrom?: Instant;
  readonly receivedTo?: Instant;
  readonly limit?: number;
  /** Keyset: numbers after this (year, serial). */
  readonly after?: { readonly year: number; readonly serial: number };
}

/** Where a walk over cases goes on. */
export interface WalkMark {
  readonly at: Instant;
  readonly number: string;
}

export interface WalkOptions {
  readonly from: Instant;
  readonly after: WalkMark | null;
  readonly limit: number;
}

/** A page of a walk, undecoded, for those who have a thread of their own to decode it in. */
export interface WalkPage {
  readonly numbers: readonly string[];
  /** Null where there was nothing more. */
  readonly last: WalkMark | null;
  /** UTF-8 of a JSON array. */
  readonly json: Uint8Array;
}

/** What the past remembers of a settled case: where it was. */
export type SettledCase = Pick<
  Case,
  'number' | 'receivedAt' | 'category' | 'village' | 'state' | 'protected' | 'sensitive' | 'groups' | 'place'
>;

/** How many came in of one sub-category. */
export type CategoryCount = readonly [category: string, count: number];

/** Who has what only one process may do at a time, and until when. */
export interface Lease {
  readonly name: string;
  readonly owner: string;
  readonly until: Instant;
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
  claimTasks(scope: Scope, options: TaskClaimOptions): Promise<readonly TaskRow[]>;
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
  /** Is any dialog open for this party in this chat: the cheap test before chatter is dropped, answered at once where it can be. */
  hasPrompt(scope: Scope, account: string, chat: string, who: Party): boolean | Promise<boolean>;
  cases(scope: Scope, filter: CaseFilter): Promise<readonly Case[]>;
  events(scope: Scope, numbers: readonly string[]): Promise<readonly CaseEvent[]>;
  /** `Case[]` of all that have something to say at `from` or later, open ones last; see `activeUntil` in rows.ts. */
  activeCases(scope: Scope, walk: WalkOptions): Promise<WalkPage>;
  /** `SettledCase[]` of what was received in [from, to) and has nothing to say at `to` or later. */
  settledCases(scope: Scope, walk: WalkOptions & { readonly to: Instant }): Promise<WalkPage>;
  /** The same as `events`: UTF-8 of the JSON of a `CaseEvent[]`. */
  eventsJson(scope: Scope, numbers: readonly string[]): Promise<Uint8Array>;
  /** Received in [from, to), by category. */
  received(scope: Scope, from: Instant, to: Instant): Promise<readonly CategoryCount[]>;
  /** When the first case of all came in; null where there is none. */
  firstReceived(scope: Scope): Promise<Instant | null>;
  /** A register kept as facts with a common prefix, by key: what no step needs inside its transaction. */
  facts(scope: Scope, prefix: string): Promise<ReadonlyMap<string, string>>;
  /** Who is who as it stands; null where that is the revision known. */
  bindings(scope: Scope, known: number): Promise<Bindings | null>;
  /** When each of these chats was last heard from; those of which nothing is recorded are left out. */
  contacts(scope: Scope, chats: readonly ChatKey[]): Promise<readonly (ChatKey & { readonly at: Instant })[]>;
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
  /** Leases whose names begin so, by name, also those that ran out. */
  leases(scope: Scope, prefix: string): Promise<readonly Lease[]>;
  /** Calls `run` after each commit that may have brought something due; returns how to stop it. */
  onWake(run: () => void): () => void;
  close(): Promise<void>;
}

/** A photo that came before its text waits here: only while the process runs, never on disk in clear. */
export interface WaitingMedia {
  readonly media: readonly InboundMedia[];
  readonly at: Instant;
}
