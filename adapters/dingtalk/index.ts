/** DingTalk: groups and private chats through a robot of one's own app, by stream. For admins: docs/dingtalk.md. */
import type { AdapterLog, Wire } from '@huiyin/core/kit';
import { createWire, Redactor, redactedLog, Sends } from '@huiyin/core/kit';
import type { ChatAdapter, Health, Outbound, SendResult, Sink } from '@huiyin/core/port';
import { Api } from './api.ts';
import { Condition } from './condition.ts';
import type { DingtalkOptions } from './config.ts';
import { DINGTALK_CAPABILITIES } from './config.ts';
import { Connection, loadSdk } from './connect.ts';
import type { Http } from './http.ts';
import { createHttp } from './http.ts';
import { Intake } from './intake.ts';
import { wordsFor } from './outcome.ts';
import { Sender } from './send.ts';

export type { CheckupOptions } from './checkup.ts';
export { checkup } from './checkup.ts';
export type { DingtalkConfig, DingtalkOptions } from './config.ts';
export { DINGTALK_CAPABILITIES, dingtalkConfig } from './config.ts';

/** After this long a stop gives up sends that hang. */
const STOP_MS = 5_000;
const STOPPED: SendResult = { type: 'deferred', retryAfterMs: 1_000 };

export function createDingtalk(options: DingtalkOptions): ChatAdapter {
  return new DingtalkBot(options);
}

class DingtalkBot implements ChatAdapter {
  readonly id: string;
  readonly capabilities = DINGTALK_CAPABILITIES;
  readonly #options: DingtalkOptions;
  readonly #redactor: Redactor;
  readonly #log: AdapterLog;
  readonly #condition: Condition;
  readonly #wire: Wire;
  readonly #http: Http;
  readonly #api: Api;
  readonly #sender: Sender;
  readonly #sends: Sends;
  #starting = false;
  #connection: Connection | null = null;
  #stopping: Promise<void> | null = null;

  constructor(given: DingtalkOptions) {
    this.id = given.id;
    this.#redactor = new Redactor(given.clientSecret);
    this.#sends = new Sends(this.#redactor.clean);
    this.#log = redactedLog(given.log, this.#redactor.clean);
    const options = { ...given, log: this.#log };
    this.#options = options;
    this.#condition = new Condition(this.#redactor);
    this.#wire = createWire();
    this.#http = createHttp({ wire: this.#wire, timers: given.timers, redactor: this.#redactor });
    this.#api = new Api({ options, http: this.#http, redactor: this.#redactor });
    const told = (error: unknown): void => this.#condition.told(error);
    this.#sender = new Sender({ api: this.#api, clock: given.clock, told });
  }

  async start(sink: Sink): Promise<void> {
    if (this.#starting) throw new Error('dingtalk runs already');
    this.#starting = true;
    const sdk = await loadSdk();
    if (this.#stopping) return;
    const options = this.#options;
    const condition = this.#condition;
    const intake = new Intake({ options, condition, sink });
    this.#connection = new Connection({ options, sdk, api: this.#api, condition, intake });
    this.#connection.start();
  }

  async send(message: Outbound): Promise<SendResult> {
    if (!this.#starting || this.#stopping) return STOPPED;
    return this.#sends.track(this.#sender.send(message));
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async fetchMedia(ref: string): Promise<{ bytes: Uint8Array; mime: string | null }> {
    try {
      if (!this.#starting || this.#stopping) throw new Error('not running');
      return await this.#api.download(ref);
    } catch (error) {
      const detail = this.#redactor.clean(wordsFor(error));
      throw new Error(`the file could not be fetched from DingTalk (${detail})`);
    }
  }

  health(): Health {
    return this.#condition.health();
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
