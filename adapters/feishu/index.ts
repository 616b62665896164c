/** Feishu: groups and private chats through a bot of one's own app. For admins: docs/feishu.md. */

import type { AdapterLog, Wire } from '@huiyin/core/kit';
import { createWire, Redactor, redactedLog, Sends } from '@huiyin/core/kit';
import type { Capabilities, ChatAdapter, Health, Outbound, SendResult, Sink } from '@huiyin/core/port';
import { Api } from './api.ts';
import { Condition } from './condition.ts';
import type { FeishuOptions } from './config.ts';
import { capabilitiesOf } from './config.ts';
import { Connection, loadSdk, sdkLogger } from './connect.ts';
import type { Http } from './http.ts';
import { createHttp } from './http.ts';
import { Intake } from './intake.ts';
import { Origins } from './origins.ts';
import { resultOf, wordsFor } from './outcome.ts';
import { send } from './send.ts';

export type { CheckupOptions } from './checkup.ts';
export { checkup } from './checkup.ts';
export type { FeishuConfig, FeishuOptions } from './config.ts';
export { capabilitiesOf, feishuConfig } from './config.ts';

export interface FeishuAdapter extends ChatAdapter {
  /** Takes a message of the bot's own back. */
  withdraw(messageId: string): Promise<SendResult>;
}

/** After this long a stop gives up sends that hang; their `uuid` makes sending them again safe. */
const STOP_MS = 5_000;
const STOPPED: SendResult = { type: 'deferred', retryAfterMs: 1_000 };

export function createFeishu(options: FeishuOptions): FeishuAdapter {
  return new FeishuBot(options);
}

class FeishuBot implements FeishuAdapter {
  readonly id: string;
  readonly capabilities: Capabilities;
  readonly #options: FeishuOptions;
  readonly #redactor: Redactor;
  readonly #log: AdapterLog;
  readonly #condition: Condition;
  readonly #wire: Wire;
  readonly #http: Http;
  readonly #sends: Sends;
  #api: Api | null = null;
  #connection: Connection | null = null;
  #stopping: Promise<void> | null = null;

  constructor(given: FeishuOptions) {
    this.id = given.id;
    this.capabilities = capabilitiesOf(given);
    this.#redactor = new Redactor(given.appSecret);
    this.#sends = new Sends(this.#redactor.clean);
    this.#log = redactedLog(given.log, this.#redactor.clean);
    this.#options = { ...given, log: this.#log };
    this.#condition = new Condition(this.#redactor);
    this.#wire = createWire();
    this.#http = createHttp({ wire: this.#wire, timers: given.timers, redactor: this.#redactor });
  }

  async start(sink: Sink): Promise<void> {
    if (this.#connection) throw new Error('feishu runs already');
    const sdk = await loadSdk();
    const options = this.#options;
    const condition = this.#condition;
    const { instance } = this.#http;
    const logger = sdkLogger(this.#log);
    const api = new Api({ sdk, options, instance, logger });
    const origins = new Origins(api);
    const intakeFor = (me: string): Intake => new Intake({ options, condition, origins, sink, me });
    this.#api = api;
    this.#connection = new Connection({ options, sdk, api, instance, condition, logger, intakeFor });
    this.#connection.start();
  }

  async send(message: Outbound): Promise<SendResult> {
    const failed = (error: unknown): void => this.#condition.refused(error);
    return this.#doing((api) => send(message, { api, clock: this.#options.clock, failed }));
  }

  async withdraw(messageId: string): Promise<SendResult> {
    return this.#doing(async (api) => {
      try {
        await api.withdraw(messageId);
        return { type: 'sent', messageId };
      } catch (error) {
        return resultOf(error);
      }
    });
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async fetchMedia(ref: string): Promise<{ bytes: Uint8Array; mime: string | null }> {
    try {
      if (this.#api === null) throw new Error('not started');
      return await this.#api.download(ref);
    } catch (error) {
      const detail = this.#redactor.clean(wordsFor(error));
      throw new Error(`the file could not be fetched from Feishu (${detail})`);
    }
  }

  health(): Health {
    return this.#condition.health();
  }

  async #doing(run: (api: Api) => Promise<SendResult>): Promise<SendResult> {
    if (this.#api === null || this.#stopping) return STOPPED;
    return this.#sends.track(run(this.#api));
  }

  async #stop(): Promise<void> {
    const cancel = this.#options.timers.after(STOP_MS, () => this.#http.abandon());
    await this.#sends.ended();
    cancel();
    // What hangs while connecting.
    this.#http.abandon();
    await this.#connection?.stop();
    this.#wire.close();
    this.#condition.stopped();
  }
}
