/** Personal WeChat through wechaty: groups and private chats, at the account's risk. For admins: docs/wechaty.md. */
import type { AdapterLog, Wire } from '@huiyin/core/kit';
import { createWire, Patience, Redactor, redactedLog, Sends } from '@huiyin/core/kit';
import type { Capabilities, ChatAdapter, Health, Outbound, SendResult, Sink } from '@huiyin/core/port';
import { Condition } from './condition.ts';
import type { WechatyOptions } from './config.ts';
import { capabilitiesOf } from './config.ts';
import { Connection, loadWechaty } from './connect.ts';
import { Echoes } from './echoes.ts';
import { Intake } from './intake.ts';
import { fetchFile } from './media.ts';
import { inWords } from './outcome.ts';
import { People } from './people.ts';
import { drawn } from './qr.ts';
import { Requests } from './requests.ts';
import { Sender } from './send.ts';
import { RISK, WORDS } from './words.ts';

export type { CheckupOptions } from './checkup.ts';
export { checkup } from './checkup.ts';
export type { WechatyConfig, WechatyOptions } from './config.ts';
export { capabilitiesOf, wechatyConfig } from './config.ts';
export { missingPackage } from './packages.ts';
export { missingWords } from './words.ts';

/** After this long a stop gives up sends that hang; they end as `unknown` by the outbox's own lease. */
const STOP_MS = 5_000;
const STOPPED: SendResult = { type: 'deferred', retryAfterMs: 1_000 };

export function createWechaty(options: WechatyOptions): ChatAdapter {
  return new WechatyBot(options);
}

class WechatyBot implements ChatAdapter {
  readonly id: string;
  readonly capabilities: Capabilities;
  readonly #options: WechatyOptions;
  readonly #redactor: Redactor;
  readonly #log: AdapterLog;
  readonly #condition: Condition;
  readonly #people: People;
  readonly #patience: Patience;
  readonly #sender: Sender;
  readonly #requests: Requests;
  readonly #wire: Wire = createWire();
  readonly #echoes = new Echoes();
  readonly #sends: Sends;
  #connection: Connection | null = null;
  #intake: Intake | null = null;
  #stopping: Promise<void> | null = null;

  constructor(given: WechatyOptions) {
    this.id = given.id;
    this.capabilities = capabilitiesOf(given);
    this.#redactor = new Redactor(given.token ?? '');
    this.#sends = new Sends(this.#redactor.clean);
    this.#log = redactedLog(given.log, this.#redactor.clean);
    this.#options = { ...given, log: this.#log };
    this.#condition = new Condition(this.#redactor.clean);
    this.#people = new People(given.timers);
    this.#patience = new Patience(given.timers);
    this.#requests = new Requests(this.#options);
    this.#sender = new Sender({ ...this.#parts(), patience: this.#patience });
  }

  async start(sink: Sink): Promise<void> {
    if (this.#connection) throw new Error('wechaty runs already');
    this.#log.warn(RISK);
    const wechaty = await loadWechaty();
    if (this.#stopping) return;
    const intake = new Intake({ ...this.#parts(), sink });
    this.#intake = intake;
    const handle = {
      event: intake.take.bind(intake),
      request: this.#requests.take.bind(this.#requests),
      qr: (text: string): void => this.#show(text),
    };
    const { condition, options } = this.#parts();
    this.#connection = new Connection({ wechaty, options, condition, handle });
    this.#connection.start();
  }

  async send(message: Outbound): Promise<SendResult> {
    if (this.#connection === null || this.#stopping) return STOPPED;
    return this.#sends.track(this.#sender.send(message));
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async fetchMedia(ref: string): Promise<{ bytes: Uint8Array; mime: string | null }> {
    try {
      const puppet = this.#connection?.live();
      if (!puppet) throw new Error('not signed in');
      return await fetchFile(puppet, ref, { options: this.#options, wire: this.#wire });
    } catch (error) {
      const detail = this.#redactor.clean(inWords(error));
      throw new Error(`the file could not be fetched from WeChat (${detail})`);
    }
  }

  health(): Health {
    return this.#condition.health();
  }

  #parts() {
    return {
      options: this.#options,
      condition: this.#condition,
      echoes: this.#echoes,
      people: this.#people,
      live: () => this.#connection?.live() ?? null,
    };
  }

  /** Once for each new code. */
  #show(text: string): void {
    drawn(text).then(
      (picture) => this.#options.print(`\n${picture}\n${WORDS.terminal}\n`),
      () => this.#log.warn('the QR code could not be drawn; health has it as text'),
    );
  }

  async #stop(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.#options.timers.after(STOP_MS, resolve);
    await Promise.race([this.#sends.ended(), promise]);
    cancel();
    this.#patience.stop();
    await Promise.all([this.#intake?.stop(), this.#requests.stop()]);
    await this.#connection?.stop();
    this.#wire.close();
    this.#condition.stopped();
  }
}
