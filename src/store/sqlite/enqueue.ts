/** Puts drafts into the outbox: merged into a row that waits, born under a lease, or queued. */
import type { Instant } from '../../domain/case.ts';
import type { OutboxBody } from '../columns.ts';
import { mergeDraft } from '../merge.ts';
import type { BornSending, OutboxDraft, OutboxRow } from '../port.ts';
import { type OutboxTableRow, outboxInsert, toMergeable, toOutboxRow, withMerged } from '../rows.ts';
import { decoder, type Handle, inserter } from './tables.ts';

export interface CommitContext {
  readonly township: string;
  readonly now: Instant;
  readonly born: BornSending | null;
}

/** What `SELECT *` from the outbox and its words gives, as a row. */
export function outboxDecoder(): (raw: unknown) => OutboxTableRow {
  const decode = decoder('outbox');
  return (raw) => {
    const { body } = raw as { readonly body: string | null };
    return { ...decode(raw), body: body === null ? null : (JSON.parse(body) as OutboxBody) };
  };
}

/** To select rows with their words: `WHERE` follows. */
export const OUTBOX = 'SELECT o.*, w.body FROM outbox o LEFT JOIN outbox_words w ON w.id = o.id';

/** Rewrites what merging or trimming may have changed of a row that has its words still. */
export function prepareRewrite(db: Handle): (row: OutboxTableRow) => void {
  const head = db.prepare(
    'UPDATE outbox SET kind = ?, case_number = ?, cases = ?, priority = ?, due_at = ? WHERE id = ?',
  );
  const words = db.prepare('UPDATE outbox_words SET body = ? WHERE id = ?');
  return (row) => {
    head.run(row.kind, row.case, JSON.stringify(row.cases), row.priority, row.dueAt, row.id);
    words.run(JSON.stringify(row.body), row.id);
  };
}

/** True where the draft found a row to go with. */
function merger(db: Handle): (township: string, draft: OutboxDraft) => boolean {
  const waiting = db.prepare(
    `${OUTBOX} WHERE o.township_id = ? AND o.account = ? AND o.chat = ? AND o.merge_key = ?
        AND o.status = 'queued' ORDER BY o.id`,
  );
  const decode = outboxDecoder();
  const rewrite = prepareRewrite(db);
  return (township, draft) => {
    if (draft.mergeKey === null) return false;
    for (const raw of waiting.all(township, draft.account, draft.chat.id, draft.mergeKey)) {
      const row = decode(raw);
      const merged = mergeDraft(toMergeable(row), draft);
      if (merged) {
        rewrite(withMerged(row, merged));
        return true;
      }
    }
    return false;
  };
}

/** May this row be sent at once by the process that wrote it? Not where others wait in its chat. */
function birth(db: Handle): (context: CommitContext, draft: OutboxDraft) => BornSending | null {
  const waits = db.prepare(
    `SELECT 1 FROM outbox
      WHERE township_id = ? AND account = ? AND chat = ? AND status = 'queued' AND due_at <= ? LIMIT 1`,
  );
  return ({ township, now, born }, draft) => {
    if (!born || draft.dueAt > now || draft.mergeKey !== null) return null;
    if (!born.accounts.includes(draft.account)) return null;
    return waits.get(township, draft.account, draft.chat.id, now) ? null : born;
  };
}

/** The new row; none where the draft was merged into another. */
export function prepareEnqueue(db: Handle): (context: CommitContext, draft: OutboxDraft) => OutboxRow[] {
  const merge = merger(db);
  const bornOf = birth(db);
  const insert = inserter(db, 'outbox');
  const words = inserter(db, 'outboxWords');
  return (context, draft) => {
    if (merge(context.township, draft)) return [];
    const row = outboxInsert(context.township, draft, context.now, bornOf(context, draft));
    const id = Number(insert(row).lastInsertRowid);
    words({ id, townshipId: context.township, body: row.body });
    return [toOutboxRow({ ...row, id })];
  };
}
