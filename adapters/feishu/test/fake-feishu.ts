/** Feishu's side on loopback: the documented REST calls and the long connection. */
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { frame, readFrame } from './frames.ts';

export const APP_ID = 'cli_9f5343c580712544';
export const SECRET = 'planted-secret-planted-secret-01';
export const TOKEN = 't-planted-tenant-token-';
export const TICKET = 'planted-ticket-5b0a';
export const BOT = 'ou_bot';

export interface Call {
  /** `POST /open-apis/im/v1/messages` */
  readonly name: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly token: string | null;
}

/** `hang` never answers, `drop` cuts after the request came, `cut` cuts within the answer. */
export type Fault =
  | { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
  | 'hang'
  | 'drop'
  | 'cut';

interface Tls {
  readonly key: string;
  readonly cert: string;
}

interface Said {
  readonly chat: string;
  readonly type: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly replyTo: string | null;
  readonly inTopic: boolean;
  readonly id: string;
}

export class FakeFeishu {
  readonly calls: Call[] = [];
  readonly said: Said[] = [];
  readonly withdrawn: string[] = [];
  readonly files = new Map<string, Buffer>();
  /** What the app acknowledged: the event's frame id, the code, and the data in words. */
  readonly acks: { readonly id: string; readonly code: number; readonly data: string | null }[] = [];
  scopes = ['im:message', 'im:message.group_at_msg:readonly', 'im:message.p2p_msg:readonly', 'im:resource'];
  /** The tenant token that is good now. */
  tokens = 0;
  connections = 0;
  readonly #server: Server;
  readonly #sockets: WebSocketServer;
  readonly #faults = new Map<string, Fault[]>();
  readonly #uuids = new Map<string, string>();
  /** Answers to sends that are kept back; null where none are. */
  #held: (() => void)[] | null = null;
  #frames = 0;

  readonly #secure: boolean;

  private constructor(tls: Tls | null) {
    const answer = (request: IncomingMessage, response: ServerResponse): void =>
      void this.#answer(request, response);
    this.#secure = tls !== null;
    this.#server = tls === null ? createServer(answer) : createSecureServer(tls, answer);
    this.#sockets = new WebSocketServer({ server: this.#server, path: '/ws/v2' });
    this.#sockets.on('connection', (socket) => this.#joined(socket));
  }

  static async open(tls: Tls | null = null): Promise<FakeFeishu> {
    const fake = new FakeFeishu(tls);
    fake.#server.listen(0, '127.0.0.1');
    await once(fake.#server, 'listening');
    return fake;
  }

  get root(): string {
    return `http${this.#secure ? 's' : ''}://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get connected(): boolean {
    return this.#sockets.clients.size > 0;
  }

  /** The next calls of this name fail so, in order. */
  fail(name: string, ...faults: readonly Fault[]): void {
    this.#faults.set(name, [...(this.#faults.get(name) ?? []), ...faults]);
  }

  called(name: string): readonly Call[] {
    return this.calls.filter((call) => call.name === name);
  }

  /** Pushes an event to who is connected, in as many frames as asked. */
  push(event: unknown, { parts = 1, id = `f${++this.#frames}` } = {}): string {
    const payload = Buffer.from(typeof event === 'string' ? event : JSON.stringify(event));
    const size = Math.ceil(payload.length / parts);
    for (let seq = 0; seq < parts; seq++) {
      const headers = { type: 'event', message_id: id, sum: String(parts), seq: String(seq), trace_id: 't' };
      this.pushRaw(frame(1, headers, payload.subarray(seq * size, (seq + 1) * size)));
    }
    return id;
  }

  pushRaw(bytes: Uint8Array): void {
    for (const socket of this.#sockets.clients) socket.send(bytes);
  }

  /** What is sent is shown, and its answer kept back until the returned function is called. */
  hold(): () => void {
    this.#held = [];
    return () => {
      for (const answer of this.#held ?? []) answer();
      this.#held = null;
    };
  }

  get holding(): boolean {
    return (this.#held ?? []).length > 0;
  }

  /** Without a word of goodbye. */
  cut(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  async close(): Promise<void> {
    this.cut();
    this.#sockets.close();
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  #joined(socket: WebSocket): void {
    this.connections++;
    socket.on('message', (bytes: Buffer) => {
      const { method, headers, payload } = readFrame(bytes);
      if (method === 0) return socket.send(frame(0, { type: 'pong' }, Buffer.from('{"PingInterval":120}')));
      const { code, data } = JSON.parse(payload.toString()) as {
        code: number;
        data?: string;
      };
      const words = data === undefined ? null : Buffer.from(data, 'base64').toString();
      this.acks.push({ id: headers.message_id ?? '', code, data: words });
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.root);
    const name = `${request.method} ${url.pathname}`;
    const body = await bodyOf(request);
    const token = request.headers.authorization?.replace('Bearer ', '') ?? null;
    this.calls.push({ name, query: url.searchParams, body, token });
    const fault = this.#faults.get(name)?.shift();
    if (fault === 'hang') return;
    if (fault === 'drop') return void request.socket.destroy();
    if (fault === 'cut') {
      response.writeHead(200, { 'content-length': '100' }).write('{"code":0');
      return void setImmediate(() => request.socket.destroy());
    }
    if (fault) return reply(response, fault.status, fault.body, fault.headers);
    const file = this.#fileAt(url.pathname);
    if (file) return void response.writeHead(200, { 'content-type': 'image/jpeg; x=1' }).end(file);
    const result = this.#result(name, url, body, token);
    const answer = (): void => reply(response, 200, result);
    if (name === 'POST /open-apis/im/v1/messages' && this.#held) this.#held.push(answer);
    else answer();
  }

  #fileAt(path: string): Buffer | undefined {
    const [, key] = /\/resources\/([^/]+)$/.exec(path) ?? [];
    return key === undefined ? undefined : this.files.get(decodeURIComponent(key));
  }

  #result(name: string, url: URL, body: string, token: string | null): unknown {
    if (name === 'POST /open-apis/auth/v3/tenant_access_token/internal') return this.#token(body);
    if (name === 'POST /callback/ws/endpoint') return this.#endpoint(body);
    if (token !== `${TOKEN}${this.tokens}`) return { code: 99991663, msg: `token invalid ${token}` };
    if (name === 'GET /open-apis/bot/v3/info') return { code: 0, msg: 'ok', bot: { open_id: BOT } };
    if (name === 'GET /open-apis/application/v6/scopes') return ok({ scopes: this.scopes.map(granted) });
    if (name === 'POST /open-apis/im/v1/images') return ok({ image_key: `img_${this.calls.length}` });
    if (name === 'POST /open-apis/im/v1/files') return ok({ file_key: `file_${this.calls.length}` });
    if (name === 'POST /open-apis/im/v1/messages') return this.#say(JSON.parse(body), null);
    const [, replyTo] = /^POST \/open-apis\/im\/v1\/messages\/([^/]+)\/reply$/.exec(name) ?? [];
    if (replyTo !== undefined) return this.#say(JSON.parse(body), replyTo);
    const [, gone] = /^DELETE \/open-apis\/im\/v1\/messages\/([^/]+)$/.exec(name) ?? [];
    if (gone !== undefined) this.withdrawn.push(gone);
    return gone === undefined ? { code: 404, msg: `no such call ${url.pathname}` } : ok({});
  }

  #token(body: string): unknown {
    const { app_id: id, app_secret: secret } = JSON.parse(body) as Readonly<Record<string, string>>;
    if (id !== APP_ID || secret !== SECRET) return { code: 10014, msg: `app secret invalid ${secret}` };
    return { code: 0, msg: 'ok', tenant_access_token: `${TOKEN}${++this.tokens}`, expire: 7200 };
  }

  #endpoint(body: string): unknown {
    const { AppID: id, AppSecret: secret } = JSON.parse(body) as Readonly<Record<string, string>>;
    if (id !== APP_ID || secret !== SECRET) return { code: 514, msg: `auth failed ${secret}`, data: {} };
    const query = `device_id=1&service_id=7&access_key=${TICKET}-key&ticket=${TICKET}`;
    const ClientConfig = {
      PingInterval: 120,
      ReconnectCount: -1,
      ReconnectInterval: 120,
      ReconnectNonce: 30,
    };
    return ok({ URL: `${this.root.replace('http', 'ws')}/ws/v2?${query}`, ClientConfig });
  }

  #say(data: Readonly<Record<string, string>>, replyTo: string | null): unknown {
    const { uuid = '', content = '{}', msg_type: type = '', receive_id: chat = '' } = data;
    const before = this.#uuids.get(uuid);
    if (before !== undefined) return ok({ message_id: before });
    const id = `om_${this.said.length + 1}`;
    this.#uuids.set(uuid, id);
    this.said.push({
      chat,
      type,
      content: JSON.parse(content) as Said['content'],
      replyTo,
      inTopic: 'reply_in_thread' in data,
      id,
    });
    return ok({ message_id: id });
  }
}

const ok = (data: unknown): unknown => ({ code: 0, msg: 'success', data });
const granted = (scope_name: string) => ({ scope_name, grant_status: 1, scope_type: 'tenant' });

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

function reply(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
