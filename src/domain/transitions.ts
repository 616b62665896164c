/**
 * The only place where a case changes its state: from each state, the events that may happen
 * and the state they lead to. An event that is not listed is illegal there.
 */
import type { CaseState } from './case.ts';
import type { EventType } from './events.ts';

type Moves = Partial<Record<EventType, CaseState>>;

/** Words and facts may be added to a case in any of its open states without moving it. */
const stays = <S extends CaseState>(state: S) =>
  ({
    case_supplemented: state,
    case_corrected: state,
    question_answered: state,
    question_lapsed: state,
    media_retracted: state,
    message_recalled: state,
    case_urged: state,
    case_joined: state,
    merge_proposed: state,
    case_reclassified: state,
    co_handler_added: state,
    case_supervised: state,
    supervision_cleared: state,
    supervision_proposed: state,
    overdue_told: state,
    due_soon_told: state,
    page_sent: state,
    page_answered: state,
    contact_read: state,
    decision_recorded: state,
    assignee_replaced: state,
  }) as const satisfies Moves;

/** What an office may do with a case that it has or had. */
const atWork = {
  ...stays('in_progress'),
  case_assigned: 'assigned',
  case_progressed: 'in_progress',
  reporter_asked: 'in_progress',
  reporter_answered: 'in_progress',
  clock_resumed: 'in_progress',
  case_returned: 'reported',
  case_transferred: 'reported',
  case_escalated: 'reported',
  extension_requested: 'in_progress',
  extension_decided: 'in_progress',
  deferral_requested: 'in_progress',
  deferral_refused: 'in_progress',
  case_resolved: 'resolved',
  case_explained: 'resolved',
  case_withdrawn: 'cancelled',
  case_merged: 'cancelled',
} as const satisfies Moves;

export const TRANSITIONS = {
  reported: {
    ...stays('reported'),
    case_assigned: 'assigned',
    case_transferred: 'reported',
    case_escalated: 'reported',
    case_resolved: 'resolved',
    case_explained: 'resolved',
    case_closed: 'closed',
    case_withdrawn: 'cancelled',
    case_merged: 'cancelled',
  },
  assigned: {
    ...atWork,
    ...stays('assigned'),
    case_accepted: 'in_progress',
    extension_requested: 'assigned',
    extension_decided: 'assigned',
    deferral_requested: 'assigned',
    deferral_refused: 'assigned',
    deferral_decided: 'deferred',
    clock_resumed: 'assigned',
    reporter_answered: 'assigned',
  },
  in_progress: { ...atWork, deferral_decided: 'deferred' },
  deferred: {
    ...stays('deferred'),
    case_assigned: 'assigned',
    case_progressed: 'deferred',
    deferral_ended: 'in_progress',
    clock_resumed: 'deferred',
    case_transferred: 'reported',
    case_escalated: 'reported',
    case_resolved: 'resolved',
    case_explained: 'resolved',
    case_withdrawn: 'cancelled',
    case_merged: 'cancelled',
  },
  resolved: {
    ...stays('resolved'),
    rating_planned: 'resolved',
    rating_asked: 'resolved',
    case_rated: 'resolved',
    case_followed_up: 'resolved',
    screening_opened: 'resolved',
    screening_decided: 'resolved',
    case_reopened: 'in_progress',
    deferral_decided: 'deferred',
    case_closed: 'closed',
    case_merged: 'cancelled',
  },
  closed: {
    case_supplemented: 'closed',
    message_recalled: 'closed',
    media_retracted: 'closed',
    rating_planned: 'closed',
    rating_asked: 'closed',
    case_rated: 'closed',
    case_followed_up: 'closed',
    contact_read: 'closed',
    supervision_cleared: 'closed',
    decision_recorded: 'closed',
    screening_opened: 'resolved',
    case_reopened: 'in_progress',
  },
  cancelled: { contact_read: 'cancelled', message_recalled: 'cancelled' },
} as const satisfies Record<CaseState, Moves>;

/** The state after an event, or null where the event is illegal in this state. */
export function next(state: CaseState, event: EventType): CaseState | null {
  const moves: Moves = TRANSITIONS[state];
  return moves[event] ?? null;
}

export const may = (state: CaseState, event: EventType): boolean => next(state, event) !== null;
