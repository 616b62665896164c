/**
 * Writes one `ChangeSet` in one statement. Its parts all see the tables as they were before it, so no row may
 * be touched by two of them: what is closed and opened, or erased and sealed, at once counts as the latter.
 */
import type { Instant } from '../../domain/case.ts';
import { contactKey } from '../loaded.ts';
import type { BornSending, ChangeSet, InboundKey, OutboxRow } from '../port.ts';
import {
  bindingRow,
  caseRow,
  codeRow,
  eventRow,
  type OutboxInsert,
  type OutboxTableRow,
  promptRow,
  taskRow,
  toOutboxRow,
  vaultRow,
} from '../rows.ts';
import { type Planned, planOutbox } from './enqueue.ts';
import * as schema from './schema.ts';
import { bulkInsert, hexOf, type Run, recordset, type Statement } from './tables.ts';

export interface CommitContext {
  readonly township: string;
  readonly now: Instant;
  readonly born: BornSending | null;
}

const given = (...names: string[]): string =>
  names.map((name) => `"${name}" = excluded."${name}"`).join(', ');

const OUTBOX_COLUMNS =
  'township_id, account, chat, chat_kind, kind, case_number, cases, priority, due_at, status, attempts, fence, ' +
  'owner, lease_until, interrupted, merge_key, created_at';

/** Drafts in their order, each born under its lease unless others wait in its chat. */
const OUTBOX = `drafts AS MATERIALIZED (
  SELECT r.*, row_number() OVER (ORDER BY r.ord) AS rank, b.born
    FROM ${recordset(schema.outbox, 'outbox', ', ord int, "bornOwner" text, "bornUntil" bigint, body json')}
   CROSS JOIN LATERAL (SELECT r."bornUntil" IS NOT NULL AND NOT EXISTS (
     SELECT 1 FROM outbox w WHERE w.township_id = $1 AND w.account = r.account AND w.chat = r.chat
        AND w.status = 'queued' AND w.due_at <= $3) AS born) b),
queued AS (
  INSERT INTO outbox (${OUTBOX_COLUMNS})
  SELECT "townshipId", account, chat, "chatKind", kind, "case", cases, priority, "dueAt",
         CASE WHEN born THEN 'sending' ELSE 'queued' END, born::int, born::int,
         CASE WHEN born THEN "bornOwner" END, CASE WHEN born THEN "bornUntil" END, false, "mergeKey", "createdAt"
    FROM drafts ORDER BY rank
  RETURNING id, status, attempts, fence, owner, lease_until AS "leaseUntil"),
ranked AS (SELECT *, row_number() OVER (ORDER BY id) AS rank FROM queued),
words AS (
  INSERT INTO outbox_words (id, township_id, body)
  SELECT ranked.id, $1, drafts.body FROM ranked JOIN drafts USING (rank))`;

/** What merging changed of rows that wait. */
const MERGED = `merged AS (
  UPDATE outbox o SET kind = r.kind, case_number = r."case", cases = r.cases, priority = r.priority, due_at = r."dueAt"
    FROM ${recordset(schema.outbox, 'merged', ', id bigint')} WHERE o.id = r.id),
merged_words AS (
  UPDATE outbox_words w SET body = r.body
    FROM ${recordset(schema.outboxWords, 'merged')} WHERE w.id = r.id)`;

const PARTS = [
  `inbound_in AS (${bulkInsert(schema.inbound, 'inbound')})`,
  `cases_in AS (${bulkInsert(
    schema.cases,
    'cases',
    `ON CONFLICT (township_id, number) DO UPDATE SET
     ${given('state', 'open', 'category', 'village', 'assignee', 'next_at', 'active_until', 'body')}`,
  )})`,
  `counters_in AS (${bulkInsert(
    schema.counters,
    'counters',
    'ON CONFLICT (township_id, year) DO UPDATE SET next = greatest(counters.next, excluded.next)',
  )})`,
  `events_in AS (${bulkInsert(schema.events, 'events')})`,
  `parts_out AS (DELETE FROM case_parts p
    WHERE p.township_id = $1 AND p.case_number = ANY ($5::text[])
      AND NOT EXISTS (SELECT 1 FROM ${recordset(schema.caseParts, 'parts')}
                       WHERE r."case" = p.case_number AND r.who = p.who AND r.role = p.role))`,
  `parts_in AS (${bulkInsert(schema.caseParts, 'parts', 'ON CONFLICT DO NOTHING')})`,
  `prompts_out AS (DELETE FROM prompts p
    WHERE p.township_id = $1 AND p.id <> ALL ($7::text[])
      AND (p.id = ANY ($6::text[]) OR (p.who = ANY ($8::text[]) AND p.expires_at <= $3)))`,
  `prompts_in AS (${bulkInsert(
    schema.prompts,
    'prompts',
    `ON CONFLICT (township_id, id) DO UPDATE SET
     ${given('who', 'account', 'chat', 'kind', 'case_number', 'payload', 'opened_at', 'expires_at')}`,
  )})`,
  `facts_out AS (DELETE FROM facts f WHERE f.township_id = $1 AND f.key = ANY ($9::text[]))`,
  `facts_in AS (${bulkInsert(schema.facts, 'facts', `ON CONFLICT (township_id, key) DO UPDATE SET ${given('value')}`)})`,
  `contacts_out AS (DELETE FROM contacts c USING ${recordset(schema.contacts, 'forgotten')}
    WHERE c.township_id = $1 AND c.account = r.account AND c.chat = r.chat)`,
  `contacts_in AS (${bulkInsert(
    schema.contacts,
    'contacts',
    `ON CONFLICT (township_id, account, chat) DO UPDATE SET ${given('last_at')}`,
  )})`,
  `tasks_in AS (${bulkInsert(schema.tasks, 'tasks', 'ON CONFLICT DO NOTHING')})`,
  `audit_in AS (${bulkInsert(schema.audit, 'audit')})`,
  `vault_out AS (DELETE FROM vault v
    WHERE v.township_id = $1 AND v.case_number = ANY ($10::text[])
      AND NOT EXISTS (SELECT 1 FROM ${recordset(schema.vault, 'vault')}
                       WHERE r."case" = v.case_number AND r.field = v.field))`,
  `vault_in AS (${bulkInsert(
    schema.vault,
    'vault',
    `ON CONFLICT (township_id, case_number, field) DO UPDATE SET
     ${given('key_id', 'wrapped_key', 'nonce', 'ciphertext')}`,
  )})`,
  `bindings_out AS (DELETE FROM bindings b USING ${recordset(schema.bindings, 'unbound')}
    WHERE b.township_id = $1 AND b.kind = r.kind AND b.account = r.account AND b.external = r.external
      AND NOT EXISTS (SELECT 1 FROM ${recordset(schema.bindings, 'bindings').replace(' AS r(', ' AS n(')}
                       WHERE n.kind = b.kind AND n.account = b.account AND n.external = b.external))`,
  `bindings_in AS (${bulkInsert(
    schema.bindings,
    'bindings',
    `ON CONFLICT (township_id, kind, account, external) DO UPDATE SET ${given('body')}`,
  )})`,
  `revision_in AS (INSERT INTO meta (township_id, key, value)
    SELECT $1, 'bindings', '1' FROM doc WHERE (doc.d ->> 'rebound')::boolean
    ON CONFLICT (township_id, key) DO UPDATE SET value = (meta.value::int + 1)::text)`,
  `codes_out AS (UPDATE binding_codes c SET state = 'revoked', settled_at = $3
    WHERE c.township_id = $1 AND c.state = 'open' AND c.person = ANY ($11::text[])
      AND c.hash <> ALL ($12::text[]))`,
  `codes_in AS (${bulkInsert(
    schema.bindingCodes,
    'codes',
    `ON CONFLICT (township_id, hash) DO UPDATE SET ${given('state', 'settled_at')}`,
  )})`,
  MERGED,
  OUTBOX,
];

const COMMIT: Statement = {
  name: 'commit',
  text: `WITH doc AS MATERIALIZED (SELECT $2::json AS d), ${PARTS.join(',\n')}
SELECT (SELECT json_agg(ranked ORDER BY rank) FROM ranked) AS rows,
       CASE WHEN $4 THEN pg_notify('huiyin_wake', $1)::text END AS told`,
};

type Returned = Pick<OutboxTableRow, 'id' | 'status' | 'attempts' | 'fence' | 'owner' | 'leaseUntil'>;

/** The last of those with one key: what a later part of a change says holds. */
function lastOf<T>(rows: readonly T[], keyOf: (row: T) => string): readonly T[] {
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()];
}

/** Serials in use: those the change names, and those of its cases. */
function countersOf(townshipId: string, { cases, serials }: ChangeSet): readonly object[] {
  const next = new Map<number, number>();
  const pass = (year: number, serial: number) => next.set(year, Math.max(next.get(year) ?? 1, serial + 1));
  for (const { value } of cases ?? []) pass(value.year, value.serial);
  for (const [year, serial] of Object.entries(serials ?? {})) pass(Number(year), serial);
  return [...next].map(([year, value]) => ({ townshipId, year, next: value }));
}

function casesDocument(townshipId: string, change: ChangeSet, origin: InboundKey | null): object {
  const cases = lastOf(change.cases ?? [], ({ value }) => value.number);
  return {
    cases: cases.map(({ value, nextAt }) => caseRow(townshipId, value, nextAt, origin, change.events ?? [])),
    parts: cases.flatMap(({ value, parts }) =>
      parts.map(({ who, role }) => ({ townshipId, who, role, case: value.number })),
    ),
    counters: countersOf(townshipId, change),
    events: (change.events ?? []).map((event) => eventRow(townshipId, event, origin)),
  };
}

/** What is forgotten goes by the document too: `lastAt` 0 is no time at which anybody wrote. */
function contactsDocument(townshipId: string, change: ChangeSet): object {
  const contacts = lastOf(change.contacts ?? [], contactKey);
  return {
    contacts: contacts.flatMap(({ at, ...key }) => (at === null ? [] : [{ townshipId, ...key, lastAt: at }])),
    forgotten: contacts.flatMap(({ at, ...key }) => (at === null ? [{ townshipId, ...key, lastAt: 0 }] : [])),
  };
}

function smallDocument(townshipId: string, change: ChangeSet): object {
  const { inbound, prompts, facts = {}, tasks, audit, vault } = change;
  const entries = lastOf(vault ?? [], (entry) => `${entry.case}\n${entry.field}`);
  return {
    inbound: inbound ? [{ townshipId, ...inbound.key, at: inbound.at, effect: inbound.effect }] : [],
    prompts: lastOf(prompts?.open ?? [], ({ id }) => id).map((prompt) => promptRow(townshipId, prompt)),
    facts: Object.entries(facts).flatMap(([key, value]) =>
      value === null ? [] : [{ townshipId, key, value }],
    ),
    tasks: (tasks ?? []).map((task) => taskRow(townshipId, task)),
    audit: (audit ?? []).map((entry) => ({ townshipId, ...entry })),
    vault: entries.map((entry) => {
      const { wrappedKey, nonce, ciphertext, ...row } = vaultRow(townshipId, entry);
      return { ...row, wrappedKey: hexOf(wrappedKey), nonce: hexOf(nonce), ciphertext: hexOf(ciphertext) };
    }),
  };
}

/** What may go, as lists of keys: compared with a list, the index is used; with a document's rows, not always. */
function removals({
  cases,
  prompts,
  facts = {},
  eraseVault,
  codes,
}: ChangeSet): readonly (readonly string[])[] {
  const open = prompts?.open ?? [];
  return [
    (cases ?? []).map(({ value }) => value.number),
    prompts?.close ?? [],
    open.map(({ id }) => id),
    open.map(({ who }) => who),
    Object.keys(facts).filter((key) => facts[key] === null),
    eraseVault ?? [],
    codes?.revokeOf ?? [],
    (codes?.put ?? []).map(({ hash }) => hash),
  ];
}

function bindingDocument(townshipId: string, { bindings, codes }: ChangeSet): object {
  const put = lastOf(bindings?.put ?? [], ({ kind, account, external }) =>
    [kind, account, external].join('\n'),
  );
  return {
    bindings: put.map((one) => bindingRow(townshipId, one)),
    unbound: (bindings?.remove ?? []).map(({ kind, account, external }) => ({ kind, account, external })),
    rebound: bindings !== undefined,
    codes: lastOf(codes?.put ?? [], ({ hash }) => hash).map((code) => codeRow(townshipId, code)),
  };
}

function outboxDocument({ inserts, merged }: Planned): object {
  return {
    outbox: inserts.map(({ row, born }, ord) => {
      return {
        ...row,
        ord,
        bornOwner: born?.owner ?? null,
        bornUntil: born ? row.createdAt + born.leaseMs : null,
      };
    }),
    merged,
  };
}

/** Does this change bring something that somebody may have to wake for? */
function wakes({ outbox, tasks, cases }: ChangeSet): boolean {
  if ((outbox?.length ?? 0) > 0 || (tasks?.length ?? 0) > 0) return true;
  return (cases ?? []).some(({ nextAt }) => nextAt !== null);
}

function rowsOf(inserts: readonly OutboxInsert[], returned: readonly Returned[]): readonly OutboxRow[] {
  return returned.flatMap((made, rank) => {
    const row = inserts[rank];
    return row ? [toOutboxRow({ ...row, ...made })] : [];
  });
}

/** Writes the change; gives its new outbox rows and whether there is something to wake for. */
export async function commit(
  run: Run,
  { township, now, born }: CommitContext,
  change: ChangeSet,
): Promise<{ readonly rows: readonly OutboxRow[]; readonly wakes: boolean }> {
  const planned = await planOutbox(run, township, change.outbox ?? [], now, born);
  const document = {
    ...casesDocument(township, change, change.inbound?.key ?? null),
    ...smallDocument(township, change),
    ...contactsDocument(township, change),
    ...bindingDocument(township, change),
    ...outboxDocument(planned),
  };
  const waking = wakes(change);
  const values = [township, JSON.stringify(document), now, waking, ...removals(change)];
  const [done] = await run<{ rows: readonly Returned[] | null }>(COMMIT, values);
  const inserts = planned.inserts.map(({ row }) => row);
  return { rows: rowsOf(inserts, done?.rows ?? []), wakes: waking };
}
