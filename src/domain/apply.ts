/** The fold: a case is what its events made of it. Pure; an illegal event is a bug and throws. */
import type { Case } from './case.ts';
import type { CaseEvent, CaseEventOf, ReportedFacts } from './events.ts';
import { FRESH_LADDER } from './ladder.ts';
import { PATCHES, type Patch } from './patches.ts';
import { next } from './transitions.ts';

export function apply(before: Case | null, event: CaseEvent): Case {
  if (before === null) return born(event);
  const state = next(before.state, event.type);
  if (state === null) throw new Error(`${event.type} can't happen to a case that is ${before.state}`);
  const patch = (PATCHES[event.type] as (at: Case, event: CaseEvent) => Patch)(before, event);
  return { ...before, ...patch, state, version: event.seq };
}

export const fold = (events: readonly CaseEvent[]): Case | null =>
  events.reduce<Case | null>((at, event) => apply(at, event), null);

function born(event: CaseEvent): Case {
  if (event.type !== 'case_reported') throw new Error(`a case begins with case_reported, not ${event.type}`);
  const { reporter, ...facts }: ReportedFacts = event.data;
  return {
    ...EMPTY,
    ...facts,
    reporters: reporter === null ? [] : [reporter],
    ...times(event),
    version: event.seq,
  };
}

const times = (event: CaseEventOf<'case_reported'>): Patch => ({
  receivedAt: event.at,
  clockStartedAt: event.at,
  originalDueAt: event.data.dueAt,
});

const EMPTY = {
  state: 'reported',
  office: null,
  assignee: null,
  coOffices: [],
  firstOffice: null,
  supervision: 'none',
  handlers: [],
  outcome: null,
  rating: null,
  firstContactAt: null,
  solved: null,
  receivedAt: 0,
  clockStartedAt: 0,
  originalDueAt: null,
  acceptedAt: null,
  resolvedAt: null,
  closedAt: null,
  answer: null,
  returns: 0,
  extensions: 0,
  reopens: 0,
  unsatisfied: 0,
  screening: false,
  pause: null,
  extension: null,
  deferral: null,
  reviewAt: null,
  cost: null,
  ratingAskedAt: null,
  ratingAskAt: null,
  urgedOn: null,
  paging: null,
  ladder: FRESH_LADDER,
  decided: null,
  mergedInto: null,
} as const satisfies Patch;
