/** What the process holds after a start over 100,000 cases and a thousand messages. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { startBot } from './bot.ts';
import { readWritten, type Written } from './raw.ts';
import type { BenchSettings } from './row.ts';
import { benchTownship, line, reportText, TOWNSHIP_FILE, writersOf } from './township.ts';

const CASES = 100_000;
const MESSAGES = 1_000;
const HUIYIN = fileURLToPath(new URL('../../bin/huiyin.mjs', import.meta.url));

export async function memory({ folder }: BenchSettings): Promise<object> {
  const file = join(folder, 'memory.db');
  await fill(file);
  const env = { ...process.env, XDG_CONFIG_HOME: join(folder, 'config') };
  const args = ['start', '--adapter', 'bridge', '--township', TOWNSHIP_FILE, '--db', file];
  const start = performance.now();
  const child = spawn(process.execPath, [HUIYIN, ...args], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  const { afterStart, afterMessages, seconds } = await talk(child, start);
  child.kill('SIGTERM');
  await new Promise((resolve) => child.once('close', resolve));
  return {
    cases: CASES,
    messages: MESSAGES,
    startSeconds: seconds,
    rssMb: { afterStart, afterMessages },
    aims: { rssMb: 150 },
  };
}

/** One real report, copied under other numbers: closed long ago, as most cases of a township are. */
async function fill(file: string): Promise<void> {
  const township = benchTownship();
  const writers = writersOf(township.policy);
  const bot = await startBot(file, township);
  for (const [n, writer] of writers.entries()) await bot.take(line(`f${n}`, writer, reportText(n, writer)));
  await bot.settled();
  const written = readWritten(file, 0, bot.queued());
  await bot.stop();
  const db = new Database(file);
  db.pragma('synchronous = OFF');
  const copy = db.transaction(() => {
    for (let serial = written.length + 1; serial <= CASES; serial++) copyOne(db, written, serial);
    db.prepare('UPDATE counters SET next = ?').run(CASES + 1);
    // Nothing is due and no job has been missed: what a digest needs is measured by itself.
    db.exec("UPDATE cases SET open = 0, next_at = NULL; DELETE FROM meta WHERE key LIKE 'job:%'");
  });
  copy();
  db.close();
}

function copyOne(db: Database.Database, written: readonly Written[], serial: number): void {
  const one = written[serial % written.length];
  const before = one?.cases[0];
  if (one === undefined || before === undefined) throw new Error('there is nothing to copy');
  const number = `LC2601-${serial}`;
  const body = JSON.stringify({
    ...JSON.parse(String(before.body)),
    number,
    serial,
    state: 'closed',
    closedAt: before.received_at,
  });
  insert(db, 'cases', { ...before, number, serial, body, state: 'closed', open: 0, next_at: null });
  for (const event of one.events) insert(db, 'events', { ...event, case_number: number, message: null });
  for (const part of one.case_parts)
    if (part.role === 'reporter') insert(db, 'case_parts', { ...part, case_number: number });
  for (const { id: _, ...row } of one.outbox)
    insert(db, 'outbox', { ...row, case_number: number, status: 'sent', message_id: null });
}

const statements = new WeakMap<Database.Database, Map<string, Database.Statement>>();

function insert(db: Database.Database, table: string, row: Readonly<Record<string, unknown>>): void {
  const prepared = statements.get(db) ?? new Map<string, Database.Statement>();
  statements.set(db, prepared);
  const names = Object.keys(row);
  const known = prepared.get(table);
  const statement =
    known ??
    db.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`);
  prepared.set(table, statement);
  statement.run(names.map((name) => row[name]));
}

/** Half reports, half commands and questions, which look through the sender's many cases. */
async function talk(child: ChildProcess, start: number) {
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('the bot has no pipes');
  const handled = lines(stdout);
  const writers = writersOf(benchTownship().policy);
  const say = async (n: number): Promise<void> => {
    const writer = writers[n % writers.length];
    if (writer === undefined) throw new Error('nobody writes in this township');
    stdin.write(`${line(`m${n}`, writer, n % 2 === 0 ? reportText(n, writer) : '我报的怎么样了')}\n`);
    await handled();
  };
  await say(0);
  const seconds = Number(((performance.now() - start) / 1000).toFixed(3));
  const afterStart = await rssMb(child);
  for (let n = 1; n <= MESSAGES; n++) await say(n);
  return { afterStart, afterMessages: await rssMb(child), seconds };
}

/** Resolves with each `handled`, in turn. */
function lines(stdout: NodeJS.ReadableStream): () => Promise<void> {
  const iterator = createInterface({ input: stdout })[Symbol.asyncIterator]();
  return async () => {
    for (;;) {
      const { value, done } = await iterator.next();
      if (done === true) throw new Error('the bot has ended');
      if (String(value).includes('"handled"')) return;
    }
  };
}

/** As Linux tells it: what the process holds of the machine's memory now. */
async function rssMb({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024);
}
