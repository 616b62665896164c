/**
 * How other commands ask a running bot: one line of JSON on a socket beside the database, one line back. Only it may
 * write to a database file, and only it holds the platforms' connections. The socket is the owner's alone.
 */

import { createHash } from 'node:crypto';
import { chmod, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import type { Issued } from '../desk/issuing.ts';
import { systemTimers } from '../kernel/clock.ts';
import { log } from '../kernel/log.ts';
import type { Instant } from '../kernel/zone.ts';
import type { ChatRef, Health, SendResult } from '../port.ts';
import { isAddress } from './database.ts';
import type { Place } from './place.ts';

export interface AccountHealth {
  readonly account: string;
  readonly health: Health;
}

/** What a running bot does for whoever may read its database. */
export interface Control {
  health(): readonly AccountHealth[];
  /** Since when its database has been away; null while it is there. */
  awaySince(): Instant | null;
  /** Those of the roster as the bot knows it; `unknown` names the others, and then nothing was made. */
  issue(
    people: readonly string[],
  ): Promise<{ readonly codes: readonly Issued[]; readonly unknown: readonly string[] }>;
  /** Null where it does not carry this account. */
  send(account: string, chat: ChatRef, text: string): Promise<SendResult | null>;
}

const request = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('health') }),
  z.strictObject({ op: z.literal('database') }),
  z.strictObject({ op: z.literal('issue'), people: z.array(z.string()).max(20_000) }),
  z.strictObject({
    op: z.literal('send'),
    account: z.string(),
    chat: z.strictObject({ id: z.string(), kind: z.enum(['group', 'direct']) }),
    text: z.string().max(2_000),
  }),
]);
export type Request = z.output<typeof request>;

/** A list of a whole township's people is some hundred kilobytes. */
const LONGEST_LINE = 4_000_000;
/** A question and its answer take no longer. */
const IDLE_MS = 60_000;

/** macOS takes 103 bytes, Linux 107. */
const LONGEST_PATH = 100;

/**
 * Beside what the sockets stand: the database's file; for one on a server, one for each account in the data folder,
 * since several processes may carry accounts on one machine.
 */
export function controlPlaces(
  { db, dataDir }: Pick<Place, 'db' | 'dataDir'>,
  accounts: readonly string[],
): readonly string[] {
  if (!isAddress(db)) return [db];
  return accounts.map((account) => join(dataDir, `huiyin-${encodeURIComponent(account)}`));
}

/** Null where the system can't name a socket there: then nobody can ask. */
export function controlPath(at: string, platform: string): string | null {
  if (platform === 'win32') {
    return `\\\\.\\pipe\\huiyin-${createHash('sha256').update(at).digest('hex').slice(0, 24)}`;
  }
  const path = `${at}.sock`;
  return Buffer.byteLength(path) > LONGEST_PATH ? null : path;
}

/** Listens until it is closed. Whoever holds the database's lock may take the path: what stands there is left over. */
export async function openControl(path: string, control: Control): Promise<() => Promise<void>> {
  const pipe = path.startsWith('\\\\');
  if (!pipe) await rm(path, { force: true });
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    answerOn(socket, control);
  });
  await listening(server, path);
  // A caller that can't be taken in is no reason to stop.
  server.on('error', (error) => log.warn('the socket beside the database failed', { error }));
  if (!pipe) await chmod(path, 0o600);
  return async () => {
    for (const socket of open) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
}

function listening(server: Server, path: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(path, () => resolve());
  return promise;
}

function answerOn(socket: Socket, control: Control): void {
  let said = '';
  socket.setEncoding('utf8');
  const cancel = systemTimers.after(IDLE_MS, () => socket.destroy());
  socket.on('close', cancel);
  // Whoever asked may have left: the answer is lost, and nothing else.
  socket.on('error', () => socket.destroy());
  socket.on('data', (piece) => {
    said += String(piece);
    if (said.length > LONGEST_LINE) socket.destroy();
    const end = said.indexOf('\n');
    if (end < 0) return;
    const line = said.slice(0, end);
    said = '';
    void answer(line, control).then((answered) => socket.end(`${JSON.stringify(answered)}\n`));
  });
}

/** `{ok: …}` or `{error: code}`: what failed is in the bot's own log, and words may hold what is nobody's. */
async function answer(line: string, control: Control): Promise<object> {
  const read = request.safeParse(parsed(line));
  if (!read.success) return { error: 'bad_request' };
  try {
    return { ok: await done(read.data, control) };
  } catch (error) {
    log.warn('what another command asked could not be done', { op: read.data.op, error });
    return { error: error instanceof Error ? error.name : 'Error' };
  }
}

function done(asked: Request, control: Control): Promise<unknown> | unknown {
  switch (asked.op) {
    case 'health':
      return control.health();
    case 'database':
      return control.awaySince();
    case 'issue':
      return control.issue(asked.people);
    case 'send':
      return control.send(asked.account, asked.chat, asked.text);
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
