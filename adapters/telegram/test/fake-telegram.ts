/** A Bot API server on loopback that speaks the documented protocol, and misbehaves when told to. */
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const TOKEN = '123456789:AAplanted-token_planted-token_planted1';
export const BOT = { id: 4242, is_bot: true, first_name: '回音', username: 'huiyin_bot' };

export interface Call {
  readonly method: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly files: readonly { readonly name: string; readonly bytes: string }[];
}

/** `hang` never answers, `cut` breaks off within the answer, `drop` before it. */
export type Fault =
  | { readonly status: number; readonly body: unknown }
  | { readonly raw: string; readonly status?: number }
  | 'hang'
  | 'cut'
  | 'drop';

type Update = Readonly<Record<string, unknown>>;

/** What people see of the bot. */
export interface Said {
  readonly chat: string;
  readonly text: string;
  readonly files: readonly string[];
  readonly buttons: readonly { readonly text: string; readonly callback_data: string }[];
}

interface Poll {
  readonly response: ServerResponse;
  readonly offset: number;
}

export class FakeTelegram {
  readonly calls: Call[] = [];
  readonly said: Said[] = [];
  readonly members = new Map<string, string>();
  readonly files = new Map<string, Uint8Array>();
  me: Readonly<Record<string, unknown>> = { ...BOT, can_read_all_group_messages: true };
  webhook: Readonly<Record<string, unknown>> = { url: '', pending_update_count: 0 };
  /** Highest offset asked for: all before it is forgotten. */
  confirmed = 0;
  /** Told apart from now on by the server's Date header. */
  date: string | null = null;
  /** Told of each call, once it is counted. */
  heard: () => void = () => undefined;
  readonly #faults = new Map<string, Fault[]>();
  readonly #server: Server;
  #updates: Update[] = [];
  #nextUpdate = 1;
  #nextMessage = 1_000;
  #polls: Poll[] = [];
  /** Answers to sends that are kept back; null where none are. */
  #held: (() => void)[] | null = null;

  private constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async open(): Promise<FakeTelegram> {
    const fake = new FakeTelegram();
    fake.#server.listen(0, '127.0.0.1');
    await once(fake.#server, 'listening');
    return fake;
  }

  get root(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get polling(): boolean {
    return this.#polls.length > 0;
  }

  called(method: string): readonly Call[] {
    return this.calls.filter((call) => call.method === method);
  }

  /** The next calls of the method end so, one each. */
  fail(method: string, ...faults: readonly Fault[]): void {
    this.#faults.set(method, [...(this.#faults.get(method) ?? []), ...faults]);
  }

  /** @returns its update_id */
  push(update: Update, id = this.#nextUpdate): number {
    this.#nextUpdate = id + 1;
    this.#updates.push({ update_id: id, ...update });
    this.#flush();
    return id;
  }

  /** In one answer. */
  pushAll(updates: readonly Update[]): void {
    for (const update of updates) this.#updates.push({ update_id: this.#nextUpdate++, ...update });
    this.#flush();
  }

  /** The long poll ends without news. */
  answerEmpty(): void {
    for (const { response } of this.#polls.splice(0)) json(response, 200, { ok: true, result: [] });
  }

  /** The long poll breaks off. */
  cut(): void {
    for (const { response } of this.#polls.splice(0)) response.destroy();
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

  /** As Telegram hands it over: also what is no update. */
  pushRaw(value: Update): void {
    this.#updates.push(value);
    this.#flush();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const path = (request.url ?? '').replace(/^http:\/\/[^/]+/, '');
    if (this.date !== null) response.setHeader('date', this.date);
    if (path.startsWith(`/file/bot${TOKEN}/`)) {
      this.#file(decodeURI(path.split('/').slice(3).join('/')), response);
      return;
    }
    const [, token, method] = /^\/bot([^/]+)\/(\w+)$/.exec(path) ?? [];
    if (method === undefined) json(response, 404, refusal(404, 'Not Found'));
    else this.#call(method, token ?? '', readBody(request, body), response);
  }

  #call(method: string, token: string, body: Omit<Call, 'method'>, response: ServerResponse): void {
    this.calls.push({ method, ...body });
    setImmediate(() => this.heard());
    const fault = this.#faults.get(method)?.shift();
    if (fault !== undefined) misbehave(fault, response);
    else if (token !== TOKEN) json(response, 401, refusal(401, 'Unauthorized'));
    else if (method === 'getUpdates') this.#poll(body.payload, response);
    else if (method === 'getChatMember') this.#member(String(body.payload.chat_id), response);
    else {
      const result = this.#result(method, body);
      const answer = (): void => json(response, 200, { ok: true, result });
      if (method.startsWith('send') && this.#held) this.#held.push(answer);
      else answer();
    }
  }

  #result(method: string, { payload, files }: Omit<Call, 'method'>): unknown {
    switch (method) {
      case 'getMe':
        return this.me;
      case 'getWebhookInfo':
        return this.webhook;
      case 'getFile':
        return { file_id: payload.file_id, file_path: `photos/${String(payload.file_id)}.jpg` };
      case 'sendMessage':
      case 'sendPhoto':
      case 'sendDocument':
        return this.#sent(payload, files);
      case 'sendMediaGroup':
        return files.map((file) => this.#sent(payload, [file]));
      default:
        return true;
    }
  }

  #poll(payload: Call['payload'], response: ServerResponse): void {
    const offset = Number(payload.offset ?? 0);
    this.confirmed = Math.max(this.confirmed, offset);
    this.#updates = this.#updates.filter(({ update_id: id }) => typeof id !== 'number' || id >= offset);
    if (this.#updates.length === 0 && payload.timeout !== 0) this.#polls.push({ response, offset });
    else json(response, 200, { ok: true, result: this.#updates });
    response.on('close', () => {
      this.#polls = this.#polls.filter((poll) => poll.response !== response);
    });
  }

  #flush(): void {
    for (const { response } of this.#polls.splice(0))
      json(response, 200, { ok: true, result: this.#updates });
  }

  #sent(payload: Call['payload'], files: Call['files']): unknown {
    const text = String(payload.text ?? payload.caption ?? '');
    const { inline_keyboard: rows = [] } = (payload.reply_markup ?? {}) as {
      inline_keyboard?: Said['buttons'][];
    };
    const names = files.map(({ name }) => name);
    this.said.push({ chat: String(payload.chat_id), text, files: names, buttons: rows.flat() });
    return {
      message_id: this.#nextMessage++,
      date: 1_793_577_600,
      chat: { id: payload.chat_id },
      text: payload.text,
    };
  }

  #member(chat: string, response: ServerResponse): void {
    const status = this.members.get(chat);
    if (status === undefined) json(response, 400, refusal(400, 'Bad Request: chat not found'));
    else json(response, 200, { ok: true, result: { status, user: BOT } });
  }

  #file(path: string, response: ServerResponse): void {
    const bytes = this.files.get(path);
    if (!bytes) response.writeHead(404).end('not found');
    else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(bytes);
  }
}

export const refusal = (code: number, description: string, parameters?: Record<string, unknown>) => ({
  ok: false,
  error_code: code,
  description,
  ...(parameters === undefined ? {} : { parameters }),
});

export const tooMany = (seconds: number): Fault => ({
  status: 429,
  body: refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds }),
});

function misbehave(fault: Fault, response: ServerResponse): void {
  if (fault === 'drop') response.destroy();
  else if (fault === 'cut') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
    response.write('{"ok":true,"result":{"message_id":', () => response.destroy());
  } else if (typeof fault === 'object' && 'raw' in fault) {
    response.writeHead(fault.status ?? 200).end(fault.raw);
  } else if (typeof fault === 'object') {
    json(response, fault.status, fault.body);
  }
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of request as AsyncIterable<Uint8Array>) pieces.push(piece);
  } catch {
    // The client gave the call up.
  }
  return Buffer.concat(pieces);
}

/** JSON, or the parts of a form. */
function readBody(request: IncomingMessage, body: Buffer): Pick<Call, 'payload' | 'files'> {
  const boundary = /boundary=(.+)$/.exec(request.headers['content-type'] ?? '')?.[1];
  if (boundary === undefined)
    return { payload: body.length === 0 ? {} : JSON.parse(body.toString()), files: [] };
  const payload: Record<string, unknown> = {};
  const files: { name: string; bytes: string }[] = [];
  for (const part of body.toString('utf8').split(`--${boundary}`)) {
    const [head = '', ...rest] = part.split('\r\n\r\n');
    const content = rest.join('\r\n\r\n').replace(/\r\n$/, '');
    const name = /name="([^"]+)"/.exec(head)?.[1];
    const file = /filename=([^\r\n]+)/.exec(head)?.[1];
    if (file !== undefined) files.push({ name: file, bytes: content });
    else if (name !== undefined) payload[name] = content;
  }
  return { payload, files };
}
