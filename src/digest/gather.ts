/**
 * Reads what a digest needs, page by page, and gives the chat a turn after each: no page takes longer than a
 * message may wait.
 */
import type { Case, CaseState, Instant } from '../domain/case.ts';
import { isOpen } from '../domain/case.ts';
import { localDate } from '../kernel/zone.ts';
import type { CaseFilter, Scope, Store } from '../store/port.ts';
import type { CaseRecord } from './facts.ts';
import { type Seen, seenOf } from './history.ts';
import { earlier, type Period, yearBefore } from './period.ts';

export interface Page {
  readonly records: readonly CaseRecord[];
  readonly history: readonly Seen[];
}

export interface GatherOptions {
  readonly store: Pick<Store, 'cases' | 'events'>;
  readonly scope: Scope;
  readonly period: Period;
  readonly timezone: string;
}

/** A case with its events takes some 40 µs to read, decode and hand over: a page stays below five milliseconds. */
const PAGE = 100;
const OPEN: readonly CaseState[] = ['reported', 'assigned', 'in_progress', 'resolved', 'deferred'];
/** Cases that a clock set back may have received in another order than they are numbered in. */
const SLACK = 200;

/** All cases since the year before the period, and the open ones that are older. */
export async function* gather(options: GatherOptions): AsyncGenerator<Page> {
  const { period, timezone } = options;
  const since = Math.min(yearBefore(period, timezone).from, earlier(period, 3, timezone).from);
  const start = await beginning(options, since);
  for await (const cases of pages(options, { receivedFrom: since }, start)) {
    const history = cases.map(seenOf);
    await turn();
    yield { records: await recordsOf(cases, options), history };
  }
  for await (const cases of pages(options, { receivedTo: since, states: OPEN }, undefined)) {
    yield { records: await recordsOf(cases, options), history: [] };
  }
}

/**
 * The number after which reading begins. Numbers go by time, so the first one received since then is found by
 * halving: the database would walk through all before it in one go, and a year's cases are too many for that.
 */
async function beginning(
  { store, scope, timezone }: GatherOptions,
  since: Instant,
): Promise<NonNullable<CaseFilter['after']>> {
  const year = Number(localDate(since, timezone).slice(0, 4));
  const isPast = async (serial: number): Promise<boolean> => {
    const [next] = await store.cases(scope, { after: { year, serial }, limit: 1 });
    return next === undefined || next.receivedAt >= since;
  };
  let before = 0;
  let past = SLACK;
  for (; !(await isPast(past)); past *= 2) before = past;
  while (past - before > 1) {
    const middle = Math.floor((before + past) / 2);
    if (await isPast(middle)) past = middle;
    else before = middle;
  }
  return { year, serial: Math.max(0, before - SLACK) };
}

async function* pages(
  { store, scope }: GatherOptions,
  filter: CaseFilter,
  start: CaseFilter['after'],
): AsyncGenerator<readonly Case[]> {
  let after = start;
  for (;;) {
    const cases = await store.cases(scope, { ...filter, limit: PAGE, ...(after ? { after } : {}) });
    if (cases.length > 0) yield cases;
    const last = cases.at(-1);
    if (last === undefined || cases.length < PAGE) return;
    after = { year: last.year, serial: last.serial };
    await turn();
  }
}

/** Messages that came in meanwhile go first. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What was settled before the period began has nothing to say of it but that it came in. */
function matters(c: Case, { from }: Period): boolean {
  if (isOpen(c.state)) return true;
  const dates: readonly (Instant | null)[] = [
    c.receivedAt,
    c.closedAt,
    c.resolvedAt,
    c.dueAt,
    c.originalDueAt,
    c.decided?.at ?? null,
  ];
  return dates.some((at) => at !== null && at >= from);
}

async function recordsOf(
  cases: readonly Case[],
  { store, scope, period }: GatherOptions,
): Promise<readonly CaseRecord[]> {
  const kept = cases.filter((c) => matters(c, period));
  if (kept.length === 0) return [];
  const events = await store.events(
    scope,
    kept.map(({ number }) => number),
  );
  const byCase = Map.groupBy(events, (event) => event.case);
  return kept.map((value) => ({ value, events: byCase.get(value.number) ?? [] }));
}
