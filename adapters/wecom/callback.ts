/**
 * The address that WeCom calls with what people write to the app. Signed and encrypted with what only the admin and
 * WeCom know; answered with 200 after the commit, within the five seconds after which WeCom calls again.
 * https://developer.work.weixin.qq.com/document/path/90930
 */
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AdapterLog } from '@huiyin/core/kit';
import type { CallbackConfig } from './config.ts';
import { isSame, keyOf, open, signatureOf } from './crypt.ts';
import type { Fields } from './decode-app.ts';
import { WORDS } from './words.ts';
import { fieldsOf } from './xml.ts';

/** Far above any message; a stranger's endless body is cut here. */
const MAX_BODY_BYTES = 200_000;
const REQUEST_MS = 10_000;
/** Older calls, or such of tomorrow, are somebody's who listened. */
const MOST_SKEW_MS = 5 * 60_000;
const MOST_REMEMBERED = 10_000;

export interface CallbackParts {
  readonly callback: CallbackConfig;
  readonly corpId: string;
  readonly clock: { now(): number };
  readonly log: AdapterLog;
  /** Resolves after the core's commit. */
  readonly take: (fields: Fields) => Promise<void>;
}

export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

export async function listen(parts: CallbackParts): Promise<Listener> {
  const door = new Door(parts);
  const server = createServer({ requestTimeout: REQUEST_MS }, (request, response) => {
    void answer(request, response, door);
  });
  const { host, port } = parts.callback;
  const opened = once(server, 'listening');
  server.listen(port, host);
  await opened.catch((error: NodeJS.ErrnoException) => {
    throw new Error(WORDS.port(port, error.code ?? 'UNKNOWN'));
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  await closed;
}

interface Reply {
  readonly status: number;
  readonly words?: string;
}

async function answer(request: IncomingMessage, response: ServerResponse, door: Door): Promise<void> {
  const { status, words = '' } = await door.reply(request);
  // Refused bodies are not read: the connection can't be used again.
  if (status !== 200) response.setHeader('connection', 'close');
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(words);
}

interface Signed {
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
}

class Door {
  readonly #parts: CallbackParts;
  readonly #key: Buffer | null;
  /** Calls that were taken, by signature, with the time at which they are too old anyway. */
  readonly #taken = new Map<string, number>();

  constructor(parts: CallbackParts) {
    this.#parts = parts;
    this.#key = keyOf(parts.callback.encodingAesKey);
  }

  async reply(request: IncomingMessage): Promise<Reply> {
    if (request.method !== 'GET' && request.method !== 'POST') return { status: 405 };
    const query = queryOf(request.url ?? '');
    const signed = query === null ? null : this.#signedIn(query);
    if (query === null || signed === null) return this.#refused('without signature or time');
    if (request.method === 'GET') return this.#prove(signed, query.get('echostr') ?? '');
    const body = await bodyOf(request);
    if (body === null) return { status: 413 };
    const encrypted = fieldsOf(body)?.get('Encrypt') ?? '';
    const words = this.#opened(signed, encrypted);
    return words === null ? this.#refused('not signed by WeCom for us') : this.#take(signed, words);
  }

  /** Once, when the admin saves the address. */
  #prove(signed: Signed, echo: string): Reply {
    const words = this.#opened(signed, echo);
    return words === null ? this.#refused('not signed by WeCom for us') : { status: 200, words };
  }

  async #take({ signature }: Signed, words: string): Promise<Reply> {
    if (this.#taken.has(signature)) return { status: 200 };
    const fields = fieldsOf(words);
    if (fields === null) return { status: 400 };
    try {
      await this.#parts.take(fields);
    } catch (error) {
      const detail = error instanceof Error ? error.message : 'unknown';
      this.#parts.log.error('a message to the app was not taken', { detail });
      return { status: 500 };
    }
    this.#remember(signature);
    return { status: 200 };
  }

  #signedIn(query: URLSearchParams): Signed | null {
    const signature = query.get('msg_signature') ?? '';
    const timestamp = query.get('timestamp') ?? '';
    const nonce = query.get('nonce') ?? '';
    if (signature === '' || nonce === '' || !/^\d{1,12}$/.test(timestamp)) return null;
    const skew = Math.abs(this.#parts.clock.now() - Number(timestamp) * 1_000);
    return skew <= MOST_SKEW_MS ? { signature, timestamp, nonce } : null;
  }

  /** The signature first: nothing of a stranger's is decrypted. */
  #opened({ signature, timestamp, nonce }: Signed, encrypted: string): string | null {
    const { callback, corpId } = this.#parts;
    if (encrypted === '' || this.#key === null) return null;
    if (!isSame(signature, signatureOf(callback.token, timestamp, nonce, encrypted))) return null;
    const sealed = open(this.#key, encrypted);
    return sealed !== null && isSame(sealed.receiver, corpId) ? sealed.message : null;
  }

  #refused(why: string): Reply {
    this.#parts.log.warn('a call to the app was refused', { why });
    return { status: 403 };
  }

  #remember(signature: string): void {
    const now = this.#parts.clock.now();
    this.#taken.set(signature, now + 2 * MOST_SKEW_MS);
    for (const [old, until] of this.#taken) {
      if (until > now && this.#taken.size <= MOST_REMEMBERED) break;
      this.#taken.delete(old);
    }
  }
}

function queryOf(path: string): URLSearchParams | null {
  const url = `http://here${path}`;
  return URL.canParse(url) ? new URL(url).searchParams : null;
}

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
