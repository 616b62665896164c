/** The whole program over a store in memory, with a platform whose files the test plans. */
import { createHouse, type House } from '../../src/cli/house.ts';
import type { MediaPlace } from '../../src/cli/media.ts';
import type { Case } from '../../src/domain/case.ts';
import { ManualClock, ManualTimers } from '../../src/kernel/clock.ts';
import { createLogger } from '../../src/kernel/log.ts';
import { type MediaFiles, mediaInMemory } from '../../src/media/store.ts';
import type { Capabilities, Inbound, Outbound } from '../../src/port.ts';
import { runDue } from '../../src/schedule/due.ts';
import type { Store } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { createVault } from '../../src/vault/index.ts';
import { at, KEY, PLATFORM, testPolicy, type WorldOptions } from '../support/world.ts';

/** What stands behind a reference: bytes, nothing that ever answers, or an error, so many times. */
export type Behind = Uint8Array | 'hangs' | 'fails' | 'missing';

export interface BotOptions {
  readonly file?: string;
  readonly start?: string;
  readonly township?: NonNullable<WorldOptions['township']>;
  readonly capabilities?: Partial<Capabilities>;
  /** Null: a run that keeps no files. */
  readonly media?: Partial<MediaPlace> | null;
  /** As a running bot does it: downloads beside the loop. */
  readonly beside?: boolean;
}

export interface SayOptions {
  readonly in?: string;
  readonly id?: string;
  readonly media?: readonly string[];
}

export class Bot {
  readonly clock: ManualClock;
  readonly timers: ManualTimers;
  readonly store: Store;
  readonly house: House;
  readonly files: MediaFiles;
  readonly scope: { readonly township: string };
  readonly sent: Outbound[] = [];
  /** Copies as they were written for sending, by path. */
  readonly copies = new Map<string, Buffer>();
  readonly behind = new Map<string, Behind | Behind[]>();
  readonly fetched: string[] = [];
  #ids = 0;
  #opened: Promise<void> | null = null;

  constructor(options: BotOptions = {}) {
    const policy = testPolicy(options);
    this.scope = { township: policy.roster.township.id };
    this.clock = new ManualClock(at(options.start ?? '2026-11-02 09:00'));
    this.timers = new ManualTimers(this.clock);
    this.files = options.media?.files ?? mediaInMemory();
    const place: MediaPlace = {
      files: this.files,
      outgoing: {
        place: async (label, copies) =>
          copies.map(({ name, bytes }) => {
            this.copies.set(`${label}/${name}`, Buffer.from(bytes));
            return `${label}/${name}`;
          }),
        sweep: async () => undefined,
      },
      absentIsNothing: false,
      ...options.media,
    };
    this.store = openSqliteStore({
      file: options.file ?? ':memory:',
      now: () => this.clock.now(),
      owner: 'test',
      timers: { after: () => () => undefined, every: () => () => undefined },
      defer: queueMicrotask,
    });
    let drawn = 0;
    this.house = createHouse({
      store: this.store,
      policy: () => policy,
      clock: this.clock,
      timers: this.timers,
      vault: createVault(KEY, (size) => new Uint8Array(size).fill(++drawn % 251)),
      log: createLogger(() => undefined),
      owner: 'test',
      adapters: new Map([['bridge', this.#platform({ ...PLATFORM, ...options.capabilities })]]),
      keepFile: null,
      media: options.media === null ? null : place,
      waits: options.beside !== true,
    });
  }

  /** A message, without what it makes due. */
  async hear(who: string, text: string, options: SayOptions = {}): Promise<void> {
    const id = options.id ?? `m${++this.#ids}`;
    const received = await this.house.sink.receive(this.#inbound(who, text, id, options));
    await received.flushed;
  }

  /** A message with everything that is due now. */
  async say(who: string, text: string, options: SayOptions = {}): Promise<void> {
    await this.hear(who, text, options);
    await this.settle();
  }

  async recall(who: string, id: string, options: SayOptions = {}): Promise<void> {
    const blank = this.#inbound(who, '', id, options);
    await this.house.sink.receive({ ...blank, kind: 'recall', eventKey: `r:${id}` });
    await this.settle();
  }

  async settle(): Promise<void> {
    await this.until(this.clock.now());
  }

  /** Everything due until then, each at its own time. */
  async until(end: string | number): Promise<void> {
    // As a start does; else every night since 1970 would be caught up.
    this.#opened ??= this.house.due.jobs.open(this.clock.now());
    await this.#opened;
    const last = typeof end === 'string' ? at(end) : end;
    await runDue(this.house.due, last, (instant) => this.clock.advanceTo(instant));
    this.clock.advanceTo(last);
  }

  /** The sends to one person, or into a group. */
  to(chat: string): readonly Outbound[] {
    const id = chat.startsWith('g-') ? chat : `u-${chat}`;
    return this.sent.filter((one) => one.chat.id === id);
  }

  /** Those with files, or about them. */
  shown(chat: string): readonly string[] {
    return this.to(chat)
      .filter(({ text, kind }) => kind === 'notice' && /照片|附件|视频/.test(text))
      .map(({ text }) => text);
  }

  pathsTo(chat: string): readonly string[] {
    return this.to(chat).flatMap(({ media }) => media.map(({ path }) => path ?? ''));
  }

  async case(serial: number): Promise<Case> {
    const found = (await this.store.cases(this.scope, {})).find((one) => one.serial === serial);
    if (found === undefined) throw new Error(`there is no case ${serial}`);
    return found;
  }

  async kept(): Promise<number> {
    return (await this.files.list('kept')).length;
  }

  async waiting(): Promise<number> {
    return (await this.files.list('waiting')).length;
  }

  #inbound(who: string, text: string, id: string, { in: group, media = [] }: SayOptions): Inbound {
    const account = `u-${who}`;
    return {
      eventKey: `m:${id}`,
      kind: 'message',
      account: 'bridge',
      chat: group === undefined ? { id: account, kind: 'direct' } : { id: group, kind: 'group' },
      sender: { id: account, name: who, isSelf: false, isBot: false },
      messageId: id,
      text,
      mentionsBot: false,
      quote: null,
      media: media.map((ref) => ({
        kind: 'image',
        name: `林桂香家门口-${ref}.jpg`,
        mime: 'image/jpeg',
        ref,
      })),
      platformTime: this.clock.now(),
      address: {},
    };
  }

  #platform(capabilities: Capabilities) {
    return {
      id: 'bridge',
      capabilities,
      start: async () => undefined,
      stop: async () => undefined,
      health: () => ({ state: 'online' as const, lastInboundAt: null, lastError: null, qr: null }),
      fetchMedia: (ref: string) => this.#fetch(ref),
      send: async (message: Outbound) => {
        this.sent.push(message);
        return { type: 'sent' as const, messageId: message.id };
      },
    };
  }

  #fetch(ref: string): Promise<{ bytes: Uint8Array; mime: string | null }> {
    this.fetched.push(ref);
    const planned = this.behind.get(ref);
    const next = Array.isArray(planned) ? (planned.shift() ?? 'fails') : (planned ?? 'missing');
    if (next === 'hangs') return new Promise(() => undefined);
    if (next === 'missing')
      return Promise.reject(Object.assign(new Error('no such file'), { code: 'ENOENT' }));
    if (next === 'fails') return Promise.reject(new Error('502 at https://example.test/?token=s3cret'));
    return Promise.resolve({ bytes: next, mime: 'image/jpeg' });
  }
}
