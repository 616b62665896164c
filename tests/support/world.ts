/**
 * A small world for stories: a township, its desk, a store in memory, a clock that the story moves and a
 * platform on which every message arrives at once, in the words that people read.
 */
import { readFileSync } from 'node:fs';
import { buildPolicy } from '../../src/config/policy.ts';
import { readTownship } from '../../src/config/township.ts';
import type { Desk, Received } from '../../src/desk/index.ts';
import { createDesk } from '../../src/desk/index.ts';
import type { Case } from '../../src/domain/case.ts';
import type { CaseEvent } from '../../src/domain/events.ts';
import type { MessageKind } from '../../src/domain/messages.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { SecondReader } from '../../src/intake/proposal.ts';
import { ManualClock } from '../../src/kernel/clock.ts';
import { createLogger } from '../../src/kernel/log.ts';
import { type Instant, parseInstant, printed } from '../../src/kernel/zone.ts';
import { compose, type WordsOptions } from '../../src/outbox/compose.ts';
import type { Capabilities, Inbound, InboundMedia, MediaKind, Outbound } from '../../src/port.ts';
import { fillContact } from '../../src/replies/contact-slot.ts';
import { wordsContext } from '../../src/replies/context.ts';
import { render } from '../../src/replies/render.ts';
import type { OutboxRow, Store } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { createVault, type Vault } from '../../src/vault/index.ts';

export const ZONE = 'Asia/Shanghai';
/** Monday. */
export const MONDAY = '2026-11-02 08:00';
const MINUTE = 60_000;

/** `2026-11-02 08:30`, or `11-02 08:30` of the story's year. */
export function at(words: string): Instant {
  const full = /^\d{4}-/.test(words) ? words : `2026-${words}`;
  const instant = parseInstant(`${full.replace(' ', 'T')}:00`, ZONE);
  if (instant === null) throw new Error(`${words} is no time`);
  return instant;
}

/** `11-02 08:30`: what stories compare with. */
export const told = (instant: Instant | null): string | null =>
  instant === null ? null : printed(instant, ZONE).slice(5, 16).replace('T', ' ');

/** The platform of the stories: it can do all that chats can, and has no limits. */
export const PLATFORM: Capabilities = {
  groupVisibility: 'all',
  dm: true,
  proactive: 'always',
  windowMs: null,
  quoteIn: 'id',
  quoteOut: true,
  mentionOut: true,
  buttons: false,
  markdown: false,
  maxTextBytes: 20_000,
  mediaIn: true,
  mediaOut: true,
  edits: true,
  recalls: true,
  memberEvents: true,
  returnsMessageId: true,
  nativeIdempotency: true,
  stableUserIds: true,
  limits: { perChat: null, global: null, jitterMs: null },
};

const quiet = createLogger(() => {});

export interface Sent extends Outbound {
  readonly row: OutboxRow;
  /** `11-02 08:30`. */
  readonly time: string;
}

export interface SayOptions {
  /** The group it is written in; left out, it is a private chat with the bot. */
  readonly in?: string;
  /** The id of a message (`o7`), or the words of one as an older client quotes them. */
  readonly quote?: string | { readonly text: string };
  readonly media?: readonly MediaKind[];
  readonly id?: string;
  /** Else one minute after the last. */
  readonly at?: string;
  readonly mention?: boolean;
}

export interface WorldOptions {
  readonly start?: string;
  readonly locale?: 'zh-CN' | 'en';
  /** Changes the township's file before it is read. */
  readonly township?: (yaml: string) => string;
  readonly accounts?: readonly string[];
  /** What they can do; by default all of it. */
  readonly platforms?: ReadonlyMap<string, Capabilities>;
  /** A file, for a story that looks into it; else memory. */
  readonly file?: string;
  readonly secondReader?: SecondReader;
}

const YAML = readFileSync(new URL('./township.yaml', import.meta.url), 'utf8');

export function testPolicy(options: Pick<WorldOptions, 'locale' | 'township'> = {}): Policy {
  const local =
    options.locale === undefined ? YAML : YAML.replace('locale: zh-CN', `locale: ${options.locale}`);
  const file = readTownship(options.township?.(local) ?? local, 'township.yaml');
  if (!file.ok) throw new Error(JSON.stringify(file.error));
  return buildPolicy(file.value, 1);
}

/** Always the same key, so that two worlds of one story give the same aliases. */
export const KEY = new Uint8Array(32).fill(7);
export function countingBytes(): (n: number) => Uint8Array {
  let calls = 0;
  return (n) => new Uint8Array(n).fill(++calls % 251);
}

export class World {
  readonly policy: Policy;
  readonly clock: ManualClock;
  readonly store: Store;
  readonly desk: Desk;
  readonly scope: { readonly township: string };
  /** All that was sent, in the order in which it arrived. */
  readonly all: Sent[] = [];
  /** All that was said, for playing it once more. */
  readonly heard: Inbound[] = [];
  readonly #vault: Vault;
  readonly #accounts: readonly string[];
  #ids = 0;

  constructor(options: WorldOptions = {}) {
    this.policy = testPolicy(options);
    this.clock = new ManualClock(at(options.start ?? MONDAY));
    this.scope = { township: this.policy.roster.township.id };
    this.store = openSqliteStore({
      file: options.file ?? ':memory:',
      now: () => this.clock.now(),
      owner: 'story',
    });
    this.#vault = createVault(KEY, countingBytes());
    this.#accounts = options.accounts ?? ['bridge'];
    this.desk = createDesk({
      store: this.store,
      township: this.scope.township,
      policy: () => this.policy,
      clock: this.clock,
      vault: this.#vault,
      accounts: () => this.#accounts,
      ...(options.platforms ? { platforms: options.platforms } : {}),
      log: quiet,
      ...(options.secondReader ? { secondReader: options.secondReader } : {}),
    });
  }

  get now(): string {
    return told(this.clock.now()) ?? '';
  }

  /** Says something, and everything that is due by then happens before it. */
  async say(who: string, text: string, options: SayOptions = {}): Promise<Received> {
    const id = options.id ?? `m${++this.#ids}`;
    return this.hear({ ...this.#blank(who, options), eventKey: `m:${id}`, messageId: id, text }, options);
  }

  /** The same message once more: a platform that was not sure. */
  async again(): Promise<Received> {
    const last = this.heard.at(-1);
    if (last === undefined) throw new Error('nothing was said yet');
    return this.hear(last, {});
  }

  edit(who: string, id: string, text: string, options: SayOptions = {}): Promise<Received> {
    const one = { ...this.#blank(who, options), kind: 'edit' as const, messageId: id, text };
    return this.hear({ ...one, eventKey: `e:${id}:${text}` }, options);
  }

  recall(who: string, id: string, options: SayOptions = {}): Promise<Received> {
    const one = { ...this.#blank(who, options), kind: 'recall' as const, messageId: id, text: '' };
    return this.hear({ ...one, eventKey: `r:${id}` }, options);
  }

  async hear(inbound: Inbound, options: SayOptions): Promise<Received> {
    await this.until(options.at ?? this.clock.now() + (this.heard.length === 0 ? 0 : MINUTE));
    return this.arrive(inbound);
  }

  /** Takes a line now, and sends what it caused. */
  async arrive(inbound: Inbound): Promise<Received> {
    const event = { ...inbound, platformTime: this.clock.now() };
    this.heard.push(event);
    const received = await this.desk.receive(event);
    await this.drain();
    // What the line itself has made due belongs to it.
    await this.until(this.clock.now());
    return received;
  }

  /** What one line is before its words: where, from whom, quoting what. */
  #blank(who: string, options: SayOptions): Omit<Inbound, 'eventKey'> {
    const account = who.startsWith('u-') ? who : `u-${who}`;
    const { quote } = options;
    return {
      kind: 'message',
      account: 'bridge',
      chat: options.in === undefined ? { id: account, kind: 'direct' } : { id: options.in, kind: 'group' },
      sender: { id: account, name: who, isSelf: false, isBot: false },
      messageId: null,
      text: '',
      mentionsBot: options.mention ?? false,
      quote:
        quote === undefined
          ? null
          : typeof quote === 'string'
            ? { id: quote, text: null }
            : { id: null, ...quote },
      media: (options.media ?? []).map(
        (kind, i): InboundMedia => ({ kind, name: `${kind}-${i}`, mime: null, ref: `ref-${this.#ids}-${i}` }),
      ),
      platformTime: null,
      address: {},
    };
  }

  /** Moves the clock: cases' steps and messages that are due run, each at its own time. */
  async until(end: string | Instant): Promise<void> {
    const last = typeof end === 'string' ? at(end) : end;
    for (let turn = 0; ; turn++) {
      if (turn > 5_000) throw new Error(`time stands still at ${this.now}`);
      const next = await this.store.nextWake(this.scope);
      if (next === null || next > last) break;
      this.clock.advanceTo(next);
      const due = await this.store.dueCases(this.scope, this.clock.now(), 500);
      for (const { number, at } of due) await this.desk.tick(number, at);
      const moved = due.length + (await this.drain()) + (await this.#finishTasks());
      // A row whose case has moved on is dropped unseen: that is progress too.
      if (moved === 0 && (await this.store.nextWake(this.scope)) === next) break;
    }
    this.clock.advanceTo(last);
  }

  /** Digests and files are made elsewhere: here a task is done as soon as it is due. */
  async #finishTasks(): Promise<number> {
    const now = this.clock.now();
    const tasks = await this.store.claimTasks(this.scope, {
      owner: 'story',
      limit: 50,
      now,
      until: now + MINUTE,
    });
    for (const { key, fence } of tasks)
      await this.store.settleTask(this.scope, key, fence, { done: true, retryAt: null, detail: null });
    return tasks.length;
  }

  /** Sends what is due: rendered, recorded, settled. */
  async drain(): Promise<number> {
    const now = this.clock.now();
    const claim = { accounts: this.#accounts, owner: 'story', limit: 500, now, until: now + MINUTE };
    const rows = await this.store.claimOutbox(this.scope, claim);
    // The order that bridge.md promises for the sends of one message: the one in which they were written.
    for (const row of rows.toSorted((a, b) => a.priority - b.priority || a.id - b.id)) {
      const message = await compose(row, PLATFORM, now, this.#words());
      if (message === null) throw new Error(`${row.kind} leads nowhere`);
      this.all.push({ ...message, row, time: this.now });
      await this.store.settle(this.scope, row.id, row.fence, {
        type: 'sent',
        messageId: message.id,
        at: now,
      });
    }
    return rows.length;
  }

  #words(): WordsOptions {
    const opened = async (number: string, field: string): Promise<string | null> => {
      const entries = await this.store.vaultEntries(this.scope, number);
      const entry = entries.find((one) => one.field === field);
      return entry === undefined ? null : this.#vault.open(entry);
    };
    return {
      words: (say, now, inGroup) => render(say, wordsContext(this.policy, now, inGroup)),
      fillContact,
      resolveContact: (number, field) => opened(number, field),
      resolveParty: async (alias, cases) => {
        for (const number of cases) {
          const behind = await opened(number, `reporter:${alias}`);
          if (behind === null) continue;
          const { account, chat } = JSON.parse(behind) as { account: string; chat: string };
          return { account, chat: { id: chat, kind: 'direct' } };
        }
        return null;
      },
    };
  }

  /** A case by its serial; throws where there is none, so that a story reads on. */
  async case(serial: string | number): Promise<Case> {
    const found = (await this.cases()).find((c) => c.serial === Number(serial));
    if (found === undefined) throw new Error(`there is no case ${serial}`);
    return found;
  }

  cases(): Promise<readonly Case[]> {
    return this.store.cases(this.scope, {});
  }

  async events(serial: string | number): Promise<readonly CaseEvent[]> {
    const { number } = await this.case(serial);
    return this.store.events(this.scope, [number]);
  }

  async happened(serial: string | number): Promise<readonly string[]> {
    return (await this.events(serial)).map(({ type }) => type);
  }

  /** `lin` is the private chat with her; a group goes by its own name. */
  sent(kind?: MessageKind | null, chat?: string): readonly Sent[] {
    const id = chat === undefined || chat.startsWith('g-') || chat.startsWith('u') ? chat : `u-${chat}`;
    return this.all.filter(
      (one) => (kind == null || one.kind === kind) && (id === undefined || one.chat.id === id),
    );
  }

  /** The last message of a kind; its absence is an error of the story. */
  last(kind?: MessageKind | null, chat?: string): Sent {
    const found = this.sent(kind, chat).at(-1);
    if (found === undefined) throw new Error(`no ${kind ?? 'message'} went to ${chat ?? 'anybody'}`);
    return found;
  }

  /** What this one line of the story caused to be sent. */
  async after(act: () => Promise<unknown>): Promise<readonly Sent[]> {
    const before = this.all.length;
    await act();
    return this.all.slice(before);
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
