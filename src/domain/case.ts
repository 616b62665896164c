/** The case: one matter from its report to its answer. A plain value, the fold of its events. */
import type { Urgency } from './category.ts';
import type { GroupId, OfficeId, PersonId, Tier, VillageId } from './roster.ts';

/** Epoch milliseconds. */
export type Instant = number;

export const CASE_STATES = [
  'reported',
  'assigned',
  'in_progress',
  'resolved',
  'closed',
  'deferred',
  'cancelled',
] as const;
export type CaseState = (typeof CASE_STATES)[number];

export const isOpen = (state: CaseState): boolean => state !== 'closed' && state !== 'cancelled';

export type Source = 'group' | 'private' | 'phone' | 'visit' | 'meeting' | 'walk' | '12345' | 'superior';
export type Outcome =
  | 'fixed'
  | 'partly_fixed'
  | 'explained'
  | 'self_handled'
  | 'withdrawn'
  | 'duplicate'
  | 'not_township';
export type Rating = 'satisfied' | 'basically' | 'unsatisfied';
export type Supervision = 'none' | 'yellow' | 'red';
export type Means = 'chat' | 'phone' | 'visit' | 'paper';

/**
 * Who a party of a case is: a person id; `@adapter:account` for someone not on the roster;
 * `~…` an alias of a protected reporter, whose person id only the vault knows.
 */
export type Party = string;

export interface Reporter {
  readonly who: Party;
  /** The message it came in: (account, chat, id), for edits, recalls and photos. */
  readonly message: string | null;
  /** Said for another, who is no user of the bot: 代报. */
  readonly behalf: Behalf | null;
  /** Has said what the answer in force is worth. */
  readonly rated?: boolean;
  /** The rating question was put off until then: this person was asked about another matter that day. */
  readonly askAt?: Instant;
  /** The adapter it came by: where an alias, which has no account of its own, is answered. */
  readonly via: string | null;
}

export interface Behalf {
  readonly who: string | null;
  readonly means: Means;
}

export interface CaseMedia {
  readonly kind: 'image' | 'voice' | 'video' | 'file' | 'location';
  readonly name: string | null;
  /** `<account>|<platform ref>`; what became of it stands in facts that can be erased, see src/schedule/media-facts.ts. */
  readonly ref: string | null;
  readonly message: string | null;
}

/** The resolution clock stands still: asked (two working days at most) or deferred. */
export interface Pause {
  readonly why: 'asked' | 'deferred';
  readonly since: Instant;
  readonly until: Instant | null;
}

export interface ExtensionRequest {
  readonly until: Instant;
  readonly reason: string;
  readonly by: Party;
  readonly at: Instant;
}

export interface DeferralRequest {
  readonly reason: string;
  readonly cost: number | null;
  readonly reviewAt: Instant;
  readonly by: Party;
  readonly at: Instant;
}

/** Paging the people on duty, one after another, until one answers. */
export interface Paging {
  readonly order: readonly PersonId[];
  /** How many were called. */
  readonly called: number;
  readonly nextAt: Instant | null;
  readonly answeredBy: PersonId | null;
}

/** What the clock has told already; a redo clock starts it anew. */
export interface Ladder {
  readonly responseOverdue: boolean;
  readonly dueSoon: boolean;
  readonly overdue: boolean;
  /** Proposals of supervision made: 0, 1 or 2. */
  readonly proposals: number;
}

export interface Decided {
  readonly office: OfficeId | null;
  readonly dueAt: Instant | null;
  readonly text: string;
  readonly by: PersonId;
  readonly at: Instant;
}

export interface Case {
  /** `LC2611-0042`: the id within its township. */
  readonly number: string;
  readonly year: number;
  readonly serial: number;
  readonly state: CaseState;
  readonly category: string;
  readonly urgency: Urgency;
  readonly village: VillageId | null;
  /** Group ids; several for one matter in several groups. */
  readonly groups: readonly GroupId[];
  readonly neighborhood: string | null;
  readonly place: string | null;
  readonly households: number | null;
  readonly since: string | null;
  /** Masked, in the reporter's words. */
  readonly summary: string;
  readonly office: OfficeId | null;
  readonly assignee: PersonId | null;
  readonly coOffices: readonly OfficeId[];
  /** 首问负责: the office that had it first, named until the new one accepts. */
  readonly firstOffice: OfficeId | null;
  readonly level: Tier;
  readonly supervision: Supervision;
  readonly sensitive: boolean;
  readonly protected: boolean;
  /** Offices and people accused: never assigned to them. */
  readonly accused: readonly string[];
  readonly source: Source;
  /** Its number at the hotline or office above that passed it on. */
  readonly external?: string;
  readonly reporters: readonly Reporter[];
  /** Persons and offices that handled it: they never rate it. */
  readonly handlers: readonly Party[];
  readonly outcome: Outcome | null;
  readonly rating: Rating | null;
  /** Three facts, never one. */
  readonly firstContactAt: Instant | null;
  readonly solved: boolean | null;
  readonly receivedAt: Instant;
  readonly responseDueAt: Instant | null;
  readonly dueAt: Instant | null;
  /** The first resolution due time, kept beside the redo clock. */
  readonly originalDueAt: Instant | null;
  /** When the resolution clock in force started: the report or the last reopening. */
  readonly clockStartedAt: Instant;
  readonly acceptedAt: Instant | null;
  readonly resolvedAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly answer: string | null;
  readonly returns: number;
  readonly extensions: number;
  readonly reopens: number;
  readonly unsatisfied: number;
  /** 甄别: waits for the dispatcher's decision, does not close by itself. */
  readonly screening: boolean;
  readonly pause: Pause | null;
  /** The due time that a pause was rounded up to, and by how much: the next pause takes that first. */
  readonly rounded?: { readonly dueAt: Instant; readonly slack: number };
  readonly extension: ExtensionRequest | null;
  readonly deferral: DeferralRequest | null;
  readonly reviewAt: Instant | null;
  readonly cost: number | null;
  /** When the last rating question arrived: the days in which nobody answers are counted from it. */
  readonly ratingAskedAt: Instant | null;
  /** When the next of the questions that were put off is due; whose it is stands with the reporters. */
  readonly ratingAskAt: Instant | null;
  /** One question back is open: what is missing, and when it goes to the dispatcher as it is. */
  readonly asked: { readonly missing: readonly string[]; readonly until: Instant } | null;
  /** Local date on which an urge was last passed to the officer. */
  readonly urgedOn: string | null;
  readonly paging: Paging | null;
  readonly ladder: Ladder;
  readonly decided: Decided | null;
  readonly mergedInto: string | null;
  readonly media: readonly CaseMedia[];
  /** Names of vault fields that hold a contact: `mobile`, `mobile.2`. */
  readonly contacts: readonly string[];
  /** Count of events folded. */
  readonly version: number;
}
