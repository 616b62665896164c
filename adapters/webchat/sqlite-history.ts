/** The web chat's history in a SQLite file of its own, beside the core's database. */
import type { Inbound } from '@huiyin/core/port';
import Database from 'better-sqlite3';
import type { KeptMessage, NewMessage, Photo, WebchatHistory } from './history.ts';

/** Raised when the tables change; a file of another version is refused rather than misread. */
const SCHEMA_VERSION = 1;

const SCHEMA = `
  create table messages (
    position integer primary key autoincrement,
    revision integer not null,
    chat text not null,
    id text not null,
    edited integer not null default 0,
    recalled integer not null default 0,
    body text not null,
    unique (chat, id)
  ) strict;
  create unique index messages_by_revision on messages (revision);
  create index messages_by_chat on messages (chat, position);
  create table pending (
    number integer primary key autoincrement,
    chat text not null,
    event_key text not null,
    event text not null,
    unique (chat, event_key)
  ) strict;
  create table photos (ref text primary key, mime text not null, bytes blob not null) strict, without rowid;
`;

interface Row {
  readonly position: number;
  readonly revision: number;
  readonly chat: string;
  readonly id: string;
  readonly edited: number;
  readonly recalled: number;
  readonly body: string;
}

type Body = Omit<NewMessage, 'chat' | 'id'>;

/** @param file a path, or `:memory:`. */
export function openWebchatHistory(file: string): WebchatHistory {
  return new SqliteHistory(openDatabase(file));
}

function openDatabase(file: string): Database.Database {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  // FULL: an event counts as kept before the core hears of it, also through a power cut.
  db.pragma('synchronous = FULL');
  const version = db.pragma('user_version', { simple: true });
  if (version === 0) {
    db.transaction(() => {
      db.exec(SCHEMA);
      db.pragma(`user_version = ${SCHEMA_VERSION}`);
    })();
  } else if (version !== SCHEMA_VERSION) {
    db.close();
    throw new Error(
      `网页聊天的记录文件 ${file} 是另一个版本（${version}）的，本程序认不得。请换一个文件名再启动。`,
    );
  }
  return db;
}

class SqliteHistory implements WebchatHistory {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  append(message: NewMessage, event?: Inbound): { message: KeptMessage; isNew: boolean } {
    return this.#atomically(() => {
      const known = this.find(message.chat, message.id);
      if (known) return { message: known, isNew: false };
      const { chat, id, ...body } = message;
      const insert = 'insert into messages (revision, chat, id, body) values (?, ?, ?, ?) returning *';
      const row = this.#one<Row>(insert, this.revision() + 1, chat, id, JSON.stringify(body));
      this.#keepPending(event);
      return { message: fromRow(row as Row), isNew: true };
    });
  }

  edit(chat: string, id: string, text: string, event?: Inbound): KeptMessage | null {
    return this.#change(chat, id, 'edited', (body) => ({ ...body, text }), event);
  }

  recall(chat: string, id: string, event?: Inbound): KeptMessage | null {
    const emptied = (body: Body): Body => ({ ...body, text: '', media: [], buttons: [] });
    return this.#change(chat, id, 'recalled', emptied, event);
  }

  find(chat: string, id: string): KeptMessage | null {
    const row = this.#one<Row>('select * from messages where chat = ? and id = ?', chat, id);
    return row ? fromRow(row) : null;
  }

  list(chat: string, before: number | null, limit: number): readonly KeptMessage[] {
    const select = 'select * from messages where chat = ? and position < ? order by position desc limit ?';
    return this.#all<Row>(select, chat, before ?? Number.MAX_SAFE_INTEGER, limit)
      .map(fromRow)
      .reverse();
  }

  changedSince(revision: number, limit: number): readonly KeptMessage[] {
    const select = 'select * from messages where revision > ? order by revision limit ?';
    return this.#all<Row>(select, revision, limit).map(fromRow);
  }

  revision(): number {
    return this.#one<{ last: number | null }>('select max(revision) as last from messages')?.last ?? 0;
  }

  newest(): readonly KeptMessage[] {
    const select = `select * from messages where position in (select max(position) from messages group by chat)
                    order by position`;
    return this.#all<Row>(select).map(fromRow);
  }

  pending(): readonly Inbound[] {
    const rows = this.#all<{ event: string }>('select event from pending order by number');
    return rows.map((row) => JSON.parse(row.event) as Inbound);
  }

  settle(event: Inbound): void {
    this.#run('delete from pending where chat = ? and event_key = ?', event.chat.id, event.eventKey);
  }

  keepPhoto(ref: string, photo: Photo): void {
    this.#run('insert or ignore into photos values (?, ?, ?)', ref, photo.mime, Buffer.from(photo.bytes));
  }

  photo(ref: string): Photo | null {
    const row = this.#one<{ mime: string; bytes: Uint8Array }>(
      'select mime, bytes from photos where ref = ?',
      ref,
    );
    return row ?? null;
  }

  close(): void {
    this.#db.close();
  }

  #change(
    chat: string,
    id: string,
    flag: 'edited' | 'recalled',
    changed: (body: Body) => Body,
    event: Inbound | undefined,
  ): KeptMessage | null {
    return this.#atomically(() => {
      const row = this.#one<Row>('select * from messages where chat = ? and id = ?', chat, id);
      if (!row || row.recalled === 1) return null;
      const body = JSON.stringify(changed(JSON.parse(row.body) as Body));
      const update = `update messages set body = ?, revision = ?, ${flag} = 1 where position = ? returning *`;
      const after = this.#one<Row>(update, body, this.revision() + 1, row.position);
      this.#keepPending(event);
      return fromRow(after as Row);
    });
  }

  #keepPending(event: Inbound | undefined): void {
    if (!event) return;
    const insert = 'insert or ignore into pending (chat, event_key, event) values (?, ?, ?)';
    this.#run(insert, event.chat.id, event.eventKey, JSON.stringify(event));
  }

  #atomically<T>(work: () => T): T {
    return this.#db.transaction(work).immediate();
  }

  #one<T>(sql: string, ...values: unknown[]): T | undefined {
    return this.#db.prepare(sql).get(...values) as T | undefined;
  }

  #all<T>(sql: string, ...values: unknown[]): T[] {
    return this.#db.prepare(sql).all(...values) as T[];
  }

  #run(sql: string, ...values: unknown[]): void {
    this.#db.prepare(sql).run(...values);
  }
}

function fromRow(row: Row): KeptMessage {
  const body = JSON.parse(row.body) as Body;
  return {
    ...body,
    chat: row.chat,
    id: row.id,
    position: row.position,
    revision: row.revision,
    edited: row.edited === 1,
    recalled: row.recalled === 1,
  };
}
