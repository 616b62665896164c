/** DingTalk's side on loopback: the documented calls of both APIs, and the stream. */
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export const CLIENT = 'dingplanted000client';
export const SECRET = 'planted-secret-planted-secret-01';
export const TOKEN = 'planted-access-token-';
export const TICKET = 'planted-ticket-';
export const WEBHOOK = 'planted-session-webhook';

export const OPEN = 'POST /v1.0/gateway/connections/open';
export const TOKENS = 'POST /v1.0/oauth2/accessToken';
export const TO_GROUP = 'POST /v1.0/robot/groupMessages/send';
export const TO_PERSON = 'POST /v1.0/robot/oToMessages/batchSend';
export const UPLOAD = 'POST /media/upload';
export const DOWNLOAD = 'POST /v1.0/robot/messageFiles/download';

type Json = Readonly<Record<string, unknown>>;

export interface Call {
  readonly name: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

/** `hang` never answers, `drop` cuts after the request came, `cut` cuts within the answer. */
export type Fault =
  | { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
  | 'hang'
  | 'drop'
  | 'cut';

interface Said {
  readonly chat: string;
  readonly text: string;
  readonly files: readonly string[];
  readonly key: string;
  readonly id: string;
}

export class FakeDingtalk {
  readonly calls: Call[] = [];
  readonly said: Said[] = [];
  /** What the app acknowledged, by the frame's messageId, as it wrote it. */
  readonly acks: Json[] = [];
  /** By downloadCode. */
  readonly files = new Map<string, Uint8Array>();
  /** Where a downloadCode leads to, if not here. */
  fileUrl: string | null = null;
  pings = 0;
  tokens = 0;
  /** The token that is good now. */
  good = 0;
  tickets = 0;
  /** Whether it takes part in the WebSocket's own ping and pong. */
  autoPong = true;
  /** What becomes of handshakes. */
  door: 'open' | 'closed' | 'silent' = 'open';
  readonly #server: Server;
  readonly #sockets: WebSocketServer;
  readonly #faults = new Map<string, Fault[]>();
  readonly #held: (() => void)[] = [];
  #holding = false;
  #frames = 0;

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#sockets = new WebSocketServer({ noServer: true, autoPong: false });
    this.#server.on('upgrade', (request, socket, head) => {
      const ticket = new URL(request.url ?? '/', this.root).searchParams.get('ticket');
      if (this.door === 'silent') return;
      // Good for one connection, and only the last.
      if (this.door === 'closed' || ticket !== `${TICKET}${this.tickets}`) return void socket.destroy();
      this.#sockets.handleUpgrade(request, socket, head, (joined) => this.#joined(joined));
    });
  }

  static async open(): Promise<FakeDingtalk> {
    const fake = new FakeDingtalk();
    fake.#server.listen(0, '127.0.0.1');
    await once(fake.#server, 'listening');
    return fake;
  }

  get root(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get connections(): number {
    return this.#sockets.clients.size;
  }

  fail(name: string, ...faults: readonly Fault[]): void {
    this.#faults.set(name, [...(this.#faults.get(name) ?? []), ...faults]);
  }

  called(name: string): readonly Call[] {
    return this.calls.filter((call) => call.name === name);
  }

  /** Keeps answers to sends back until the returned function is called. */
  hold(): () => void {
    this.#holding = true;
    return () => {
      this.#holding = false;
      for (const go of this.#held.splice(0)) go();
    };
  }

  get holding(): boolean {
    return this.#held.length > 0;
  }

  /** To one connection, as DingTalk does: the newest. @returns the frame's messageId */
  push(data: unknown, over: Json = {}): string {
    const messageId = `frame-${++this.#frames}`;
    const headers = {
      appId: 'app',
      contentType: 'application/json',
      messageId,
      time: '1793577600000',
      topic: '/v1.0/im/bot/messages/get',
    };
    this.pushRaw(
      JSON.stringify({
        specVersion: '1.0',
        type: 'CALLBACK',
        headers,
        data: typeof data === 'string' ? data : JSON.stringify(data),
        ...over,
      }),
    );
    return messageId;
  }

  system(topic: string, data: Json): void {
    const headers = { topic, messageId: `system-${topic}`, contentType: 'application/json' };
    this.pushRaw(JSON.stringify({ specVersion: '1.0', type: 'SYSTEM', headers, data: JSON.stringify(data) }));
  }

  pushRaw(frame: string | Uint8Array): void {
    [...this.#sockets.clients].at(-1)?.send(frame);
  }

  setDoor(door: FakeDingtalk['door']): void {
    this.door = door;
  }

  /** Without a word of goodbye. */
  cut(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  ackOf(messageId: string): Json | undefined {
    return this.acks.find(({ headers }) => (headers as Json).messageId === messageId);
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
    socket.on('ping', (data) => {
      this.pings++;
      if (this.autoPong) socket.pong(data);
    });
    socket.on('message', (bytes: Buffer) => this.acks.push(JSON.parse(bytes.toString()) as Json));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.root);
    const name = `${request.method} ${url.pathname}`;
    const body = await bodyOf(request);
    this.calls.push({ name, query: url.searchParams, body, headers: request.headers });
    const fault = this.#faults.get(name)?.shift();
    if (fault === 'hang') return;
    if (fault === 'drop') return void request.socket.destroy();
    if (fault === 'cut') {
      response.writeHead(200, { 'content-length': '100' }).write('{"processQueryKey":');
      return void setImmediate(() => request.socket.destroy());
    }
    if (fault) return reply(response, fault.status, fault.body, fault.headers);
    if (url.pathname.startsWith('/file/')) return this.#file(url.pathname.slice('/file/'.length), response);
    if (this.#holding && (name === TO_GROUP || name === TO_PERSON)) {
      await new Promise<void>((resolve) => this.#held.push(resolve));
    }
    const { status, body: result } = this.#result(name, url, body, request);
    reply(response, status, result);
  }

  #file(code: string, response: ServerResponse): void {
    const file = this.files.get(decodeURIComponent(code));
    if (file === undefined) reply(response, 404, 'gone');
    else response.writeHead(200, { 'content-type': 'image/jpeg; x=1' }).end(file);
  }

  #result(name: string, url: URL, body: string, request: IncomingMessage): { status: number; body: unknown } {
    if (name === TOKENS) return this.#token(JSON.parse(body) as Json);
    if (name === OPEN) return this.#opened(JSON.parse(body) as Json);
    const good = `${TOKEN}${this.good}`;
    if (name === UPLOAD) {
      if (url.searchParams.get('access_token') !== good) {
        return ok({ errcode: 88, sub_code: '40014', errmsg: `不合法的access_token ${good}` });
      }
      return ok({ errcode: 0, errmsg: 'ok', media_id: `@media-${this.calls.length}`, type: 'image' });
    }
    const token = request.headers['x-acs-dingtalk-access-token'];
    if (token !== good) {
      return {
        status: 400,
        body: { code: 'InvalidAuthentication', message: `不合法的access_token ${token}` },
      };
    }
    const given = JSON.parse(body) as Json;
    if (name === DOWNLOAD) return this.#download(String(given.downloadCode));
    if (name === TO_GROUP) return this.#say(String(given.openConversationId), given);
    if (name === TO_PERSON) return this.#say(String((given.userIds as readonly string[])[0]), given);
    return { status: 404, body: { code: 'InvalidAction.NotFound', message: 'no such call' } };
  }

  #token({ appKey, appSecret }: Json): { status: number; body: unknown } {
    if (appKey !== CLIENT || appSecret !== SECRET) {
      return { status: 400, body: { code: 'invalidClientIdOrSecret', message: `无效的 ${appSecret}` } };
    }
    this.good = ++this.tokens;
    return ok({ accessToken: `${TOKEN}${this.tokens}`, expireIn: 7200 });
  }

  #opened({ clientId, clientSecret }: Json): { status: number; body: unknown } {
    if (clientId !== CLIENT || clientSecret !== SECRET) {
      return { status: 401, body: { code: 'authFailed', message: `鉴权失败 ${clientSecret}` } };
    }
    const endpoint = `${this.root.replace('http', 'ws')}/connect`;
    return ok({ endpoint, ticket: `${TICKET}${++this.tickets}` });
  }

  #download(code: string): { status: number; body: unknown } {
    const downloadUrl = this.fileUrl ?? `${this.root}/file/${encodeURIComponent(code)}?Signature=x`;
    return this.files.has(code)
      ? ok({ downloadUrl })
      : { status: 400, body: { code: 'invalidParameter.downloadCode', message: 'no such code' } };
  }

  #say(chat: string, { msgKey, msgParam, robotCode }: Json): { status: number; body: unknown } {
    if (robotCode !== CLIENT) return { status: 404, body: { code: 'resource.not.found', message: 'robot' } };
    const param = JSON.parse(String(msgParam)) as Readonly<Record<string, string>>;
    const id = `pqk-${this.said.length + 1}`;
    const files = [param.photoURL, param.mediaId].filter((one) => one !== undefined);
    this.said.push({ chat, text: param.content ?? '', files, key: String(msgKey), id });
    return ok({ processQueryKey: id, invalidStaffIdList: [], flowControlledStaffIdList: [] });
  }
}

const ok = (body: unknown) => ({ status: 200, body });

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
