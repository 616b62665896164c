/**
 * HTTP for adapters, over node's own agents. Clients that come with SDKs hide what the outbox must know: whether a
 * request that failed may have reached the platform. And their errors carry the request, in which platforms put
 * tokens (grammyjs/grammY#585, axios' `config`); ours carry a code.
 */
import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';

/**
 * @property sent the server may have acted on the request
 * @property status of an answer that could not be used; null where none came
 */
export class WireError extends Error {
  readonly code: string;
  readonly sent: boolean;
  readonly status: number | null;

  constructor(code: string, sent: boolean, status: number | null = null) {
    super(`no usable answer from the platform (${code})`);
    this.name = 'WireError';
    this.code = code;
    this.sent = sent;
    this.status = status;
  }
}

/** Some clients bring an AbortSignal of their own. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: 'abort', run: () => void): void;
  removeEventListener(type: 'abort', run: () => void): void;
}

export interface WireRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string | Readable | null;
  readonly signal: AbortSignalLike | null;
  /** Of the answer; longer ones break off as TOO_LONG. */
  readonly maxBytes: number;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

export interface Wire {
  /** @throws WireError and nothing else */
  exchange(request: WireRequest): Promise<WireAnswer>;
  /** The platform's clock at the last answer, epoch milliseconds. */
  serverTime(): number | null;
  close(): void;
}

/** Idle connections are given up before the platform does, so that none is found dead while a message goes out. */
const IDLE_MS = 4_000;

/** @param proxy an HTTP proxy's address; null goes straight */
export function createWire(proxy: string | null = null): Wire {
  const proxyEnv = proxy === null ? {} : { proxyEnv: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy } };
  const options = { keepAlive: true, timeout: IDLE_MS, ...proxyEnv };
  const agents = { http: new http.Agent(options), https: new https.Agent(options) };
  let serverTime: number | null = null;
  return {
    async exchange(request) {
      const secure = request.url.startsWith('https:');
      const answer = await exchange(begun(request, secure, agents), request, secure);
      const date = Date.parse(answer.headers.date ?? '');
      serverTime = Number.isNaN(date) ? serverTime : date;
      return answer;
    },
    serverTime: () => serverTime,
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

interface Agents {
  readonly http: http.Agent;
  readonly https: https.Agent;
}

/** Node throws at once for an address or a header that is none, and its error repeats them. */
function begun({ url, method, headers }: WireRequest, secure: boolean, agents: Agents): http.ClientRequest {
  const given = { method, headers: { ...headers } };
  try {
    return secure
      ? https.request(url, { ...given, agent: agents.https })
      : http.request(url, { ...given, agent: agents.http });
  } catch {
    throw new WireError('BAD_REQUEST', false);
  }
}

function exchange(outgoing: http.ClientRequest, request: WireRequest, secure: boolean): Promise<WireAnswer> {
  const { body, signal, maxBytes } = request;
  const { promise, resolve, reject } = Promise.withResolvers<WireAnswer>();
  const connected = watchConnection(outgoing, secure);
  const fail = (code: string): void => {
    reject(new WireError(code, connected()));
    outgoing.destroy();
  };
  const abort = (): void => fail('ABORTED');
  outgoing.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'NETWORK'));
  outgoing.on('response', (incoming) => {
    collect(incoming, maxBytes).then(
      (bytes) => resolve({ status: incoming.statusCode ?? 0, headers: headersOf(incoming), bytes }),
      (error: unknown) => fail(error instanceof Error ? error.message : 'CUT'),
    );
  });
  // Whoever changes the protocol gives no answer, and node tells nobody who has not asked for it.
  outgoing.on('upgrade', (_, socket) => {
    socket.destroy();
    fail('UPGRADE');
  });
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) abort();
  else if (isStream(body)) body.on('error', () => fail('BODY')).pipe(outgoing);
  else outgoing.end(body ?? undefined);
  return promise.finally(() => {
    signal?.removeEventListener('abort', abort);
    // An answer to half a request: the rest is for nobody, and its connection can't be used again.
    if (!outgoing.writableFinished) outgoing.destroy();
    if (isStream(body)) body.destroy();
  });
}

const isStream = (body: WireRequest['body']): body is Readable =>
  body !== null && typeof body !== 'string' && !(body instanceof Uint8Array);

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

const headersOf = ({ headers }: http.IncomingMessage): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
