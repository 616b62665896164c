/**
 * Registers of any size, made in seconds: a few real cases, played by the bot, are written again under other numbers
 * and days by bulk inserts. Ten years of them, as many each year; of the oldest some are still open, as deferred
 * matters are. Events are written for what a digest reads them of: the last months and what is open.
 */
import Database from 'better-sqlite3';
import { type Bot, startBot } from './bot.ts';
import { benchTownship, line, reportText, writersOf } from './township.ts';

export type Row = Readonly<Record<string, unknown>>;

/** A case as the bot wrote it. */
export interface Played {
  readonly row: Row;
  readonly body: Row;
  readonly events: readonly Row[];
  readonly parts: readonly Row[];
}

export interface Templates {
  readonly closed: readonly Played[];
  readonly open: readonly Played[];
}

const YEARS = 10;
const PLACES = 5_000;
const DAY = 86_400_000;
/** Events older than this are not read by any digest of the last month. */
const WITH_EVENTS_DAYS = 100;
/** One in so many of the old ones is still open. */
const OPEN_EACH = 5_000;

/** Plays reports in a fresh database: half of them until they are closed. Leaves the database as it is. */
export async function played(file: string): Promise<Templates> {
  const township = benchTownship();
  const writers = writersOf(township.policy);
  const bot = await startBot(file, township);
  for (const [n, writer] of writers.entries()) await bot.take(line(`f${n}`, writer, reportText(n, writer)));
  const cases = await bot.store.cases({ township: township.policy.roster.township.id }, {});
  for (const [n, { number, assignee }] of cases.entries()) {
    const officer = township.policy.directory.person(assignee ?? '')?.accounts.bridge;
    const writer = writers[n];
    if (n % 2 === 1 || officer === undefined || writer === undefined) continue;
    await bot.take(privately(`a${n}`, officer, `接单 ${number}`));
    await bot.take(privately(`b${n}`, officer, `办结 ${number} 已派人处理好`));
    await bot.take(privately(`c${n}`, writer.account, `${number} 满意`));
  }
  await finished(bot);
  return readPlayed(file);
}

async function finished(bot: Bot): Promise<void> {
  await bot.settled();
  await bot.stop();
}

function privately(id: string, account: string, text: string): string {
  return JSON.stringify({
    type: 'message',
    id,
    chat: { id: account, kind: 'direct' },
    from: { id: account },
    text,
  });
}

function readPlayed(file: string): Templates {
  const db = new Database(file, { readonly: true });
  const of = (table: string, number: unknown): Row[] =>
    db.prepare<unknown[], Row>(`SELECT * FROM ${table} WHERE case_number = ?`).all(number);
  const all = db
    .prepare<[], Row>('SELECT * FROM cases ORDER BY year, serial')
    .all()
    .map((row): Played => {
      const { number } = row;
      const body: Row = JSON.parse(String(row.body));
      return { row, body, events: of('events', number), parts: of('case_parts', number) };
    });
  db.close();
  return {
    closed: all.filter(({ row }) => row.state === 'closed'),
    open: all.filter(({ row }) => row.state === 'assigned'),
  };
}

/** Writes a case again under another number, which it returns, with all its times moved by `shift`. */
export type Copy = (
  one: Played,
  to: { readonly year: number; readonly serial: number; readonly shift: number; readonly events: boolean },
) => string;

/** Fills what `played` has left up to `count` cases, the newest on the day of the played ones. */
export function fill(file: string, { closed, open }: Templates, count: number): void {
  const db = bulk(file, 'OFF');
  const copy = copier(db);
  const each = Math.ceil(count / YEARS);
  const newest = Number(closed[0]?.row.received_at);
  const write = db.transaction(() => {
    const thisYear = new Date(newest).getUTCFullYear();
    const before = new Map([[thisYear, Number(db.prepare('SELECT max(serial) FROM cases').pluck().get())]]);
    for (let n = count - [...before.values()].reduce((a, b) => a + b); n > 0; n--) {
      // Evenly over the years, the oldest first.
      const days = (n / each) * 365;
      const shift = -Math.round(days * DAY);
      const year = new Date(newest + shift).getUTCFullYear();
      const serial = (before.get(year) ?? 0) + 1;
      before.set(year, serial);
      const isOpen = n % OPEN_EACH === 1;
      const from = isOpen ? open : closed;
      const one = from[n % from.length];
      if (one === undefined) throw new Error('there is nothing to copy');
      copy(one, { year, serial, shift, events: isOpen || days < WITH_EVENTS_DAYS });
    }
    for (const [year, serial] of before) setCounter(db, String(closed[0]?.row.township_id), year, serial + 1);
    // Nothing is due and no job has been missed: what is measured is put there by whoever measures.
    db.exec(
      "UPDATE cases SET next_at = NULL WHERE next_at IS NOT NULL; DELETE FROM meta WHERE key LIKE 'job:%'",
    );
  });
  write();
  db.close();
}

function setCounter(db: Database.Database, township: string, year: number, next: number): void {
  db.prepare(
    `INSERT INTO counters (township_id, year, next) VALUES (?, ?, ?)
     ON CONFLICT (township_id, year) DO UPDATE SET next = excluded.next`,
  ).run(township, year, next);
}

/**
 * Fast and careless, for a database that is thrown away afterwards. Without a journal nothing is written twice; a
 * database that is in use keeps its log.
 */
export function bulk(file: string, journal: 'OFF' | 'WAL'): Database.Database {
  const db = new Database(file, { timeout: 10_000 });
  db.pragma(`journal_mode = ${journal}`);
  db.pragma('synchronous = OFF');
  return db;
}

export function copier(db: Database.Database): Copy {
  const inserts = new Map<string, Database.Statement>();
  const insert = (table: string, row: Row): void => {
    const names = Object.keys(row);
    let statement = inserts.get(table);
    if (statement === undefined) {
      const marks = names.map(() => '?').join(', ');
      statement = db.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${marks})`);
      inserts.set(table, statement);
    }
    statement.run(names.map((name) => row[name]));
  };
  return ({ row, body, events, parts }, { year, serial, shift, events: wanted }) => {
    const number = `LC${String(year).slice(2)}01-${serial}`;
    // Places are many: a register in which each matter repeats thousands of others is no township's.
    const place = `${body.place ?? ''}${serial % PLACES}号`;
    const named = { number, year, serial, place };
    const moved = { ...movedBy(shift, body), ...named };
    insert('cases', {
      ...row,
      ...{ number, year, serial, body: JSON.stringify(moved) },
      received_at: Number(row.received_at) + shift,
      active_until: row.open === 1 ? row.active_until : Number(row.active_until) + shift,
      next_at: row.next_at === null ? null : Number(row.next_at) + shift,
    });
    if (!wanted) return number;
    for (const part of parts) insert('case_parts', { ...part, case_number: number });
    for (const event of events) {
      const data = { ...movedBy(shift, JSON.parse(String(event.data))) };
      if ('number' in data) Object.assign(data, named);
      const at = Number(event.at) + shift;
      insert('events', { ...event, case_number: number, message: null, at, data: JSON.stringify(data) });
    }
    return number;
  };
}

/** Instants are the only numbers so great. */
const INSTANT = 1e12;

function movedBy(shift: number, value: Row): Row {
  const moved: Record<string, unknown> = {};
  for (const [key, one] of Object.entries(value))
    moved[key] = typeof one === 'number' && one > INSTANT ? one + shift : one;
  return moved;
}
