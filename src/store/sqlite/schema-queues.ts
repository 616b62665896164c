/** Tables of what is on its way: messages, tasks, jobs, leases. Part of ./schema.ts. */
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { MessageKind } from '../../domain/messages.ts';
import type { ChatKind, OutboxBody, TaskPayload, TaskStatus } from '../columns.ts';
import type { OutboxStatus } from '../port.ts';

const township = () => text('township_id').notNull();

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
