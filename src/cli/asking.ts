/** Asking a running bot, and telling whether one runs. The other side is ./control.ts. */

import { stat } from 'node:fs/promises';
import { createConnection } from 'node:net';
import Database from 'better-sqlite3';
import { systemTimers } from '../kernel/clock.ts';
import { controlPath, type Request } from './control.ts';
import { CliError } from './failure.ts';

/** A platform may take its time to send. */
const PATIENCE_MS = 45_000;

export type Answer<T> =
  /** No bot runs on this database: whoever asks may do it alone. */
  | { readonly state: 'nobody' }
  /** One runs, but can't be asked: an older version, or a path too long for a socket. */
  | { readonly state: 'deaf' }
  | { readonly state: 'answered'; readonly value: T };

/**
 * @param at where the bot listens: one of `controlPlaces`
 * @returns what the caller knows its question to be answered with
 * @throws CliError where the bot could not do it
 */
export async function askRunning<T>({ db }: { readonly db: string }, question: Request): Promise<Answer<T>> {
  const path = controlPath(db, process.platform);
  const line = path === null ? null : await exchange(path, question);
  if (line === null) return { state: (await isRunning(db)) ? 'deaf' : 'nobody' };
  const answered = JSON.parse(line) as { ok?: T; error?: string };
  if (answered.error === undefined) return { state: 'answered', value: answered.ok as T };
  throw new CliError(1, {
    what: `正在运行的机器人没有办成：${answered.error}。`,
    safe: '没有改动别的。',
    next: '看它的日志；或者停下机器人，再来一次。',
  });
}

/** Does anybody listen there? */
export async function isAnswered(path: string): Promise<boolean> {
  return (await exchange(path, { op: 'health' })) !== null;
}

/** Null where nobody listens there. */
function exchange(path: string, question: Request): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  const socket = createConnection(path);
  let said = '';
  socket.setEncoding('utf8');
  const cancel = systemTimers.after(PATIENCE_MS, () => socket.destroy());
  socket.on('connect', () => socket.write(`${JSON.stringify(question)}\n`));
  socket.on('data', (piece) => {
    said += String(piece);
  });
  socket.on('error', () => resolve(null));
  socket.on('close', () => {
    cancel();
    resolve(said.includes('\n') ? said : null);
  });
  return promise;
}

/** Who runs holds a write transaction on the lock file (src/store/sqlite/lock.ts). */
export async function isRunning(db: string): Promise<boolean> {
  const file = `${db}.lock`;
  if ((await stat(file).catch(() => null)) === null) return false;
  const lock = new Database(file, { timeout: 0 });
  try {
    lock.exec('BEGIN IMMEDIATE; ROLLBACK');
    return false;
  } catch {
    return true;
  } finally {
    lock.close();
  }
}

/** For commands that need the bot's own hand while one runs that can't be asked. */
export const deaf = (what: string): CliError =>
  new CliError(1, {
    what: `机器人正在运行，但问不到它，${what}。`,
    safe: '什么都没有改动，它照常运行。',
    next: '停下机器人，再来一次；数据库路径很长的，换一个短的目录。',
  });
