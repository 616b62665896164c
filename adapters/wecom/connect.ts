/**
 * The bot's long connection, until it is stopped. Each connection is one client of the official SDK, used up when it
 * ends: the SDK's own reconnecting gives up after ten times, waits by the machine's timers, and never comes back
 * once another connection has taken the bot (`disconnected_event`).
 */
import type { AdapterLog, AdapterTimers, Redact } from '@huiyin/core/kit';
import { backoffMs, Patience, WireError } from '@huiyin/core/kit';
import type { WSClient, WsFrame } from '@wecom/aibot-node-sdk';
import type { Condition } from './condition.ts';
import type { AibotConfig, WecomOptions } from './config.ts';
import type { FileType } from './encode.ts';
import { ApiError } from './outcome.ts';
import { WORDS } from './words.ts';

export type Sdk = typeof import('@wecom/aibot-node-sdk');

/** Only where a bot is used. */
export const loadSdk = (): Promise<Sdk> => import('@wecom/aibot-node-sdk');

export interface LinkParts {
  readonly sdk: Sdk;
  readonly aibot: AibotConfig;
  readonly options: Pick<WecomOptions, 'clock'> & { readonly timers: AdapterTimers };
  readonly log: AdapterLog;
  readonly condition: Condition;
  readonly clean: Redact;
  readonly onMessage: (frame: unknown) => void;
  readonly onEvent: (frame: unknown) => void;
}

/** Handshake and subscription: a proxy that takes the connection and says nothing would hold it for good. */
const SUBSCRIBE_MS = 15_000;
/** The SDK waits five seconds by the machine's timers; this is for a clock that is ours. */
const ANSWER_MS = 6_000;
const UPLOAD_MS = 60_000;
/** Far above any message; files come by address. */
const MAX_FRAME_BYTES = 1_000_000;
/** Two programs that both came back at once would throw each other out without end. */
export const KICKED_MS = 5 * 60_000;
const REFUSED_MS = 60_000;
/** A connection that held for so long was a good one: the next begins at once. */
const HELD_MS = 60_000;
/** Requests of this connection that can still be answered. */
const MOST_REQUESTS = 2_000;

/** Set by the SDK where the subscription was refused, whatever the reason. */
const AUTH_FAILED = 'WS_AUTH_FAILURE_EXHAUSTED';
/** Its last word, as it may not reconnect; the only one where no socket could be made. */
const GAVE_UP = 'WS_RECONNECT_EXHAUSTED';

type End =
  | { readonly why: 'cut' | 'silent' | 'kicked' | 'stopped' }
  | { readonly why: 'refused' | 'network'; readonly detail: string };

type Json = Readonly<Record<string, unknown>>;

export class Link {
  readonly #parts: LinkParts;
  readonly #patience: Patience;
  readonly #waiting = new Set<(error: WireError) => void>();
  readonly #requests = new Set<string>();
  #client: WSClient | null = null;
  #hangUp: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: LinkParts) {
    this.#parts = parts;
    this.#patience = new Patience(parts.options.timers);
  }

  /** Subscribed, and the socket open. */
  get online(): boolean {
    return this.#client?.isConnected === true;
  }

  /** Returns once it is under way: a township must start while WeCom can't be reached. */
  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#patience.stop();
    this.#hangUp();
    this.abandon();
    await this.#running;
  }

  /** Gives up whatever answer is waited for. */
  abandon(): void {
    for (const fail of this.#waiting) fail(new WireError('ABORTED', true));
  }

  /** Whether it came by this connection: WeCom knows a request by no other (846605). */
  canAnswer(request: string): boolean {
    return this.online && this.#requests.has(request);
  }

  /** A request is answered once; what follows is pushed. @throws ApiError, WireError */
  async answer(request: string, body: Json): Promise<void> {
    this.#requests.delete(request);
    await this.#asked(ANSWER_MS, (client) => client.reply({ headers: { req_id: request } }, { ...body }));
  }

  /** @throws ApiError, WireError */
  async push(chat: string, body: Json): Promise<void> {
    // `chat_type` is documented and not in the SDK's type.
    await this.#asked(ANSWER_MS, (client) =>
      client.sendMessage(chat, body as unknown as Parameters<WSClient['sendMessage']>[1]),
    );
  }

  /** @returns the file's id, good for three days. @throws ApiError, WireError */
  upload(bytes: Buffer, filename: string, type: FileType): Promise<string> {
    return this.#asked(UPLOAD_MS, async (client) => {
      const { media_id: id } = await client.uploadMedia(bytes, { type, filename });
      return id;
    });
  }

  async #asked<T>(limit: number, run: (client: WSClient) => Promise<T>): Promise<T> {
    const client = this.#client;
    if (client === null || !client.isConnected) throw new WireError('NOT_CONNECTED', false);
    const { promise, reject } = Promise.withResolvers<never>();
    const cancel = this.#parts.options.timers.after(limit, () => reject(new WireError('NO_ANSWER', true)));
    this.#waiting.add(reject);
    try {
      return await Promise.race([run(client), promise]);
    } catch (error) {
      throw refusalIn(error, this.#parts.clean);
    } finally {
      cancel();
      this.#waiting.delete(reject);
    }
  }

  async #run(): Promise<void> {
    const { clock } = this.#parts.options;
    for (let failures = 0; !this.#patience.stopped; ) {
      const since = clock.now();
      const end = await this.#connected();
      if (this.#patience.stopped) return;
      this.#tell(end);
      failures = end.why === 'cut' && clock.now() - since > HELD_MS ? 1 : failures + 1;
      await this.#patience.pause(pauseAfter(end, failures));
    }
  }

  #tell(end: End): void {
    const { condition, log } = this.#parts;
    if (end.why === 'kicked') condition.kicked('aibot', WORDS.kicked);
    else if (end.why === 'refused') condition.kicked('aibot', WORDS.botRefused(end.detail));
    else if (end.why === 'network') condition.lost('aibot', WORDS.network(end.detail));
    else condition.lost('aibot', end.why === 'silent' ? WORDS.botSilent : WORDS.cut);
    log.warn('the long connection to WeCom is down', {
      why: end.why,
      ...('detail' in end && { detail: end.detail }),
    });
  }

  /** One connection, from the handshake to its end. */
  async #connected(): Promise<End> {
    const { sdk, options } = this.#parts;
    const { promise, resolve } = Promise.withResolvers<End>();
    const client = new sdk.WSClient({ ...this.#settings(), logger: SILENT });
    this.#requests.clear();
    this.#hangUp = () => resolve({ why: 'stopped' });
    const cancel = options.timers.after(SUBSCRIBE_MS, () => resolve({ why: 'silent' }));
    this.#listen(client, resolve, cancel);
    client.connect();
    const end = await promise;
    cancel();
    this.#client = null;
    client.removeAllListeners();
    client.disconnect();
    return end;
  }

  #settings() {
    const { botId, secret, wsUrl } = this.#parts.aibot;
    const wsOptions = { maxPayload: MAX_FRAME_BYTES, handshakeTimeout: SUBSCRIBE_MS };
    return { botId, secret, wsUrl, wsOptions, maxReconnectAttempts: 0, maxAuthFailureAttempts: 0 };
  }

  #listen(client: WSClient, end: (end: End) => void, subscribed: () => void): void {
    const { condition, log, onMessage, onEvent } = this.#parts;
    let refusal: Error | null = null;
    client.on('authenticated', () => {
      subscribed();
      this.#client = client;
      condition.online('aibot');
      log.info('the WeCom bot is connected');
    });
    client.on('message', (frame) => {
      this.#remember(frame);
      onMessage(frame);
    });
    client.on('event', onEvent);
    client.on('error', (error) => {
      const code = codeOf(error);
      if (code === AUTH_FAILED) end({ why: 'refused', detail: refusal?.message ?? '' });
      else if (code === GAVE_UP) end(cutOf(refusal));
      else refusal ??= error;
    });
    client.on('disconnected', () => {
      // Said while the socket still stands, it was another connection that took the bot, in whatever form WeCom
      // told it. In any other case the SDK says why only after this.
      if (client.isConnected) end({ why: 'kicked' });
      else queueMicrotask(() => end(cutOf(refusal)));
    });
  }

  #remember(frame: WsFrame): void {
    const request: unknown = frame.headers?.req_id;
    if (typeof request !== 'string' || request === '') return;
    this.#requests.add(request);
    const [oldest] = this.#requests;
    if (this.#requests.size > MOST_REQUESTS && oldest !== undefined) this.#requests.delete(oldest);
  }
}

function pauseAfter({ why }: End, failures: number): number {
  if (why === 'kicked') return KICKED_MS;
  return why === 'refused' ? REFUSED_MS : backoffMs(failures);
}

function cutOf(error: Error | null): End {
  const code = codeOf(error);
  return code === null ? { why: 'cut' } : { why: 'network', detail: code };
}

function codeOf(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : null;
}

/** What WeCom refuses the SDK rejects with the plain answer; all else with an error that only has words. */
function refusalIn(error: unknown, clean: Redact): ApiError | WireError {
  if (error instanceof WireError) return error;
  const { errcode, errmsg } = (typeof error === 'object' && error !== null ? error : {}) as Json;
  if (typeof errcode !== 'number') return new WireError('NO_ANSWER', true);
  // Before it is cut: half a secret would be found no more.
  return new ApiError(200, errcode, typeof errmsg === 'string' ? clean(errmsg) : '');
}

const silent = (): void => undefined;
/** It logs whole frames, with what people wrote. */
const SILENT = { debug: silent, info: silent, warn: silent, error: silent };
