/** WeCom (企业微信): a bot on a long connection, the company's own app, group robots. For admins: docs/wecom.md. */
import type { AdapterLog, Wire } from '@huiyin/core/kit';
import { backoffMs, createWire, Patience, Redactor, redactedLog, Sends, WireError } from '@huiyin/core/kit';
import type { Capabilities, ChatAdapter, Health, Outbound, SendResult, Sink } from '@huiyin/core/port';
import { Api } from './api.ts';
import type { Listener } from './callback.ts';
import { listen } from './callback.ts';
import { Condition } from './condition.ts';
import type { WecomOptions } from './config.ts';
import { capabilitiesOf } from './config.ts';
import { Link, loadSdk } from './connect.ts';
import { Contacts } from './contacts.ts';
import { readRef } from './decode.ts';
import type { Fields } from './decode-app.ts';
import { decodeApp } from './decode-app.ts';
import { Intake } from './intake.ts';
import { Media } from './media.ts';
import { ApiError, isBadSecret, waitOf, wordsFor } from './outcome.ts';
import { secretsOf } from './secrets.ts';
import { Sender } from './send.ts';
import { WORDS } from './words.ts';

export type { CheckupOptions } from './checkup.ts';
export { checkup } from './checkup.ts';
export type { WecomConfig, WecomOptions } from './config.ts';
export { capabilitiesOf, wecomConfig } from './config.ts';

export interface WecomAdapter extends ChatAdapter {
  /** The port on which WeCom's calls are awaited; null where there is none. */
  port(): number | null;
}

/** After this long a stop gives up sends that hang; they end as `unknown`. */
const STOP_MS = 5_000;
const STOPPED: SendResult = { type: 'deferred', retryAfterMs: 1_000 };

export function createWecom(options: WecomOptions): WecomAdapter {
  return new Wecom(options);
}

class Wecom implements WecomAdapter {
  readonly id: string;
  readonly capabilities: Capabilities;
  readonly #options: WecomOptions;
  readonly #redactor: Redactor;
  readonly #log: AdapterLog;
  readonly #condition: Condition;
  readonly #wire: Wire = createWire();
  readonly #api: Api;
  readonly #media: Media;
  readonly #contacts: Contacts;
  readonly #patience: Patience;
  readonly #sends: Sends;
  #sender: Sender | null = null;
  #link: Link | null = null;
  #intake: Intake | null = null;
  #listener: Listener | null = null;
  #signingIn: Promise<void> = Promise.resolve();
  #stopping: Promise<void> | null = null;

  constructor(given: WecomOptions) {
    this.id = given.id;
    this.capabilities = capabilitiesOf(given);
    this.#redactor = new Redactor(...secretsOf(given));
    this.#sends = new Sends(this.#redactor.clean);
    this.#log = redactedLog(given.log, this.#redactor.clean);
    this.#options = { ...given, log: this.#log };
    this.#condition = new Condition(this.#redactor, given.aibot === null ? 'app' : 'aibot');
    this.#contacts = new Contacts(given.stateFile);
    this.#patience = new Patience(given.timers);
    const wire = this.#wire;
    this.#api = new Api({ wire, options: given, app: given.app, redactor: this.#redactor });
    this.#media = new Media({
      wire,
      timers: given.timers,
      log: this.#log,
      hosts: given.aibot?.mediaHosts ?? [],
      foreign: (host) => this.#condition.trouble('media', WORDS.foreignMedia(host)),
    });
  }

  async start(sink: Sink): Promise<void> {
    if (this.#sender) throw new Error('wecom runs already');
    const { aibot, app } = this.#options;
    if (app?.callback) this.#listener = await this.#listen(sink);
    if (aibot) this.#link = await this.#linkFor(aibot, sink);
    const parts = { options: this.#options, api: this.#api, contacts: this.#contacts, log: this.#log };
    this.#sender = new Sender({ ...parts, link: this.#link, condition: this.#condition });
    this.#link?.start();
    if (app) this.#signingIn = this.#signIn();
  }

  async send(message: Outbound): Promise<SendResult> {
    if (this.#sender === null || this.#stopping) return STOPPED;
    return this.#sends.track(this.#sender.send(message));
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async fetchMedia(ref: string): Promise<{ bytes: Uint8Array; mime: string | null }> {
    const wanted = readRef(ref);
    try {
      if (wanted?.from === 'app' && this.#options.app) return await this.#api.download(wanted.mediaId);
      if (wanted?.from === 'aibot') return { bytes: await this.#media.bytesOf(ref, wanted), mime: null };
      throw new Error('no reference of ours');
    } catch (error) {
      // Without the cause: addresses of files are signed.
      const known = error instanceof ApiError || error instanceof WireError;
      const detail = this.#redactor.clean(
        known || !(error instanceof Error) ? wordsFor(error) : error.message,
      );
      throw new Error(`the file could not be fetched from WeCom (${detail})`);
    }
  }

  health(): Health {
    return this.#condition.health();
  }

  port(): number | null {
    return this.#listener?.port ?? null;
  }

  async #linkFor(aibot: NonNullable<WecomOptions['aibot']>, sink: Sink): Promise<Link> {
    const condition = this.#condition;
    const kept = { condition, contacts: this.#contacts, media: this.#media };
    const intake = new Intake({ ...kept, options: this.#options, botName: aibot.name, sink });
    this.#intake = intake;
    const { clean } = this.#redactor;
    const parts = { sdk: await loadSdk(), aibot, options: this.#options, log: this.#log, condition, clean };
    return new Link({ ...parts, onMessage: intake.message, onEvent: intake.event });
  }

  #listen(sink: Sink): Promise<Listener> | null {
    const { app, clock, id } = this.#options;
    if (!app?.callback) return null;
    const { callback, corpId, agentId } = app;
    const take = async (fields: Fields): Promise<void> => {
      const event = decodeApp(fields, { account: id, corpId, agentId });
      if (event === null) return;
      const { flushed } = await sink.receive(event).catch((error: unknown) => {
        this.#condition.notTaken();
        throw error;
      });
      // Failed sends are the outbox's affair.
      flushed.catch(() => undefined);
      this.#condition.inbound(clock.now());
    };
    return listen({ callback, corpId, clock, log: this.#log, take });
  }

  /** Until WeCom takes the app's secret; after that each call renews the token itself. */
  async #signIn(): Promise<void> {
    for (let failures = 1; !this.#patience.stopped; failures++) {
      try {
        await this.#api.signIn();
        return this.#condition.online('app');
      } catch (error) {
        if (this.#patience.stopped) return;
        if (isBadSecret(error)) this.#condition.kicked('app', wordsFor(error));
        else this.#condition.lost('app', wordsFor(error));
        this.#log.warn('the WeCom app can not be used yet', { detail: wordsFor(error) });
        await this.#patience.pause(waitOf(error) ?? backoffMs(failures));
      }
    }
  }

  async #stop(): Promise<void> {
    const abandon = (): void => {
      this.#api.abandon();
      this.#link?.abandon();
    };
    const cancel = this.#options.timers.after(STOP_MS, abandon);
    await this.#sends.ended();
    cancel();
    this.#patience.stop();
    this.#api.abandon();
    this.#media.stop();
    await this.#link?.stop();
    await Promise.all([this.#intake?.stop(), this.#listener?.close(), this.#signingIn]);
    await this.#contacts.idle();
    this.#wire.close();
    this.#condition.stopped();
  }
}
