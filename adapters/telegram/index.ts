/** Telegram: groups and private chats through a bot. For admins: docs/telegram.md. */

import type { Redact } from '@huiyin/core/kit';
import { redactedLog } from '@huiyin/core/kit';
import type { Capabilities, ChatAdapter, Health, Outbound, SendResult, Sink } from '@huiyin/core/port';
import { Chats } from './chats.ts';
import type { Client } from './client.ts';
import { createClient } from './client.ts';
import { Condition } from './condition.ts';
import type { TelegramOptions } from './config.ts';
import { CAPABILITIES } from './config.ts';
import { Connection } from './connect.ts';
import { mimeOfPath } from './decode-media.ts';
import { inWords, troubleOf } from './outcome.ts';
import { redactor } from './redact.ts';
import { Sender } from './send.ts';

export type { CheckupOptions } from './checkup.ts';
export { checkup } from './checkup.ts';
export type { TelegramConfig, TelegramOptions } from './config.ts';
export { CAPABILITIES, LIMITS, telegramConfig } from './config.ts';

export interface TelegramAdapter extends ChatAdapter {
  /** The port that a webhook listens on; null with long polling or before the start. */
  port(): number | null;
}

/** After this long a stop gives up sends that hang; they end as `unknown`. */
const STOP_MS = 5_000;
const DOWNLOAD_MS = 60_000;
const STOPPED: SendResult = { type: 'deferred', retryAfterMs: 1_000 };

export function createTelegram(options: TelegramOptions): TelegramAdapter {
  return new TelegramBot(options);
}

class TelegramBot implements TelegramAdapter {
  readonly id: string;
  readonly #options: TelegramOptions;
  readonly #redact: Redact;
  readonly #client: Client;
  readonly #chats: Chats;
  readonly #condition: Condition;
  readonly #sender: Sender;
  readonly #sends = new Set<Promise<unknown>>();
  #connection: Connection | null = null;
  #stopping: Promise<void> | null = null;

  constructor(given: TelegramOptions) {
    this.id = given.id;
    this.#redact = redactor(given);
    this.#options = { ...given, log: redactedLog(given.log, this.#redact) };
    this.#client = createClient(given);
    this.#chats = new Chats(given.stateFile);
    this.#condition = new Condition(this.#redact, given.groups);
    const parts = { client: this.#client, chats: this.#chats, redact: this.#redact };
    this.#sender = new Sender({ ...parts, clock: given.clock });
  }

  get capabilities(): Capabilities {
    return this.#condition.blindEverywhere ? BLIND : CAPABILITIES;
  }

  async start(sink: Sink): Promise<void> {
    if (this.#connection) throw new Error('telegram runs already');
    const parts = { client: this.#client, chats: this.#chats, condition: this.#condition };
    this.#connection = new Connection({ ...parts, options: this.#options, sink });
    await this.#connection.start();
  }

  async send(message: Outbound): Promise<SendResult> {
    if (!this.#connection || this.#stopping) return STOPPED;
    const sending = this.#sender.send(message);
    this.#sends.add(sending);
    return sending.finally(() => this.#sends.delete(sending));
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async fetchMedia(ref: string): Promise<{ bytes: Uint8Array; mime: string | null }> {
    try {
      const { file_path: path } = await this.#client.within(DOWNLOAD_MS, (raw, signal) =>
        raw.getFile({ file_id: ref }, signal),
      );
      if (path === undefined) throw new Error('no path');
      return { bytes: await this.#client.download(path, DOWNLOAD_MS), mime: mimeOfPath(path) };
    } catch (error) {
      // Without the cause: Telegram's addresses of files hold the token.
      const detail = inWords(troubleOf(error));
      throw new Error(this.#redact(`the file could not be fetched from Telegram (${detail})`));
    }
  }

  health(): Health {
    return this.#condition.health();
  }

  port(): number | null {
    return this.#connection?.port() ?? null;
  }

  async #stop(): Promise<void> {
    const cancel = this.#options.timers.after(STOP_MS, () => this.#client.abandon());
    await Promise.all(this.#sends);
    cancel();
    await this.#connection?.stop();
    this.#client.close();
    this.#condition.stopped();
  }
}

const BLIND: Capabilities = { ...CAPABILITIES, groupVisibility: 'mention' };
