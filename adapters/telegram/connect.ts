/** One run of the adapter: who the bot is, then updates by long polling or webhook, until it is stopped. */

import { backoffMs, Patience } from '@huiyin/core/kit';
import type { Sink } from '@huiyin/core/port';
import type { Chats } from './chats.ts';
import { lookAround } from './checkup.ts';
import type { Client } from './client.ts';
import type { Condition } from './condition.ts';
import type { TelegramOptions } from './config.ts';
import type { DecodeContext } from './decode.ts';
import { Intake } from './intake.ts';
import { inWords, troubleOf } from './outcome.ts';
import type { Payload } from './payload.ts';
import { isTokenRefused, Poller, wordsFor } from './poll.ts';
import { ALLOWED_UPDATES } from './update.ts';
import type { Listener } from './webhook.ts';
import { listen } from './webhook.ts';

const CALL_MS = 20_000;
/** Telegram opens so many connections to a webhook at most; chats wait for each other on fewer. */
const MAX_CONNECTIONS = 10;

export interface ConnectParts {
  readonly options: TelegramOptions;
  readonly client: Client;
  readonly chats: Chats;
  readonly condition: Condition;
  readonly sink: Sink;
}

export class Connection {
  readonly #parts: ConnectParts;
  readonly #patience: Patience;
  #intake: Intake | null = null;
  #listener: Listener | null = null;
  #running: Promise<void> = Promise.resolve();
  #looking: Promise<void> = Promise.resolve();

  constructor(parts: ConnectParts) {
    this.#parts = parts;
    this.#patience = new Patience(parts.options.timers);
  }

  /**
   * Returns once it is under way: a township must start while Telegram can't be reached.
   * @throws where the webhook's port is taken
   */
  async start(): Promise<void> {
    const { webhook, log } = this.#parts.options;
    if (webhook) this.#listener = await listen({ webhook, log, intake: () => this.#intake });
    this.#running = this.#run();
  }

  /** The port that a webhook listens on; null with long polling. */
  port(): number | null {
    return this.#listener?.port ?? null;
  }

  /** Resolves when nothing is under way. */
  async stop(): Promise<void> {
    this.#patience.stop();
    // What hangs at Telegram, the long poll above all.
    this.#parts.client.abandon();
    await this.#listener?.close();
    await this.#running;
    await this.#looking;
    await this.#intake?.idle();
  }

  async #run(): Promise<void> {
    const { condition, client, options } = this.#parts;
    const me = await this.#identify();
    if (me === null) return;
    this.#intake = new Intake({ ...this.#parts, me, standingChanged: () => this.#look(me.id) });
    const armed = options.webhook === null ? await this.#disarm() : await this.#arm(options.webhook);
    if (!armed) return;
    condition.online();
    options.log.info('telegram is connected', { bot: me.username, webhook: options.webhook !== null });
    this.#look(me.id);
    if (options.webhook !== null) return;
    const { log } = options;
    await new Poller({ client, intake: this.#intake, condition, patience: this.#patience, log }).run();
  }

  async #identify(): Promise<DecodeContext['me'] | null> {
    const { client, condition } = this.#parts;
    const me = await this.#insist(() => client.within(CALL_MS, (raw, signal) => raw.getMe(signal)));
    if (me === null) return null;
    condition.privacy(me.can_read_all_group_messages !== true);
    return { id: me.id, username: me.username ?? null };
  }

  /** Telegram refuses getUpdates (409) while a webhook is set. What waits there is kept. */
  #disarm(): Promise<unknown> {
    return this.#insist(() =>
      this.#parts.client.within(CALL_MS, (raw, signal) => raw.deleteWebhook({}, signal)),
    );
  }

  #arm({ url, secret }: NonNullable<TelegramOptions['webhook']>): Promise<unknown> {
    const payload: Payload<'setWebhook'> = {
      url,
      secret_token: secret,
      max_connections: MAX_CONNECTIONS,
      allowed_updates: ALLOWED_UPDATES,
    };
    return this.#insist(() =>
      this.#parts.client.within(CALL_MS, (raw, signal) => raw.setWebhook(payload, signal)),
    );
  }

  /** Until it succeeds; null where it was stopped before. */
  async #insist<T>(call: () => Promise<T>): Promise<T | null> {
    const { condition, options } = this.#parts;
    for (let failures = 1; !this.#patience.stopped; failures++) {
      try {
        return await call();
      } catch (error) {
        if (this.#patience.stopped) return null;
        const trouble = troubleOf(error);
        options.log.warn('telegram can not be used yet', { detail: inWords(trouble) });
        const refused = trouble.type === 'refused' ? trouble : null;
        if (refused && isTokenRefused(refused.code)) condition.kicked(wordsFor(trouble));
        else condition.trouble(wordsFor(trouble));
        await this.#patience.pause(refused?.retryAfterMs ?? backoffMs(failures));
      }
    }
    return null;
  }

  /** Beside the updates, one look at a time: where the bot may read. */
  #look(me: number): void {
    const { client, condition, chats, options } = this.#parts;
    this.#looking = this.#looking.then(async () => {
      if (this.#patience.stopped) return;
      await this.#askPrivacy();
      await lookAround(client, me, chats, condition, options.groups());
    });
  }

  async #askPrivacy(): Promise<void> {
    const { client, condition } = this.#parts;
    const me = await client.within(CALL_MS, (raw, signal) => raw.getMe(signal)).catch(() => null);
    if (me) condition.privacy(me.can_read_all_group_messages !== true);
  }
}
