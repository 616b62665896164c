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
import type { MessageKind } from '../../domain/messages.ts';
import type { ChatKind, OutboxBody, TaskPayload, TaskStatus } from '../columns.ts';
import type { OutboxStatus, PartRole, Prompt } from '../port.ts';

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
    /** Chat in which it was reported, from the event that made it; null for what the program began. */
    originAccount: text('origin_account'),
    originChat: text('origin_chat'),
    body: text('body', { mode: 'json' }).$type<Case>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.townshipId, t.number] }),
    uniqueIndex('cases_serial').on(t.townshipId, t.year, t.serial),
    index('cases_open_assignee').on(t.townshipId, t.assignee).where(sql`open = 1`),
    index('cases_next').on(t.townshipId, t.nextAt, t.number).where(sql`next_at is not null`),
    index('cases_similar').on(t.townshipId, t.village, t.category, t.receivedAt).where(sql`open = 1`),
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

/** Ids are never used twice, since platforms drop repeats by them: hence autoincrement. */
export const outbox = sqliteTable(
  'outbox',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    townshipId: township(),
    account: text('account').notNull(),
    chat: text('chat').notNull(),
    chatKind: text('chat_kind').$type<ChatKind>().notNull(),
    kind: text('kind').$type<MessageKind>().notNull(),
    case: text('case_number'),
    cases: text('cases', { mode: 'json' }).$type<readonly string[]>().notNull(),
    priority: integer('priority').notNull(),
    dueAt: integer('due_at').notNull(),
    status: text('status').$type<OutboxStatus>().notNull(),
    attempts: integer('attempts').notNull(),
    fence: integer('fence').notNull(),
    owner: text('owner'),
    leaseUntil: integer('lease_until'),
    interrupted: integer('interrupted', { mode: 'boolean' }).notNull(),
    mergeKey: text('merge_key'),
    createdAt: integer('created_at').notNull(),
    settledAt: integer('settled_at'),
    /** The platform's id of what was sent: a quote of it names the case. */
    messageId: text('message_id'),
    detail: text('detail'),
  },
  (t) => [
    index('outbox_queued').on(t.townshipId, t.dueAt, t.id).where(sql`status = 'queued'`),
    index('outbox_waiting').on(t.townshipId, t.account, t.chat, t.mergeKey).where(sql`status = 'queued'`),
    index('outbox_sending').on(t.townshipId, t.leaseUntil).where(sql`status = 'sending'`),
    index('outbox_message')
      .on(t.townshipId, t.account, t.chat, t.messageId)
      .where(sql`message_id is not null`),
  ],
);

/**
 * What is said, until it is settled: who was told what is in the events, the words are nobody's business
 * any more. A table of its own, because a column set to null leaves its page nine tenths empty for good.
 */
export const outboxWords = sqliteTable('outbox_words', {
  id: integer('id').primaryKey(),
  townshipId: township(),
  body: text('body', { mode: 'json' }).$type<OutboxBody>().notNull(),
});

export const tasks = sqliteTable(
  'tasks',
  {
    townshipId: township(),
    key: text('key').notNull(),
    kind: text('kind').notNull(),
    payload: text('payload', { mode: 'json' }).$type<TaskPayload>().notNull(),
    runAt: integer('run_at').notNull(),
    status: text('status').$type<TaskStatus>().notNull(),
    attempts: integer('attempts').notNull(),
    fence: integer('fence').notNull(),
    owner: text('owner'),
    leaseUntil: integer('lease_until'),
    detail: text('detail'),
  },
  (t) => [
    primaryKey({ columns: [t.townshipId, t.key] }),
    index('tasks_queued').on(t.townshipId, t.runAt, t.key).where(sql`status = 'queued'`),
    index('tasks_running').on(t.townshipId, t.leaseUntil).where(sql`status = 'running'`),
  ],
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

/** One row a run of a job: the key names the job and the instant it was for. */
export const jobs = sqliteTable(
  'jobs',
  { townshipId: township(), key: text('key').notNull(), at: integer('at').notNull() },
  (t) => [primaryKey({ columns: [t.townshipId, t.key] })],
);

export const leases = sqliteTable(
  'leases',
  {
    townshipId: township(),
    name: text('name').notNull(),
    owner: text('owner').notNull(),
    fence: integer('fence').notNull(),
    until: integer('until').notNull(),
  },
  (t) => [primaryKey({ columns: [t.townshipId, t.name] })],
);
