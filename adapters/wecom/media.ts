/**
 * Files that people sent to the bot. Their addresses live for five minutes, so they are fetched when the message
 * comes and kept in memory for a while; after a restart the address may still do.
 */
import type { AdapterLog, AdapterTimers, Wire } from '@huiyin/core/kit';
import { MAX_DOWNLOAD_BYTES } from './config.ts';
import { decrypt, keyOf } from './crypt.ts';
import type { BotResource } from './decode.ts';

export interface MediaParts {
  readonly wire: Wire;
  readonly timers: AdapterTimers;
  readonly log: AdapterLog;
  /** Endings of hosts; where one begins with no dot, the whole host. */
  readonly hosts: readonly string[];
  /** Told of a host that is none of them. */
  readonly foreign: (host: string) => void;
}

const FETCH_MS = 60_000;
const MOST_BYTES = 64_000_000;
const MOST_FILES = 200;
/** At once: a forwarded album is nine. */
const MOST_FETCHING = 10;

export class Media {
  readonly #parts: MediaParts;
  readonly #kept = new Map<string, Uint8Array>();
  readonly #fetching = new Map<string, Promise<Uint8Array>>();
  readonly #stops = new Set<AbortController>();
  #bytes = 0;

  constructor(parts: MediaParts) {
    this.#parts = parts;
  }

  /** Begins to fetch; what fails now may be tried again by `bytesOf`. */
  prefetch(ref: string, resource: BotResource): void {
    if (this.#kept.has(ref) || this.#fetching.size >= MOST_FETCHING) return;
    this.bytesOf(ref, resource).catch(() => this.#parts.log.warn('a file of a message was not fetched'));
  }

  /** @throws where it is not to be had any more */
  bytesOf(ref: string, resource: BotResource): Promise<Uint8Array> {
    const kept = this.#kept.get(ref);
    if (kept !== undefined) return Promise.resolve(kept);
    const underWay = this.#fetching.get(ref) ?? this.#fetch(ref, resource);
    this.#fetching.set(ref, underWay);
    return underWay;
  }

  stop(): void {
    for (const controller of this.#stops) controller.abort();
    this.#kept.clear();
  }

  async #fetch(ref: string, resource: BotResource): Promise<Uint8Array> {
    const controller = new AbortController();
    const cancel = this.#parts.timers.after(FETCH_MS, () => controller.abort());
    this.#stops.add(controller);
    try {
      // Not within the turn in which it is noted as under way.
      await Promise.resolve();
      const bytes = await this.#read(resource, controller.signal);
      this.#keep(ref, bytes);
      return bytes;
    } finally {
      cancel();
      this.#stops.delete(controller);
      this.#fetching.delete(ref);
    }
  }

  async #read({ url, key }: BotResource, signal: AbortSignal): Promise<Uint8Array> {
    if (!this.#isAllowed(url)) throw new Error('not an address of WeCom');
    const { status, bytes } = await this.#parts.wire.exchange({
      url,
      method: 'GET',
      headers: {},
      body: null,
      signal,
      maxBytes: MAX_DOWNLOAD_BYTES,
    });
    if (status !== 200) throw new Error(`HTTP ${status}`);
    if (key === null) return bytes;
    const secret = keyOf(key);
    const plain = secret === null ? null : decrypt(secret, bytes);
    if (plain === null) throw new Error('it can not be decrypted');
    return plain;
  }

  #isAllowed(url: string): boolean {
    if (!URL.canParse(url)) return false;
    const { hostname, protocol } = new URL(url);
    const listed = this.#parts.hosts.some((host) =>
      host.startsWith('.') ? hostname.endsWith(host) : hostname === host,
    );
    if (!listed) this.#parts.foreign(hostname);
    return listed && (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname)));
  }

  #keep(ref: string, bytes: Uint8Array): void {
    this.#kept.set(ref, bytes);
    this.#bytes += bytes.length;
    for (const [oldest, { length }] of this.#kept) {
      if (this.#bytes <= MOST_BYTES && this.#kept.size <= MOST_FILES) break;
      this.#kept.delete(oldest);
      this.#bytes -= length;
    }
  }
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost']);
