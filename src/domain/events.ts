/** Everything that can happen to a case. Append-only: a correction is a new event. */
import type {
  Behalf,
  Case,
  CaseMedia,
  Decided,
  DeferralRequest,
  ExtensionRequest,
  Instant,
  Outcome,
  Party,
  Rating,
  Reporter,
  Supervision,
} from './case.ts';
import type { Urgency } from './category.ts';
import type { OfficeId, PersonId, Tier } from './roster.ts';

/** The facts a report fixes; the rest of a case starts empty. */
export type ReportedFacts = Pick<
  Case,
  | 'number'
  | 'year'
  | 'serial'
  | 'category'
  | 'urgency'
  | 'village'
  | 'groups'
  | 'neighborhood'
  | 'place'
  | 'households'
  | 'since'
  | 'summary'
  | 'sensitive'
  | 'protected'
  | 'accused'
  | 'source'
  | 'external'
  | 'media'
  | 'contacts'
  | 'dueAt'
  | 'responseDueAt'
  | 'asked'
  | 'level'
> & { readonly reporter: Reporter | null };

/** What a correction or an answer may change. */
export type CorrectableFacts = Partial<
  Pick<
    Case,
    | 'category'
    | 'urgency'
    | 'village'
    | 'groups'
    | 'neighborhood'
    | 'place'
    | 'households'
    | 'since'
    | 'summary'
    | 'sensitive'
  >
>;

/** The clock runs again: until when, and from when its time counts. Null or missing: that did not move. */
interface ClockRuns {
  dueAt: Instant | null;
  startedAt?: Instant | null;
  /** What rounding the due time up to the end of a day gave, in milliseconds of working time. */
  slack?: number;
}

export interface EventData {
  case_reported: ReportedFacts;
  case_assigned: {
    office: OfficeId;
    assignee: PersonId;
    level: Tier;
    responseDueAt: Instant | null;
    /** Set where this assignment fixes the resolution clock too. */
    dueAt: Instant | null;
  };
  case_accepted: { handler: Party; contacted: boolean };
  case_progressed: { text: string };
  reporter_asked: { text: string; until: Instant };
  reporter_answered: { text: string } & ClockRuns;
  clock_resumed: ClockRuns;
  case_supplemented: {
    text: string;
    media: readonly CaseMedia[];
    changes: CorrectableFacts;
    reporter: Reporter | null;
    contacts: readonly string[];
  };
  case_corrected: { changes: CorrectableFacts; text: string; dueAt: Instant | null };
  question_answered: { changes: CorrectableFacts; dueAt: Instant | null };
  question_lapsed: Record<string, never>;
  media_retracted: { message: string | null };
  message_recalled: { message: string };
  case_urged: { on: string };
  case_returned: { from: OfficeId | null; reason: string };
  case_transferred: { from: OfficeId | null; office: OfficeId; reason: string };
  extension_requested: ExtensionRequest;
  extension_decided: { agree: boolean; dueAt: Instant | null; reason: string | null };
  deferral_requested: DeferralRequest;
  /** Agreed to; what is not is `deferral_refused`, which moves nothing. */
  deferral_decided: { agree: true; reviewAt: Instant | null; cost: number | null; reason: string | null };
  deferral_refused: { reason: string | null };
  deferral_ended: { reviewAt: Instant | null } & ClockRuns;
  case_resolved: { text: string; outcome: 'fixed' | 'partly_fixed'; handler: Party };
  case_explained: { text: string; ground: string | null; handler: Party };
  /** `of`: whose question waits; missing in histories of before, where nobody was asked and so all wait. */
  rating_planned: { at: Instant; of?: readonly Party[] };
  /** `at`: when the question arrives; what is said in the night arrives in the morning. */
  rating_asked: { of: readonly Party[]; at?: Instant };
  case_rated: { rating: Rating; by: Party };
  case_reopened: { dueAt: Instant; why: 'unsatisfied' | 'screening' | 'review' | 'danger' };
  screening_opened: Record<string, never>;
  screening_decided: { decision: 'redo' | 'periodic_plan' | 'recorded'; ground: string | null };
  case_closed: {
    why: 'rated' | 'unrated' | 'self_handled' | 'screened' | 'followed_up';
    outcome: Outcome | null;
    rating: Rating | null;
  };
  case_withdrawn: { outcome: 'withdrawn' | 'not_township'; reason: string | null };
  case_merged: { into: string };
  case_joined: { from: string | null; reporters: readonly Reporter[]; households: number | null };
  merge_proposed: { with: string };
  case_escalated: { from: Tier; to: Tier; reason: string | null };
  case_reclassified: { category: string; urgency: Urgency; dueAt: Instant | null; before: string };
  co_handler_added: { office: OfficeId };
  due_soon_told: Record<string, never>;
  overdue_told: { clock: 'response' | 'resolution' };
  supervision_proposed: { step: 1 | 2 };
  case_supervised: { level: Exclude<Supervision, 'none'> };
  supervision_cleared: Record<string, never>;
  page_sent: { order: readonly PersonId[]; called: number; nextAt: Instant | null };
  page_answered: { by: PersonId };
  contact_read: { fields: readonly string[] };
  decision_recorded: Decided;
  case_followed_up: { reached: boolean; solved: boolean | null; rating: Rating | null };
  assignee_replaced: { assignee: PersonId; why: 'absence' | 'post_ended' };
}

export type EventType = keyof EventData;

export interface CaseEventOf<T extends EventType> {
  readonly case: string;
  /** 1, 2, 3… within the case. */
  readonly seq: number;
  readonly type: T;
  readonly at: Instant;
  /** A person, `clock`, an `@account`; null where the reporter is protected. */
  readonly by: Party | null;
  /** For whom and how, where somebody acted for another. */
  readonly behalf: Behalf | null;
  /** The platform's id of the message that caused it. */
  readonly message: string | null;
  readonly data: EventData[T];
}

export type CaseEvent = { [T in EventType]: CaseEventOf<T> }[EventType];
