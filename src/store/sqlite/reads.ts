/** Reading outside the transaction, where a few microseconds more do not matter: by drizzle. */
import { and, asc, desc, eq, gt, gte, inArray, lt, or, type SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Case, Instant, Party } from '../../domain/case.ts';
import type { CaseEvent } from '../../domain/events.ts';
import type { CaseFilter, OutboxRecord, OutboxStatus, VaultEntry } from '../port.ts';
import { toEvent, toOutboxRecord, toVaultEntry } from '../rows.ts';
import { OUTBOX, outboxDecoder } from './enqueue.ts';
import * as schema from './schema.ts';
import { decoder, type Handle } from './tables.ts';

const { cases, events, meta, policies, vault } = schema;

export interface OutboxFilter {
  readonly status?: readonly OutboxStatus[];
  readonly limit?: number;
}

/** SQLite's word for "no limit". */
const ALL = -1;

function matching(township: string, filter: CaseFilter): SQL | undefined {
  const { states, receivedFrom, receivedTo, after } = filter;
  return and(
    eq(cases.townshipId, township),
    states ? inArray(cases.state, [...states]) : undefined,
    receivedFrom === undefined ? undefined : gte(cases.receivedAt, receivedFrom),
    receivedTo === undefined ? undefined : lt(cases.receivedAt, receivedTo),
    after && or(gt(cases.year, after.year), and(eq(cases.year, after.year), gt(cases.serial, after.serial))),
  );
}

function readCases(db: Handle): (township: string, filter: CaseFilter) => readonly Case[] {
  const orm = drizzle(db);
  return (township, filter) =>
    orm
      .select({ body: cases.body })
      .from(cases)
      .where(matching(township, filter))
      .orderBy(asc(cases.year), asc(cases.serial))
      .limit(filter.limit ?? ALL)
      .all()
      .map(({ body }) => body);
}

/** Case by case in the order asked for. */
function readEvents(db: Handle): (township: string, numbers: readonly string[]) => readonly CaseEvent[] {
  const query = db.prepare(
    `SELECT e.* FROM json_each(?) n CROSS JOIN events e ON e.township_id = ? AND e.case_number = n.value
      ORDER BY n.key, e.seq`,
  );
  const decode = decoder(events);
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
  const orm = drizzle(db);
  return (township, number) =>
    orm
      .select()
      .from(vault)
      .where(and(eq(vault.townshipId, township), eq(vault.case, number)))
      .orderBy(asc(vault.field))
      .all()
      .map(toVaultEntry);
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

/** Policies and the odd value kept by name. */
function settings(db: Handle) {
  const orm = drizzle(db);
  return {
    policy: (township: string): { version: number; text: string } | null =>
      orm
        .select({ version: policies.version, text: policies.body })
        .from(policies)
        .where(eq(policies.townshipId, township))
        .orderBy(desc(policies.version))
        .limit(1)
        .get() ?? null,
    savePolicy: (townshipId: string, version: number, body: string): void => {
      orm.insert(policies).values({ townshipId, version, body }).run();
    },
    meta: (township: string, key: string): string | null =>
      orm
        .select()
        .from(meta)
        .where(and(eq(meta.townshipId, township), eq(meta.key, key)))
        .get()?.value ?? null,
    setMeta: (townshipId: string, key: string, value: string): void => {
      const target = [meta.townshipId, meta.key];
      orm
        .insert(meta)
        .values({ townshipId, key, value })
        .onConflictDoUpdate({ target, set: { value } })
        .run();
    },
  };
}

export function prepareReads(db: Handle) {
  return {
    ...settings(db),
    cases: readCases(db),
    events: readEvents(db),
    outbox: readOutbox(db),
    vaultEntries: readVault(db),
    hasPrompt: readHasPrompt(db),
    dueCases: readDueCases(db),
  };
}
