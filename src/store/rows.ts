/** From the port's values to table rows and back: the same for both databases. */
import type { Binding, BindingCode } from '../domain/binding.ts';
import type { Case, Instant } from '../domain/case.ts';
import { isOpen } from '../domain/case.ts';
import type { CaseEvent } from '../domain/events.ts';
import type { OutboxBody } from './columns.ts';
import type { Mergeable } from './merge.ts';
import type {
  BornSending,
  InboundKey,
  OutboxDraft,
  OutboxRecord,
  OutboxRow,
  OutboxStatus,
  Prompt,
  Settlement,
  TaskDraft,
  TaskRow,
  VaultEntry,
} from './port.ts';
import type * as schema from './sqlite/schema.ts';

export type CaseRow = typeof schema.cases.$inferSelect;
export type EventRow = typeof schema.events.$inferSelect;
export type PromptRow = typeof schema.prompts.$inferSelect;
/** A row of the outbox beside its words, which are gone once it is settled. */
export type OutboxTableRow = typeof schema.outbox.$inferSelect & { readonly body: OutboxBody | null };
export type OutboxInsert = Omit<OutboxTableRow, 'id' | 'body'> & { readonly body: OutboxBody };
export type TaskTableRow = typeof schema.tasks.$inferSelect;
export type BindingRow = typeof schema.bindings.$inferSelect;
export type CodeRow = typeof schema.bindingCodes.$inferSelect;
export type VaultRow = typeof schema.vault.$inferSelect;

/** Of open cases: they have something to say to every digest. */
const NO_END = Number.MAX_SAFE_INTEGER;

/**
 * Up to when a case has something to say to a digest: its last event or the end of its clock, whichever is later.
 * What is settled and lies before a month is not read for it.
 */
export function activeUntil(value: Case, events: readonly CaseEvent[]): Instant {
  if (isOpen(value.state)) return NO_END;
  const own = events.filter((event) => event.case === value.number).map(({ at }) => at);
  const { receivedAt, resolvedAt, closedAt, dueAt, originalDueAt } = value;
  return Math.max(receivedAt, ...[resolvedAt, closedAt, dueAt, originalDueAt].map((at) => at ?? 0), ...own);
}

export function caseRow(
  townshipId: string,
  value: Case,
  nextAt: Instant | null,
  origin: InboundKey | null,
  events: readonly CaseEvent[],
): CaseRow {
  const { number, year, serial, state, category, village, assignee, receivedAt } = value;
  return {
    ...{ townshipId, number, year, serial, state, category, village, assignee, receivedAt, nextAt },
    open: isOpen(state),
    activeUntil: activeUntil(value, events),
    originAccount: origin?.account ?? null,
    originChat: origin?.chat ?? null,
    body: value,
  };
}

export function eventRow(townshipId: string, event: CaseEvent, origin: InboundKey | null): EventRow {
  const { case: number, seq, type, at, by, behalf, message, data } = event;
  return {
    ...{ townshipId, case: number, seq, type, at, by, behalf, message, data },
    account: origin?.account ?? null,
    chat: origin?.chat ?? null,
  };
}

/** The type says which data it goes with; the table cannot, hence the cast at this one place. */
export function toEvent(row: EventRow): CaseEvent {
  const { case: number, seq, type, at, by, behalf, message, data } = row;
  return { case: number, seq, type, at, by, behalf, message, data } as CaseEvent;
}

export function promptRow(townshipId: string, prompt: Prompt): PromptRow {
  return { townshipId, ...prompt };
}

export function toPrompt({ townshipId: _, ...prompt }: PromptRow): Prompt {
  return prompt;
}

/** A new row: queued, or under its first lease where this process sends it at once. */
export function outboxInsert(
  townshipId: string,
  draft: OutboxDraft,
  now: Instant,
  born: BornSending | null,
): OutboxInsert {
  const { account, kind, case: about, cases, priority, dueAt, mergeKey } = draft;
  const { address, replyTo, say, media, reach } = draft;
  return {
    ...{ townshipId, account, kind, case: about, cases, priority, dueAt, mergeKey },
    chat: draft.chat.id,
    chatKind: draft.chat.kind,
    status: born ? 'sending' : 'queued',
    attempts: born ? 1 : 0,
    fence: born ? 1 : 0,
    owner: born ? born.owner : null,
    leaseUntil: born ? now + born.leaseMs : null,
    interrupted: false,
    createdAt: now,
    settledAt: null,
    messageId: null,
    detail: null,
    body: {
      ...{ address, replyTo, say, media, guards: draft.guard ? [draft.guard] : [] },
      ...(reach ? { reach } : {}),
    },
  };
}

function outboxHead(row: OutboxTableRow) {
  const { id, account, kind, case: about, cases, priority, dueAt, mergeKey } = row;
  const { status, attempts, fence, createdAt, interrupted } = row;
  return {
    ...{ id, account, kind, case: about, cases, priority, dueAt, mergeKey },
    ...{ status, attempts, fence, createdAt, interrupted },
    chat: { id: row.chat, kind: row.chatKind },
    address: row.body?.address ?? null,
    replyTo: row.body?.replyTo ?? null,
    guard: row.body?.guards.length === 1 ? (row.body.guards[0] ?? null) : null,
    media: row.body?.media ?? [],
    ...(row.body?.reach ? { reach: row.body.reach } : {}),
  };
}

/** A row that can still be sent: it has its words. */
export function toOutboxRow(row: OutboxTableRow): OutboxRow {
  if (!row.body) throw new Error(`outbox row ${row.id} is ${row.status} but has lost its words`);
  return { ...outboxHead(row), say: row.body.say };
}

export function toOutboxRecord(row: OutboxTableRow): OutboxRecord {
  const { messageId, settledAt, detail } = row;
  return { ...outboxHead(row), say: row.body?.say ?? null, messageId, settledAt, detail };
}

/** The part of a row that merging and trimming look at. */
export function toMergeable(row: OutboxTableRow): Mergeable {
  if (!row.body) throw new Error(`outbox row ${row.id} is ${row.status} but has lost its words`);
  const { kind, case: about, cases, priority, dueAt } = row;
  return {
    ...{ kind, case: about, cases, priority, dueAt },
    say: row.body.say,
    guards: row.body.guards,
    media: row.body.media,
  };
}

export function withMerged(row: OutboxTableRow, merged: Mergeable): OutboxTableRow {
  const { say, guards, media, ...head } = merged;
  return row.body ? { ...row, ...head, body: { ...row.body, say, guards, media } } : row;
}

/** What a settlement writes; a row without `dueAt` has ended, and loses its words. */
export function settled(result: Settlement): Pick<
  OutboxTableRow,
  'status' | 'settledAt' | 'messageId' | 'detail'
> & {
  readonly dueAt: Instant | null;
} {
  const status: OutboxStatus = result.type === 'retry' ? 'queued' : result.type;
  return {
    status,
    dueAt: result.type === 'retry' ? result.at : null,
    settledAt: result.type === 'retry' ? null : result.at,
    messageId: result.type === 'sent' ? result.messageId : null,
    detail: 'detail' in result ? result.detail : null,
  };
}

export function taskRow(townshipId: string, task: TaskDraft): TaskTableRow {
  const { key, kind, payload, runAt } = task;
  return {
    ...{ townshipId, key, kind, payload, runAt },
    ...{ status: 'queued', attempts: 0, fence: 0, owner: null, leaseUntil: null, detail: null },
  };
}

export function toTaskRow(row: TaskTableRow): TaskRow {
  const { key, kind, payload, runAt, attempts, fence } = row;
  return { key, kind, payload, runAt, attempts, fence };
}

export function vaultRow(townshipId: string, entry: VaultEntry): VaultRow {
  return {
    townshipId,
    case: entry.case,
    field: entry.field,
    keyId: entry.keyId,
    wrappedKey: Buffer.from(entry.wrappedKey),
    nonce: Buffer.from(entry.nonce),
    ciphertext: Buffer.from(entry.ciphertext),
  };
}

export function toVaultEntry({ townshipId: _, ...entry }: VaultRow): VaultEntry {
  return entry;
}

export function bindingRow(townshipId: string, body: Binding): BindingRow {
  const { kind, account, external } = body;
  return { townshipId, kind, account, external, body };
}

export const codeRow = (townshipId: string, code: BindingCode): CodeRow => ({ townshipId, ...code });

export function toCode({ townshipId: _, ...code }: CodeRow): BindingCode {
  return code;
}
