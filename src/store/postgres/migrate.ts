/** Brings the schema up to date; refuses one that is newer than this program. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import type pg from 'pg';
import { StoreError, storeWords } from '../errors.ts';
import { translated } from './errors.ts';

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

async function upgrade(client: pg.PoolClient): Promise<void> {
  const known = knownMigrations();
  const has = await appliedMigrations(client);
  if (has > known) throw new StoreError('newer_schema', `${storeWords.newer_schema}\n${has} > ${known}`);
  if (has < known) await migrate(drizzle(client), { migrationsFolder });
}

export async function migrateDatabase(pool: pg.Pool): Promise<void> {
  let client: pg.PoolClient | undefined;
  try {
    client = await pool.connect();
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await upgrade(client);
    await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    client.release();
  } catch (error) {
    // Closed, not given back: the lock goes with the connection.
    client?.release(true);
    throw translated(error);
  }
}
