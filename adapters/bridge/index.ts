/** The bridge: chat as JSON lines, so that any program can be an adapter. Formats: docs/bridge.md. */
import { readFile, realpath } from 'node:fs/promises';
import { extname, isAbsolute, relative, resolve } from 'node:path';
import type { Capabilities, ChatAdapter, Health, Outbound, SendResult, Sink } from '@huiyin/core/port';
import type { BridgeOptions } from './config.ts';
import { MAX_LINE_BYTES } from './config.ts';
import { Conversation } from './connect.ts';
import { splitLines } from './lines.ts';

export type { BridgeOptions, BridgeTimes, SocketOptions } from './config.ts';
export { listenSchema, MAX_LINE_BYTES } from './config.ts';
export { decode, decodeLine } from './decode.ts';
export { encodeError, encodeHandled, encodeSend } from './encode.ts';
export { linesOf, splitLines } from './lines.ts';

export interface BridgeAdapter extends ChatAdapter {
  /** `end`: the input ended and all is answered; `closed`: the reader has gone (EPIPE). */
  readonly ended: Promise<'end' | 'closed'>;
}

/** Nothing is limited: what a real platform behind the bridge limits is known to its own program. */
export const BRIDGE_CAPABILITIES: Capabilities = {
  groupVisibility: 'all',
  dm: true,
  proactive: 'always',
  windowMs: null,
  quoteIn: 'id',
  quoteOut: true,
  mentionOut: false,
  buttons: false,
  markdown: false,
  maxTextBytes: 100_000,
  mediaIn: true,
  mediaOut: true,
  edits: true,
  recalls: true,
  memberEvents: false,
  returnsMessageId: true,
  nativeIdempotency: true,
  stableUserIds: true,
  limits: { perChat: null, global: null, jitterMs: null },
};

const NOT_RUNNING: SendResult = { type: 'deferred', retryAfterMs: 1_000 };

/** Without a folder there is nothing to fetch. */
export const capabilitiesWith = (mediaDir: string | null): Capabilities => ({
  ...BRIDGE_CAPABILITIES,
  mediaIn: mediaDir !== null,
});

/** Over a pair of pipes: stdin and stdout, or a test's own. */
export function createBridge(options: BridgeOptions): BridgeAdapter {
  return new PipeBridge(options);
}

class PipeBridge implements BridgeAdapter {
  readonly id: string;
  readonly capabilities: Capabilities;
  readonly ended: Promise<'end' | 'closed'>;
  readonly #options: BridgeOptions;
  readonly #conversation: Conversation;
  readonly #sends = new Set<Promise<unknown>>();
  #end: (how: 'end' | 'closed') => void = () => undefined;
  #state: Health['state'] = 'connecting';
  #lastInboundAt: number | null = null;
  #lastError: string | null = null;
  #running: Promise<void> = Promise.resolve();
  #gone = false;
  #stopping = false;

  constructor(options: BridgeOptions) {
    this.id = options.id;
    this.capabilities = capabilitiesWith(options.mediaDir);
    this.#options = options;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    options.output.on('error', (error: NodeJS.ErrnoException) => this.#lost(error));
    const wire = {
      lines: splitLines(options.input, MAX_LINE_BYTES),
      write: (line: string) => this.#write(line),
    };
    this.#conversation = new Conversation(wire, options);
  }

  /** Returns at once; `ended` tells when the input is over. */
  async start(sink: Sink): Promise<void> {
    this.#state = 'online';
    this.#running = this.#conversation
      .run(sink, () => {
        this.#lastInboundAt = this.#options.clock.now();
      })
      .then(
        () => this.#end('end'),
        (error: unknown) => this.#broken(error),
      );
  }

  async send(message: Outbound): Promise<SendResult> {
    if (this.#state !== 'online') return NOT_RUNNING;
    const sending = this.#conversation.send(message);
    this.#sends.add(sending);
    return sending.finally(() => this.#sends.delete(sending));
  }

  /** Reads no further; lines under way are answered, sends under way written. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#options.input.destroy?.();
    await this.#running;
    this.#state = 'stopped';
    await Promise.all(this.#sends);
  }

  fetchMedia(ref: string): Promise<{ bytes: Uint8Array; mime: string | null }> {
    return readMedia(this.#options.mediaDir, ref);
  }

  health(): Health {
    return { state: this.#state, lastInboundAt: this.#lastInboundAt, lastError: this.#lastError, qr: null };
  }

  #write(line: string): Promise<boolean> {
    if (this.#gone) return Promise.resolve(false);
    return new Promise((resolve) => {
      this.#options.output.write(line, (error) => resolve(!error));
    });
  }

  /** EPIPE: whoever read us has gone. Rows under way stay theirs to send again, with the same ids. */
  #lost(error: NodeJS.ErrnoException): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#lastError = error.code ?? 'output closed';
    if (error.code !== 'EPIPE') this.#options.warn(`the output failed: ${this.#lastError}`);
    this.#end('closed');
  }

  #broken(error: unknown): void {
    if (!this.#stopping) {
      this.#lastError = error instanceof Error ? error.message : 'input failed';
      this.#options.warn(`the input failed: ${this.#lastError}`);
    }
    this.#end('end');
  }
}

const MIME: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.mp4': 'video/mp4',
  '.amr': 'audio/amr',
  '.pdf': 'application/pdf',
};

/** Reads a file below `dir` and nowhere else: the lines come from programs that relay strangers' words. */
export async function readMedia(
  dir: string | null,
  ref: string,
): Promise<{ bytes: Uint8Array; mime: string | null }> {
  if (dir === null) throw new Error('this run fetches no media');
  const [root, path] = [await realpath(dir), await realpath(resolve(dir, ref))];
  const below = relative(root, path);
  if (below.startsWith('..') || isAbsolute(below)) throw new Error('the path leads out of the media folder');
  return { bytes: await readFile(path), mime: MIME[extname(path).toLowerCase()] ?? null };
}
