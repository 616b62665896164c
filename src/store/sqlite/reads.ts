/** Reading outside the transaction. Each answer is in a total order. */
import type { Case, Instant, Party } from '../../domain/case.ts';
import { isOpen } from '../../domain/case.ts';
import type { CaseEvent } from '../../domain/events.ts';
import type { CaseFilter, ChatKey, OutboxRecord, OutboxStatus, VaultEntry } from '../port.ts';
import { toEvent, toOutboxRecord, toVaultEntry } from '../rows.ts';
import { readBindings } from './bindings.ts';
import { OUTBOX, outboxDecoder } from './enqueue.ts';
import { decoder, type Handle } from './tables.ts';

export interface OutboxFilter {
  readonly status?: readonly OutboxStatus[];
  readonly limit?: number;
}

/** SQLite's word for "no limit". */
const ALL = -1;

/**
 * The bounds stand in row values and ranges that an index on (township, year, serial) serves. Where only open cases
 * are wanted, theirs does: a few hundred rows, however many were closed before them. No INDEXED BY: a reader may
 * open a database that has yet to be given the newest index.
 */
function readCases(db: Handle): (township: string, filter: CaseFilter) => readonly Case[] {
  const where = (condition: string) =>
    db
      .prepare<unknown[], string>(
        `SELECT body FROM cases
          WHERE township_id = :township AND (year, serial) > (:year, :serial) ${condition}
            AND (:states IS NULL OR state IN (SELECT value FROM json_each(:states)))
            AND received_at >= :from AND received_at < :to
          ORDER BY year, serial LIMIT :limit`,
      )
      .pluck();
  const all = where('');
  const open = where('AND open = 1');
  return (township, { states, receivedFrom, receivedTo, after, limit }) =>
    (states?.every(isOpen) ? open : all)
      .all({
        township,
        states: states ? JSON.stringify(states) : null,
        from: receivedFrom ?? Number.MIN_SAFE_INTEGER,
        to: receivedTo ?? Number.MAX_SAFE_INTEGER,
        year: after?.year ?? 0,
        serial: after?.serial ?? 0,
        limit: limit ?? ALL,
      })
      .map((body) => JSON.parse(body) as Case);
}

/** Case by case in the order asked for. */
function readEvents(db: Handle): (township: string, numbers: readonly string[]) => readonly CaseEvent[] {
  const query = db.prepare(
    `SELECT e.* FROM json_each(?) n CROSS JOIN events e ON e.township_id = ? AND e.case_number = n.value
      ORDER BY n.key, e.seq`,
  );
  const decode = decoder('events');
  return (township, numbers) =>
    query.all(JSON.stringify(numbers), township).map((raw) => toEvent(decode(raw)));
}

function readOutbox(db: Handle): (township: string, filter: OutboxFilter) => readonly OutboxRecord[] {
  const query = db.prepare(
    `${OUTBOX} WHERE o.township_id = :township
        AND (:status IS NULL OR o.status IN (SELECT value FROM json_each(:status)))
      ORDER BY o.id LIMIT :limit`,
  );
  const decode = outboxDecoder();
  return (township, { status, limit = ALL }) =>
    query
      .all({ township, limit, status: status ? JSON.stringify(status) : null })
      .map((raw) => toOutboxRecord(decode(raw)));
}

function readVault(db: Handle): (township: string, number: string) => readonly VaultEntry[] {
  const query = db.prepare('SELECT * FROM vault WHERE township_id = ? AND case_number = ? ORDER BY field');
  const decode = decoder('vault');
  return (township, number) => query.all(township, number).map((raw) => toVaultEntry(decode(raw)));
}

/** In the order asked for. */
function readContacts(db: Handle) {
  const query = db
    .prepare<[string, string, string], Instant>(
      'SELECT last_at FROM contacts WHERE township_id = ? AND account = ? AND chat = ?',
    )
    .pluck();
  return (township: string, chats: readonly ChatKey[]): readonly (ChatKey & { readonly at: Instant })[] =>
    chats.flatMap(({ account, chat }) => {
      const at = query.get(township, account, chat);
      return at === undefined ? [] : [{ account, chat, at }];
    });
}

/** Asked for each line of chatter: prepared once. */
function readHasPrompt(
  db: Handle,
): (township: string, account: string, chat: string, who: Party, now: Instant) => boolean {
  const query = db.prepare(
    `SELECT 1 FROM prompts
      WHERE township_id = ? AND who = ? AND account = ? AND chat = ? AND expires_at > ? LIMIT 1`,
  );
  return (township, account, chat, who, now) => query.get(township, who, account, chat, now) !== undefined;
}

/** Numbers of cases whose next step is due, by due time, then number. */
function readDueCases(
  db: Handle,
): (township: string, now: Instant, limit: number) => readonly { number: string; at: Instant }[] {
  const query = db.prepare<[string, Instant, number], { number: string; at: Instant }>(
    `SELECT number, next_at AS at FROM cases
      WHERE township_id = ? AND next_at <= ? AND next_at IS NOT NULL ORDER BY next_at, number LIMIT ?`,
  );
  return (township, now, limit) => query.all(township, now, limit);
}

/** The end of the range is the prefix with the last character there is: one walk along the primary key. */
function readFacts(db: Handle): (township: string, prefix: string) => ReadonlyMap<string, string> {
  const query = db
    .prepare<[string, string, string], [string, string]>(
      'SELECT key, value FROM facts WHERE township_id = ? AND key >= ? AND key < ? || char(1114111) ORDER BY key',
    )
    .raw();
  return (township, prefix) => new Map(query.all(township, prefix, prefix));
}

/** Policies and the odd value kept by name. */
function settings(db: Handle) {
  const newest = db.prepare<[string], { version: number; text: string }>(
    'SELECT version, body AS text FROM policies WHERE township_id = ? ORDER BY version DESC LIMIT 1',
  );
  const save = db.prepare('INSERT INTO policies (township_id, version, body) VALUES (?, ?, ?)');
  const get = db
    .prepare<[string, string], string>('SELECT value FROM meta WHERE township_id = ? AND key = ?')
    .pluck();
  const set = db.prepare(
    `INSERT INTO meta (township_id, key, value) VALUES (?, ?, ?)
     ON CONFLICT (township_id, key) DO UPDATE SET value = excluded.value`,
  );
  return {
    policy: (township: string) => newest.get(township) ?? null,
    savePolicy: (township: string, version: number, text: string): void => {
      save.run(township, version, text);
    },
    meta: (township: string, key: string): string | null => get.get(township, key) ?? null,
    setMeta: (township: string, key: string, value: string): void => {
      set.run(township, key, value);
    },
  };
}

/** Prepared when first asked: a reader may open a database that has yet to be given these tables. */
function lazily<A extends unknown[], R>(prepare: () => (...given: A) => R): (...given: A) => R {
  let prepared: ((...given: A) => R) | null = null;
  return (...given) => {
    prepared ??= prepare();
    return prepared(...given);
  };
}

export function prepareReads(db: Handle) {
  return {
    ...settings(db),
    cases: readCases(db),
    events: readEvents(db),
    facts: readFacts(db),
    bindings: lazily(() => readBindings(db)),
    outbox: readOutbox(db),
    vaultEntries: readVault(db),
    contacts: readContacts(db),
    hasPrompt: readHasPrompt(db),
    dueCases: readDueCases(db),
  };
}
