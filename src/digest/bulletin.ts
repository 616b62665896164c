/**
 * 月通报: what became of last month's open matters, office by office, and what an office did not do again after it was
 * told. Matters and dates; no scores, and offices stand in the order of the roster (Maonan, Emeishan). Pure.
 */
import type { Instant } from '../domain/case.ts';
import { isOpen } from '../domain/case.ts';
import type { PersonId } from '../domain/roster.ts';
import { type CaseRecord, caseAt, standingOf } from './facts.ts';
import { byNumber, type Matter, matterOf } from './matters.ts';
import { within } from './period.ts';

export type BulletinState = 'answered' | 'explained' | 'deferred' | 'overdue' | 'open' | 'redo';

export interface BulletinItem {
  readonly matter: Matter;
  /** The officer who has it: for the office itself, never for a paper that others read. */
  readonly owner: PersonId | null;
  readonly state: BulletinState;
  /** Answered on, to be reviewed on, or due on. */
  readonly date: Instant | null;
  /** Open when the period began, as against fallen late within it. */
  readonly carriedOver: boolean;
}

export interface OfficeBulletin {
  /** Null: what no office has been given yet, last. */
  readonly office: string | null;
  readonly items: readonly BulletinItem[];
}

/**
 * @param before the records as they came, to see what was open at `from`
 * @param records the same as they were at `cut`
 */
export function bulletinOf(
  before: readonly CaseRecord[],
  records: readonly CaseRecord[],
  from: Instant,
  cut: Instant,
  offices: readonly string[],
): readonly OfficeBulletin[] {
  const carried = new Set(before.filter((record) => wasOpen(record, from)).map(({ value }) => value.number));
  const items = records.toSorted(byNumber).flatMap((record) => {
    const { value } = record;
    if (standingOf(value) !== 'counted') return [];
    const carriedOver = carried.has(value.number);
    const item = { ...itemOf(record, from, cut), carriedOver };
    const told = carriedOver || item.state === 'overdue' || item.state === 'redo';
    return told ? [{ office: value.office, item }] : [];
  });
  const byOffice = Map.groupBy(items, ({ office }) => office);
  return [...offices, null].flatMap((office) => {
    const own = byOffice.get(office)?.map(({ item }) => item) ?? [];
    return own.length === 0 ? [] : [{ office, items: own }];
  });
}

function wasOpen(record: CaseRecord, at: Instant): boolean {
  if (record.value.receivedAt >= at) return false;
  const then = caseAt(record, at);
  if (then === null) return false;
  // Without events only its end is known.
  if (record.events.length === 0) {
    const end = then.resolvedAt ?? then.closedAt;
    return end === null || end >= at;
  }
  return isOpen(then.state) && then.state !== 'resolved';
}

function itemOf(record: CaseRecord, from: Instant, cut: Instant): Omit<BulletinItem, 'carriedOver'> {
  const { value } = record;
  const matter = matterOf(record, cut);
  return { matter, owner: value.assignee, ...stateOf(record, matter, from, cut) };
}

function stateOf(
  { value }: CaseRecord,
  matter: Matter,
  from: Instant,
  cut: Instant,
): Pick<BulletinItem, 'state' | 'date'> {
  if (value.resolvedAt !== null)
    return { state: value.outcome === 'explained' ? 'explained' : 'answered', date: value.resolvedAt };
  if (value.state === 'deferred') return { state: 'deferred', date: value.reviewAt };
  if (matter.overdue) return { state: 'overdue', date: value.dueAt };
  const again = value.reopens > 0 && within(value.clockStartedAt, from, cut);
  return { state: again ? 'redo' : 'open', date: value.dueAt };
}
