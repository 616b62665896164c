/**
 * The address that Telegram calls. It answers 200 only after the core's commit; until then Telegram keeps the
 * update, and sends no other of the same chat (grammy.dev, deployment types), so order holds without a queue.
 * For the same reason an album can't be waited for here: its first picture is the report, and the core joins
 * the others to it, as it does with any picture sent right after a report.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AdapterLog } from '@huiyin/core/kit';
import type { TelegramConfig } from './config.ts';
import type { Intake } from './intake.ts';
import { readUpdate } from './update.ts';

/** Far above any update; a stranger's endless body is cut here. */
const MAX_BODY_BYTES = 1_000_000;
const REQUEST_MS = 30_000;
const SECRET_HEADER = 'x-telegram-bot-api-secret-token';

export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

export interface ListenParts {
  readonly webhook: NonNullable<TelegramConfig['webhook']>;
  /** Null until the bot knows who it is. */
  readonly intake: () => Pick<Intake, 'take'> | null;
  readonly log: AdapterLog;
}

export async function listen(parts: ListenParts): Promise<Listener> {
  const server = createServer({ requestTimeout: REQUEST_MS }, (request, response) => {
    void answer(request, response, parts);
  });
  server.listen(parts.webhook.port, parts.webhook.host);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  await closed;
}

async function answer(request: IncomingMessage, response: ServerResponse, parts: ListenParts): Promise<void> {
  const status = await statusFor(request, parts);
  // Refused bodies are not read: the connection can't be used again.
  if (status !== 200) response.setHeader('connection', 'close');
  response.writeHead(status).end();
}

async function statusFor(request: IncomingMessage, { webhook, intake, log }: ListenParts): Promise<number> {
  if (request.method !== 'POST') return 405;
  if (!isSecret(request.headers[SECRET_HEADER], webhook.secret)) {
    log.warn('a webhook call without the right secret was refused');
    return 401;
  }
  const taking = intake();
  if (taking === null) return 503;
  const body = await bodyOf(request);
  if (body === null) return 413;
  const value = parsed(body);
  if (value === undefined) return 400;
  const update = readUpdate(value);
  // Well-formed and none of ours: refusing it would make Telegram send it again and hold its chat back.
  if (update === null) return 200;
  try {
    await taking.take([update]);
    return 200;
  } catch (error) {
    log.error('an update was not taken', { detail: error instanceof Error ? error.message : 'unknown' });
    return 500;
  }
}

/** Hashes have one length, so that the comparison takes the same time whatever was sent. */
function isSecret(given: string | string[] | undefined, secret: string): boolean {
  if (typeof given !== 'string' || given === '') return false;
  return timingSafeEqual(sha256(given), sha256(secret));
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of request as AsyncIterable<Uint8Array>) {
      length += piece.length;
      if (length > MAX_BODY_BYTES) return null;
      pieces.push(piece);
    }
  } catch {
    return '';
  }
  return Buffer.concat(pieces).toString('utf8');
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
