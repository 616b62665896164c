/** Reading and writing who is who: accounts of people, groups of villages, and the codes people bind themselves by. */
import type { Binding, Bindings } from '../../domain/binding.ts';
import type { ChangeSet } from '../port.ts';
import { bindingRow, codeRow } from '../rows.ts';
import type { CommitContext } from './enqueue.ts';
import { type Handle, inserter } from './tables.ts';

type Writing = (context: CommitContext, change: ChangeSet) => void;

/** Where the revision stands in meta. */
const REVISION = "key = 'bindings'";

/** Null where the revision is the one known. */
export function readBindings(db: Handle): (township: string, known: number) => Bindings | null {
  const stands = db
    .prepare<[string], string>(`SELECT value FROM meta WHERE township_id = ? AND ${REVISION}`)
    .pluck();
  const query = db
    .prepare<[string], string>(
      'SELECT body FROM bindings WHERE township_id = ? ORDER BY kind, account, external',
    )
    .pluck();
  return (township, known) => {
    const revision = Number(stands.get(township) ?? 0);
    if (revision === known) return null;
    return { revision, all: query.all(township).map((body) => JSON.parse(body) as Binding) };
  };
}

export function writeBindings(db: Handle): Writing {
  const insert = inserter(
    db,
    'bindings',
    'ON CONFLICT (township_id, kind, account, external) DO UPDATE SET body = excluded.body',
  );
  const remove = db.prepare(
    'DELETE FROM bindings WHERE township_id = ? AND kind = ? AND account = ? AND external = ?',
  );
  const moveOn = db.prepare(
    `INSERT INTO meta (township_id, key, value) VALUES (?, 'bindings', '1')
     ON CONFLICT (township_id, key) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)`,
  );
  return ({ township }, { bindings }) => {
    if (bindings === undefined) return;
    for (const { kind, account, external } of bindings.remove ?? [])
      remove.run(township, kind, account, external);
    for (const one of bindings.put ?? []) insert(bindingRow(township, one));
    moveOn.run(township);
  };
}

export function writeCodes(db: Handle): Writing {
  const insert = inserter(
    db,
    'bindingCodes',
    'ON CONFLICT (township_id, hash) DO UPDATE SET state = excluded.state, settled_at = excluded.settled_at',
  );
  const revoke = db.prepare(
    `UPDATE binding_codes SET state = 'revoked', settled_at = ?
      WHERE township_id = ? AND person = ? AND state = 'open'`,
  );
  return ({ township, now }, { codes }) => {
    for (const person of codes?.revokeOf ?? []) revoke.run(now, township, person);
    for (const code of codes?.put ?? []) insert(codeRow(township, code));
  };
}
