/**
 * HTTP as the SDK calls it (its `httpInstance`), over node's own agents instead of axios. Ours, because axios hides
 * what the outbox must know: whether a request that failed may have reached Feishu. And axios' errors carry the
 * whole request with its Authorization header and the app's secret; ours carry a code.
 */
import http from 'node:http';
import https from 'node:https';

/** @property sent the server may have acted on the request */
export class WireError extends Error {
  readonly code: string;
  readonly sent: boolean;

  constructor(code: string, sent: boolean) {
    super(`no usable answer from Feishu (${code})`);
    this.name = 'WireError';
    this.code = code;
    this.sent = sent;
  }
}

export interface WireRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  readonly signal: AbortSignal;
  /** Of the answer; longer ones break off. */
  readonly maxBytes: number;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

export interface Wire {
  exchange(request: WireRequest): Promise<WireAnswer>;
  close(): void;
}

/** Idle connections are given up before Feishu does, so that none is found dead while a message goes out. */
const IDLE_MS = 4_000;

export function createWire(): Wire {
  const options = { keepAlive: true, timeout: IDLE_MS };
  const agents = { http: new http.Agent(options), https: new https.Agent(options) };
  return {
    exchange: (request) => {
      const secure = request.url.startsWith('https:');
      const given = { method: request.method, headers: { ...request.headers } };
      const outgoing = secure
        ? https.request(request.url, { ...given, agent: agents.https })
        : http.request(request.url, { ...given, agent: agents.http });
      return exchange(outgoing, request, secure);
    },
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

function exchange(outgoing: http.ClientRequest, request: WireRequest, secure: boolean): Promise<WireAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<WireAnswer>();
  const connected = watchConnection(outgoing, secure);
  const fail = (code: string): void => {
    reject(new WireError(code, connected()));
    outgoing.destroy();
  };
  const abort = (): void => fail('ABORTED');
  outgoing.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'NETWORK'));
  outgoing.on('response', (incoming) => {
    collect(incoming, request.maxBytes).then(
      (bytes) => resolve({ status: incoming.statusCode ?? 0, headers: headersOf(incoming), bytes }),
      (error: unknown) => fail(error instanceof Error ? error.message : 'CUT'),
    );
  });
  request.signal.addEventListener('abort', abort);
  if (request.signal.aborted) abort();
  else outgoing.end(request.body ?? undefined);
  return promise.finally(() => request.signal.removeEventListener('abort', abort));
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

const headersOf = ({ headers }: http.IncomingMessage): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
