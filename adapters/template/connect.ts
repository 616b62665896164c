/** The session: calls that end, events by long polling, and how it is. */
import { backoffMs, createWire, Patience, WireError } from '@huiyin/core/kit';
import type { Health, Sink } from '@huiyin/core/port';
import type { TemplateOptions } from './config.ts';
import { CALL_MS, LONG_POLL_SECONDS, MAX_BYTES } from './config.ts';
import { decode } from './decode.ts';
import { Refused } from './encode.ts';

export class Session {
  readonly #options: TemplateOptions;
  readonly #wire = createWire();
  readonly #patience: Patience;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #health: Health = { state: 'connecting', lastInboundAt: null, lastError: null, qr: null };

  constructor(options: TemplateOptions) {
    this.#options = options;
    this.#patience = new Patience(options.timers);
  }

  /** Returns at once: a township must start while the platform can't be reached. */
  start(sink: Sink): void {
    this.#running = this.#poll(sink);
  }

  readonly health = (): Health => this.#health;

  /** After the last send has ended. Resolves when nothing is under way. */
  async stop(): Promise<void> {
    this.#patience.stop();
    this.#stopping.abort();
    await this.#running;
    this.#wire.close();
    this.#health = { ...this.#health, state: 'stopped' };
  }

  /** @throws WireError, Refused */
  async call(method: string, path: string, body: Uint8Array | string | null = null, milliseconds = CALL_MS) {
    const { server, token, timers } = this.#options;
    const late = new AbortController();
    const cancel = timers.after(milliseconds, () => late.abort());
    const signal = AbortSignal.any([late.signal, this.#stopping.signal]);
    const headers = { authorization: `Bearer ${token}` };
    const request = { url: `${server}${path}`, method, headers, body, signal, maxBytes: MAX_BYTES };
    try {
      const answer = await this.#wire.exchange(request);
      if (answer.status >= 300) throw new Refused(answer);
      return answer;
    } finally {
      cancel();
    }
  }

  /** @returns the id of what was made */
  async post(path: string, body: Uint8Array | string): Promise<string> {
    const { bytes } = await this.call('POST', path, body);
    return (JSON.parse(Buffer.from(bytes).toString()) as { readonly id: string }).id;
  }

  async #poll(sink: Sink): Promise<void> {
    let after = 0;
    for (let failures = 0; !this.#patience.stopped; ) {
      try {
        for (const { position, event } of await this.#ask(after)) {
          const inbound = decode(event, this.#options.id);
          // Failed sends are the outbox's affair.
          if (inbound !== null) (await sink.receive(inbound)).flushed.catch(() => undefined);
          this.#health = { ...this.#health, lastInboundAt: this.#options.clock.now() };
          // Asked for what comes after it, the platform forgets it: never before the commit.
          after = position;
        }
        failures = 0;
      } catch (error) {
        if (this.#patience.stopped) return;
        this.#health = { ...this.#health, ...troubleOf(error) };
        this.#options.log.warn('the platform can not be used now', { detail: this.#health.lastError });
        // At once the first time: the store may only have been busy.
        if (failures++ > 0) await this.#patience.pause(backoffMs(failures - 1));
      }
    }
  }

  async #ask(after: number): Promise<readonly { readonly position: number; readonly event: unknown }[]> {
    const path = `/events?after=${after}&wait=${LONG_POLL_SECONDS}`;
    const { bytes } = await this.call('GET', path, null, LONG_POLL_SECONDS * 1_000 + CALL_MS);
    this.#health = { ...this.#health, state: 'online', lastError: null };
    return JSON.parse(Buffer.from(bytes).toString());
  }
}

/** What is wrong, and what to do. */
function troubleOf(error: unknown): Pick<Health, 'state' | 'lastError'> {
  if (error instanceof WireError)
    return { state: 'degraded', lastError: `连不上平台（${error.code}）：检查网络` };
  if (!(error instanceof Refused)) return { state: 'degraded', lastError: '消息没有记下来，会再取一次' };
  if (error.answer.status !== 401) return { state: 'degraded', lastError: `平台有误（${error.message}）` };
  return { state: 'kicked', lastError: '平台不认这个 token：到后台核对' };
}
