/** WeCom's side on loopback: the bot's long connection, the app's calls, group robots, files of messages. */
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { encrypt } from '../crypt.ts';

export const BOT_ID = 'aib-6f2c1e';
export const BOT_SECRET = 'planted-bot-secret-01';
export const CORP_ID = 'ww5f3e2d1c0b9a8f7e';
export const AGENT_ID = 1000002;
export const APP_SECRET = 'planted-app-secret-0123456789';
export const HOOK_KEY = 'planted-0000-4000-8000-hook';
export const TOKEN = 'planted-access-token-';

export type Json = Readonly<Record<string, unknown>>;
type Frame = { readonly cmd?: string; readonly headers: { readonly req_id: string }; readonly body?: Json };

/** `silent` takes it and says nothing; `hang` never answers, `drop` cuts after the request came, `cut` in the answer. */
export type Fault =
  | { readonly errcode: number; readonly errmsg?: string }
  | { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> }
  | 'silent'
  | 'hang'
  | 'drop'
  | 'cut';

export interface Call {
  readonly name: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

export interface Said {
  readonly road: 'answer' | 'push' | 'app' | 'appchat' | 'webhook';
  readonly chat: string;
  readonly body: Json;
}

export class FakeWecom {
  readonly said: Said[] = [];
  readonly calls: Call[] = [];
  readonly frames: Frame[] = [];
  readonly files = new Map<string, { readonly bytes: Buffer; readonly type: string }>();
  /** Hands the answers to sends back only when called. */
  held: (() => void)[] | null = null;
  subscriptions = 0;
  tokens = 0;
  expires = 7_200;
  readonly #server: Server;
  readonly #sockets: WebSocketServer;
  readonly #faults = new Map<string, Fault[]>();
  #active: WebSocket | null = null;
  #requests = 0;
  #uploads = new Map<string, { total: number; chunks: Map<number, Buffer> }>();

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#sockets = new WebSocketServer({ server: this.#server, path: '/ws' });
    this.#sockets.on('connection', (socket) => {
      socket.on('message', (bytes: Buffer) => this.#frame(socket, JSON.parse(bytes.toString()) as Frame));
      socket.on('close', () => {
        if (this.#active === socket) this.#active = null;
      });
    });
  }

  static async open(): Promise<FakeWecom> {
    const fake = new FakeWecom();
    fake.#server.listen(0, '127.0.0.1');
    await once(fake.#server, 'listening');
    return fake;
  }

  get root(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get wsUrl(): string {
    return `${this.root.replace('http', 'ws')}/ws`;
  }

  get connected(): boolean {
    return this.#active !== null;
  }

  /** The next of these commands or calls fail so, in order. */
  fail(name: string, ...faults: readonly Fault[]): void {
    this.#faults.set(name, [...(this.#faults.get(name) ?? []), ...faults]);
  }

  called(name: string): readonly Call[] {
    return this.calls.filter((call) => call.name === name);
  }

  /** @returns the request's id */
  push(body: Json, cmd = 'aibot_msg_callback'): string {
    const req_id = `req-${++this.#requests}`;
    this.pushRaw(JSON.stringify({ cmd, headers: { req_id }, body }));
    return req_id;
  }

  pushRaw(text: string): void {
    this.#active?.send(text);
  }

  /** A second connection takes the bot. */
  kick(): void {
    this.push({ ...disconnected }, 'aibot_event_callback');
  }

  cut(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  /** A file as messages carry it: an address and the key of what lies there. */
  attach(
    bytes: Buffer,
    type = 'application/octet-stream',
  ): { readonly url: string; readonly aeskey: string } {
    const key = Buffer.alloc(32, 7);
    const name = `f${this.files.size + 1}`;
    this.files.set(name, { bytes: encrypt(key, bytes), type });
    return { url: `${this.root}/files/${name}?sign=planted-sign`, aeskey: key.toString('base64') };
  }

  async close(): Promise<void> {
    this.cut();
    this.#sockets.close();
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  #fault(name: string): Fault | undefined {
    return this.#faults.get(name)?.shift();
  }

  #frame(socket: WebSocket, frame: Frame): unknown {
    const { cmd = '', headers, body = {} } = frame;
    this.frames.push(frame);
    const fault = this.#fault(cmd);
    if (fault === 'silent') return;
    if (fault === 'drop') return socket.terminate();
    const refused = typeof fault === 'object' && 'errcode' in fault ? fault : null;
    const answer = (more: Json = {}): void =>
      socket.send(JSON.stringify({ headers, errcode: 0, errmsg: 'ok', ...more, ...refused }));
    if (cmd === 'aibot_subscribe') return this.#subscribe(socket, body, answer, refused !== null);
    if (cmd.startsWith('aibot_upload_media')) return this.#upload(cmd, body, answer);
    if (refused === null && cmd === 'aibot_send_msg') {
      this.said.push({ road: 'push', chat: String(body.chatid), body });
    }
    if (refused === null && cmd === 'aibot_respond_msg') {
      this.said.push({ road: 'answer', chat: headers.req_id, body });
    }
    if (this.held && cmd !== 'ping') this.held.push(() => answer());
    else answer();
  }

  #subscribe(socket: WebSocket, body: Json, answer: (more?: Json) => void, refused: boolean): unknown {
    if (body.bot_id !== BOT_ID || body.secret !== BOT_SECRET) {
      return answer({ errcode: 853000, errmsg: `invalid secret ${String(body.secret)}` });
    }
    answer();
    if (refused) return;
    this.subscriptions++;
    this.#active = socket;
  }

  #upload(cmd: string, body: Json, answer: (more?: Json) => void): unknown {
    const id = String(body.upload_id ?? `u${this.#uploads.size + 1}`);
    if (cmd === 'aibot_upload_media_init') {
      this.#uploads.set(id, { total: Number(body.total_size), chunks: new Map() });
      return answer({ body: { upload_id: id } });
    }
    const upload = this.#uploads.get(id);
    if (cmd === 'aibot_upload_media_chunk') {
      upload?.chunks.set(Number(body.chunk_index), Buffer.from(String(body.base64_data), 'base64'));
      return answer();
    }
    const bytes = Buffer.concat(
      [...(upload?.chunks ?? [])].sort(([a], [b]) => a - b).map(([, chunk]) => chunk),
    );
    if (bytes.length !== upload?.total) return answer({ errcode: 40006, errmsg: 'size differs' });
    answer({ body: { media_id: this.#keep(bytes), type: 'file', created_at: '1' } });
  }

  #keep(bytes: Buffer): string {
    const id = `media-${this.files.size + 1}`;
    this.files.set(id, { bytes, type: 'image/jpeg' });
    return id;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.root);
    const name = url.pathname.replace('/cgi-bin/', '').replace(/^\/files\/.*/, 'file');
    const body = await bodyOf(request);
    this.calls.push({ name, query: url.searchParams, body });
    const fault = this.#fault(name);
    if (fault === 'hang' || fault === 'silent') return;
    if (fault === 'drop') return void request.socket.destroy();
    if (fault === 'cut') {
      response.writeHead(200, { 'content-length': '100' }).write('{"errcode":0');
      return void setImmediate(() => request.socket.destroy());
    }
    if (fault && 'status' in fault)
      return void response.writeHead(fault.status, fault.headers).end(fault.body);
    if (name === 'file') return this.#file(url.pathname.slice('/files/'.length), response);
    const result = fault ? { errmsg: '', ...fault } : this.#result(name, url.searchParams, body);
    if (result === null) return this.#file(url.searchParams.get('media_id') ?? '', response);
    response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' });
    const send = (): void => void response.end(JSON.stringify(result));
    if (this.held) this.held.push(send);
    else send();
  }

  #file(name: string, response: ServerResponse): void {
    const file = this.files.get(name);
    if (file) return void response.writeHead(200, { 'content-type': file.type }).end(file.bytes);
    response.writeHead(404, { 'content-type': 'text/plain' }).end('gone');
  }

  #result(name: string, query: URLSearchParams, body: string): Json | null {
    if (name === 'gettoken') return this.#token(query);
    if (name === 'webhook/send') return this.#said('webhook', query.get('key') ?? '', body);
    if (name === 'webhook/upload_media') return { ...OK, media_id: this.#keep(Buffer.from(body)) };
    if (query.get('access_token') !== `${TOKEN}${this.tokens}`) {
      return { errcode: 40014, errmsg: `invalid access_token ${query.get('access_token')}` };
    }
    if (name === 'media/get') return null;
    if (name === 'media/upload') return { ...OK, media_id: this.#keep(Buffer.from(body)) };
    if (name === 'agent/get') return { ...OK, name: '回音' };
    const { touser, chatid } = JSON.parse(body) as Readonly<Record<string, string>>;
    if (name === 'appchat/send') return this.#said('appchat', chatid ?? '', body);
    return { ...this.#said('app', touser ?? '', body), msgid: `msg-${this.said.length}` };
  }

  #said(road: Said['road'], chat: string, body: string): Json {
    this.said.push({ road, chat, body: JSON.parse(body) as Json });
    return OK;
  }

  #token(query: URLSearchParams): Json {
    if (query.get('corpid') !== CORP_ID || query.get('corpsecret') !== APP_SECRET) {
      return { errcode: 40001, errmsg: `invalid credential ${query.get('corpsecret')}` };
    }
    return { ...OK, access_token: `${TOKEN}${++this.tokens}`, expires_in: this.expires };
  }
}

const OK: Json = { errcode: 0, errmsg: 'ok' };

const disconnected: Json = {
  msgid: 'e-disconnected',
  create_time: 1_793_577_600,
  aibotid: BOT_ID,
  msgtype: 'event',
  event: { eventtype: 'disconnected_event' },
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}
