/** Which drafts become rows of their own, and which go with one that waits. */
import type { Instant } from '../../domain/case.ts';
import type { OutboxBody } from '../columns.ts';
import { mergeDraft } from '../merge.ts';
import type { BornSending, OutboxDraft } from '../port.ts';
import { type OutboxInsert, type OutboxTableRow, outboxInsert, toMergeable, withMerged } from '../rows.ts';
import { outbox } from './schema.ts';
import { decoder, type Run, type Statement } from './tables.ts';

export interface Planned {
  /** `born`: under this lease, if nobody waits in its chat when it is written. */
  readonly inserts: readonly { readonly row: OutboxInsert; readonly born: BornSending | null }[];
  readonly merged: readonly OutboxTableRow[];
}

const decode = decoder(outbox);

/** What a query of the outbox and its words gives, as a row. */
export function toTableRow(raw: unknown): OutboxTableRow {
  const { body } = raw as { readonly body: OutboxBody | null };
  return { ...decode(raw), body };
}

/** Locked, so that no claim takes them while lines are added. */
const WAITING: Statement = {
  name: 'waiting',
  text: `SELECT o.*, w.body FROM outbox o JOIN outbox_words w ON w.id = o.id
    WHERE o.township_id = $1 AND o.status = 'queued' AND o.merge_key = ANY ($2::text[])
    ORDER BY o.id FOR UPDATE OF o`,
};

/** Numbers of rows that are not written yet: below all real ones. */
const provisional = (index: number): number => -1 - index;

const fits = (row: OutboxTableRow, draft: OutboxDraft): boolean =>
  row.mergeKey === draft.mergeKey && row.account === draft.account && row.chat === draft.chat.id;

/** Merges the draft into the first of `rows` that takes it. */
function merge(rows: OutboxTableRow[], draft: OutboxDraft): OutboxTableRow | null {
  for (const [index, row] of rows.entries()) {
    if (!fits(row, draft)) continue;
    const merged = mergeDraft(toMergeable(row), draft);
    if (!merged) continue;
    const kept = withMerged(row, merged);
    rows[index] = kept;
    return kept;
  }
  return null;
}

function bornOf(draft: OutboxDraft, now: Instant, born: BornSending | null): BornSending | null {
  const fit = born?.accounts.includes(draft.account) && draft.dueAt <= now && draft.mergeKey === null;
  return fit ? born : null;
}

/** Looks for rows to merge into only where a draft asks for it: else it costs no round trip. */
export async function planOutbox(
  run: Run,
  township: string,
  drafts: readonly OutboxDraft[],
  now: Instant,
  born: BornSending | null,
): Promise<Planned> {
  const keys = [...new Set(drafts.flatMap(({ mergeKey }) => mergeKey ?? []))];
  const rows = keys.length > 0 ? (await run<unknown>(WAITING, [township, keys])).map(toTableRow) : [];
  const touched = new Set<number>();
  const births = new Map<number, BornSending | null>();
  for (const [index, draft] of drafts.entries()) {
    const merged = draft.mergeKey === null ? null : merge(rows, draft);
    if (merged) {
      touched.add(merged.id);
      continue;
    }
    const id = provisional(index);
    const behind = rows.some((row) => waitsBefore(row, draft, now));
    births.set(id, behind ? null : bornOf(draft, now, born));
    rows.push({ ...outboxInsert(township, draft, now, null), id });
  }
  const inserts = rows.filter(({ id }) => id < 0).sort((a, b) => b.id - a.id);
  return {
    inserts: inserts.flatMap(({ id, body, ...row }) =>
      body ? [{ row: { ...row, body }, born: births.get(id) ?? null }] : [],
    ),
    merged: rows.filter(({ id }) => id > 0 && touched.has(id)),
  };
}

/** A row of this change that is queued for the same chat and due goes first. */
function waitsBefore(row: OutboxTableRow, draft: OutboxDraft, now: Instant): boolean {
  const queued = row.id < 0 && row.mergeKey !== null && row.dueAt <= now;
  return queued && row.account === draft.account && row.chat === draft.chat.id;
}
