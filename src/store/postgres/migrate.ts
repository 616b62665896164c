/** Brings the schema up to date; refuses one that is newer than this program. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { StoreError, storeWords } from '../errors.ts';
import { notConnected, translated } from './errors.ts';

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

/** Any number, the same in every process: two that start at once migrate one after the other. */
const MIGRATION_LOCK = 4_817_001;

function knownMigrations(): number {
  const journal = readFileSync(`${migrationsFolder}/meta/_journal.json`, 'utf8');
  return (JSON.parse(journal) as { entries: readonly unknown[] }).entries.length;
}

async function appliedMigrations(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ there: boolean }>(
    "SELECT to_regclass('drizzle.__drizzle_migrations') IS NOT NULL AS there",
  );
  if (!rows[0]?.there) return 0;
  const count = await client.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM drizzle.__drizzle_migrations',
  );
  return count.rows[0]?.n ?? 0;
}

/** How this program's tables stand there: none, of an older program, as this one needs them, of a newer one. */
export async function standing(client: pg.ClientBase): Promise<'none' | 'older' | 'ready' | 'newer'> {
  const has = await appliedMigrations(client);
  const known = knownMigrations();
  if (has === 0) return 'none';
  if (has === known) return 'ready';
  return has < known ? 'older' : 'newer';
}

async function upgrade(client: pg.Client): Promise<void> {
  const known = knownMigrations();
  const has = await appliedMigrations(client);
  if (has > known) throw new StoreError('newer_schema', `${storeWords.newer_schema}\n${has} > ${known}`);
  if (has < known) await migrate(drizzle(client), { migrationsFolder });
}

/** On a connection of its own, which may take its time: an index over a million rows is no answer gone astray. */
export async function migrateDatabase(pool: pg.Pool): Promise<void> {
  const client = new pg.Client({ ...pool.options, query_timeout: 0 });
  // What breaks it is heard by the query under way.
  client.on('error', () => undefined);
  await client.connect().catch((error: unknown) => {
    throw notConnected(error);
  });
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await upgrade(client);
  } catch (error) {
    throw translated(error);
  } finally {
    // The lock goes with the connection.
    await client.end().catch(() => undefined);
  }
}
