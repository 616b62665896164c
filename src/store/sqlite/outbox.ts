/** The outbox after the commit: claim under a lease, settle by fence. */
import type { Instant } from '../../domain/case.ts';
import { casesToCheck, type Standing, trimAtClaim } from '../merge.ts';
import type { ClaimOptions, OutboxRow, Settlement } from '../port.ts';
import { type OutboxTableRow, settled, toMergeable, toOutboxRow, withMerged } from '../rows.ts';
import { outboxDecoder, prepareRewrite } from './enqueue.ts';
import type { Handle } from './tables.ts';

/** Queued and due, or sending under a lease that ran out: most urgent first. */
const CLAIMABLE = `
  SELECT o.*, w.body FROM (
    SELECT * FROM outbox WHERE township_id = :township AND status = 'queued' AND due_at <= :now
     UNION ALL
    SELECT * FROM outbox WHERE township_id = :township AND status = 'sending' AND lease_until <= :now) o
    LEFT JOIN outbox_words w ON w.id = o.id
   WHERE o.account IN (SELECT value FROM json_each(:accounts))
   ORDER BY o.priority, o.id LIMIT :limit`;

/** Per chat by priority, then id: the order in which they are to be sent. */
function inSendingOrder(a: OutboxRow, b: OutboxRow): number {
  if (a.account !== b.account) return a.account < b.account ? -1 : 1;
  if (a.chat.id !== b.chat.id) return a.chat.id < b.chat.id ? -1 : 1;
  return a.priority - b.priority || a.id - b.id;
}

export interface OutboxQueries {
  /** Anything to claim? A look that writes nothing. */
  readonly due: (township: string, options: ClaimOptions) => boolean;
  readonly claim: (township: string, options: ClaimOptions) => OutboxRow[];
  readonly settle: (township: string, id: number, fence: number, result: Settlement) => boolean;
}

/** Takes one row under a new fence, or drops it where nothing of it holds any more. */
function taker(
  db: Handle,
): (township: string, row: OutboxTableRow, options: ClaimOptions) => OutboxRow | null {
  const standingOf = db.prepare<[string, string], Standing>(
    `SELECT state, assignee, body ->> '$.office' AS office, body ->> '$.dueAt' AS dueAt,
            body ->> '$.supervision' AS supervision
       FROM cases WHERE township_id = ? AND number = ?`,
  );
  const rewrite = prepareRewrite(db);
  const drop = db.prepare(
    "UPDATE outbox SET status = 'dropped', settled_at = ?, lease_until = NULL WHERE id = ?",
  );
  const forget = db.prepare('DELETE FROM outbox_words WHERE id = ?');
  const take = db.prepare(
    `UPDATE outbox SET status = 'sending', attempts = attempts + 1, fence = fence + 1, owner = ?,
            lease_until = ?, interrupted = ? WHERE id = ?`,
  );
  return (township, row, { owner, now, until }) => {
    const before = toMergeable(row);
    const standings = new Map<string, Standing | undefined>();
    for (const number of casesToCheck(before, row.mergeKey))
      standings.set(number, standingOf.get(township, number));
    const after = trimAtClaim(before, row.mergeKey, (number) => standings.get(number));
    if (!after) {
      drop.run(now, row.id);
      forget.run(row.id);
      return null;
    }
    const kept = after === before ? row : withMerged(row, after);
    if (kept !== row) rewrite(kept);
    const interrupted = row.status === 'sending';
    take.run(owner, until, interrupted ? 1 : 0, row.id);
    const { attempts, fence } = row;
    return toOutboxRow({ ...kept, status: 'sending', attempts: attempts + 1, fence: fence + 1, interrupted });
  };
}

function claimer(db: Handle): Pick<OutboxQueries, 'due' | 'claim'> {
  const claimable = db.prepare(CLAIMABLE);
  const decode = outboxDecoder();
  const take = taker(db);
  const find = (township: string, { accounts, now }: ClaimOptions, limit: number): OutboxTableRow[] =>
    claimable.all({ township, now, limit, accounts: JSON.stringify(accounts) }).map(decode);
  return {
    due: (township, options) => find(township, options, 1).length > 0,
    claim: (township, options) => {
      const claimed: OutboxRow[] = [];
      // Dropped rows leave room: ask again until the limit is full or nothing is left.
      for (let left = options.limit; left > 0; left = options.limit - claimed.length) {
        const found = find(township, options, left);
        claimed.push(...found.flatMap((row) => take(township, row, options) ?? []));
        if (found.length < left) break;
      }
      return claimed.sort(inSendingOrder);
    },
  };
}

function settler(db: Handle): OutboxQueries['settle'] {
  const retry = db.prepare(
    `UPDATE outbox SET status = 'queued', due_at = ?, detail = ?, owner = NULL, lease_until = NULL,
            interrupted = 0 WHERE id = ? AND township_id = ? AND fence = ? AND status = 'sending'`,
  );
  const end = db.prepare(
    `UPDATE outbox SET status = ?, settled_at = ?, message_id = ?, detail = ?, lease_until = NULL
      WHERE id = ? AND township_id = ? AND fence = ? AND status = 'sending'`,
  );
  const forget = db.prepare('DELETE FROM outbox_words WHERE id = ?');
  return (township, id, fence, result) => {
    const { status, dueAt, settledAt, messageId, detail } = settled(result);
    if (dueAt !== null) return retry.run(dueAt, detail, id, township, fence).changes > 0;
    if (end.run(status, settledAt, messageId, detail, id, township, fence).changes === 0) return false;
    forget.run(id);
    return true;
  };
}

export function prepareOutbox(db: Handle): OutboxQueries {
  return { ...claimer(db), settle: settler(db) };
}

/** The earliest instant at which anything is due, leaving out rows whose settlement is on its way. */
export function prepareNextWake(
  db: Handle,
): (township: string, settling: readonly number[]) => Instant | null {
  const query = db
    .prepare<{ township: string; settling: string }, Instant | null>(
      `SELECT min(at) FROM (
         SELECT min(next_at) AS at FROM cases WHERE township_id = :township AND next_at IS NOT NULL
          UNION ALL
         SELECT min(due_at) FROM outbox WHERE township_id = :township AND status = 'queued'
          UNION ALL
         SELECT min(lease_until) FROM outbox WHERE township_id = :township AND status = 'sending'
            AND id NOT IN (SELECT value FROM json_each(:settling))
          UNION ALL
         SELECT min(run_at) FROM tasks WHERE township_id = :township AND status = 'queued'
          UNION ALL
         SELECT min(lease_until) FROM tasks WHERE township_id = :township AND status = 'running')`,
    )
    .pluck();
  return (township, settling) => query.get({ township, settling: JSON.stringify(settling) }) ?? null;
}
