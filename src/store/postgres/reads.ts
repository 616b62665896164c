/** Reading outside a transaction. See ../sqlite/reads.ts. */
import type { Bindings } from '../../domain/binding.ts';
import type { Case, Instant, Party } from '../../domain/case.ts';
import { isOpen } from '../../domain/case.ts';
import type { CaseEvent } from '../../domain/events.ts';
import type { CaseFilter, ChatKey, OutboxRecord, OutboxStatus, VaultEntry } from '../port.ts';
import { toEvent, toOutboxRecord, toVaultEntry } from '../rows.ts';
import { toTableRow } from './enqueue.ts';
import { BINDINGS, REVISION } from './load.ts';
import { events, vault } from './schema.ts';
import { decoder, type Run, type Statement } from './tables.ts';

const statement = (name: string, text: string): Statement => ({ name, text });

const casesWhere = (condition: string): string =>
  `SELECT body FROM cases WHERE township_id = $1 ${condition}
     AND ($2::text[] IS NULL OR state = ANY ($2)) AND ($3::bigint IS NULL OR received_at >= $3)
     AND ($4::bigint IS NULL OR received_at < $4) AND ($5::int IS NULL OR (year, serial) > ($5, $6::int))
   ORDER BY year, serial LIMIT $7`;
const CASES = statement('cases', casesWhere(''));
/** Spelled out, so that the index of the open ones can serve it. */
const OPEN_CASES = statement('open_cases', casesWhere('AND open'));
const EVENTS = statement(
  'events',
  `SELECT e.* FROM unnest($2::text[]) WITH ORDINALITY n(number, ord)
     JOIN events e ON e.township_id = $1 AND e.case_number = n.number ORDER BY n.ord, e.seq`,
);
/** U+10FFFF is the highest character: up to it reaches every key that begins with the prefix. */
const FACTS = statement(
  'facts',
  `SELECT key, value FROM facts
    WHERE township_id = $1 AND key >= $2 AND key < $2 || U&'\\+10FFFF' ORDER BY key`,
);
const OUTBOX = statement(
  'outbox',
  `SELECT o.*, w.body FROM outbox o LEFT JOIN outbox_words w ON w.id = o.id
    WHERE o.township_id = $1 AND ($2::text[] IS NULL OR o.status = ANY ($2)) ORDER BY o.id LIMIT $3`,
);
const VAULT = statement(
  'vault',
  'SELECT * FROM vault WHERE township_id = $1 AND case_number = $2 ORDER BY field',
);
const CONTACTS = statement(
  'contacts',
  `SELECT c.account, c.chat, c.last_at AS at FROM unnest($2::text[], $3::text[]) WITH ORDINALITY n(account, chat, ord)
     JOIN contacts c ON c.township_id = $1 AND c.account = n.account AND c.chat = n.chat ORDER BY n.ord`,
);
const PROMPT = statement(
  'has_prompt',
  `SELECT 1 FROM prompts
    WHERE township_id = $1 AND who = $2 AND account = $3 AND chat = $4 AND expires_at > $5 LIMIT 1`,
);
const DUE = statement(
  'due_cases',
  `SELECT number, next_at AS at FROM cases
    WHERE township_id = $1 AND next_at <= $2 AND next_at IS NOT NULL ORDER BY next_at, number LIMIT $3`,
);
const NEXT_WAKE = statement(
  'next_wake',
  `SELECT least(
     (SELECT min(next_at) FROM cases WHERE township_id = $1 AND next_at IS NOT NULL),
     (SELECT min(due_at) FROM outbox WHERE township_id = $1 AND status = 'queued'),
     (SELECT min(lease_until) FROM outbox WHERE township_id = $1 AND status = 'sending' AND id <> ALL ($2::bigint[])),
     (SELECT min(run_at) FROM tasks WHERE township_id = $1 AND status = 'queued'),
     (SELECT min(lease_until) FROM tasks WHERE township_id = $1 AND status = 'running')) AS at`,
);
const POLICY = statement(
  'policy',
  'SELECT version, body AS text FROM policies WHERE township_id = $1 ORDER BY version DESC LIMIT 1',
);
const SAVE_POLICY = statement(
  'save_policy',
  'INSERT INTO policies (township_id, version, body) VALUES ($1, $2, $3)',
);
const WHO = statement('bindings', `SELECT ${BINDINGS} AS found FROM (${REVISION}) m WHERE m.revision <> $2`);
const META = statement('meta', 'SELECT value FROM meta WHERE township_id = $1 AND key = $2');
const SET_META = statement(
  'set_meta',
  `INSERT INTO meta (township_id, key, value) VALUES ($1, $2, $3)
   ON CONFLICT (township_id, key) DO UPDATE SET value = excluded.value`,
);

const decodeEvent = decoder(events);
const decodeVault = decoder(vault);

/** Over `run`, which takes a connection of the pool for each query. */
export function readsOver(run: Run) {
  return {
    cases: async (township: string, filter: CaseFilter): Promise<readonly Case[]> => {
      const { states, receivedFrom, receivedTo, after, limit } = filter;
      const range = [receivedFrom ?? null, receivedTo ?? null, after?.year ?? null, after?.serial ?? null];
      const query = states?.every(isOpen) ? OPEN_CASES : CASES;
      const rows = await run<{ body: Case }>(query, [township, states ?? null, ...range, limit ?? null]);
      return rows.map(({ body }) => body);
    },
    events: async (township: string, numbers: readonly string[]): Promise<readonly CaseEvent[]> =>
      (await run<unknown>(EVENTS, [township, numbers])).map((raw) => toEvent(decodeEvent(raw))),
    facts: async (township: string, prefix: string): Promise<ReadonlyMap<string, string>> => {
      const rows = await run<{ key: string; value: string }>(FACTS, [township, prefix]);
      return new Map(rows.map(({ key, value }) => [key, value]));
    },
    outbox: async (
      township: string,
      filter: { readonly status?: readonly OutboxStatus[]; readonly limit?: number },
    ): Promise<readonly OutboxRecord[]> => {
      const rows = await run<unknown>(OUTBOX, [township, filter.status ?? null, filter.limit ?? null]);
      return rows.map((raw) => toOutboxRecord(toTableRow(raw)));
    },
    bindings: async (township: string, known: number): Promise<Bindings | null> =>
      (await run<{ found: Bindings }>(WHO, [township, known]))[0]?.found ?? null,
    vaultEntries: async (township: string, number: string): Promise<readonly VaultEntry[]> =>
      (await run<unknown>(VAULT, [township, number])).map((raw) => toVaultEntry(decodeVault(raw))),
    contacts: (township: string, chats: readonly ChatKey[]) =>
      run<ChatKey & { readonly at: Instant }>(CONTACTS, [
        township,
        chats.map(({ account }) => account),
        chats.map(({ chat }) => chat),
      ]),
    hasPrompt: async (township: string, account: string, chat: string, who: Party, now: Instant) =>
      (await run(PROMPT, [township, who, account, chat, now])).length > 0,
    dueCases: (township: string, now: Instant, limit: number) =>
      run<{ number: string; at: Instant }>(DUE, [township, now, limit]),
    nextWake: async (township: string, settling: readonly number[]): Promise<Instant | null> =>
      (await run<{ at: Instant | null }>(NEXT_WAKE, [township, settling]))[0]?.at ?? null,
    policy: async (township: string) =>
      (await run<{ version: number; text: string }>(POLICY, [township]))[0] ?? null,
    savePolicy: async (township: string, version: number, text: string): Promise<void> => {
      await run(SAVE_POLICY, [township, version, text]);
    },
    meta: async (township: string, key: string): Promise<string | null> =>
      (await run<{ value: string }>(META, [township, key]))[0]?.value ?? null,
    setMeta: async (township: string, key: string, value: string): Promise<void> => {
      await run(SET_META, [township, key, value]);
    },
  };
}
