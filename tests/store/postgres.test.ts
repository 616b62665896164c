import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { translated } from '../../src/store/postgres/errors.ts';
import { openPostgresStore, storeOverPool } from '../../src/store/postgres/index.ts';
import { migrateDatabase } from '../../src/store/postgres/migrate.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { aCase, anEvent, numberOf, T0 } from '../support/cases.ts';
import { faultyPool } from '../support/faults.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { write } from './contract/context.ts';
import { storeContract } from './contract.ts';

let server: PostgresServer | undefined;
beforeAll(async () => {
  server = await startPostgres();
}, 30_000);
afterAll(() => server?.stop());

/** A database of its own. */
async function fresh(): Promise<string> {
  if (!server) throw new Error('the server did not start');
  return server.createDatabase();
}

const scope = { township: 't' };
const code = (value: string) => expect.objectContaining({ name: 'StoreError', code: value }) as Error;

storeContract(
  'PostgreSQL',
  async (clock, timers) => {
    const url = await fresh();
    const options = { now: () => clock.now(), timers };
    const { pool, faults } = faultyPool(createPool(url, () => {}));
    await migrateDatabase(pool);
    const store = await storeOverPool(pool, options);
    const second = await openPostgresStore({ ...options, url });
    const close = async () => {
      await Promise.all([store.close(), second.close()]);
    };
    return { store, second, faults, close };
  },
  15,
);

describe('a database on a server', () => {
  it('is refused where a newer program wrote it', async () => {
    const url = await fresh();
    const options = { url, now: () => T0 };
    await (await openPostgresStore(options)).close();
    const client = new pg.Client(url);
    await client.connect();
    await client.query("INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('later', 9e15)");
    await client.end();
    await expect(openPostgresStore(options)).rejects.toThrow(code('newer_schema'));
  });

  it('is set up once by two processes that start together', async () => {
    const url = await fresh();
    const stores = await Promise.all([1, 2].map(() => openPostgresStore({ url, now: () => T0 })));
    for (const store of stores) await store.close();
  });

  it('is told to be out of reach, not waited for', async () => {
    const url = 'postgresql://nobody:x@127.0.0.1:1/none';
    await expect(openPostgresStore({ url, now: () => T0 })).rejects.toThrow(code('io'));
  });

  it('that asks for a password nobody gave, or knows no such database, denies; no step is to blame', async () => {
    const asked = new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string');
    expect(translated(asked)).toEqual(code('denied'));
    const url = new URL(await fresh());
    url.pathname = '/missing';
    await expect(openPostgresStore({ url: url.href, now: () => T0 })).rejects.toThrow(code('denied'));
    // A login that is refused while the program runs: the step is not given up as one that always throws.
    const store = await storeOverPool(
      createPool(url.href, () => {}),
      { now: () => T0 },
    );
    await expect(write({ store, scope }, { facts: { a: '1' } })).rejects.toThrow(code('denied'));
    await store.close();
  });

  it('goes on after its connections were cut, and writes nothing by halves', async () => {
    const url = await fresh();
    const problems: Error[] = [];
    const store = await openPostgresStore({ url, now: () => T0, problem: (error) => problems.push(error) });
    await write({ store, scope }, { facts: { a: '1' } });
    const client = new pg.Client(url);
    await client.connect();
    await client.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
    );
    await client.end();
    await expect
      .poll(
        () =>
          write({ store, scope }, { facts: { b: '2' } }).then(
            () => 'written',
            () => 'refused',
          ),
        { interval: 5 },
      )
      .toBe('written');
    await store.close();
  });

  it('wakes the other process', async () => {
    const url = await fresh();
    const [one, two] = await Promise.all([1, 2].map(() => openPostgresStore({ url, now: () => T0 })));
    if (!one || !two) throw new Error('no stores');
    const told = new Promise<void>((done) => two.onWake(done));
    await write({ store: one, scope }, { tasks: [{ key: 'a', kind: 'digest', payload: {}, runAt: T0 }] });
    await told;
    await Promise.all([one.close(), two.close()]);
  });

  it('refuses to change what happened', async () => {
    const url = await fresh();
    const store = await openPostgresStore({ url, now: () => T0 });
    await write(
      { store, scope },
      { cases: [{ value: aCase(1), parts: [], nextAt: null }], events: [anEvent(numberOf(1), 1)] },
    );
    const client = new pg.Client(url);
    await client.connect();
    await expect(client.query("UPDATE events SET type = 'x'")).rejects.toThrow(/append-only/);
    await expect(client.query('DELETE FROM events')).rejects.toThrow(/append-only/);
    await client.end();
    await store.close();
  });
});
