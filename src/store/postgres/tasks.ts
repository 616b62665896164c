/** Tasks, leases and jobs. See ../sqlite/tasks.ts. */
import type { Instant } from '../../domain/case.ts';
import type { Lease, TaskClaimOptions, TaskRow } from '../port.ts';
import { toTaskRow } from '../rows.ts';
import { tasks } from './schema.ts';
import { decoder, type Run, type Statement } from './tables.ts';

const CLAIM: Statement = {
  name: 'claim_tasks',
  text: `WITH due AS (
    SELECT key FROM tasks WHERE township_id = $1
       AND ((status = 'queued' AND run_at <= $2) OR (status = 'running' AND lease_until <= $2))
       AND (payload ->> 'ref' IS NULL OR split_part(payload ->> 'ref', '|', 1) <> ALL ($6::text[]))
     ORDER BY run_at, key LIMIT $3 FOR UPDATE SKIP LOCKED),
  taken AS (
    UPDATE tasks t SET status = 'running', attempts = attempts + 1, fence = fence + 1, owner = $4, lease_until = $5
      FROM due WHERE t.township_id = $1 AND t.key = due.key RETURNING t.*)
  SELECT * FROM taken ORDER BY run_at, key`,
};

const SETTLE: Statement = {
  name: 'settle_task',
  text: `UPDATE tasks SET status = $4, run_at = coalesce($5, run_at), detail = $6, owner = NULL, lease_until = NULL,
           payload = CASE WHEN $4 = 'queued' THEN payload ELSE '{}' END
     WHERE township_id = $1 AND key = $2 AND fence = $3 AND status = 'running' RETURNING key`,
};

const LEASE: Statement = {
  name: 'lease',
  text: `INSERT INTO leases AS l (township_id, name, owner, fence, until) VALUES ($1, $2, $3, 1, $5)
    ON CONFLICT (township_id, name) DO UPDATE SET
      fence = CASE WHEN l.until > $4 THEN l.fence ELSE l.fence + 1 END,
      owner = excluded.owner, until = excluded.until
     WHERE l.until <= $4 OR l.owner = excluded.owner
    RETURNING fence`,
};

const LEASES: Statement = {
  name: 'leases',
  text: `SELECT name, owner, until FROM leases
    WHERE township_id = $1 AND name >= $2 AND name < $2 || U&'\\+10FFFF' ORDER BY name`,
};

const TAKE_JOB: Statement = {
  name: 'take_job',
  text: 'INSERT INTO jobs (township_id, key, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING key',
};

const decode = decoder(tasks);

export async function claimTasks(
  run: Run,
  township: string,
  { now, limit, owner, until, elsewhere = [] }: TaskClaimOptions,
): Promise<readonly TaskRow[]> {
  const rows = await run<unknown>(CLAIM, [township, now, limit, owner, until, elsewhere]);
  return rows.map((raw) => toTaskRow(decode(raw)));
}

export async function settleTask(
  run: Run,
  township: string,
  key: string,
  fence: number,
  result: { readonly done: boolean; readonly retryAt: Instant | null; readonly detail: string | null },
): Promise<boolean> {
  const again = result.done ? null : result.retryAt;
  const status = result.done ? 'done' : again === null ? 'failed' : 'queued';
  return (await run(SETTLE, [township, key, fence, status, again, result.detail])).length > 0;
}

export async function lease(
  run: Run,
  township: string,
  name: string,
  owner: string,
  now: Instant,
  until: Instant,
): Promise<number | null> {
  const [row] = await run<{ fence: number }>(LEASE, [township, name, owner, now, until]);
  return row?.fence ?? null;
}

export const leases = (run: Run, township: string, prefix: string): Promise<readonly Lease[]> =>
  run<Lease>(LEASES, [township, prefix]);

export async function takeJob(run: Run, township: string, key: string, at: Instant): Promise<boolean> {
  return (await run(TAKE_JOB, [township, key, at])).length > 0;
}
