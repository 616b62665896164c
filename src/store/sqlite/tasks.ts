/** Work beside the chat (media, digest, export): claimed and settled like the outbox; and what runs once. */
import type { Instant } from '../../domain/case.ts';
import type { ClaimOptions, Lease, TaskRow } from '../port.ts';
import { toTaskRow } from '../rows.ts';
import { decoder, type Handle } from './tables.ts';

export type TaskClaim = Omit<ClaimOptions, 'accounts'>;
export interface TaskResult {
  readonly done: boolean;
  readonly retryAt: Instant | null;
  readonly detail: string | null;
}

export interface TaskQueries {
  readonly due: (township: string, options: TaskClaim) => boolean;
  readonly claim: (township: string, options: TaskClaim) => TaskRow[];
  readonly settle: (township: string, key: string, fence: number, result: TaskResult) => boolean;
}

const CLAIMABLE = `
  SELECT * FROM (
    SELECT * FROM tasks WHERE township_id = :township AND status = 'queued' AND run_at <= :now
     UNION ALL
    SELECT * FROM tasks WHERE township_id = :township AND status = 'running' AND lease_until <= :now)
   ORDER BY run_at, key LIMIT :limit`;

function claimer(db: Handle): Pick<TaskQueries, 'due' | 'claim'> {
  const claimable = db.prepare(CLAIMABLE);
  const decode = decoder('tasks');
  const take = db.prepare(
    `UPDATE tasks SET status = 'running', attempts = attempts + 1, fence = fence + 1, owner = ?, lease_until = ?
      WHERE township_id = ? AND key = ?`,
  );
  return {
    due: (township, { now }) => claimable.get({ township, now, limit: 1 }) !== undefined,
    claim: (township, { now, limit, owner, until }) =>
      claimable.all({ township, now, limit }).map((raw) => {
        const row = decode(raw);
        take.run(owner, until, township, row.key);
        return toTaskRow({ ...row, attempts: row.attempts + 1, fence: row.fence + 1 });
      }),
  };
}

/** A task that ended keeps its key, so that it is not done again, and loses what it was about. */
function settler(db: Handle): TaskQueries['settle'] {
  const own = `WHERE township_id = ? AND key = ? AND fence = ? AND status = 'running'`;
  const retry = db.prepare(
    `UPDATE tasks SET status = 'queued', run_at = ?, detail = ?, owner = NULL, lease_until = NULL ${own}`,
  );
  const end = db.prepare(
    `UPDATE tasks SET status = ?, detail = ?, owner = NULL, lease_until = NULL, payload = '{}' ${own}`,
  );
  return (township, key, fence, { done, retryAt, detail }) => {
    const again = !done && retryAt !== null;
    const ran = again
      ? retry.run(retryAt, detail, township, key, fence)
      : end.run(done ? 'done' : 'failed', detail, township, key, fence);
    return ran.changes > 0;
  };
}

export function prepareTasks(db: Handle): TaskQueries {
  return { ...claimer(db), settle: settler(db) };
}

/** A lease that runs is kept by its owner and refused to others; one that ran out moves the fence. */
export function prepareLease(
  db: Handle,
): (township: string, name: string, owner: string, now: Instant, until: Instant) => number | null {
  const query = db
    .prepare<unknown[], number>(
      `INSERT INTO leases (township_id, name, owner, fence, until) VALUES (?, ?, ?, 1, ?)
       ON CONFLICT (township_id, name) DO UPDATE SET
         fence = CASE WHEN until > ? THEN fence ELSE fence + 1 END,
         owner = excluded.owner, until = excluded.until
       WHERE until <= ? OR owner = excluded.owner
       RETURNING fence`,
    )
    .pluck();
  return (township, name, owner, now, until) => query.get(township, name, owner, until, now, now) ?? null;
}

export function prepareLeases(db: Handle): (township: string, prefix: string) => readonly Lease[] {
  const query = db.prepare<unknown[], Lease>(
    `SELECT name, owner, until FROM leases
      WHERE township_id = ? AND name >= ? AND name < ? || char(1114111) ORDER BY name`,
  );
  return (township, prefix) => query.all(township, prefix, prefix);
}

export function prepareTakeJob(db: Handle): (township: string, key: string, at: Instant) => boolean {
  const insert = db.prepare(
    'INSERT INTO jobs (township_id, key, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  return (township, key, at) => insert.run(township, key, at).changes > 0;
}
