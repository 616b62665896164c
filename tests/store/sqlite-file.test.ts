/** What only a file can do: be locked, full, newer than the program, killed under one's hands. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/port.ts';
import { openSqliteStore, storeOver } from '../../src/store/sqlite/index.ts';
import { openDatabase } from '../../src/store/sqlite/open.ts';
import { aCase, aDraft, anEvent, aVaultEntry, numberOf, T0 } from '../support/cases.ts';
import { write, writing } from './contract/context.ts';

let folder = '';
let file = '';
const opened: Store[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huiyin-file-'));
  file = join(folder, 'huiyin.db');
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  rmSync(folder, { recursive: true });
});

const scope = { township: 't' };
function open(owner = 'first'): Store {
  const store = openSqliteStore({ file, now: () => T0, owner });
  opened.push(store);
  return store;
}
const code = (value: string) => expect.objectContaining({ name: 'StoreError', code: value }) as Error;

describe('opening', () => {
  it('keeps what was written, in a file that is its owner’s alone', async () => {
    await write({ store: open(), scope }, { facts: { a: '1' } });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await opened.splice(0)[0]?.close();
    const [result] = await open().transact(scope, [
      { load: { facts: ['a'] }, decide: ({ facts }) => ({ answer: facts.get('a') }) },
    ]);
    expect(result).toMatchObject({ ok: true, answer: '1' });
  });

  it('refuses a database of a newer program, in both languages, and leaves it as it is', async () => {
    await open().close();
    opened.length = 0;
    const db = new Database(file);
    db.pragma('user_version = 99');
    db.close();
    expect(() => open()).toThrow(code('newer_schema'));
    expect(() => open()).toThrow(/升级.*upgrade.*99/s);
    expect(new Database(file, { readonly: true }).pragma('user_version', { simple: true })).toBe(99);
  });

  it('refuses a second process, and says who has it', async () => {
    open('office-pc, process 4711');
    expect(() => open('second')).toThrow(code('in_use'));
    expect(() => open('second')).toThrow(/正在使用.*stop it.*4711/s);
    await opened.splice(0)[0]?.close();
    expect(() => open('second')).not.toThrow();
  });

  it('says so where the file is no database, or its folder is missing', () => {
    writeFileSync(file, 'not a database at all, but long enough to look like one'.repeat(40));
    expect(() => open()).toThrow(code('corrupt'));
    file = join(folder, 'none', 'huiyin.db');
    expect(() => open()).toThrow(code('io'));
  });
});

describe('a database that can’t be written', () => {
  it('is told to be locked, and loses nothing of what comes again', async () => {
    const store = open();
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    const started = performance.now();
    await expect(write({ store, scope }, { facts: { a: '1' } })).rejects.toThrow(code('locked'));
    expect(performance.now() - started).toBeLessThan(1000);
    other.exec('ROLLBACK');
    other.close();
    await write({ store, scope }, { facts: { a: '1' } });
  });

  it('is told to be full; what was there stays, and later writings go on', async () => {
    const db = openDatabase(file);
    const store = storeOver(db, { now: () => T0, owner: 'a' }, () => {});
    opened.push(store);
    await write({ store, scope }, { facts: { small: '1' } });
    const pages = db.pragma('page_count', { simple: true }) as number;
    db.pragma(`max_page_count = ${pages + 2}`);
    const step = (key: string, size: number) => writing({ answer: key, facts: { [key]: 'x'.repeat(size) } });
    const given = store.transact(scope, [step('a', 10), step('b', 100_000)]);
    await expect(given).rejects.toThrow(code('full'));
    await expect(given).rejects.toThrow(/磁盘已满.*full/s);
    expect(db.prepare('SELECT count(*) AS n FROM facts').get()).toEqual({ n: 1 });
    db.pragma('max_page_count = 1000000');
    const results = await store.transact(scope, [step('a', 10), step('b', 100_000)]);
    expect(results.map(({ ok }) => ok)).toEqual([true, true]);
  });

  it('is told to be closed', async () => {
    const store = open();
    await store.close();
    opened.length = 0;
    await expect(store.transact(scope, [writing({ answer: null })])).rejects.toThrow(code('closed'));
  });
});

describe('the history', () => {
  it.each([
    "UPDATE events SET type = 'case_closed'",
    'DELETE FROM events',
    "UPDATE audit SET what = 'nothing'",
    'DELETE FROM audit',
  ])('refuses %s', async (statement) => {
    const db = openDatabase(file);
    const store = storeOver(db, { now: () => T0, owner: 'a' }, () => {});
    opened.push(store);
    await write(
      { store, scope },
      {
        cases: [{ value: aCase(1), parts: [], nextAt: null }],
        events: [anEvent(numberOf(1), 1)],
        audit: [{ at: T0, by: 'li', what: 'contact_read', case: numberOf(1), detail: {} }],
      },
    );
    expect(() => db.exec(statement)).toThrow(/append-only/);
  });
});

describe('an erased contact', () => {
  it('is gone from the file, its key and all', async () => {
    const store = open();
    const marks = ['WRAPPED-KEY-WRAPPED-KEY', 'CIPHERTEXT-CIPHERTEXT'];
    const [wrappedKey, ciphertext] = marks.map((mark) => Buffer.from(mark));
    if (!wrappedKey || !ciphertext) throw new Error('no marks');
    const many = Array.from({ length: 60 }, (_, i) => `mobile.${i}`);
    const vault = many.map((field) => ({ ...aVaultEntry(numberOf(1), field), wrappedKey, ciphertext }));
    await write({ store, scope }, { vault });
    await write({ store, scope }, { eraseVault: [numberOf(1)] });
    // Closing copies the write-ahead log back and removes it.
    await opened.splice(0)[0]?.close();
    const bytes = readFileSync(file).toString('latin1');
    for (const mark of marks) expect(bytes).not.toContain(mark);
  });
});

describe('settling soon', () => {
  it('is written at the end', async () => {
    const store = open();
    const bornSending = { accounts: ['bridge'], owner: 'a', leaseMs: 1000 };
    const [result] = await store.transact(scope, [writing({ answer: null, outbox: [aDraft(1)] })], {
      bornSending,
    });
    const id = result?.ok ? (result.outbox[0]?.id ?? 0) : 0;
    store.settleSoon(scope, id, 1, { type: 'sent', messageId: null, at: T0 });
    await opened.splice(0)[0]?.close();
    expect((await open().outbox(scope, {})).map(({ status }) => status)).toEqual(['sent']);
  });
});

describe('kill -9', () => {
  it('leaves a file that opens at once and holds all that was acknowledged', {
    timeout: 20_000,
  }, async () => {
    for (let round = 0; round < 3; round += 1) {
      const acknowledged = await killedWriter(40 + round * 60);
      const store = open(`after ${round}`);
      const cases = await store.cases(scope, {});
      expect(acknowledged).toBeGreaterThan(0);
      expect(cases.length).toBeGreaterThanOrEqual(acknowledged);
      // One group more may be on disk than was told.
      expect(cases.length).toBeLessThanOrEqual(acknowledged + 3);
      expect(cases.map(({ serial }) => serial)).toEqual(cases.map((_, i) => i + 1));
      const events = await store.events(
        scope,
        cases.map(({ number }) => number),
      );
      expect(events).toHaveLength(2 * cases.length);
      expect(await store.outbox(scope, {})).toHaveLength(cases.length);
      await opened.splice(0)[0]?.close();
    }
    expect(new Database(file).pragma('integrity_check', { simple: true })).toBe('ok');
  });
});

/** Runs a writing process, kills it after so many lines, and gives how many cases it had been told. */
async function killedWriter(lines: number): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'crash', 'writer.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  const ended = new Promise((done) => child.on('close', done));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told += text;
    if (told.split('\n').length > lines) child.kill('SIGKILL');
  });
  await ended;
  // The last line may be cut short.
  return Number(told.split('\n').slice(0, -1).at(-1) ?? 0);
}
