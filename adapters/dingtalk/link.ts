/**
 * One stream connection by the official SDK, from its address to its end.
 *
 * The SDK reads and dispatches frames, answers pings and writes acknowledgements; what it would do on its own is off
 * or done here, seen in 2.1.5: its requests go over axios, whose errors carry the app's secret; it prints to stdout,
 * where the bridge's lines stand; `connect()` swallows errors; it connects again each second for good; its heartbeat
 * is never ended (open-dingtalk/dingtalk-stream-sdk-nodejs#13); a frame that is no JSON ends the process; an event
 * is acknowledged before anybody has seen it; a server that says `disconnect` is not left.
 */

import { WireError } from '@huiyin/core/kit';
import type { DWClient, DWClientDownStream } from 'dingtalk-stream';
import WebSocket from 'ws';
import type { Api } from './api.ts';
import type { DingtalkOptions } from './config.ts';

export type Sdk = typeof import('dingtalk-stream');

export interface LinkParts {
  readonly options: DingtalkOptions;
  readonly sdk: Sdk;
  readonly api: Api;
  /** Whether the message may be acknowledged. */
  readonly take: (data: unknown) => Promise<boolean>;
  readonly opened: () => void;
}

/** `asked`: the server will push nothing more here, and hangs up in ten seconds. */
export type Ending =
  | { readonly why: 'cut' | 'silent' | 'asked' | 'closed' }
  | { readonly why: 'failed'; readonly error: unknown };

/** How long the handshake may take. Without a limit a stuck proxy holds it for good. */
const HANDSHAKE_MS = 15_000;
/** Nothing heard for so long, twice: a machine that slept never notices otherwise that its connection is gone. */
const PING_MS = 30_000;
/** "服务端在静默10s之后会主动断开". */
const LEAVE_MS = 10_000;
/** Far above any message; a longer frame ends the connection. */
const MAX_FRAME_BYTES = 2_000_000;

export class Link {
  /** Settled once. */
  readonly ended: Promise<Ending>;
  /** Resolves when the socket is gone. */
  readonly gone: Promise<void>;
  readonly #parts: LinkParts;
  readonly #client: DWClient;
  readonly #end = Promise.withResolvers<Ending>();
  readonly #gone = Promise.withResolvers<void>();
  #socket: WebSocket | null = null;
  #alive = true;
  #cancel: () => void = () => undefined;

  constructor(parts: LinkParts) {
    this.#parts = parts;
    this.ended = this.#end.promise;
    this.gone = this.#gone.promise;
    this.#client = this.#made();
    // Errors are noted on their way: `connect` keeps them to itself.
    void this.#client.connect();
  }

  close(): Promise<void> {
    this.#end.resolve({ why: 'closed' });
    this.#cancel();
    if (this.#socket === null) this.#gone.resolve();
    else this.#socket.terminate();
    return this.gone;
  }

  /** Leaves the server the time to read the last acknowledgements. */
  leave(): void {
    this.#cancel();
    this.#cancel = this.#parts.options.timers.after(LEAVE_MS, () => void this.close());
  }

  #made(): DWClient {
    const { options, sdk, api, take } = this.#parts;
    const client = new sdk.DWClient({ clientId: options.clientId, clientSecret: options.clientSecret });
    client.config.autoReconnect = false;
    // The SDK's own default, events of all kinds, is one list for all clients.
    client.config.subscriptions = [];
    client.registerCallbackListener(sdk.TOPIC_ROBOT, (frame) => {
      void take(frame.data).then((taken) => taken && this.#acknowledge(frame));
    });
    let address = '';
    client.getEndpoint = async () => {
      address = await this.#noting(api.openStream(client.getConfig().subscriptions));
      return client;
    };
    client._connect = () => this.#noting(this.#connected(address));
    const { onDownStream, onSystem } = client;
    client.onDownStream = (data) => this.#read(() => onDownStream.call(client, String(data)));
    client.onSystem = (frame) => {
      onSystem.call(client, frame);
      if (frame.headers.topic === 'disconnect') this.#end.resolve({ why: 'asked' });
    };
    client.onEvent = () => undefined;
    return client;
  }

  async #noting<T>(step: Promise<T>): Promise<T> {
    try {
      return await step;
    } catch (error) {
      this.#end.resolve({ why: 'failed', error });
      throw error;
    }
  }

  async #connected(address: string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const socket = new WebSocket(address, { maxPayload: MAX_FRAME_BYTES });
    this.#socket = socket;
    // Declared private, and the only way by which the SDK answers.
    Reflect.set(this.#client, 'socket', socket);
    this.#cancel = this.#parts.options.timers.after(HANDSHAKE_MS, () => socket.terminate());
    let open = false;
    socket.on('open', () => {
      open = true;
      this.#watch(socket);
      this.#parts.opened();
      resolve();
    });
    for (const sign of ['message', 'ping', 'pong'] as const) socket.on(sign, () => (this.#alive = true));
    socket.on('message', (data: unknown) => this.#client.onDownStream(data as string));
    // 'close' follows. Of the error only its code: its words may hold the address, and with it the ticket.
    let code = 'HANDSHAKE';
    socket.on('error', (error: NodeJS.ErrnoException) => (code = error.code ?? code));
    socket.on('close', () => {
      this.#cancel();
      this.#gone.resolve();
      if (open) this.#end.resolve({ why: 'cut' });
      reject(new WireError(code, false));
    });
    return promise;
  }

  #watch(socket: WebSocket): void {
    this.#cancel();
    this.#cancel = this.#parts.options.timers.after(PING_MS, () => {
      if (!this.#alive) {
        this.#end.resolve({ why: 'silent' });
        return socket.terminate();
      }
      this.#alive = false;
      socket.ping();
      this.#watch(socket);
    });
  }

  #read(run: () => void): void {
    try {
      run();
    } catch {
      this.#parts.options.log.warn('DingTalk sent a frame that can not be read');
    }
  }

  /** By the socket on which it came. */
  #acknowledge({ headers }: DWClientDownStream): void {
    // Without an id the SDK prints and throws.
    if (headers.messageId) this.#client.socketCallBackResponse(headers.messageId, null);
  }
}
