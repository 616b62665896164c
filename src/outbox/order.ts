/** Which message goes first. Pure. */
import type { MessageKind } from '../domain/messages.ts';
import type { OutboxRow } from '../store/port.ts';

/** The order of the sends for one message (bridge.md); what is not named comes last. */
const RANKS: Partial<Record<MessageKind, number>> = {
  emergency: 0,
  page: 1,
  receipt: 2,
  private: 2,
  ask: 2,
  assignment: 3,
};
const LAST = 4;

/** Compared number by number: the smaller goes first. */
export type Turn = readonly [priority: number, batch: number, rank: number, id: number];

/**
 * The turns of rows that one step caused. They stand together at the priority of the most urgent, so
 * that what was said about one message is heard in one order.
 */
export function turnsOfBatch(rows: readonly OutboxRow[]): readonly Turn[] {
  const priority = Math.min(...rows.map((row) => row.priority));
  const batch = Math.min(...rows.map((row) => row.id));
  return rows.map((row) => [priority, batch, RANKS[row.kind] ?? LAST, row.id]);
}

/** The turn of a row that waited in the store: by priority, then age. */
export function turnOfClaimed(row: OutboxRow): Turn {
  return [row.priority, row.id, 0, row.id];
}

export function compareTurns(a: Turn, b: Turn): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3];
}
