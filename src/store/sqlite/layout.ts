/**
 * The names of tables and columns, as ./schema.ts has them, without what they are made with: reading drizzle's
 * three hundred files took longer than all the rest of a start. tests/store/layout.test.ts keeps both equal.
 */
import type * as schema from './schema.ts';

export type Tables = typeof schema;
export type TableName = keyof Tables;

interface TableLayout {
  readonly name: string;
  /** Name in the program → name in the database, in the table's order. */
  readonly columns: Readonly<Record<string, string>>;
  /** Kept as JSON text. */
  readonly json: readonly string[];
  /** Kept as 0 and 1. */
  readonly flags: readonly string[];
}

export const layout: Readonly<Record<TableName, TableLayout>> = {
  audit: {
    name: 'audit',
    columns: {
      id: 'id',
      townshipId: 'township_id',
      at: 'at',
      by: 'by',
      what: 'what',
      case: 'case_number',
      detail: 'detail',
    },
    json: ['detail'],
    flags: [],
  },
  bindingCodes: {
    name: 'binding_codes',
    columns: {
      townshipId: 'township_id',
      hash: 'hash',
      person: 'person',
      state: 'state',
      madeAt: 'made_at',
      expiresAt: 'expires_at',
      settledAt: 'settled_at',
    },
    json: [],
    flags: [],
  },
  bindings: {
    name: 'bindings',
    columns: {
      townshipId: 'township_id',
      kind: 'kind',
      account: 'account',
      external: 'external',
      body: 'body',
    },
    json: ['body'],
    flags: [],
  },
  caseParts: {
    name: 'case_parts',
    columns: { townshipId: 'township_id', who: 'who', role: 'role', case: 'case_number' },
    json: [],
    flags: [],
  },
  cases: {
    name: 'cases',
    columns: {
      townshipId: 'township_id',
      number: 'number',
      year: 'year',
      serial: 'serial',
      state: 'state',
      open: 'open',
      category: 'category',
      village: 'village',
      assignee: 'assignee',
      receivedAt: 'received_at',
      nextAt: 'next_at',
      activeUntil: 'active_until',
      originAccount: 'origin_account',
      originChat: 'origin_chat',
      body: 'body',
    },
    json: ['body'],
    flags: ['open'],
  },
  contacts: {
    name: 'contacts',
    columns: { townshipId: 'township_id', account: 'account', chat: 'chat', lastAt: 'last_at' },
    json: [],
    flags: [],
  },
  counters: {
    name: 'counters',
    columns: { townshipId: 'township_id', year: 'year', next: 'next' },
    json: [],
    flags: [],
  },
  events: {
    name: 'events',
    columns: {
      townshipId: 'township_id',
      case: 'case_number',
      seq: 'seq',
      type: 'type',
      at: 'at',
      by: 'by',
      behalf: 'behalf',
      account: 'account',
      chat: 'chat',
      message: 'message',
      data: 'data',
    },
    json: ['behalf', 'data'],
    flags: [],
  },
  facts: {
    name: 'facts',
    columns: { townshipId: 'township_id', key: 'key', value: 'value' },
    json: [],
    flags: [],
  },
  inbound: {
    name: 'inbound',
    columns: {
      townshipId: 'township_id',
      account: 'account',
      chat: 'chat',
      key: 'key',
      at: 'at',
      effect: 'effect',
    },
    json: [],
    flags: [],
  },
  jobs: {
    name: 'jobs',
    columns: { townshipId: 'township_id', key: 'key', at: 'at' },
    json: [],
    flags: [],
  },
  leases: {
    name: 'leases',
    columns: { townshipId: 'township_id', name: 'name', owner: 'owner', fence: 'fence', until: 'until' },
    json: [],
    flags: [],
  },
  meta: {
    name: 'meta',
    columns: { townshipId: 'township_id', key: 'key', value: 'value' },
    json: [],
    flags: [],
  },
  outbox: {
    name: 'outbox',
    columns: {
      id: 'id',
      townshipId: 'township_id',
      account: 'account',
      chat: 'chat',
      chatKind: 'chat_kind',
      kind: 'kind',
      case: 'case_number',
      cases: 'cases',
      priority: 'priority',
      dueAt: 'due_at',
      status: 'status',
      attempts: 'attempts',
      fence: 'fence',
      owner: 'owner',
      leaseUntil: 'lease_until',
      interrupted: 'interrupted',
      mergeKey: 'merge_key',
      createdAt: 'created_at',
      settledAt: 'settled_at',
      messageId: 'message_id',
      detail: 'detail',
    },
    json: ['cases'],
    flags: ['interrupted'],
  },
  outboxWords: {
    name: 'outbox_words',
    columns: { id: 'id', townshipId: 'township_id', body: 'body' },
    json: ['body'],
    flags: [],
  },
  policies: {
    name: 'policies',
    columns: { townshipId: 'township_id', version: 'version', body: 'body' },
    json: [],
    flags: [],
  },
  prompts: {
    name: 'prompts',
    columns: {
      townshipId: 'township_id',
      id: 'id',
      who: 'who',
      account: 'account',
      chat: 'chat',
      kind: 'kind',
      case: 'case_number',
      payload: 'payload',
      openedAt: 'opened_at',
      expiresAt: 'expires_at',
    },
    json: ['payload'],
    flags: [],
  },
  tasks: {
    name: 'tasks',
    columns: {
      townshipId: 'township_id',
      key: 'key',
      kind: 'kind',
      payload: 'payload',
      runAt: 'run_at',
      status: 'status',
      attempts: 'attempts',
      fence: 'fence',
      owner: 'owner',
      leaseUntil: 'lease_until',
      detail: 'detail',
    },
    json: ['payload'],
    flags: [],
  },
  vault: {
    name: 'vault',
    columns: {
      townshipId: 'township_id',
      case: 'case_number',
      field: 'field',
      keyId: 'key_id',
      wrappedKey: 'wrapped_key',
      nonce: 'nonce',
      ciphertext: 'ciphertext',
    },
    json: [],
    flags: [],
  },
};
