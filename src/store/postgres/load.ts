/**
 * Answers a whole `LoadSpec` in one query: a round trip costs more than all its parts together.
 * The parts are those of ../sqlite/load.ts, in the same order.
 */
import type { Bindings } from '../../domain/binding.ts';
import type { Case, Instant } from '../../domain/case.ts';
import { contactKey, foundKey, type Gathered, ownMessageId, PARTY_LIMIT } from '../loaded.ts';
import type { ChatKey, LoadSpec } from '../port.ts';
import { toCode, toEvent, toPrompt } from '../rows.ts';
import { bindingCodes, events, prompts } from './schema.ts';
import { decoder, type Run, type Statement } from './tables.ts';

/** Rows of the document's part `name`; each carries `ord`, its place in the request. */
const part = (name: string, columns: string): string =>
  `spec, json_to_recordset(s -> '${name}') AS q(ord int, ${columns})`;

/**
 * The rows of `table` that fit one row of the request. OFFSET 0 keeps the planner from turning the join round:
 * with tables it has not counted yet, it walked through a whole township to look up one number.
 */
const each = (name: string, table: string, columns: string, where: string): string =>
  `CROSS JOIN LATERAL (SELECT ${columns} FROM ${table} WHERE township_id = $1 AND ${where} OFFSET 0) ${name}`;
const caseOf = (number: string): string =>
  each('c', 'cases', 'number, year, serial, received_at', `number = ${number}`);

/** Case numbers by selector: (sel, ord) tell which, r1 to r3 the order within. Column names as in the first. */
const HITS = `
  SELECT 1 AS sel, q.ord, 0::bigint AS r1, 0::bigint AS r2, 0::bigint AS r3, c.number
    FROM ${part('numbers', 'number text')} ${caseOf('q.number')}
   UNION ALL
  SELECT 2, q.ord, -k.year, 0, 0, c.number
    FROM ${part('serials', 'serial int')} ${each('k', 'counters', 'year', 'true')}
    ${each('c', 'cases', 'number', 'year = k.year AND serial = q.serial')}
   UNION ALL
  SELECT 3, q.ord, o.src, o.id, n.pos, c.number
    FROM ${part('quotes', 'account text, chat text, message text, own bigint')}
   CROSS JOIN LATERAL (
     SELECT 0 AS src, id, case_number, cases FROM outbox
      WHERE id = q.own AND township_id = $1 AND account = q.account AND chat = q.chat
      UNION ALL
     SELECT 1, id, case_number, cases FROM outbox
      WHERE township_id = $1 AND account = q.account AND chat = q.chat AND message_id = q.message
        AND message_id IS NOT NULL OFFSET 0) o
   CROSS JOIN LATERAL (
     SELECT 0 AS pos, o.case_number AS number
      UNION ALL SELECT x.pos, x.number FROM json_array_elements_text(o.cases) WITH ORDINALITY x(number, pos)) n
    ${caseOf('n.number')}
   UNION ALL
  SELECT 4, q.ord, -c.year, -c.serial, 0, c.number
    FROM ${part('parties', 'who text')}
   CROSS JOIN LATERAL (
     SELECT c.* FROM (SELECT DISTINCT case_number FROM case_parts WHERE township_id = $1 AND who = q.who OFFSET 0) p
     ${caseOf('p.case_number')}
      ORDER BY c.year DESC, c.serial DESC LIMIT ${PARTY_LIMIT}) c
   UNION ALL
  SELECT 5, q.ord, c.year, c.serial, 0, c.number
    FROM ${part('messages', 'account text, chat text, id text')}
    ${each('e', 'events', 'DISTINCT case_number', 'account = q.account AND chat = q.chat AND message = q.id AND message IS NOT NULL')}
    ${caseOf('e.case_number')}
   UNION ALL
  SELECT 6, q.ord, -c.received_at, -c.year, -c.serial, c.number
    FROM ${part('recent', 'account text, chat text, who text, since bigint')}
    ${each(
      'c',
      'cases',
      'number, year, serial, received_at',
      `origin_account = q.account AND origin_chat = q.chat
      AND origin_chat IS NOT NULL AND received_at >= q.since
      AND EXISTS (SELECT 1 FROM json_array_elements(body -> 'reporters') r WHERE r ->> 'who' = q.who)`,
    )}
   UNION ALL
  SELECT 7, q.ord, -c.received_at, -c.year, -c.serial, c.number
    FROM ${part('similar', 'village text, category text, since bigint')}
    ${each(
      'c',
      'cases',
      'number, year, serial, received_at',
      `village = q.village AND category = q.category
      AND received_at >= q.since AND open`,
    )}`;

/** How often who is who has changed; 0 where nothing was ever bound. */
export const REVISION = `SELECT coalesce((SELECT value::int FROM meta
   WHERE township_id = $1 AND key = 'bindings'), 0) AS revision`;

/** The whole of it beside a revision `m`. */
export const BINDINGS = `json_build_object('revision', m.revision, 'all', coalesce(
  (SELECT json_agg(b.body ORDER BY b.kind, b.account, b.external) FROM bindings b WHERE b.township_id = $1),
  '[]'::json))`;

const LOAD: Statement = {
  name: 'load',
  text: `WITH spec AS MATERIALIZED (SELECT $2::json AS s), hits AS MATERIALIZED (${HITS})
SELECT
  EXISTS (SELECT 1 FROM ${part('inbound', 'account text, chat text, key text')}
          ${each('i', 'inbound', 'key', 'account = q.account AND chat = q.chat AND key = q.key')}) AS seen,
  (SELECT json_agg(json_build_array(sel, ord, number) ORDER BY sel, ord, r1, r2, r3) FROM hits) AS hits,
  (SELECT json_agg(c.body) FROM (SELECT DISTINCT number FROM hits) h
     ${each('c', 'cases', 'body', 'number = h.number')}) AS cases,
  (SELECT json_agg(p ORDER BY q.ord, p.opened_at, p.id) FROM ${part('prompts', 'who text')}
     ${each('p', 'prompts', '*', 'who = q.who AND expires_at > $3')}) AS prompts,
  (SELECT json_agg(json_build_array(f.key, f.value) ORDER BY q.ord, f.key)
     FROM ${part('facts', 'key text, until text')}
     ${each('f', 'facts', 'key, value', 'key >= q.key AND key < q.until')}) AS facts,
  (SELECT json_agg(json_build_array(q.who, (SELECT count(*) FROM cases c
            WHERE c.township_id = $1 AND c.assignee = q.who AND c.open)) ORDER BY q.ord)
     FROM ${part('openCounts', 'who text')}) AS counts,
  (SELECT json_agg(json_build_array(q.year, coalesce((SELECT k.next FROM counters k
            WHERE k.township_id = $1 AND k.year = q.year), 1)) ORDER BY q.ord)
     FROM ${part('serialOf', 'year int')}) AS serials,
  (SELECT json_agg(c) FROM ${part('contacts', 'account text, chat text')}
     ${each('c', 'contacts', 'account, chat, last_at AS at', 'account = q.account AND chat = q.chat')}) AS contacts,
  (SELECT json_agg(e ORDER BY e.case_number, e.seq) FROM ${part('events', 'number text')}
     ${each('e', 'events', '*', 'case_number = q.number')}) AS events,
  (SELECT ${BINDINGS} FROM ${part('bindings', 'known int')}
    CROSS JOIN LATERAL (${REVISION}) m WHERE m.revision <> q.known) AS bindings,
  (SELECT json_agg(c) FROM ${part('codes', 'hash text')}
     ${each('c', 'binding_codes', '*', 'hash = q.hash')}) AS codes`,
};

interface Answer {
  readonly seen: boolean;
  readonly hits: readonly (readonly [sel: number, ord: number, number: string])[] | null;
  readonly cases: readonly Case[] | null;
  readonly prompts: readonly unknown[] | null;
  readonly facts: readonly (readonly [key: string, value: string])[] | null;
  readonly counts: readonly (readonly [who: string, count: number])[] | null;
  readonly serials: readonly (readonly [year: number, next: number])[] | null;
  readonly events: readonly unknown[] | null;
  readonly contacts: readonly (ChatKey & { readonly at: Instant })[] | null;
  readonly bindings: Bindings | null;
  readonly codes: readonly unknown[] | null;
}

const numbered = <T extends object>(rows: readonly T[]) => rows.map((row, ord) => ({ ord, ...row }));

/** After every key that is this one or begins with this prefix; \u{10FFFF} is the highest character. */
const justAfter = (key: string): string => `${key}\u0001`;
const afterPrefix = (prefix: string): string => `${prefix}\u{10FFFF}`;

/** The request as the query reads it. */
function documentOf(spec: LoadSpec): object {
  const exact = (spec.facts ?? []).map((key) => ({ key, until: justAfter(key) }));
  const prefixes = (spec.factsWith ?? []).map((key) => ({ key, until: afterPrefix(key) }));
  return {
    inbound: spec.inbound ? numbered([spec.inbound]) : [],
    numbers: numbered((spec.numbers ?? []).map((number) => ({ number }))),
    serials: numbered((spec.serials ?? []).map((serial) => ({ serial }))),
    quotes: numbered(
      (spec.quotes ?? []).map(({ account, chat, messageId }) => {
        return { account, chat, message: messageId, own: ownMessageId(messageId) };
      }),
    ),
    parties: numbered((spec.parties ?? []).map((who) => ({ who }))),
    messages: numbered(spec.messages ?? []),
    recent: spec.recent ? numbered([spec.recent]) : [],
    similar: numbered(spec.similar ?? []),
    prompts: numbered((spec.prompts ?? []).map((who) => ({ who }))),
    facts: numbered([...exact, ...prefixes]),
    openCounts: numbered((spec.openCounts ?? []).map((who) => ({ who }))),
    serialOf: numbered((spec.serialOf ?? []).map((year) => ({ year }))),
    events: numbered((spec.events ?? []).map((number) => ({ number }))),
    contacts: numbered(spec.contacts ?? []),
    bindings: spec.bindings ? numbered([spec.bindings]) : [],
    codes: numbered((spec.codes ?? []).map((hash) => ({ hash }))),
  };
}

/** The name of what selector `sel` looked for at place `ord`; null for what was named outright. */
function keysOf(spec: LoadSpec): ReadonlyMap<number, readonly string[]> {
  return new Map([
    [2, (spec.serials ?? []).map(foundKey.serial)],
    [3, (spec.quotes ?? []).map(({ messageId }) => foundKey.quote(messageId))],
    [4, (spec.parties ?? []).map(foundKey.party)],
    [5, (spec.messages ?? []).map(({ id }) => foundKey.message(id))],
    [6, spec.recent ? [foundKey.recent] : []],
    [7, (spec.similar ?? []).map(({ village, category }) => foundKey.similar(village, category))],
  ]);
}

function gatherCases(spec: LoadSpec, answer: Answer, into: Gathered): void {
  const bodies = new Map((answer.cases ?? []).map((value) => [value.number, value]));
  const keys = keysOf(spec);
  const found = new Map([...keys.values()].flat().map((key) => [key, new Set<string>()]));
  for (const [sel, ord, number] of answer.hits ?? []) {
    const value = bodies.get(number);
    if (value && !into.cases.has(number)) into.cases.set(number, value);
    const key = keys.get(sel)?.[ord];
    if (key !== undefined) found.get(key)?.add(number);
  }
  for (const [key, numbers] of found) into.found.set(key, [...numbers]);
}

const decodePrompt = decoder(prompts);
const decodeEvent = decoder(events);
const decodeCode = decoder(bindingCodes);

function gatherRest(spec: LoadSpec, answer: Answer, into: Gathered): void {
  if (answer.seen) into.seen = true;
  for (const raw of answer.prompts ?? []) {
    const prompt = toPrompt(decodePrompt(raw));
    if (!into.prompts.some(({ id }) => id === prompt.id)) into.prompts.push(prompt);
  }
  for (const [key, value] of answer.facts ?? []) into.facts.set(key, value);
  for (const key of spec.contacts ?? []) into.contacts.set(contactKey(key), null);
  for (const { at, ...key } of answer.contacts ?? []) into.contacts.set(contactKey(key), at);
  for (const [who, count] of answer.counts ?? []) into.openCounts.set(who, count);
  if (answer.bindings) into.bindings = answer.bindings;
  for (const code of (answer.codes ?? []).map((raw) => toCode(decodeCode(raw))))
    into.codes.set(code.hash, code);
  for (const [year, next] of answer.serials ?? []) into.nextSerial.set(year, next);
  const history = (answer.events ?? []).map((raw) => toEvent(decodeEvent(raw)));
  for (const number of spec.events ?? []) {
    into.events.set(
      number,
      history.filter((event) => event.case === number),
    );
  }
}

/** Loads into `into` what the spec asks for, as of now in this transaction. */
export async function load(
  run: Run,
  township: string,
  spec: LoadSpec,
  into: Gathered,
  now: Instant,
): Promise<void> {
  const [answer] = await run<Answer>(LOAD, [township, JSON.stringify(documentOf(spec)), now]);
  if (!answer) return;
  gatherCases(spec, answer, into);
  gatherRest(spec, answer, into);
}
