/**
 * The tables on SQLite. `npx drizzle-kit generate` writes the SQL from this file (see drizzle.config.ts); its
 * twin is ../postgres/schema.ts, and tests/store/schema-parity.test.ts proves that the row types are equal.
 *
 * The township stands first in every key and hot index, so that one database can hold many.
 * Instants are epoch milliseconds. `body` holds a whole value as JSON; the other columns are what is
 * searched for, copied from it in the same statement.
 */
import { sql } from 'drizzle-orm';
import {
  blob,
  foreignKey,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import type { Behalf, Case, CaseState } from '../../domain/case.ts';
import type { EventData, EventType } from '../../domain/events.ts';
import type { PartRole, Prompt } from '../port.ts';

const township = () => text('township_id').notNull();

export const meta = sqliteTable(
  'meta',
  { townshipId: township(), key: text('key').notNull(), value: text('value').notNull() },
  (t) => [primaryKey({ columns: [t.townshipId, t.key] })],
);

export const policies = sqliteTable(
  'policies',
  { townshipId: township(), version: integer('version').notNull(), body: text('body').notNull() },
  (t) => [primaryKey({ columns: [t.townshipId, t.version] })],
);

/** `next` is the serial that the next case of the year takes. */
export const counters = sqliteTable(
  'counters',
  { townshipId: township(), year: integer('year').notNull(), next: integer('next').notNull() },
  (t) => [primaryKey({ columns: [t.townshipId, t.year] })],
);

/** What came in and had an effect: the same event a second time finds itself here. */
export const inbound = sqliteTable(
  'inbound',
  {
    townshipId: township(),
    account: text('account').notNull(),
    chat: text('chat').notNull(),
    key: text('key').notNull(),
    at: integer('at').notNull(),
    effect: text('effect').$type<'done' | 'ignored'>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.townshipId, t.account, t.chat, t.key] })],
);

export const cases = sqliteTable(
  'cases',
  {
    townshipId: township(),
    number: text('number').notNull(),
    year: integer('year').notNull(),
    serial: integer('serial').notNull(),
    state: text('state').$type<CaseState>().notNull(),
    /** Phase of the state, so that an index can hold the open ones alone. */
    open: integer('open', { mode: 'boolean' }).notNull(),
    category: text('category').notNull(),
    village: text('village'),
    assignee: text('assignee'),
    receivedAt: integer('received_at').notNull(),
    /** When the clock has something to do; null where it has not. */
    nextAt: integer('next_at'),
    /** Up to when it has something to say to a digest; see `activeUntil` in rows.ts. */
    activeUntil: integer('active_until').notNull().default(Number.MAX_SAFE_INTEGER),
    /** Chat in which it was reported, from the event that made it; null for what the program began. */
    originAccount: text('origin_account'),
    originChat: text('origin_chat'),
    body: text('body', { mode: 'json' }).$type<Case>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.townshipId, t.number] }),
    uniqueIndex('cases_serial').on(t.townshipId, t.year, t.serial),
    index('cases_open_serial').on(t.townshipId, t.year, t.serial).where(sql`open = 1`),
    index('cases_open_assignee').on(t.townshipId, t.assignee).where(sql`open = 1`),
    index('cases_next').on(t.townshipId, t.nextAt, t.number).where(sql`next_at is not null`),
    index('cases_similar').on(t.townshipId, t.village, t.category, t.receivedAt).where(sql`open = 1`),
    index('cases_active').on(t.townshipId, t.activeUntil, t.number),
    index('cases_received').on(t.townshipId, t.receivedAt, t.number, t.category),
    index('cases_origin')
      .on(t.townshipId, t.originAccount, t.originChat, t.receivedAt)
      .where(sql`origin_chat is not null`),
  ],
);

/** Append-only: a trigger refuses UPDATE and DELETE (migration 0001). */
export const events = sqliteTable(
  'events',
  {
    townshipId: township(),
    case: text('case_number').notNull(),
    seq: integer('seq').notNull(),
    type: text('type').$type<EventType>().notNull(),
    at: integer('at').notNull(),
    by: text('by'),
    behalf: text('behalf', { mode: 'json' }).$type<Behalf>(),
    /** Where the message came in: with its id, which alone is not unique. */
    account: text('account'),
    chat: text('chat'),
    message: text('message'),
    data: text('data', { mode: 'json' }).$type<EventData[EventType]>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.townshipId, t.case, t.seq] }),
    index('events_message').on(t.townshipId, t.account, t.chat, t.message).where(sql`message is not null`),
    foreignKey({ columns: [t.townshipId, t.case], foreignColumns: [cases.townshipId, cases.number] }),
  ],
);

/** Who has a part in which case now; rewritten with the case. */
export const caseParts = sqliteTable(
  'case_parts',
  {
    townshipId: township(),
    who: text('who').notNull(),
    role: text('role').$type<PartRole>().notNull(),
    case: text('case_number').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.townshipId, t.who, t.case, t.role] }),
    index('case_parts_case').on(t.townshipId, t.case),
    foreignKey({ columns: [t.townshipId, t.case], foreignColumns: [cases.townshipId, cases.number] }),
  ],
);

export const prompts = sqliteTable(
  'prompts',
  {
    townshipId: township(),
    id: text('id').notNull(),
    who: text('who').notNull(),
    account: text('account').notNull(),
    chat: text('chat').notNull(),
    kind: text('kind').$type<Prompt['kind']>().notNull(),
    case: text('case_number'),
    payload: text('payload', { mode: 'json' }).$type<Prompt['payload']>().notNull(),
    openedAt: integer('opened_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.townshipId, t.id] }),
    index('prompts_who').on(t.townshipId, t.who, t.account, t.chat),
  ],
);

export const facts = sqliteTable(
  'facts',
  { townshipId: township(), key: text('key').notNull(), value: text('value').notNull() },
  (t) => [primaryKey({ columns: [t.townshipId, t.key] })],
);

/**
 * When a chat was last heard from, on platforms that ask for it: without a row, or too long after it, they let
 * nobody write there.
 */
export const contacts = sqliteTable(
  'contacts',
  {
    townshipId: township(),
    account: text('account').notNull(),
    chat: text('chat').notNull(),
    lastAt: integer('last_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.townshipId, t.account, t.chat] })],
);

/** Append-only like the events: who read a contact, who acted for whom. */
export const audit = sqliteTable(
  'audit',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    townshipId: township(),
    at: integer('at').notNull(),
    by: text('by'),
    what: text('what').notNull(),
    case: text('case_number'),
    detail: text('detail', { mode: 'json' }).$type<Readonly<Record<string, unknown>>>().notNull(),
  },
  (t) => [index('audit_case').on(t.townshipId, t.case, t.id)],
);

export const vault = sqliteTable(
  'vault',
  {
    townshipId: township(),
    case: text('case_number').notNull(),
    field: text('field').notNull(),
    keyId: text('key_id').notNull(),
    wrappedKey: blob('wrapped_key', { mode: 'buffer' }).notNull(),
    nonce: blob('nonce', { mode: 'buffer' }).notNull(),
    ciphertext: blob('ciphertext', { mode: 'buffer' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.townshipId, t.case, t.field] })],
);

export * from './schema-bindings.ts';
export * from './schema-queues.ts';
