/** One run of the adapter: who the bot is, then events over the long connection, until it is stopped. */
import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import type { AdapterLog } from '@huiyin/core/kit';
import { backoffMs, Patience } from '@huiyin/core/kit';
import type { HttpInstance, Logger, WSClient } from '@larksuiteoapi/node-sdk';
import type { Api } from './api.ts';
import type { Condition } from './condition.ts';
import type { FeishuOptions } from './config.ts';
import { EVENT_TYPES } from './decode.ts';
import type { Intake } from './intake.ts';
import { waitOf, wordsFor } from './outcome.ts';
import { missingScopes } from './scopes.ts';

export type Sdk = typeof import('@larksuiteoapi/node-sdk');

/** Only where Feishu is used: 6 MB of code, 60 MB of memory. */
export const loadSdk = (): Promise<Sdk> => import('@larksuiteoapi/node-sdk');

export interface ConnectParts {
  readonly options: FeishuOptions;
  readonly sdk: Sdk;
  readonly api: Api;
  readonly instance: HttpInstance;
  readonly condition: Condition;
  readonly logger: Logger;
  /** Made once the bot knows who it is. */
  readonly intakeFor: (me: string) => Intake;
}

/** How long the handshake may take. Without a limit a stuck proxy holds it for good. */
const HANDSHAKE_MS = 15_000;
/** Without it a machine that slept never notices that its connection is gone (larksuite/openclaw-lark#543). */
const PONG_SECONDS = 20;
/** A connection that held for so long was a good one: the next begins at once. */
const HELD_MS = 60_000;

export class Connection {
  readonly #parts: ConnectParts;
  readonly #patience: Patience;
  #intake: Intake | null = null;
  #hangUp: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: ConnectParts) {
    this.#parts = parts;
    this.#patience = new Patience(parts.options.timers);
  }

  /** Returns once it is under way: a township must start while Feishu can't be reached. */
  start(): void {
    this.#running = this.#run();
  }

  /** Resolves when nothing is under way; what was taken is acknowledged before. */
  async stop(): Promise<void> {
    this.#patience.stop();
    await this.#intake?.stop();
    // The SDK acknowledges some turns after our handler returned.
    await new Promise((resolve) => setImmediate(resolve));
    this.#hangUp();
    await this.#running;
  }

  async #run(): Promise<void> {
    const me = await this.#identify();
    if (me === null) return;
    this.#intake = this.#parts.intakeFor(me);
    await this.#askScopes();
    const { clock } = this.#parts.options;
    for (let failures = 0; !this.#patience.stopped; ) {
      const since = clock.now();
      const ended = await this.#connected(this.#intake);
      if (this.#patience.stopped) return;
      this.#parts.condition.lost(ended);
      this.#parts.options.log.warn('the long connection to Feishu is down', { detail: inWords(ended) });
      failures = ended === null && clock.now() - since > HELD_MS ? 1 : failures + 1;
      await this.#patience.pause(waitOf(ended) ?? backoffMs(failures));
    }
  }

  /** Until it succeeds; null where it was stopped before. */
  async #identify(): Promise<string | null> {
    const { api, condition, options } = this.#parts;
    for (let failures = 1; !this.#patience.stopped; failures++) {
      try {
        return await api.me();
      } catch (error) {
        if (this.#patience.stopped) return null;
        condition.lost(error);
        options.log.warn('feishu can not be used yet', { detail: inWords(error) });
        await this.#patience.pause(waitOf(error) ?? backoffMs(failures));
      }
    }
    return null;
  }

  async #askScopes(): Promise<void> {
    const { api, condition, options } = this.#parts;
    // Where Feishu does not tell, a missing scope shows when it is needed.
    const granted = await api.scopes().catch(() => null);
    if (granted !== null) condition.missing(missingScopes(granted, options));
  }

  /**
   * One connection, from its address to its end. The SDK's own reconnecting is off: it gives up for good where
   * the endpoint is busy (code 1), otherwise waits up to two and a half minutes by the machine's timers, and tells
   * nobody why.
   * @returns why it ended; null where it stood and was cut
   */
  async #connected(intake: Intake): Promise<unknown> {
    const { options, sdk, condition } = this.#parts;
    const end = Promise.withResolvers<unknown>();
    let cause: unknown = null;
    const client = new sdk.WSClient({
      appId: options.appId,
      appSecret: options.appSecret,
      domain: options.domain,
      httpInstance: noting(this.#parts.instance, (error) => (cause = error)),
      logger: this.#parts.logger,
      loggerLevel: sdk.LoggerLevel.warn,
      autoReconnect: false,
      agent: watchedAgent(options.domain, () => end.resolve(null)),
      handshakeTimeoutMs: HANDSHAKE_MS,
      wsConfig: { pingTimeout: PONG_SECONDS },
      onReady: () => {
        condition.online();
        options.log.info('feishu is connected');
      },
      onError: () => end.resolve(cause ?? new Error('no handshake')),
    });
    this.#hangUp = () => end.resolve(null);
    await this.#listen(client, intake);
    const ended = await end.promise;
    client.close({ force: true });
    return ended;
  }

  #listen(client: WSClient, intake: Intake): Promise<void> {
    const { sdk, logger } = this.#parts;
    const dispatcher = new sdk.EventDispatcher({ logger, loggerLevel: sdk.LoggerLevel.error });
    const handlers = EVENT_TYPES.map((type) => [type, (data: unknown) => intake.take(type, data)]);
    dispatcher.register(Object.fromEntries(handlers));
    return client.start({ eventDispatcher: dispatcher });
  }
}

const inWords = (error: unknown): string => (error === null ? 'cut' : wordsFor(error));

/** The SDK keeps to itself why it got no address for the connection. */
function noting(instance: HttpInstance, note: (error: unknown) => void): HttpInstance {
  return {
    ...instance,
    request: async <T, R = T>(options: Parameters<HttpInstance['request']>[0]): Promise<R> => {
      try {
        return await instance.request<T, R>(options);
      } catch (error) {
        note(error);
        throw error;
      }
    },
  };
}

/** With its own reconnecting off the SDK does not tell that a connection is gone; the socket does. */
function watchedAgent(domain: string, gone: () => void): http.Agent {
  const watch = (socket: Duplex | null | undefined): Duplex | null | undefined => {
    socket?.once('close', gone);
    return socket;
  };
  if (domain.startsWith('https:')) {
    const agent = new https.Agent();
    const create = agent.createConnection.bind(agent);
    agent.createConnection = (options, callback) => watch(create(options, callback));
    return agent;
  }
  const agent = new http.Agent();
  const create = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => watch(create(options, callback));
  return agent;
}

/** Of the SDK's log only its own words about frames: it also logs requests and addresses, with what they carry. */
export function sdkLogger(log: AdapterLog): Logger {
  const silent = (): void => undefined;
  const tell = (...words: readonly unknown[]): void => {
    const said = words.flat().filter((word): word is string => typeof word === 'string');
    if (said.includes('[ws]')) log.warn('the Feishu SDK says', { detail: said.join(' ').slice(0, 200) });
  };
  return { error: tell, warn: tell, info: silent, debug: silent, trace: silent };
}
