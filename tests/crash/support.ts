/** Runs the bot as a process of its own, feeds it lines, and kills it itself: killing npx would spare it. */
import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const TOWNSHIP = path('seeds/township.yaml');

export interface Send {
  readonly id: string;
  readonly replyTo: string | null;
  readonly kind: string;
  readonly case: string | null;
}

/** What a reader of the bridge has seen over all runs: it drops repeats by id and counts them. */
export class Reader {
  readonly handled = new Set<string>();
  readonly sends = new Map<string, Send>();
  repeats = 0;

  take(line: string): void {
    const said = JSON.parse(line) as Send & { type: string };
    if (said.type === 'handled') this.handled.add(said.id);
    if (said.type !== 'send') return;
    if (this.sends.has(said.id)) this.repeats++;
    this.sends.set(said.id, said);
  }

  receiptsOf(message: string): readonly Send[] {
    return [...this.sends.values()].filter(({ kind, replyTo }) => kind === 'receipt' && replyTo === message);
  }
}

export interface Run {
  readonly args: readonly string[];
  readonly lines: readonly string[];
  readonly reader: Reader;
  /** Called for each line seen; true kills the process there and then. */
  readonly deadly?: (seen: number) => boolean;
}

/** @returns the signal that ended it, null where it came to its end */
export function run({ args, lines, reader, deadly = () => false }: Run): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, HUIYIN_LOG: 'silent' },
  });
  let pending = '';
  let complaint = '';
  let seen = 0;
  child.stdin.on('error', () => undefined);
  child.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  child.stdout.on('data', (chunk: Buffer) => {
    const parts = (pending + chunk.toString()).split('\n');
    pending = parts.pop() ?? '';
    for (const line of parts) {
      // What was written before the process died has left it: a reader sees it.
      reader.take(line);
      if (deadly(++seen)) child.kill('SIGKILL');
    }
  });
  child.stdin.end(`${lines.join('\n')}\n`);
  return new Promise((resolve, reject) => {
    child.on('close', (code, signal) => {
      if (signal !== null || code === 0) resolve(signal);
      else reject(new Error(`the bot ended with ${code}: ${complaint}`));
    });
  });
}

export interface Bot {
  readonly db: string;
  /** As a township runs it. */
  readonly plain: readonly string[];
  /** The same composition, dying at a window. */
  fragile(window: string, nth: number, memory?: 'idempotent' | 'forgetful'): readonly string[];
}

export async function newBot(): Promise<Bot> {
  const dir = await mkdtemp(join(tmpdir(), 'huiyin-crash-'));
  const db = join(dir, 'bot.db');
  process.env.XDG_CONFIG_HOME = dir;
  return {
    db,
    plain: [path('bin/huiyin.mjs'), 'start', '--adapter', 'bridge', '--township', TOWNSHIP, '--db', db],
    fragile: (window, nth, memory = 'idempotent') => [
      path('tests/support/fragile.ts'),
      TOWNSHIP,
      db,
      window,
      String(nth),
      memory,
    ],
  };
}

const HEADS = ['lin', 'zhou', 'xiongyumei', 'dengaiguo', 'hejinxiu'];

/** A report as a line of the bridge; each its own matter in its own place. */
export function reportLine(n: number): string {
  const head = HEADS[n % HEADS.length];
  const chat = { id: 'g-ltw', kind: 'group' };
  const text = `#上报 3组王家桥${n}号电线杆路灯不亮`;
  return JSON.stringify({ type: 'message', id: `m${n}`, chat, from: { id: `u-${head}` }, text });
}

export interface Counted {
  readonly cases: number;
  /** Messages that caused a case, each once. */
  readonly messages: readonly string[];
  readonly outbox: Readonly<Record<string, number>>;
}

/** Looks into the database after the process is gone. */
export function count(db: string): Counted {
  const handle = new Database(db, { readonly: true });
  try {
    const status = handle.prepare('SELECT status, count(*) AS n FROM outbox GROUP BY status ORDER BY status');
    const rows = status.all() as { status: string; n: number }[];
    return {
      cases: handle.prepare<[], number>('SELECT count(*) FROM cases').pluck().get() ?? 0,
      messages: handle
        .prepare<[], string>(`SELECT message FROM events WHERE type = 'case_reported' ORDER BY case_number`)
        .pluck()
        .all(),
      outbox: Object.fromEntries(rows.map((row) => [row.status, row.n])),
    };
  } finally {
    handle.close();
  }
}
