/** Tables of what is on its way: messages, tasks, jobs, leases. Part of ./schema.ts. */
import { sql } from 'drizzle-orm';
import { boolean, index, integer, json, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import type { MessageKind } from '../../domain/messages.ts';
import type { ChatKind, OutboxBody, TaskPayload, TaskStatus } from '../columns.ts';
import type { OutboxStatus } from '../port.ts';
import { instant, text } from './types.ts';

const township = () => text('township_id').notNull();

export const outbox = pgTable(
  'outbox',
  {
    id: instant('id').primaryKey().generatedAlwaysAsIdentity(),
    townshipId: township(),
    account: text('account').notNull(),
    chat: text('chat').notNull(),
    chatKind: text('chat_kind').$type<ChatKind>().notNull(),
    kind: text('kind').$type<MessageKind>().notNull(),
    case: text('case_number'),
    cases: json('cases').$type<readonly string[]>().notNull(),
    priority: integer('priority').notNull(),
    dueAt: instant('due_at').notNull(),
    status: text('status').$type<OutboxStatus>().notNull(),
    attempts: integer('attempts').notNull(),
    fence: integer('fence').notNull(),
    owner: text('owner'),
    leaseUntil: instant('lease_until'),
    interrupted: boolean('interrupted').notNull(),
    mergeKey: text('merge_key'),
    createdAt: instant('created_at').notNull(),
    settledAt: instant('settled_at'),
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

export const outboxWords = pgTable('outbox_words', {
  id: instant('id').primaryKey(),
  townshipId: township(),
  body: json('body').$type<OutboxBody>().notNull(),
});

export const tasks = pgTable(
  'tasks',
  {
    townshipId: township(),
    key: text('key').notNull(),
    kind: text('kind').notNull(),
    payload: json('payload').$type<TaskPayload>().notNull(),
    runAt: instant('run_at').notNull(),
    status: text('status').$type<TaskStatus>().notNull(),
    attempts: integer('attempts').notNull(),
    fence: integer('fence').notNull(),
    owner: text('owner'),
    leaseUntil: instant('lease_until'),
    detail: text('detail'),
  },
  (t) => [
    primaryKey({ columns: [t.townshipId, t.key] }),
    index('tasks_queued').on(t.townshipId, t.runAt, t.key).where(sql`status = 'queued'`),
    index('tasks_running').on(t.townshipId, t.leaseUntil).where(sql`status = 'running'`),
  ],
);

export const jobs = pgTable(
  'jobs',
  { townshipId: township(), key: text('key').notNull(), at: instant('at').notNull() },
  (t) => [primaryKey({ columns: [t.townshipId, t.key] })],
);

export const leases = pgTable(
  'leases',
  {
    townshipId: township(),
    name: text('name').notNull(),
    owner: text('owner').notNull(),
    fence: integer('fence').notNull(),
    until: instant('until').notNull(),
  },
  (t) => [primaryKey({ columns: [t.townshipId, t.name] })],
);
