/** Writes one `ChangeSet`: called inside the writer's transaction, which takes it back whole if this throws. */
import type { ChangeSet, OutboxRow, Part } from '../port.ts';
import { caseRow, eventRow, promptRow, taskRow, vaultRow } from '../rows.ts';
import { writeBindings, writeCodes } from './bindings.ts';
import { type CommitContext, prepareEnqueue } from './enqueue.ts';
import { type Handle, inserter } from './tables.ts';

type Writing = (context: CommitContext, change: ChangeSet) => void;

function writeInbound(db: Handle): Writing {
  // No conflict clause: whoever did not ask whether an event was seen before must not take it twice.
  const insert = inserter(db, 'inbound');
  return ({ township }, { inbound }) => {
    if (inbound) insert({ townshipId: township, ...inbound.key, at: inbound.at, effect: inbound.effect });
  };
}

/** The parts of a case that exists are compared first: most changes leave them as they are. */
function writeParts(db: Handle) {
  const known = db
    .prepare<[string, string], [string, string]>(
      'SELECT who, role FROM case_parts WHERE township_id = ? AND case_number = ?',
    )
    .raw();
  const insert = inserter(db, 'caseParts', 'ON CONFLICT DO NOTHING');
  const remove = db.prepare(
    'DELETE FROM case_parts WHERE township_id = ? AND case_number = ? AND who = ? AND role = ?',
  );
  return (township: string, number: string, parts: readonly Part[], isNew: boolean): void => {
    const before = isNew ? [] : known.all(township, number);
    for (const [who, role] of before) {
      if (!parts.some((part) => part.who === who && part.role === role)) {
        remove.run(township, number, who, role);
      }
    }
    for (const { who, role } of parts) {
      if (!before.some((part) => part[0] === who && part[1] === role)) {
        insert({ townshipId: township, who, role, case: number });
      }
    }
  };
}

/** The counter passes every serial in use, whether the change names it or only writes its case. */
function counterMover(db: Handle): (township: string, year: number, used: number) => void {
  const move = db.prepare(
    `INSERT INTO counters (township_id, year, next) VALUES (?, ?, ?)
     ON CONFLICT (township_id, year) DO UPDATE SET next = max(next, excluded.next)`,
  );
  return (township, year, used) => move.run(township, year, used + 1);
}

function writeCases(db: Handle): Writing {
  const update = db.prepare(
    `UPDATE cases SET state = ?, open = ?, category = ?, village = ?, assignee = ?, next_at = ?,
        active_until = ?, body = ?
      WHERE township_id = ? AND number = ?`,
  );
  const known = db.prepare('SELECT 1 FROM cases WHERE township_id = ? AND number = ?');
  const insert = inserter(db, 'cases');
  const parts = writeParts(db);
  const move = counterMover(db);
  return ({ township }, change) => {
    for (const { value, parts: wanted, nextAt } of change.cases ?? []) {
      const isNew = known.get(township, value.number) === undefined;
      const row = caseRow(township, value, nextAt, change.inbound?.key ?? null, change.events ?? []);
      if (isNew) {
        insert(row);
        move(township, value.year, value.serial);
      } else {
        const { state, open, category, village, assignee, activeUntil } = row;
        const searched = [state, open ? 1 : 0, category, village, assignee, nextAt, activeUntil];
        update.run(...searched, JSON.stringify(value), township, value.number);
      }
      parts(township, value.number, wanted, isNew);
    }
    for (const [year, used] of Object.entries(change.serials ?? {})) move(township, Number(year), used);
  };
}

function writeEvents(db: Handle): Writing {
  const insert = inserter(db, 'events');
  return ({ township }, { events, inbound }) => {
    for (const event of events ?? []) insert(eventRow(township, event, inbound?.key ?? null));
  };
}

/** A prompt that has run out is nobody's any more; it goes when its person gets a new one. */
function writePrompts(db: Handle): Writing {
  const update =
    'ON CONFLICT (township_id, id) DO UPDATE SET who = excluded.who, account = excluded.account, ' +
    'chat = excluded.chat, kind = excluded.kind, case_number = excluded.case_number, ' +
    'payload = excluded.payload, opened_at = excluded.opened_at, expires_at = excluded.expires_at';
  const insert = inserter(db, 'prompts', update);
  const close = db.prepare('DELETE FROM prompts WHERE township_id = ? AND id = ?');
  const expire = db.prepare('DELETE FROM prompts WHERE township_id = ? AND who = ? AND expires_at <= ?');
  return ({ township, now }, { prompts }) => {
    for (const id of prompts?.close ?? []) close.run(township, id);
    for (const prompt of prompts?.open ?? []) {
      expire.run(township, prompt.who, now);
      insert(promptRow(township, prompt));
    }
  };
}

function writeFacts(db: Handle): Writing {
  const insert = inserter(db, 'facts', 'ON CONFLICT (township_id, key) DO UPDATE SET value = excluded.value');
  const remove = db.prepare('DELETE FROM facts WHERE township_id = ? AND key = ?');
  return ({ township }, { facts }) => {
    for (const [key, value] of Object.entries(facts ?? {})) {
      if (value === null) remove.run(township, key);
      else insert({ townshipId: township, key, value });
    }
  };
}

function writeContacts(db: Handle): Writing {
  const insert = inserter(
    db,
    'contacts',
    'ON CONFLICT (township_id, account, chat) DO UPDATE SET last_at = excluded.last_at',
  );
  const remove = db.prepare('DELETE FROM contacts WHERE township_id = ? AND account = ? AND chat = ?');
  return ({ township }, { contacts }) => {
    for (const { account, chat, at } of contacts ?? []) {
      if (at === null) remove.run(township, account, chat);
      else insert({ townshipId: township, account, chat, lastAt: at });
    }
  };
}

function writeTasks(db: Handle): Writing {
  const insert = inserter(db, 'tasks', 'ON CONFLICT DO NOTHING');
  return ({ township }, { tasks }) => {
    for (const task of tasks ?? []) insert(taskRow(township, task));
  };
}

function writeAudit(db: Handle): Writing {
  const insert = inserter(db, 'audit');
  return ({ township }, { audit }) => {
    for (const entry of audit ?? []) insert({ townshipId: township, ...entry });
  };
}

/** What is deleted meanwhile is overwritten, also on pages that become free: words are not worth that, keys are. */
function overwriting(db: Handle, run: () => void): void {
  db.pragma('secure_delete = ON');
  try {
    run();
  } finally {
    db.pragma('secure_delete = FAST');
  }
}

/** An erased row goes whole: its key first of all, and the value with it. */
function writeVault(db: Handle): Writing {
  const update =
    'ON CONFLICT (township_id, case_number, field) DO UPDATE SET key_id = excluded.key_id, ' +
    'wrapped_key = excluded.wrapped_key, nonce = excluded.nonce, ciphertext = excluded.ciphertext';
  const insert = inserter(db, 'vault', update);
  const erase = db.prepare('DELETE FROM vault WHERE township_id = ? AND case_number = ?');
  return ({ township }, { vault, eraseVault }) => {
    if (eraseVault?.length)
      overwriting(db, () => {
        for (const number of eraseVault) erase.run(township, number);
      });
    for (const entry of vault ?? []) insert(vaultRow(township, entry));
  };
}

/** All writings over one connection, prepared once; gives the new outbox rows. */
export function prepareCommit(
  db: Handle,
): (context: CommitContext, change: ChangeSet) => readonly OutboxRow[] {
  // Cases before what refers to them.
  const order = [
    writeInbound,
    writeCases,
    writeEvents,
    writePrompts,
    writeFacts,
    writeContacts,
    writeTasks,
    writeAudit,
    writeVault,
    writeBindings,
    writeCodes,
  ];
  const writings = order.map((prepare) => prepare(db));
  const enqueue = prepareEnqueue(db);
  return (context, change) => {
    for (const write of writings) write(context, change);
    return (change.outbox ?? []).flatMap((draft) => enqueue(context, draft));
  };
}
