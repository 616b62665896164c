/** What the last meeting decided and what became of it; what the secretary must look at. Pure. */
import type { Instant } from '../domain/case.ts';
import { isOpen } from '../domain/case.ts';
import type { Settings } from '../domain/settings.ts';
import { type CaseRecord, eventsOf } from './facts.ts';
import { byNumber, type Matter, matterOf } from './matters.ts';

export type Became = 'done' | 'explained' | 'deferred' | 'overdue' | 'open' | 'withdrawn';

export interface DecisionOutcome {
  readonly matter: Matter;
  readonly office: string | null;
  readonly dueAt: Instant | null;
  /** Empty where the matter is private. */
  readonly text: string;
  readonly decidedAt: Instant;
  readonly became: Became;
  /** When it was done, where it was. */
  readonly at: Instant | null;
}

/** Decisions of the period, and older ones whose matters are still open: a promise does not lapse with the month. */
export function decisionsOf(
  records: readonly CaseRecord[],
  from: Instant,
  asOf: Instant,
): readonly DecisionOutcome[] {
  return records.toSorted(byNumber).flatMap((record) => {
    const decided = eventsOf(record, 'decision_recorded').at(-1)?.data ?? record.value.decided;
    if (decided === null || (decided.at < from && !isOpen(record.value.state))) return [];
    const matter = matterOf(record, asOf);
    const text = matter.hidden === null ? decided.text : '';
    const { office, dueAt, at: decidedAt } = decided;
    return [{ matter, office, dueAt, text, decidedAt, ...becameOf(record, matter) }];
  });
}

function becameOf({ value }: CaseRecord, matter: Matter): { became: Became; at: Instant | null } {
  if (value.state === 'cancelled') return { became: 'withdrawn', at: value.closedAt };
  if (value.resolvedAt !== null)
    return { became: value.outcome === 'explained' ? 'explained' : 'done', at: value.resolvedAt };
  if (value.state === 'closed') return { became: 'done', at: value.closedAt };
  if (value.state === 'deferred') return { became: 'deferred', at: null };
  return { became: matter.overdue ? 'overdue' : 'open', at: null };
}

export const NEEDS = [
  'twice_unsatisfied',
  'broken_promise',
  'several_offices',
  'money',
  'supervised',
  'returned',
] as const;
export type Need = (typeof NEEDS)[number];

export interface NeedsSecretary {
  readonly matter: Matter;
  readonly why: readonly Need[];
}

/**
 * The few matters that only the secretary can move: money, several offices, twice unsatisfied, promises broken.
 * Most reasons first, then the oldest due time: an order of problems, not of offices.
 */
export function needsOf(
  open: readonly Matter[],
  twiceUnsatisfied: readonly Matter[],
  most: Settings['meeting']['pageMatters'],
): readonly NeedsSecretary[] {
  const numbers = new Set(open.map(({ brief }) => brief.number));
  const all = [...open, ...twiceUnsatisfied.filter(({ brief }) => !numbers.has(brief.number))];
  return all
    .map((matter) => ({ matter, why: NEEDS.filter((need) => NEEDED[need](matter)) }))
    .filter(({ why }) => why.length > 0)
    .toSorted((a, b) => b.why.length - a.why.length || dueOf(a.matter) - dueOf(b.matter))
    .slice(0, most);
}

const dueOf = ({ brief }: Matter): number => brief.dueAt ?? Number.POSITIVE_INFINITY;

const NEEDED: Readonly<Record<Need, (matter: Matter) => boolean>> = {
  twice_unsatisfied: ({ unsatisfied }) => unsatisfied >= 2,
  // Time was given, a meeting had named the day, or the day told to the reporter is long gone: supervision was proposed twice.
  broken_promise: ({ overdue, extensions, decided, proposals }) =>
    overdue && (extensions > 0 || decided !== null || proposals >= 2),
  several_offices: ({ coOffices, overdue }) => coOffices.length > 0 && overdue,
  money: ({ brief, cost }) => brief.state === 'deferred' && (cost ?? 0) > 0,
  supervised: ({ supervision }) => supervision !== 'none',
  returned: ({ returns }) => returns >= 2,
};
