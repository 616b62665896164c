/**
 * The same tables on PostgreSQL: `HUIYIN_DIALECT=postgresql npx drizzle-kit generate` writes the SQL.
 * What each table is for is said in ../sqlite/schema.ts.
 *
 * JSON is kept as written (json, not jsonb): it is never searched, and comes back as it went.
 */
import { sql } from 'drizzle-orm';
import {
  boolean,
  foreignKey,
  index,
  integer,
  json,
  pgTable,
  primaryKey,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { Behalf, Case, CaseState } from '../../domain/case.ts';
import type { EventData, EventType } from '../../domain/events.ts';
import type { PartRole, Prompt } from '../port.ts';
import { bytea, instant, text } from './types.ts';

const township = () => text('township_id').notNull();

export const meta = pgTable(
  'meta',
  { townshipId: township(), key: text('key').notNull(), value: text('value').notNull() },
  (t) => [primaryKey({ columns: [t.townshipId, t.key] })],
);

export const policies = pgTable(
  'policies',
  { townshipId: township(), version: integer('version').notNull(), body: text('body').notNull() },
  (t) => [primaryKey({ columns: [t.townshipId, t.version] })],
);

export const counters = pgTable(
  'counters',
  { townshipId: township(), year: integer('year').notNull(), next: integer('next').notNull() },
  (t) => [primaryKey({ columns: [t.townshipId, t.year] })],
);

export const inbound = pgTable(
  'inbound',
  {
    townshipId: township(),
    account: text('account').notNull(),
    chat: text('chat').notNull(),
    key: text('key').notNull(),
    at: instant('at').notNull(),
    effect: text('effect').$type<'done' | 'ignored'>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.townshipId, t.account, t.chat, t.key] })],
);

export const cases = pgTable(
  'cases',
  {
    townshipId: township(),
    number: text('number').notNull(),
    year: integer('year').notNull(),
    serial: integer('serial').notNull(),
    state: text('state').$type<CaseState>().notNull(),
    open: boolean('open').notNull(),
    category: text('category').notNull(),
    village: text('village'),
    assignee: text('assignee'),
    receivedAt: instant('received_at').notNull(),
    nextAt: instant('next_at'),
    activeUntil: instant('active_until').notNull().default(Number.MAX_SAFE_INTEGER),
    originAccount: text('origin_account'),
    originChat: text('origin_chat'),
    body: json('body').$type<Case>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.townshipId, t.number] }),
    uniqueIndex('cases_serial').on(t.townshipId, t.year, t.serial),
    index('cases_open_serial').on(t.townshipId, t.year, t.serial).where(sql`open`),
    index('cases_open_assignee').on(t.townshipId, t.assignee).where(sql`open`),
    index('cases_next').on(t.townshipId, t.nextAt, t.number).where(sql`next_at is not null`),
    index('cases_similar').on(t.townshipId, t.village, t.category, t.receivedAt).where(sql`open`),
    index('cases_active').on(t.townshipId, t.activeUntil, t.number),
    index('cases_received').on(t.townshipId, t.receivedAt, t.number, t.category),
    index('cases_origin')
      .on(t.townshipId, t.originAccount, t.originChat, t.receivedAt)
      .where(sql`origin_chat is not null`),
  ],
);

export const events = pgTable(
  'events',
  {
    townshipId: township(),
    case: text('case_number').notNull(),
    seq: integer('seq').notNull(),
    type: text('type').$type<EventType>().notNull(),
    at: instant('at').notNull(),
    by: text('by'),
    behalf: json('behalf').$type<Behalf>(),
    account: text('account'),
    chat: text('chat'),
    message: text('message'),
    data: json('data').$type<EventData[EventType]>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.townshipId, t.case, t.seq] }),
    index('events_message').on(t.townshipId, t.account, t.chat, t.message).where(sql`message is not null`),
    foreignKey({ columns: [t.townshipId, t.case], foreignColumns: [cases.townshipId, cases.number] }),
  ],
);

export const caseParts = pgTable(
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

export const prompts = pgTable(
  'prompts',
  {
    townshipId: township(),
    id: text('id').notNull(),
    who: text('who').notNull(),
    account: text('account').notNull(),
    chat: text('chat').notNull(),
    kind: text('kind').$type<Prompt['kind']>().notNull(),
    case: text('case_number'),
    payload: json('payload').$type<Prompt['payload']>().notNull(),
    openedAt: instant('opened_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.townshipId, t.id] }),
    index('prompts_who').on(t.townshipId, t.who, t.account, t.chat),
  ],
);

export const facts = pgTable(
  'facts',
  { townshipId: township(), key: text('key').notNull(), value: text('value').notNull() },
  (t) => [primaryKey({ columns: [t.townshipId, t.key] })],
);

export const contacts = pgTable(
  'contacts',
  {
    townshipId: township(),
    account: text('account').notNull(),
    chat: text('chat').notNull(),
    lastAt: instant('last_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.townshipId, t.account, t.chat] })],
);

export const audit = pgTable(
  'audit',
  {
    id: instant('id').primaryKey().generatedAlwaysAsIdentity(),
    townshipId: township(),
    at: instant('at').notNull(),
    by: text('by'),
    what: text('what').notNull(),
    case: text('case_number'),
    detail: json('detail').$type<Readonly<Record<string, unknown>>>().notNull(),
  },
  (t) => [index('audit_case').on(t.townshipId, t.case, t.id)],
);

export const vault = pgTable(
  'vault',
  {
    townshipId: township(),
    case: text('case_number').notNull(),
    field: text('field').notNull(),
    keyId: text('key_id').notNull(),
    wrappedKey: bytea('wrapped_key').notNull(),
    nonce: bytea('nonce').notNull(),
    ciphertext: bytea('ciphertext').notNull(),
  },
  (t) => [primaryKey({ columns: [t.townshipId, t.case, t.field] })],
);

export * from './schema-bindings.ts';
export * from './schema-queues.ts';
