/**
 * What is said to people, as values: a kind (public, bridge.md), a template and its parameters.
 * The words are in src/replies; parameters hold ids and instants, which the words look up.
 */
import type { BindingTemplates } from './binding-messages.ts';
import type { Case, Instant, Rating, Supervision } from './case.ts';
import type { MediaTemplates } from './media-messages.ts';
import type { OfficeId, PersonId, Tier } from './roster.ts';

export const MESSAGE_KINDS = [
  'receipt',
  'ask',
  'emergency',
  'page',
  'assignment',
  'accepted',
  'progress',
  'question',
  'returned',
  'transferred',
  'extension_requested',
  'extension_decided',
  'deferral_requested',
  'deferral_decided',
  'resolved',
  'explained',
  'reopened',
  'closed',
  'withdrawn',
  'merged',
  'escalated',
  'supervision_proposed',
  'supervised',
  'due_soon',
  'overdue',
  'status',
  'private',
  'refused',
  'supplemented',
  'corrected',
  'urged',
  'reclassified',
  'co_handled',
  'follow_up',
  'contact',
  'decision',
  'digest',
  'policy',
  'help',
  'notice',
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** What nearly every message about a case names. All text in it is masked. */
export type Brief = Pick<
  Case,
  | 'number'
  | 'state'
  | 'category'
  | 'urgency'
  | 'village'
  | 'groups'
  | 'neighborhood'
  | 'place'
  | 'households'
  | 'since'
  | 'summary'
  | 'office'
  | 'assignee'
  | 'firstOffice'
  | 'dueAt'
  | 'reviewAt'
  | 'outcome'
  | 'receivedAt'
  | 'sensitive'
  | 'protected'
  | 'level'
>;

export type RefusalCode =
  | 'not_yours'
  | 'no_such_case'
  | 'wrong_state'
  | 'already_done'
  | 'too_late'
  | 'too_early'
  | 'past_date'
  | 'needs_reason'
  | 'needs_date'
  | 'needs_words'
  | 'needs_office'
  | 'unknown_office'
  | 'unknown_person'
  | 'unknown_category'
  | 'limit_reached'
  | 'own_work'
  | 'nothing_waits'
  | 'private_only'
  | 'not_for_you'
  | 'accused_office'
  | 'same_office'
  | 'no_higher_tier'
  | 'already_urged'
  | 'no_contact'
  | 'unauthorized'
  | 'needs_reference'
  | 'not_possible_here';

/** Words that a refusal needs beside its code. */
export interface RefusalParams {
  readonly code: RefusalCode;
  /** The command refused, as an intent: its Chinese name is looked up. */
  readonly command: string | null;
  readonly number: string | null;
  readonly state: Case['state'] | null;
  /** Where the person may turn: an office, a role. */
  readonly turnTo: 'dispatcher' | 'officer' | 'leader' | 'secretary' | 'reporter' | null;
  /** Office names that could have been meant. */
  readonly candidates: readonly string[];
  readonly date: Instant | null;
  /** The word that was not known. */
  readonly word: string | null;
}

/** A line of a merged reminder. */
export interface ReminderItem {
  readonly brief: Brief;
  readonly step: 'due_soon' | 'response_overdue' | 'overdue' | 'proposal_1' | 'proposal_2';
  /** Who it is told to: the officer at work or the leader above. */
  readonly as: 'officer' | 'leader' | 'dispatcher' | 'secretary';
}

/** A line of the list of people to call back; without `answer` where the matter is protected. */
export interface FollowUpItem {
  readonly brief: Brief;
  readonly answer: string | null;
  readonly rating: Rating | null;
}

export interface Templates extends BindingTemplates, MediaTemplates {
  // --- to the reporter, in the chat the message came from
  /** Routed to an office (brief.office) or to the dispatcher (office null). `later`: 值班员分派. */
  receipt: { brief: Brief; known: boolean; fromPost: boolean };
  receipt_self_handled: { brief: Brief };
  /** Several matters in one message share no receipt; one each. */
  receipt_joined: { brief: Brief };
  /** Fits a known matter: it is in hand already. */
  receipt_known: { text: string };
  ask_place: { brief: Brief | null };
  ask_matter: { brief: Brief | null };
  ask_confirm_report: { summary: string };
  ask_which_case: { command: string; candidates: readonly Brief[]; numbered: boolean };
  ask_which_request: { number: string; requests: readonly ('extension' | 'deferral')[] };
  ask_still_broken: { brief: Brief };
  ask_withdraw: { brief: Brief };
  emergency: {
    hotlines: readonly string[];
    dutyPhone: string | null;
    category: string;
    needPlace: boolean;
    paged: boolean;
    number: string | null;
  };
  private: { dutyPhone: string | null; reachable: boolean; recall: boolean };
  discipline: Record<string, never>;
  voice_hint: Record<string, never>;
  forwarded_hint: Record<string, never>;
  status: { items: readonly { brief: Brief; answer: string | null; rating: Rating | null }[]; more: number };
  refused: RefusalParams;
  help: { roles: readonly string[] };
  policy: {
    cards: readonly { title: string; text: string; source: string; date: string }[];
    keyword: string;
  };
  notice_to_group: { brief: Brief };
  // --- to people on duty, officers, leaders, dispatchers
  page: { brief: Brief; text: string; callNumber: number; reporter: string | null; hasContact: boolean };
  assignment: {
    brief: Brief;
    text: string;
    responseDueAt: Instant | null;
    reporter: string | null;
    hasContact: boolean;
    media: number;
    redo: boolean;
    history: readonly string[];
  };
  /** To the officer who goes on where another's post has ended. */
  handed_over: { brief: Brief; before: PersonId; reporter: string | null; hasContact: boolean };
  copy_to_village: { brief: Brief };
  /** To the reporter: a person has now given it to an office. */
  now_with: { brief: Brief };
  to_dispatch: {
    brief: Brief;
    text: string;
    why: 'no_office' | 'no_officer' | 'unanswered' | 'protected' | 'unclear' | 'returned' | 'accused';
    candidates: readonly OfficeId[];
    reporter: string | null;
  };
  /** The short acknowledgement to whoever gave a command. */
  done: { command: string; brief: Brief; until: Instant | null };
  accepted: { brief: Brief };
  progress: { brief: Brief; text: string };
  question: { brief: Brief; text: string };
  answered: { brief: Brief; text: string };
  returned: { brief: Brief; reason: string; to: 'reporter' | 'dispatcher' | 'secretary'; times: number };
  transferred: { brief: Brief; from: OfficeId; reason: string; to: 'reporter' | 'officer' | 'old_officer' };
  extension_requested: { brief: Brief; until: Instant; reason: string; by: PersonId };
  extension_decided: {
    brief: Brief;
    agree: boolean;
    until: Instant | null;
    reason: string | null;
    to: 'reporter' | 'officer';
  };
  deferral_requested: { brief: Brief; reason: string; cost: number | null; reviewAt: Instant; by: PersonId };
  deferral_decided: {
    brief: Brief;
    agree: boolean;
    reviewAt: Instant | null;
    reason: string | null;
    to: 'reporter' | 'officer';
  };
  deferral_review: { brief: Brief; to: 'officer' | 'secretary' };
  /** `ask`: carries the rating question; `numbered`: 1 满意 2 基本满意 3 没解决. */
  resolved: { brief: Brief; text: string; partly: boolean; ask: boolean };
  explained: { brief: Brief; text: string; ground: string | null; ask: boolean };
  rating_question: { brief: Brief; text: string };
  reopened: { brief: Brief; text: string | null; to: 'reporter' | 'officer' | 'secretary'; times: number };
  screening: { brief: Brief; text: string | null; to: 'reporter' | 'dispatcher' };
  screening_decided: { brief: Brief; decision: 'redo' | 'periodic_plan' | 'recorded'; ground: string | null };
  closed: { brief: Brief; rating: Rating | null; to: 'reporter' | 'officer' };
  withdrawn: { brief: Brief; to: 'reporter' | 'officer'; reason: string | null };
  not_township: { brief: Brief; reason: string | null };
  merged: { brief: Brief; into: Brief; to: 'reporter' | 'officer' };
  merge_proposed: { brief: Brief; with: Brief | null; text: string };
  escalated: {
    brief: Brief;
    to: Tier;
    reason: string | null;
    audience: 'reporter' | 'officer' | 'office' | 'dispatcher' | 'village';
  };
  supervision_proposed: { items: readonly ReminderItem[] };
  supervised: { brief: Brief; level: Exclude<Supervision, 'none'>; to: 'officer' | 'leader' | 'secretary' };
  supervision_cleared: { brief: Brief };
  reminder: { items: readonly ReminderItem[] };
  supplemented: { brief: Brief; text: string; media: number; to: 'reporter' | 'officer' };
  corrected: { brief: Brief; text: string; to: 'reporter' | 'officer' };
  urged: { brief: Brief; to: 'reporter' | 'officer' };
  reclassified: { brief: Brief; before: string; to: 'reporter' | 'officer' };
  co_handled: { brief: Brief; office: OfficeId; text: string; to: 'co_officer' | 'lead' | 'reporter' };
  /** 回访: whom to call back about what was answered and closed; `more` stand behind those listed. */
  follow_up: { items: readonly FollowUpItem[]; more: number };
  contact: { number: string; field: string; vault: string };
  no_contact: { number: string; reporter: string | null };
  decision: { brief: Brief; until: Instant | null; text: string; to: 'reporter' | 'officer' };
  decision_preview: {
    items: readonly { brief: Brief; office: OfficeId | null; until: Instant | null; text: string }[];
  };
  // --- notices
  bot_cannot_reach: {
    person: PersonId | null;
    name: string;
    kind: MessageKind;
    brief: Brief | null;
    text: string;
  };
  /** Under a message whose files this chat can't carry. */
  files_elsewhere: { names: readonly string[] };
  /** To the admins: an account is logged out or kicked, or is back; `since` it went. */
  account_down: { account: string; since: Instant; why: 'kicked' | 'need-login'; qr: boolean };
  account_back: { account: string; since: Instant };
  quarantined: { dutyPhone: string | null };
  /** To the admins: the clock can't go on with a case. */
  case_stuck: { number: string; detail: string };
  /** To the admins: work that comes round by the clock fails and is tried again, or is given up. */
  work_failed: { work: string; detail: string; ended: boolean };
  /** To the admins: holidays are known until this local date, which is near or gone by. */
  calendar_end: { until: string; passed: boolean };
  quarantined_to_dispatcher: { account: string; sender: string; detail: string };
  protected_warning: Record<string, never>;
  complaint_thanks: Record<string, never>;
  complaint_to_admin: { text: string; by: PersonId | null };
  absence_set: { from: string; to: string; deputy: PersonId | null };
  absence_ended: Record<string, never>;
  absence_deputy: { from: string; to: string; person: PersonId; open: number };
  /** To a leader: what the office says at the meeting is confirmed. */
  sheet_confirmed: { office: OfficeId };
  known_matter_set: { text: string; count: number };
  thanks: Record<string, never>;
  nothing_open: Record<string, never>;
  digest: { period: string; lines: readonly string[] };
  /** The sentiment meeting's papers to one official: sheets, the secretary's page, minutes. Made by src/digest/meeting. */
  meeting: { lines: readonly string[] };
}

export type Template = keyof Templates;

/** One thing to say: kind, template and parameters belong together. */
export type Say = { [T in Template]: { readonly template: T; readonly params: Templates[T] } }[Template];
