/**
 * The web chat: groups and private chats in a page of this machine, for demonstrations. It is an adapter
 * like any other, so what a visitor sees is what a township will get from its messenger.
 */
import type { Capabilities, ChatAdapter } from '@huiyin/core/port';
import type { WebchatOptions } from './config.ts';
import { refusalToStart } from './config.ts';
import type { Connection } from './connect.ts';
import { connect } from './connect.ts';

export type { BoardRow, WebchatChat, WebchatOptions, WebchatPerson } from './config.ts';
export { webchatConfig } from './config.ts';
export type { WebchatHistory } from './history.ts';
export { openWebchatHistory } from './sqlite-history.ts';

const CAPABILITIES: Capabilities = {
  groupVisibility: 'all',
  dm: true,
  proactive: 'always',
  windowMs: null,
  quoteIn: 'id',
  quoteOut: true,
  mentionOut: false,
  buttons: true,
  markdown: false,
  maxTextBytes: 64 * 1024,
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

export interface Webchat extends ChatAdapter {
  /** Where the page is: `http://127.0.0.1:8790/`. Only while started. */
  address(): string;
}

/** `start` refuses, in words, outside a demo database and on anything but loopback. */
export function createWebchat(options: WebchatOptions): Webchat {
  let connection: Connection | null = null;
  let failure: string | null = null;

  return {
    id: options.id,
    capabilities: CAPABILITIES,
    async start(sink) {
      failure = refusalToStart(options);
      if (failure !== null) throw new Error(failure);
      if (connection) throw new Error('the web chat runs already');
      connection = await connect(options, sink);
      options.log.info('web chat is open', { port: connection.port });
    },
    async send(message) {
      return connection?.session.send(message) ?? { type: 'deferred', retryAfterMs: 1_000 };
    },
    async stop() {
      const closing = connection;
      connection = null;
      await closing?.close();
    },
    async fetchMedia(ref) {
      const photo = options.history.photo(ref);
      if (!photo) throw new Error(`no photo ${ref}`);
      return photo;
    },
    health() {
      return {
        state: connection ? 'online' : 'stopped',
        lastInboundAt: connection?.session.lastInboundAt() ?? null,
        lastError: connection?.session.lastError() ?? failure,
        qr: null,
      };
    },
    address() {
      if (!connection) throw new Error('the web chat is not started');
      return addressOf(options.host, connection.port);
    },
  };
}

const addressOf = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}/`;
