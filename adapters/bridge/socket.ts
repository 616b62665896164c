/**
 * The bridge over a local WebSocket: the same lines, one a frame, for a program that is no child of ours.
 * Loopback only, one reader at a time, and only with the token: the lines carry all that people write.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Capabilities, ChatAdapter, Health, Outbound, SendResult, Sink } from '@huiyin/core/port';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { SocketOptions } from './config.ts';
import { MAX_LINE_BYTES } from './config.ts';
import { Conversation } from './connect.ts';
import { capabilitiesWith, readMedia } from './index.ts';
import type { InputLine } from './lines.ts';
import { linesOf } from './lines.ts';

export { listenSchema } from './config.ts';

export interface BridgeSocket extends ChatAdapter {
  /** `ws://127.0.0.1:8790/` */
  address(): string;
}

/** Nobody is connected: the core keeps the message and asks again. */
const NOBODY: SendResult = { type: 'deferred', retryAfterMs: 5_000 };

export function createBridgeSocket(options: SocketOptions): BridgeSocket {
  return new SocketBridge(options);
}

class SocketBridge implements BridgeSocket {
  readonly id: string;
  readonly capabilities: Capabilities;
  readonly #options: SocketOptions;
  readonly #http = createServer((_, response) => response.writeHead(426).end('WebSocket only\n'));
  // A frame a little longer than a line is still read, so that it gets its error and not a hang-up.
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: 2 * MAX_LINE_BYTES });
  #client: { readonly socket: WebSocket; readonly talk: Conversation; readonly over: Promise<void> } | null =
    null;
  #state: Health['state'] = 'connecting';
  #lastInboundAt: number | null = null;

  constructor(options: SocketOptions) {
    this.id = options.id;
    this.capabilities = capabilitiesWith(options.mediaDir);
    this.#options = options;
  }

  async start(sink: Sink): Promise<void> {
    this.#http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head, sink));
    this.#http.listen(this.#options.port, this.#options.host);
    await once(this.#http, 'listening');
    this.#state = 'online';
  }

  async send(message: Outbound): Promise<SendResult> {
    return this.#client === null ? NOBODY : this.#client.talk.send(message);
  }

  async stop(): Promise<void> {
    if (this.#state === 'stopped') return;
    this.#state = 'stopped';
    const client = this.#client;
    client?.socket.close(1001, 'the bot stops');
    await client?.over;
    this.#sockets.close();
    const closed = this.#http.listening ? once(this.#http, 'close') : null;
    this.#http.close();
    this.#http.closeAllConnections();
    await closed;
  }

  fetchMedia(ref: string): Promise<{ bytes: Uint8Array; mime: string | null }> {
    return readMedia(this.#options.mediaDir, ref);
  }

  health(): Health {
    return { state: this.#state, lastInboundAt: this.#lastInboundAt, lastError: null, qr: null };
  }

  address(): string {
    const { port } = this.#http.address() as AddressInfo;
    const { host } = this.#options;
    return `ws://${host.includes(':') ? `[${host}]` : host}:${port}/`;
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, sink: Sink): void {
    const refusal = this.#refusal(request);
    if (refusal === null) {
      this.#sockets.handleUpgrade(request, socket, head, (open) => this.#converse(open, sink));
    } else {
      socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\n\r\n`);
    }
  }

  #refusal(request: IncomingMessage): string | null {
    // A page in a browser can open sockets to this machine too; it always says where it comes from.
    if (request.headers.origin !== undefined) return '403 Forbidden';
    if (!this.#knows(request.headers.authorization)) return '401 Unauthorized';
    return this.#client === null ? null : '409 Conflict';
  }

  /** Hashed first, so that neither content nor length shows in the time taken. */
  #knows(authorization: string | undefined): boolean {
    const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
    return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${this.#options.token}`));
  }

  #converse(socket: WebSocket, sink: Sink): void {
    const wire = { lines: framesOf(socket), write: (line: string) => written(socket, line) };
    const talk = new Conversation(wire, this.#options);
    const over = talk
      .run(sink, () => {
        this.#lastInboundAt = this.#options.clock.now();
      })
      .catch((error: unknown) => this.#options.warn(`the connection broke: ${String(error)}`))
      .finally(() => {
        this.#client = null;
      });
    this.#client = { socket, talk, over };
  }
}

function written(socket: WebSocket, line: string): Promise<boolean> {
  return new Promise((resolve) => {
    // The newline belongs to the pipe, not to a frame.
    socket.send(line.trimEnd(), (error) => resolve(!error));
  });
}

/** Frames waiting to be taken; reading pauses there. */
const MOST_WAITING = 100;

/** Each frame as a line; ends with the connection. */
async function* framesOf(socket: WebSocket): AsyncGenerator<InputLine> {
  const waiting: Uint8Array[] = [];
  let ended = false;
  let wake: () => void = () => undefined;
  socket.on('message', (data: Buffer) => {
    waiting.push(data);
    if (waiting.length >= MOST_WAITING) socket.pause();
    wake();
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    ended = true;
    wake();
  });
  for (let number = 0; ; ) {
    const frame = waiting.shift();
    if (frame) {
      number++;
      if (waiting.length < MOST_WAITING / 2 && socket.isPaused) socket.resume();
      const [line] = linesOf(frame, MAX_LINE_BYTES);
      if (line) yield { ...line, number };
    } else if (ended) {
      return;
    } else {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
}
