/**
 * Answers a `LoadSpec` inside the transaction, selector by selector, each in a total order.
 *
 * CROSS JOIN, INDEXED BY and the plus sign in ORDER BY take choices from SQLite's planner: left to itself, it
 * walked through all cases to spare a sort of three (tests/store/sqlite-plans.test.ts watches over that).
 */
import type { Case, Instant } from '../../domain/case.ts';
import type { Gathered } from '../loaded.ts';
import { contactKey, foundKey, ownMessageId, PARTY_LIMIT } from '../loaded.ts';
import type { LoadSpec } from '../port.ts';
import { toCode, toEvent, toPrompt } from '../rows.ts';
import type { Asked } from './asked.ts';
import { readBindings } from './bindings.ts';
import { decoder, type Handle } from './tables.ts';

type Selector = (township: string, spec: LoadSpec, into: Gathered, now: Instant) => void;

/** A query of cases that gives (number, body); keeps the values, returns the numbers. */
function caseQuery(db: Handle, sql: string): (into: Gathered, ...values: unknown[]) => string[] {
  const statement = db.prepare<unknown[], [string, string]>(sql).raw();
  return (into, ...values) =>
    statement.all(...values).map(([number, body]) => {
      if (!into.cases.has(number)) into.cases.set(number, JSON.parse(body) as Case);
      return number;
    });
}

const CASE = 'SELECT c.number, c.body FROM cases c';

function byNumber(db: Handle): Selector {
  const query = caseQuery(db, `${CASE} WHERE c.township_id = ? AND c.number = ?`);
  return (township, spec, into) => {
    for (const number of spec.numbers ?? []) query(into, township, number);
  };
}

/** Years are few: by them a serial is found through the unique index, newest year first. */
function bySerial(db: Handle): Selector {
  const query = caseQuery(
    db,
    `SELECT c.number, c.body FROM counters k
       CROSS JOIN cases c ON c.township_id = k.township_id AND c.year = k.year AND c.serial = ?
      WHERE k.township_id = ? ORDER BY k.year DESC`,
  );
  return (township, spec, into) => {
    for (const serial of spec.serials ?? []) {
      into.found.set(foundKey.serial(serial), query(into, serial, township));
    }
  };
}

type About = readonly [about: string | null, cases: string];

/**
 * By the platform's id and by our own, for platforms that give none and for the bridge. Several rows may
 * have gone as one message: all their cases.
 */
function byQuote(db: Handle): Selector {
  const about = 'SELECT case_number, cases FROM outbox WHERE township_id = ? AND account = ? AND chat = ?';
  const byPlatform = db
    .prepare<unknown[], About>(`${about} AND message_id = ? AND message_id IS NOT NULL ORDER BY id`)
    .raw();
  const byOwn = db.prepare<unknown[], About>(`${about} AND id = ?`).raw();
  const one = caseQuery(db, `${CASE} WHERE c.township_id = ? AND c.number = ?`);
  return (township, spec, into) => {
    for (const { account, chat, messageId } of spec.quotes ?? []) {
      const own = ownMessageId(messageId);
      const rows = [
        ...(own === null ? [] : byOwn.all(township, account, chat, own)),
        ...byPlatform.all(township, account, chat, messageId),
      ];
      const numbers = rows.flatMap(([number, others]) => [
        ...(number === null ? [] : [number]),
        ...(JSON.parse(others) as string[]),
      ]);
      const found = [...new Set(numbers)].flatMap((number) => one(into, township, number));
      // The same message may be looked for under two chats: a protected reporter's row stands under the alias.
      const key = foundKey.quote(messageId);
      into.found.set(key, [...new Set([...(into.found.get(key) ?? []), ...found])]);
    }
  };
}

/** Most people have a handful of cases: looked up one by one, which spares a sorter and its table. */
function byParty(db: Handle): Selector {
  const parts = db
    .prepare<[string, string], string>(
      `SELECT DISTINCT case_number FROM case_parts WHERE township_id = ? AND who = ? LIMIT ${PARTY_LIMIT + 1}`,
    )
    .pluck();
  const one = caseQuery(db, `${CASE} WHERE c.township_id = ? AND c.number = ?`);
  const newest = caseQuery(
    db,
    `${CASE} WHERE c.township_id = ? AND c.number IN
            (SELECT case_number FROM case_parts WHERE township_id = ? AND who = ?)
      ORDER BY +c.year DESC, +c.serial DESC LIMIT ${PARTY_LIMIT}`,
  );
  const few = (township: string, numbers: readonly string[], into: Gathered): readonly string[] =>
    numbers
      .flatMap((number) => one(into, township, number))
      .flatMap((number) => into.cases.get(number) ?? [])
      .sort((a, b) => b.year - a.year || b.serial - a.serial)
      .map(({ number }) => number);
  return (township, spec, into) => {
    for (const who of spec.parties ?? []) {
      const numbers = parts.all(township, who);
      const many = numbers.length > PARTY_LIMIT;
      const found = many ? newest(into, township, township, who) : few(township, numbers, into);
      into.found.set(foundKey.party(who), found);
    }
  };
}

function byMessage(db: Handle): Selector {
  const query = caseQuery(
    db,
    `${CASE} WHERE c.township_id = ? AND c.number IN
            (SELECT case_number FROM events INDEXED BY events_message
              WHERE township_id = ? AND account = ? AND chat = ? AND message = ? AND message IS NOT NULL)
      ORDER BY +c.year, +c.serial`,
  );
  return (township, spec, into) => {
    for (const { account, chat, id } of spec.messages ?? []) {
      into.found.set(foundKey.message(id), query(into, township, township, account, chat, id));
    }
  };
}

function recent(db: Handle): Selector {
  const query = caseQuery(
    db,
    `${CASE} WHERE c.township_id = ? AND c.origin_account = ? AND c.origin_chat = ?
        AND c.origin_chat IS NOT NULL AND c.received_at >= ?
        AND EXISTS (SELECT 1 FROM json_each(c.body, '$.reporters') r WHERE r.value ->> '$.who' = ?)
      ORDER BY c.received_at DESC, c.year DESC, c.serial DESC`,
  );
  return (township, { recent: wanted }, into) => {
    if (!wanted) return;
    const { account, chat, who, since } = wanted;
    into.found.set(foundKey.recent, query(into, township, account, chat, since, who));
  };
}

function similar(db: Handle): Selector {
  const query = caseQuery(
    db,
    `${CASE} WHERE c.township_id = ? AND c.village = ? AND c.category = ? AND c.received_at >= ? AND c.open = 1
      ORDER BY c.received_at DESC, c.year DESC, c.serial DESC`,
  );
  return (township, spec, into) => {
    for (const { village, category, since } of spec.similar ?? []) {
      const found = query(into, township, village, category, since);
      into.found.set(foundKey.similar(village, category), found);
    }
  };
}

function seen(db: Handle): Selector {
  const query = db.prepare(
    'SELECT 1 FROM inbound WHERE township_id = ? AND account = ? AND chat = ? AND key = ?',
  );
  return (township, { inbound }, into) => {
    if (inbound && query.get(township, inbound.account, inbound.chat, inbound.key)) into.seen = true;
  };
}

function openPrompts(db: Handle, asked: Asked): Selector {
  const query = db.prepare(
    'SELECT * FROM prompts WHERE township_id = ? AND who = ? AND expires_at > ? ORDER BY opened_at, id',
  );
  const decode = decoder('prompts');
  return (township, spec, into, now) => {
    for (const who of spec.prompts ?? []) {
      if (!asked.maybe(township, who, now)) continue;
      for (const raw of query.all(township, who, now)) {
        const prompt = toPrompt(decode(raw));
        if (!into.prompts.some((known) => known.id === prompt.id)) into.prompts.push(prompt);
      }
    }
  };
}

function facts(db: Handle): Selector {
  const one = db
    .prepare<[string, string], string>('SELECT value FROM facts WHERE township_id = ? AND key = ?')
    .pluck();
  const many = db
    .prepare<unknown[], [string, string]>(
      // Everything between the prefix and the prefix with the highest character behind it.
      'SELECT key, value FROM facts WHERE township_id = ? AND key >= ? AND key < ? || char(1114111) ORDER BY key',
    )
    .raw();
  return (township, spec, into) => {
    for (const key of spec.facts ?? []) {
      const value = one.get(township, key);
      if (value !== undefined) into.facts.set(key, value);
    }
    for (const prefix of spec.factsWith ?? []) {
      for (const [key, value] of many.all(township, prefix, prefix)) into.facts.set(key, value);
    }
  };
}

function contacts(db: Handle): Selector {
  const query = db
    .prepare<[string, string, string], Instant>(
      'SELECT last_at FROM contacts WHERE township_id = ? AND account = ? AND chat = ?',
    )
    .pluck();
  return (township, spec, into) => {
    for (const key of spec.contacts ?? [])
      into.contacts.set(contactKey(key), query.get(township, key.account, key.chat) ?? null);
  };
}

/** Counted each time: a count that is kept beside its rows goes wrong one day. */
function openCounts(db: Handle): Selector {
  const query = db
    .prepare<[string, string], number>(
      'SELECT count(*) FROM cases WHERE township_id = ? AND assignee = ? AND open = 1',
    )
    .pluck();
  return (township, spec, into) => {
    for (const person of spec.openCounts ?? []) into.openCounts.set(person, query.get(township, person) ?? 0);
  };
}

function nextSerials(db: Handle): Selector {
  const query = db
    .prepare<[string, number], number>('SELECT next FROM counters WHERE township_id = ? AND year = ?')
    .pluck();
  return (township, spec, into) => {
    for (const year of spec.serialOf ?? []) into.nextSerial.set(year, query.get(township, year) ?? 1);
  };
}

function history(db: Handle): Selector {
  const query = db.prepare('SELECT * FROM events WHERE township_id = ? AND case_number = ? ORDER BY seq');
  const decode = decoder('events');
  return (township, spec, into) => {
    for (const number of spec.events ?? []) {
      into.events.set(
        number,
        query.all(township, number).map((raw) => toEvent(decode(raw))),
      );
    }
  };
}

/** One look at the revision: who is who is read whole where it has changed, which is seldom. */
function bindings(db: Handle): Selector {
  const read = readBindings(db);
  return (township, spec, into) => {
    if (spec.bindings) into.bindings = read(township, spec.bindings.known);
  };
}

function codes(db: Handle): Selector {
  const query = db.prepare('SELECT * FROM binding_codes WHERE township_id = ? AND hash = ?');
  const decode = decoder('bindingCodes');
  return (township, spec, into) => {
    for (const hash of spec.codes ?? []) {
      const raw = query.get(township, hash);
      if (raw !== undefined) into.codes.set(hash, toCode(decode(raw)));
    }
  };
}

/** All selectors over one connection, prepared once. */
export function prepareLoad(db: Handle, asked: Asked): Selector {
  const byCase = [byNumber, bySerial, byQuote, byParty, byMessage, recent, similar];
  const rest = [seen, openPrompts, facts, contacts, openCounts, nextSerials, history, bindings, codes];
  const selectors = [...byCase, ...rest].map((prepare) => prepare(db, asked));
  return (township, spec, into, now) => {
    for (const select of selectors) select(township, spec, into, now);
  };
}
