/** What both schemas keep inside JSON columns: their row types are equal because these are shared. */
import type { OutboxDraft, TaskDraft } from './port.ts';

export type Guard = NonNullable<OutboxDraft['guard']>;

/** The part of an outbox row that is erased once it is settled. */
export interface OutboxBody extends Pick<OutboxDraft, 'address' | 'replyTo' | 'say' | 'media' | 'reach'> {
  /** One for a plain row; those of all its drafts for a row that was merged. */
  readonly guards: readonly Guard[];
}

export type TaskStatus = 'queued' | 'running' | 'done' | 'failed';
export type ChatKind = OutboxDraft['chat']['kind'];
export type TaskPayload = TaskDraft['payload'];
