/**
 * HTTP as grammY's client calls it (`fetch`, then `json()`), over node's own agents. Ours, because grammY's
 * node-fetch hides what the outbox must know: whether a request that failed may have reached Telegram. And its
 * errors carry the address, in which Telegram puts the token (grammyjs/grammY#585); ours carry a code.
 */
import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';

/** @property sent the server may have acted on the request */
export class WireError extends Error {
  readonly code: string;
  readonly sent: boolean;
  readonly status: number | null;

  constructor(code: string, sent: boolean, status: number | null = null) {
    super(`no usable answer from Telegram (${code})`);
    this.name = 'WireError';
    this.code = code;
    this.sent = sent;
    this.status = status;
  }
}

export interface WireRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Readable | null;
  readonly signal?: AbortSignalLike | null;
}

/** grammY brings an AbortSignal of its own. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: 'abort', run: () => void): void;
  removeEventListener(type: 'abort', run: () => void): void;
}

export interface WireAnswer {
  readonly status: number;
  readonly bytes: Uint8Array;
  json(): Promise<unknown>;
}

export interface Wire {
  fetch(url: string, request?: WireRequest): Promise<WireAnswer>;
  /** Telegram's clock at the last answer, epoch milliseconds. */
  serverTime(): number | null;
  close(): void;
}

/** Idle connections are given up before Telegram does, so that none is found dead while a message goes out. */
const IDLE_MS = 4_000;

/** @param maxBytes of one answer; longer ones break off */
export function createWire(proxy: string | null, maxBytes: number): Wire {
  const proxyEnv = proxy === null ? {} : { proxyEnv: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy } };
  const options = { keepAlive: true, timeout: IDLE_MS, ...proxyEnv };
  const agents = { http: new http.Agent(options), https: new https.Agent(options) };
  let serverTime: number | null = null;
  return {
    async fetch(url, request = {}) {
      const secure = url.startsWith('https:');
      const given = { method: request.method ?? 'GET', headers: { ...request.headers } };
      const outgoing = secure
        ? https.request(url, { ...given, agent: agents.https })
        : http.request(url, { ...given, agent: agents.http });
      const { status, bytes, date } = await exchange(outgoing, request, { secure, maxBytes });
      serverTime = date === undefined ? serverTime : Date.parse(date);
      return { status, bytes, json: async () => parsed(status, bytes) };
    },
    serverTime: () => serverTime,
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

interface Exchanged {
  readonly status: number;
  readonly bytes: Uint8Array;
  readonly date: string | undefined;
}

function exchange(
  outgoing: http.ClientRequest,
  { body, signal }: WireRequest,
  { secure, maxBytes }: { readonly secure: boolean; readonly maxBytes: number },
): Promise<Exchanged> {
  const { promise, resolve, reject } = Promise.withResolvers<Exchanged>();
  const connected = watchConnection(outgoing, secure);
  const fail = (code: string): void => {
    reject(new WireError(code, connected()));
    outgoing.destroy();
  };
  const abort = (): void => fail('ABORTED');
  outgoing.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'NETWORK'));
  outgoing.on('response', (incoming) => {
    collect(incoming, maxBytes).then(
      (bytes) => resolve({ status: incoming.statusCode ?? 0, bytes, date: incoming.headers.date }),
      (error: unknown) => fail(error instanceof Error ? error.message : 'CUT'),
    );
  });
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) abort();
  else if (body === null || body === undefined || typeof body === 'string') outgoing.end(body ?? undefined);
  else body.on('error', () => fail('BODY')).pipe(outgoing);
  return promise.finally(() => signal?.removeEventListener('abort', abort));
}

/** Nothing of a request has left before its connection stands: before TLS is done, where there is TLS. */
function watchConnection(outgoing: http.ClientRequest, secure: boolean): () => boolean {
  let connected = false;
  outgoing.on('socket', (socket) => {
    if (outgoing.reusedSocket || !socket.connecting) connected = true;
    else socket.once(secure ? 'secureConnect' : 'connect', () => (connected = true));
  });
  return () => connected;
}

async function collect(incoming: http.IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of incoming as AsyncIterable<Uint8Array>) {
      length += piece.length;
      if (length > maxBytes) break;
      pieces.push(piece);
    }
  } catch {
    throw new Error('CUT');
  }
  if (length > maxBytes) throw new Error('TOO_LONG');
  return Buffer.concat(pieces);
}

function parsed(status: number, bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (typeof value === 'object' && value !== null && 'ok' in value) return value;
  } catch {
    // A gateway's page of HTML: its status is all there is to know.
  }
  throw new WireError('NOT_JSON', true, status);
}
