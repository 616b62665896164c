/** Cases in every situation, made of their events, and the people who may do something with them. */
import { fold } from '../../src/domain/apply.ts';
import type { Behalf, Case, Instant } from '../../src/domain/case.ts';
import { type Command, emptyCommand } from '../../src/domain/command.ts';
import type { SingleCommand } from '../../src/domain/decide/index.ts';
import type { Ctx } from '../../src/domain/decide/work.ts';
import type { CaseEvent, EventData, EventType } from '../../src/domain/events.ts';
import type { Actor } from '../../src/domain/rights.ts';
import { at, testPolicy } from '../support/world.ts';

export const POLICY = testPolicy();
/** Tuesday afternoon; the case was reported on Monday morning. */
export const NOW: Instant = at('11-03 15:00');
export const REPORTED: Instant = at('11-02 08:30');
export const NUMBER = 'LX2611-0001';

type Draft = {
  [T in EventType]: {
    readonly type: T;
    readonly data: EventData[T];
    readonly by?: string;
    readonly at?: Instant;
  };
}[EventType];

/** Events of one case, an hour apart unless said otherwise. */
export function history(...drafts: readonly Draft[]): readonly CaseEvent[] {
  return drafts.map(
    (draft, i) =>
      ({
        case: NUMBER,
        seq: i + 1,
        behalf: null,
        message: `m${i + 1}`,
        by: 'lin',
        at: REPORTED + i * 3_600_000,
        ...draft,
      }) as CaseEvent,
  );
}

export function folded(events: readonly CaseEvent[]): Case {
  const c = fold(events);
  if (c === null) throw new Error('no events');
  return c;
}

/** 污水外溢 in 枫林村: a township office's matter, with a county office above it. */
export const reported = (over: Partial<EventData['case_reported']> = {}): Draft => ({
  type: 'case_reported',
  at: REPORTED,
  data: {
    number: NUMBER,
    year: 2026,
    serial: 1,
    category: 'env.sewage',
    urgency: 'U3',
    village: 'fl',
    groups: ['fl-g3'],
    neighborhood: null,
    place: '王家桥',
    households: null,
    since: null,
    summary: '污水外溢',
    sensitive: false,
    protected: false,
    accused: [],
    source: 'group',
    media: [],
    contacts: [],
    dueAt: at('11-05 17:30'),
    responseDueAt: at('11-02 15:30'),
    asked: null,
    level: 'township',
    reporter: { who: 'lin', message: 'bridge|g-fl|m1', behalf: null, via: 'bridge' },
    ...over,
  },
});

export const assigned = (over: Partial<EventData['case_assigned']> = {}): Draft => ({
  type: 'case_assigned',
  data: {
    office: 'huanwei',
    assignee: 'zeng',
    level: 'township',
    responseDueAt: at('11-02 15:30'),
    dueAt: null,
    ...over,
  },
});

export const accepted: Draft = {
  type: 'case_accepted',
  by: 'zeng',
  data: { handler: 'zeng', contacted: false },
};
export const supervised: Draft = { type: 'case_supervised', by: 'xiong', data: { level: 'yellow' } };
export const resolved: Draft = {
  type: 'case_resolved',
  by: 'zeng',
  data: { text: '疏通了', outcome: 'fixed', handler: 'zeng' },
};
export const explained: Draft = {
  type: 'case_explained',
  by: 'zeng',
  data: { text: '没有资金', ground: null, handler: 'zeng' },
};
export const asked: Draft = { type: 'rating_asked', by: 'zeng', data: { of: ['lin'] } };
export const unsatisfied: Draft = { type: 'case_rated', data: { rating: 'unsatisfied', by: 'lin' } };
const closed: readonly Draft[] = [
  { type: 'case_rated', data: { rating: 'satisfied', by: 'lin' } },
  { type: 'case_closed', data: { why: 'rated', outcome: null, rating: 'satisfied' } },
];

const extension = { until: at('11-12 17:30'), reason: '等配件', by: 'zeng', at: REPORTED };
const deferral = {
  reason: '没有资金',
  cost: 20_000,
  reviewAt: at('2027-03-01 17:30'),
  by: 'zeng',
  at: REPORTED,
};
const begun: readonly Draft[] = [reported(), supervised, assigned(), accepted];
const deferred: readonly Draft[] = [
  ...begun,
  { type: 'deferral_requested', by: 'zeng', data: deferral },
  {
    type: 'deferral_decided',
    by: 'xiong',
    data: { agree: true, reviewAt: deferral.reviewAt, cost: 20_000, reason: null },
  },
];

/** All are under supervision, so that it can be cleared in each. */
export const SITUATIONS = {
  reported: history(reported(), supervised),
  assigned: history(reported(), supervised, assigned()),
  in_progress: history(...begun),
  extension: history(...begun, { type: 'extension_requested', by: 'zeng', data: extension }),
  deferral: history(...begun, { type: 'deferral_requested', by: 'zeng', data: deferral }),
  deferred: history(...deferred),
  resolved: history(...begun, resolved, asked),
  screening: history(...begun, explained, asked, unsatisfied, { type: 'screening_opened', data: {} }),
  closed: history(...begun, resolved, asked, ...closed),
  cancelled: history(...begun, { type: 'case_withdrawn', data: { outcome: 'withdrawn', reason: null } }),
} as const;
export type Situation = keyof typeof SITUATIONS;

const PEOPLE = {
  reporter: 'lin',
  'other head': 'qiu',
  'head elsewhere': 'luo',
  'zone head': 'xie',
  cadre: 'ma',
  assignee: 'zeng',
  'other officer': 'gan',
  leader: 'hao',
  dispatcher: 'duty',
  secretary: 'xiong',
  recorder: 'ban',
  stranger: null,
  'dispatcher for others': 'duty',
  'cadre for others': 'ma',
} as const;
export type ActorName = keyof typeof PEOPLE;

export const BEHALF: Behalf = { who: '张师傅', means: 'phone' };

export function anActor(name: ActorName): Actor {
  const person = PEOPLE[name];
  return { who: person ?? '@bridge:u-nobody', person, alias: `~${name}`, deputyFor: [] };
}

export function ctxOf(actor: Actor | null, over: Partial<Ctx> = {}): Ctx {
  return {
    policy: POLICY,
    now: NOW,
    actor,
    behalf: null,
    message: 'm99',
    openCounts: new Map(),
    present: (person) => person,
    ratingAskedOn: () => null,
    ...over,
  };
}

/** A command with everything it needs. */
export function aCommand<N extends SingleCommand>(
  name: N,
  over: Partial<Omit<Command, 'name'>> = {},
): Command & { name: N } {
  const plain = {
    ...emptyCommand,
    text: '疏通好了',
    reason: '情况特殊',
    until: at('11-20 17:30'),
    agree: true,
    reached: true,
    solved: true,
    color: 'red' as const,
    screening: 'redo' as const,
    score: name === 'reopen' ? (3 as const) : (1 as const),
  };
  const office = name === 'transfer' || name === 'assign' || name === 'co_handle' ? 'shuizhan' : null;
  const category = name === 'reclassify' ? 'env.river' : null;
  return { ...plain, office, category, ...over, name };
}
