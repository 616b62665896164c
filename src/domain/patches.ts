/** What each event changes in a case beside its state. One line of the table an event; pure. */
import type { Case, Reporter } from './case.ts';
import type { CaseEventOf, EventType } from './events.ts';
import { counted, due, restarted, runs } from './ladder.ts';

export type Patch = Partial<Case>;
type Patches = { [T in EventType]: (at: Case, event: CaseEventOf<T>) => Patch };

/** Whoever worked on it must not rate it: the person and, for others' work, the office. */
const handled = (at: Case, ...by: readonly (string | null)[]): Patch => ({
  handlers: [...new Set([...at.handlers, ...by.filter((one) => one !== null)])],
});

/** A date that a person names takes the standstill so far into account: only what is left of it moves the date on. */
const stillFrom = ({ pause }: Case, when: number): Patch =>
  pause === null ? {} : { pause: { ...pause, since: Math.max(pause.since, when) } };

const withoutQuestion = ({ askAt: _, ...one }: Reporter): Reporter => one;

/** No rating question waits for anybody any more. */
const unasked = (reporters: readonly Reporter[]): Patch => ({
  reporters: reporters.map(withoutQuestion),
  ratingAskAt: null,
});

/** The reporters, and when the next of them is to be asked. */
function waiting(reporters: readonly Reporter[]): Patch {
  const times = reporters.flatMap(({ askAt }) => askAt ?? []);
  return { reporters, ratingAskAt: times.length === 0 ? null : Math.min(...times) };
}

/** The answer was given: nothing waits any more but the reporter's word. */
/** Whoever works on it says so: the next person on duty is not called any more. */
const called = ({ paging }: Case): Patch => (paging === null ? {} : { paging: { ...paging, nextAt: null } });

const answered = (event: { at: number; data: { text: string; handler: string } }, at: Case): Patch => ({
  ...handled(at, event.data.handler, at.assignee),
  ...called(at),
  answer: event.data.text,
  ...unasked(at.reporters.map(({ rated: _, ...one }) => one)),
  // The last word stays until there is a new answer to rate.
  rating: null,
  acceptedAt: at.acceptedAt ?? event.at,
  firstContactAt: at.firstContactAt ?? event.at,
  resolvedAt: event.at,
  pause: null,
  extension: null,
  deferral: null,
  reviewAt: null,
  asked: null,
  ratingAskedAt: null,
});

const joinedReporters = (at: Case, more: readonly (Reporter | null)[]): readonly Reporter[] => {
  const all = [...at.reporters];
  for (const one of more)
    if (one !== null && !all.some(({ who }) => who === one.who)) all.push(withoutQuestion(one));
  return all;
};

/** A word said for somebody else speaks for all of them. */
const heard = ({ reporters }: Case, by: string): readonly Reporter[] => {
  const own = reporters.some(({ who }) => who === by);
  return reporters.map((one) => (own && one.who !== by ? one : { ...withoutQuestion(one), rated: true }));
};

/** A question that is put off is known from then on; in histories of before it is everybody's. */
const putOff = (at: Case, { data }: CaseEventOf<'rating_planned'>): Patch => ({
  ...waiting(
    at.reporters.map((one) => ((data.of ?? [one.who]).includes(one.who) ? { ...one, askAt: data.at } : one)),
  ),
});

function asked(at: Case, event: CaseEventOf<'rating_asked'>): Patch {
  const { of, at: arrives = event.at } = event.data;
  // What was due is done also where its reporter has meanwhile worked on the matter and is asked nothing.
  const done = ({ who, askAt = event.at }: Reporter): boolean => of.includes(who) || askAt <= event.at;
  return {
    ...waiting(at.reporters.map((one) => (done(one) ? withoutQuestion(one) : one))),
    ratingAskedAt: Math.max(arrives, at.ratingAskedAt ?? arrives),
  };
}

const none = (): Patch => ({});

export const PATCHES: Patches = {
  case_reported: () => {
    throw new Error('a case is reported once');
  },
  case_assigned: (at, { data }) => ({
    office: data.office,
    assignee: data.assignee,
    level: data.level,
    responseDueAt: data.responseDueAt,
    ...due(data.dueAt),
    firstOffice: at.firstOffice ?? data.office,
    coOffices: at.coOffices.filter((office) => office !== data.office),
    asked: null,
    pause: null,
    // What the one before asked for is not the new one's request.
    extension: null,
    deferral: null,
    reviewAt: null,
    ladder: { ...at.ladder, responseOverdue: false },
  }),
  case_accepted: (at, event) => ({
    ...handled(at, event.data.handler),
    acceptedAt: at.acceptedAt ?? event.at,
    firstContactAt: at.firstContactAt ?? (event.data.contacted ? event.at : null),
    firstOffice: at.office,
  }),
  case_progressed: (at, event) => ({ ...called(at), firstContactAt: at.firstContactAt ?? event.at }),
  reporter_asked: (at, event) => ({
    firstContactAt: at.firstContactAt ?? event.at,
    // A second question runs within the pause of the first.
    pause: at.pause ?? { why: 'asked', since: event.at, until: event.data.until },
  }),
  reporter_answered: (at, event) => ({ pause: null, ...runs(at, event) }),
  clock_resumed: (at, event) => ({ pause: null, ...runs(at, event) }),
  case_supplemented: (at, { data }) => ({
    ...data.changes,
    media: [...at.media, ...data.media],
    reporters: joinedReporters(at, [data.reporter]),
    contacts: [...new Set([...at.contacts, ...data.contacts])],
  }),
  case_corrected: (at, { data }) => ({ ...data.changes, ...counted(at, data.dueAt) }),
  question_answered: (at, { data }) => ({ ...data.changes, ...counted(at, data.dueAt), asked: null }),
  question_lapsed: () => ({ asked: null }),
  media_retracted: (at, { data }) => ({
    media: data.message === null ? [] : at.media.filter(({ message }) => message !== data.message),
  }),
  // A protected report is recalled at our own request; anyone else's words are hidden with the message.
  message_recalled: (at, { data }) =>
    at.protected ? {} : { summary: '', media: at.media.filter(({ message }) => message !== data.message) },
  case_urged: (_at, { data }) => ({ urgedOn: data.on }),
  case_returned: (at) => ({
    returns: at.returns + 1,
    office: null,
    assignee: null,
    responseDueAt: null,
    pause: null,
    extension: null,
    deferral: null,
  }),
  case_transferred: (at) => ({
    firstOffice: at.firstOffice ?? at.office,
    office: null,
    assignee: null,
    responseDueAt: null,
    pause: null,
    extension: null,
    deferral: null,
  }),
  extension_requested: (_at, { data }) => ({ extension: data }),
  extension_decided: (at, { data, at: when }) => ({
    extension: null,
    ...(data.agree
      ? { extensions: at.extensions + 1, ...due(data.dueAt), ladder: restarted(at), ...stillFrom(at, when) }
      : {}),
  }),
  deferral_requested: (_at, { data }) => ({ deferral: data }),
  deferral_decided: (at, event) => ({
    deferral: null,
    extension: null,
    reviewAt: event.data.reviewAt,
    cost: event.data.cost ?? at.cost,
    pause: { why: 'deferred', since: event.at, until: event.data.reviewAt },
    screening: false,
    resolvedAt: null,
    outcome: null,
  }),
  deferral_refused: () => ({ deferral: null }),
  deferral_ended: (at, event) => ({
    pause: null,
    reviewAt: event.data.reviewAt,
    ...runs(at, event),
    ladder: restarted(at),
  }),
  case_resolved: (at, event) => ({ ...answered(event, at), outcome: event.data.outcome, solved: true }),
  case_explained: (at, event) => ({ ...answered(event, at), outcome: 'explained', solved: false }),
  rating_planned: putOff,
  rating_asked: asked,
  case_rated: (at, { data }) => ({
    rating: data.rating,
    ...waiting(heard(at, data.by)),
    ...(data.rating === 'unsatisfied' ? { unsatisfied: at.unsatisfied + 1, solved: false } : {}),
  }),
  case_reopened: (at, event) => ({
    reopens: at.reopens + 1,
    dueAt: event.data.dueAt,
    clockStartedAt: event.at,
    ladder: restarted(at),
    screening: false,
    closedAt: null,
    resolvedAt: null,
    outcome: null,
    ratingAskedAt: null,
    ...unasked(at.reporters),
  }),
  screening_opened: (at) => ({ screening: true, closedAt: null, ...unasked(at.reporters) }),
  screening_decided: () => ({ screening: false }),
  case_closed: (at, event) => ({
    closedAt: event.at,
    outcome: event.data.outcome ?? at.outcome,
    rating: event.data.rating ?? at.rating,
    screening: false,
    asked: null,
    // Closed by the word of one of several: the others are asked all the same, each on their day.
    ...(event.data.why === 'rated' ? {} : unasked(at.reporters)),
  }),
  case_withdrawn: (_at, event) => ({
    outcome: event.data.outcome,
    closedAt: event.at,
    asked: null,
    pause: null,
    extension: null,
    deferral: null,
  }),
  case_merged: (at, event) => ({
    outcome: 'duplicate',
    mergedInto: event.data.into,
    closedAt: event.at,
    asked: null,
    pause: null,
    extension: null,
    deferral: null,
    ...unasked(at.reporters),
  }),
  case_joined: (at, { data }) => ({
    reporters: joinedReporters(at, data.reporters),
    households: data.households ?? at.households,
  }),
  merge_proposed: none,
  case_escalated: (at, { data }) => ({
    level: data.to,
    firstOffice: at.firstOffice ?? at.office,
    office: null,
    assignee: null,
    responseDueAt: null,
    pause: null,
    extension: null,
    deferral: null,
  }),
  case_reclassified: (at, { data }) => ({
    category: data.category,
    urgency: data.urgency,
    ...due(data.dueAt),
    originalDueAt: data.dueAt ?? at.originalDueAt,
    ladder: restarted(at),
  }),
  co_handler_added: (at, { data }) => ({ coOffices: [...new Set([...at.coOffices, data.office])] }),
  due_soon_told: (at) => ({ ladder: { ...at.ladder, dueSoon: true } }),
  overdue_told: (at, { data }) => ({
    ladder: {
      ...at.ladder,
      ...(data.clock === 'response' ? { responseOverdue: true } : { overdue: true, dueSoon: true }),
    },
  }),
  supervision_proposed: (at, { data }) => ({ ladder: { ...at.ladder, proposals: data.step } }),
  case_supervised: (_at, { data }) => ({ supervision: data.level }),
  supervision_cleared: () => ({ supervision: 'none' }),
  page_sent: (at, { data }) => ({ paging: { ...data, answeredBy: at.paging?.answeredBy ?? null } }),
  page_answered: (at, { data }) => ({
    paging: at.paging === null ? null : { ...at.paging, nextAt: null, answeredBy: data.by },
  }),
  contact_read: none,
  decision_recorded: (at, { data, at: when }) => ({
    decided: data,
    ...(data.dueAt === null ? {} : { dueAt: data.dueAt, ladder: restarted(at), ...stillFrom(at, when) }),
  }),
  case_followed_up: (at, { data }) => ({
    solved: data.solved ?? at.solved,
    ...(data.rating === null ? {} : { rating: data.rating }),
    ...(data.rating === 'unsatisfied' ? { unsatisfied: at.unsatisfied + 1 } : {}),
  }),
  assignee_replaced: (_at, { data }) => ({ assignee: data.assignee }),
};
