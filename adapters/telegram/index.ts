/** Telegram: groups and private chats through a bot. For admins: docs/telegram.md. */
import type { ChatAdapter, SendResult } from '@huiyin/core/port';
import { Chats } from './chats.ts';
import { createClient } from './client.ts';
import { Condition } from './condition.ts';
import type { TelegramOptions } from './config.ts';
import { CAPABILITIES } from './config.ts';
import { Connection } from './connect.ts';
import { mimeOfPath } from './decode-media.ts';
import { inWords, troubleOf } from './outcome.ts';
import { redactedLog, redactor } from './redact.ts';
import { Sender } from './send.ts';

export type { CheckupOptions, Finding } from './checkup.ts';
export { checkup } from './checkup.ts';
export type { TelegramConfig, TelegramLog, TelegramOptions, TelegramTimers } from './config.ts';
export { CAPABILITIES, LIMITS, telegramConfig } from './config.ts';

export interface TelegramAdapter extends ChatAdapter {
  /** The port that a webhook listens on; null with long polling or before the start. */
  port(): number | null;
}

/** After this long a stop gives up sends that hang; they end as `unknown`. */
const STOP_MS = 5_000;
const DOWNLOAD_MS = 60_000;
const STOPPED: SendResult = { type: 'deferred', retryAfterMs: 1_000 };

export function createTelegram(given: TelegramOptions): TelegramAdapter {
  const redact = redactor(given);
  const options = { ...given, log: redactedLog(given.log, redact) };
  const client = createClient(options);
  const chats = new Chats(options.stateFile);
  const condition = new Condition(redact, options.groups);
  const sender = new Sender({ client, chats, clock: options.clock, redact });
  const sends = new Set<Promise<unknown>>();
  let connection: Connection | null = null;
  let stopping: Promise<void> | null = null;

  const stop = async (): Promise<void> => {
    const giveUp = options.timers.after(STOP_MS, () => client.abandon());
    await Promise.all(sends);
    giveUp();
    await connection?.stop();
    client.close();
    condition.stopped();
  };

  return {
    id: options.id,
    get capabilities() {
      return condition.blindEverywhere ? BLIND : CAPABILITIES;
    },
    async start(sink) {
      if (connection) throw new Error('telegram runs already');
      connection = new Connection({ options, client, chats, condition, sink });
      await connection.start();
    },
    async send(message) {
      if (!connection || stopping) return STOPPED;
      const sending = sender.send(message);
      sends.add(sending);
      return sending.finally(() => sends.delete(sending));
    },
    stop() {
      stopping ??= stop();
      return stopping;
    },
    async fetchMedia(ref) {
      try {
        const { file_path: path } = await client.within(DOWNLOAD_MS, (raw, signal) =>
          raw.getFile({ file_id: ref }, signal),
        );
        if (path === undefined) throw new Error('no path');
        return { bytes: await client.download(path, DOWNLOAD_MS), mime: mimeOfPath(path) };
      } catch (error) {
        // Without the cause: Telegram's addresses of files hold the token.
        throw new Error(redact(`the file could not be fetched from Telegram (${inWords(troubleOf(error))})`));
      }
    },
    health: () => condition.health(),
    port: () => connection?.port() ?? null,
  };
}

const BLIND = { ...CAPABILITIES, groupVisibility: 'mention' as const };
