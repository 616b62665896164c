/** The made-up platform on loopback: events by long polling, messages, files; and its bad days. */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const TOKEN = 'planted-token-planted';

/** `lost`: taken, and never answered. */
export type Fault = { readonly status: number; readonly headers?: Readonly<Record<string, string>> } | 'lost';

interface Said {
  readonly id: string;
  readonly to: { readonly group?: string; readonly person?: string };
  readonly text: string;
  readonly files: readonly string[];
  readonly buttons: readonly { readonly label: string; readonly command: string }[];
}

export class FakePlatform {
  readonly said = new Map<string, Said>();
  readonly files = new Map<string, Uint8Array>();
  readonly #faults: Fault[] = [];
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  #events: { readonly position: number; readonly event: unknown }[] = [];
  #position = 0;
  #polls: { readonly response: ServerResponse; readonly after: number }[] = [];
  #held: (() => void)[] | null = null;
  /** Sends that came. */
  asked = 0;

  static async open(): Promise<FakePlatform> {
    const fake = new FakePlatform();
    fake.#server.listen(0, '127.0.0.1');
    await once(fake.#server, 'listening');
    return fake;
  }

  get root(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get polled(): boolean {
    return this.#polls.length > 0;
  }

  get holding(): boolean {
    return (this.#held ?? []).length > 0;
  }

  push(event: unknown): void {
    this.#events.push({ position: ++this.#position, event });
    for (const { response, after } of this.#polls.splice(0)) this.#deliver(response, after);
  }

  failNext(fault: Fault): void {
    this.#faults.push(fault);
  }

  cut(): void {
    for (const { response } of this.#polls.splice(0)) response.destroy();
  }

  hold(): () => void {
    this.#held = [];
    return () => {
      for (const answer of this.#held?.splice(0) ?? []) answer();
      this.#held = null;
    };
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.root);
    const body = Buffer.concat(await request.toArray().catch(() => []));
    const path = `${request.method} ${url.pathname}`;
    if (request.headers.authorization !== `Bearer ${TOKEN}`) response.writeHead(401).end();
    else if (path === 'GET /events') this.#deliver(response, Number(url.searchParams.get('after')));
    else if (path === 'POST /messages') this.#say(JSON.parse(body.toString()), response);
    else if (path === 'POST /files') {
      const id = `file-${this.files.size}`;
      this.files.set(id, body);
      json(response, { id });
    } else {
      const file = this.files.get(decodeURIComponent(url.pathname.slice('/files/'.length)));
      if (file) response.writeHead(200, { 'content-type': 'image/png' }).end(file);
      else response.writeHead(404).end();
    }
  }

  #deliver(response: ServerResponse, after: number): void {
    this.#events = this.#events.filter(({ position }) => position > after);
    if (this.#events.length > 0) json(response, this.#events);
    else this.#polls.push({ response, after });
    response.on('close', () => {
      this.#polls = this.#polls.filter((poll) => poll.response !== response);
    });
  }

  #say(message: Said, response: ServerResponse): void {
    this.asked++;
    const fault = this.#faults.shift();
    if (fault === 'lost') return;
    if (fault) return void response.writeHead(fault.status, fault.headers).end(`no, ${TOKEN}`);
    if (!this.said.has(message.id)) this.said.set(message.id, message);
    const answer = (): void => json(response, { id: `of-${message.id}` });
    if (this.#held) this.#held.push(answer);
    else answer();
  }
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
