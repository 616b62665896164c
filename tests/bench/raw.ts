/**
 * The ruler: better-sqlite3 alone writes the very rows that the bot has written, with statements prepared
 * once, one transaction a case and the same pragmas. It neither reads, thinks nor sends.
 */
import Database from 'better-sqlite3';
import type { OutboxRow } from '../../src/store/port.ts';
import { openDatabase } from '../../src/store/sqlite/open.ts';

type Row = Readonly<Record<string, unknown>>;

/** All that one report left in the database, as it was committed: messages still being sent. */
export interface Written {
  readonly inbound: readonly Row[];
  readonly cases: readonly Row[];
  readonly case_parts: readonly Row[];
  readonly events: readonly Row[];
  readonly outbox: readonly Row[];
  readonly outbox_words: readonly Row[];
}

/** In the order in which foreign keys allow them. */
const TABLES = ['inbound', 'cases', 'case_parts', 'events', 'outbox', 'outbox_words'] as const;

const BORN = { status: 'sending', lease_until: 1, settled_at: null, message_id: null };

/** Reads back what the cases above `serial` left, in their order; `queued` has the words, which are gone by now. */
export function readWritten(file: string, serial: number, queued: readonly OutboxRow[]): readonly Written[] {
  const db = new Database(file, { readonly: true });
  const statements = new Map<string, Database.Statement<unknown[], Row>>();
  const all = (sql: string, ...values: unknown[]): Row[] => {
    const known = statements.get(sql) ?? db.prepare<unknown[], Row>(sql);
    statements.set(sql, known);
    return known.all(...values);
  };
  const messages = Map.groupBy(queued, (row) => row.case);
  const cases = all('SELECT * FROM cases WHERE serial > ? ORDER BY year, serial', serial);
  const written = cases.map((row): Written => {
    const { township_id: township, number, origin_account: account, origin_chat: chat } = row;
    const { message } = JSON.parse(String(row.body)).reporters[0];
    const key = `m:${String(message).split('|')[2]}`;
    const own = messages.get(String(number)) ?? [];
    const ofCase = 'WHERE township_id = ? AND case_number = ?';
    return {
      inbound: all(
        'SELECT * FROM inbound WHERE township_id = ? AND account = ? AND chat = ? AND key = ?',
        ...[township, account, chat, key],
      ),
      cases: [row],
      case_parts: all(`SELECT * FROM case_parts ${ofCase}`, township, number),
      events: all(`SELECT * FROM events ${ofCase} ORDER BY seq`, township, number),
      outbox: own.flatMap(({ id }) => all('SELECT * FROM outbox WHERE id = ?', id)).map(asBorn),
      outbox_words: own.map((one) => ({ id: one.id, township_id: township, body: bodyOf(one) })),
    };
  });
  db.close();
  return written;
}

const asBorn = (row: Row): Row => ({ ...row, ...BORN });

function bodyOf({ address, replyTo, say, media, guard }: OutboxRow): string {
  return JSON.stringify({ address, replyTo, say, media, guards: guard === null ? [] : [guard] });
}

/**
 * Officers have dozens of open matters, not thousands: what a slice has reported is put aside before the next.
 * It would be counted for each new case, and weigh more with every slice.
 */
export function putAside(file: string): void {
  const db = new Database(file, { timeout: 5_000 });
  db.exec('UPDATE cases SET open = 0, next_at = NULL WHERE open = 1');
  db.close();
}

export interface Raw {
  write(cases: readonly Written[]): void;
  count(): number;
  close(): void;
}

/** @param like what it is going to write: its first case says which columns there are */
export function openRaw(file: string, [example]: readonly Written[]): Raw {
  if (example === undefined) throw new Error('there is nothing to write');
  const db = openDatabase(file);
  const inserts = TABLES.map((table) => ({ table, insert: inserter(db, table, example[table][0]) }));
  const move = db.prepare(
    `INSERT INTO counters (township_id, year, next) VALUES (?, ?, ?)
     ON CONFLICT (township_id, year) DO UPDATE SET next = max(next, excluded.next)`,
  );
  const settle = db.prepare(
    `UPDATE outbox SET status = 'sent', settled_at = ?, message_id = ?, lease_until = NULL
      WHERE id = ? AND fence = 1 AND status = 'sending'`,
  );
  const forget = db.prepare('DELETE FROM outbox_words WHERE id = ?');
  /** As in the bot, what was sent is recorded with the next case. */
  let sent: readonly Row[] = [];
  const one = db.transaction((written: Written) => {
    for (const { id, created_at } of sent) {
      settle.run(created_at, `o${id}`, id);
      forget.run(id);
    }
    for (const { table, insert } of inserts) for (const row of written[table]) insert(row);
    for (const { township_id, year, serial } of written.cases)
      move.run(township_id, year, Number(serial) + 1);
    sent = written.outbox;
  });
  return {
    write: (cases) => {
      for (const written of cases) one.immediate(written);
    },
    count: () => db.prepare<[], number>('SELECT count(*) FROM cases').pluck().get() ?? 0,
    close: () => db.close(),
  };
}

function inserter(db: Database.Database, table: string, example: Row | undefined): (row: Row) => void {
  if (example === undefined) throw new Error(`a report leaves no row in ${table}`);
  const names = Object.keys(example);
  const statement = db.prepare(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  );
  return (row) => statement.run(names.map((name) => row[name]));
}
