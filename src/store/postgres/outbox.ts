/** The outbox after the commit: claim under a lease, settle by fence. See ../sqlite/outbox.ts. */
import { casesToCheck, type Standing, trimAtClaim } from '../merge.ts';
import type { ClaimOptions, OutboxRow, Settlement } from '../port.ts';
import { type OutboxTableRow, settled, toMergeable, toOutboxRow, withMerged } from '../rows.ts';
import type { Settling } from '../settling.ts';
import { toTableRow } from './enqueue.ts';
import type { Run, Statement } from './tables.ts';

/** Queued and due, or sending under a lease that ran out. Rows that another claim has in hand are passed over. */
const CLAIMABLE: Statement = {
  name: 'claimable',
  text: `SELECT o.*, w.body FROM outbox o LEFT JOIN outbox_words w ON w.id = o.id
    WHERE o.township_id = $1 AND o.account = ANY ($2::text[])
      AND ((o.status = 'queued' AND o.due_at <= $3) OR (o.status = 'sending' AND o.lease_until <= $3))
    ORDER BY o.priority, o.id LIMIT $4 FOR UPDATE OF o SKIP LOCKED`,
};

const STANDINGS: Statement = {
  name: 'standings',
  text: `SELECT number, state, assignee, body ->> 'office' AS office, body ->> 'dueAt' AS "dueAt",
                body ->> 'supervision' AS supervision
           FROM cases WHERE township_id = $1 AND number = ANY ($2::text[])`,
};

/** `d.taken` are rewritten and leased, `d.dropped` end here. */
const TAKE: Statement = {
  name: 'take',
  text: `WITH doc AS MATERIALIZED (SELECT $1::json AS d),
  taken AS (
    UPDATE outbox o SET status = 'sending', attempts = r.attempts, fence = r.fence, owner = $2, lease_until = $3,
           interrupted = r.interrupted, kind = r.kind, case_number = r."case", cases = r.cases
      FROM doc, json_to_recordset(doc.d -> 'taken') AS r(id bigint, attempts int, fence int, interrupted boolean,
           kind text, "case" text, cases json)
     WHERE o.id = r.id),
  worded AS (
    UPDATE outbox_words w SET body = r.body
      FROM doc, json_to_recordset(doc.d -> 'taken') AS r(id bigint, body json, changed boolean)
     WHERE w.id = r.id AND r.changed),
  dropped AS (
    UPDATE outbox SET status = 'dropped', settled_at = $4, lease_until = NULL
      FROM doc WHERE id IN (SELECT json_array_elements_text(doc.d -> 'dropped')::bigint))
  DELETE FROM outbox_words USING doc WHERE id IN (SELECT json_array_elements_text(doc.d -> 'dropped')::bigint)`,
};

function inSendingOrder(a: OutboxRow, b: OutboxRow): number {
  if (a.account !== b.account) return a.account < b.account ? -1 : 1;
  if (a.chat.id !== b.chat.id) return a.chat.id < b.chat.id ? -1 : 1;
  return a.priority - b.priority || a.id - b.id;
}

type StandingRow = Omit<Standing, 'dueAt'> & { readonly number: string; readonly dueAt: string | null };

async function standingsOf(run: Run, township: string, rows: readonly OutboxTableRow[]) {
  const numbers = [...new Set(rows.flatMap((row) => casesToCheck(toMergeable(row), row.mergeKey)))];
  if (numbers.length === 0) return new Map<string, Standing>();
  const found = await run<StandingRow>(STANDINGS, [township, numbers]);
  return new Map(
    found.map(({ number, dueAt, ...row }): [string, Standing] => [
      number,
      { ...row, dueAt: dueAt === null ? null : Number(dueAt) },
    ]),
  );
}

/** The row as it goes now, or null where nothing of it holds any more. */
function takenOf(row: OutboxTableRow, standings: ReadonlyMap<string, Standing>) {
  const before = toMergeable(row);
  const after = trimAtClaim(before, row.mergeKey, (number) => standings.get(number));
  if (!after) return null;
  const changed = after !== before;
  const kept = changed ? withMerged(row, after) : row;
  const { attempts, fence } = row;
  const taken = { status: 'sending', attempts: attempts + 1, fence: fence + 1 } as const;
  return { ...kept, ...taken, interrupted: row.status === 'sending', changed };
}

/** Inside a transaction, which holds the rows until they are leased. */
export async function claim(run: Run, township: string, options: ClaimOptions): Promise<OutboxRow[]> {
  const { accounts, owner, limit, now, until } = options;
  const claimed: OutboxRow[] = [];
  for (let left = limit; left > 0; left = limit - claimed.length) {
    const found = (await run<unknown>(CLAIMABLE, [township, accounts, now, left])).map(toTableRow);
    if (found.length === 0) break;
    const standings = await standingsOf(run, township, found);
    const tried = found.map((row) => ({ id: row.id, taken: takenOf(row, standings) }));
    const taken = tried.flatMap((row) => row.taken ?? []);
    const dropped = tried.flatMap((row) => (row.taken ? [] : [row.id]));
    await run(TAKE, [JSON.stringify({ taken, dropped }), owner, until, now]);
    claimed.push(...taken.map(toOutboxRow));
    if (found.length < left) break;
  }
  return claimed.sort(inSendingOrder);
}

/** Ends or re-queues rows by fence; gives the ids of those that it still concerned. */
const SETTLE: Statement = {
  name: 'settle',
  text: `WITH doc AS MATERIALIZED (SELECT $1::json AS d), done AS (
    UPDATE outbox o SET status = r.status, due_at = coalesce(r."dueAt", o.due_at), settled_at = r."settledAt",
           message_id = r."messageId", detail = r.detail, lease_until = NULL, interrupted = false,
           owner = CASE WHEN r.status = 'queued' THEN NULL ELSE o.owner END
      FROM doc, json_to_recordset(doc.d) AS r(township text, id bigint, fence int, status text, "dueAt" bigint,
           "settledAt" bigint, "messageId" text, detail text)
     WHERE o.id = r.id AND o.township_id = r.township AND o.fence = r.fence AND o.status = 'sending'
    RETURNING o.id, o.status),
  forgotten AS (DELETE FROM outbox_words WHERE id IN (SELECT id FROM done WHERE status <> 'queued'))
  SELECT id FROM done`,
};

export async function settleAll(run: Run, settlings: readonly Settling[]): Promise<ReadonlySet<number>> {
  if (settlings.length === 0) return new Set();
  const rows = settlings.map(({ township, id, fence, result }) => ({
    township,
    id,
    fence,
    ...settled(result),
  }));
  const done = await run<{ id: number }>(SETTLE, [JSON.stringify(rows)]);
  return new Set(done.map(({ id }) => id));
}

export async function settleOne(
  run: Run,
  township: string,
  id: number,
  fence: number,
  result: Settlement,
): Promise<boolean> {
  return (await settleAll(run, [{ township, id, fence, result }])).has(id);
}
