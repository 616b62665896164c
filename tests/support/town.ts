/**
 * The whole program on several platforms at once, each with what it allows, refuses and reports of itself; a
 * clock that the test moves. People are `<first letter of the platform>-<id>` there: `t-lin` on `telegram`.
 */
import { createHouse, type House, type OtherAccounts } from '../../src/cli/house.ts';
import { NO_TIMERS } from '../../src/cli/simulate.ts';
import type { Case } from '../../src/domain/case.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { ManualClock } from '../../src/kernel/clock.ts';
import { createLogger } from '../../src/kernel/log.ts';
import type { Capabilities, ChatAdapter, Health, Inbound, Outbound, SendResult } from '../../src/port.ts';
import { runDue } from '../../src/schedule/due.ts';
import type { OutboxRecord, Store } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { createVault } from '../../src/vault/index.ts';
import { at, countingBytes, KEY, PLATFORM, testPolicy, told } from './world.ts';

const MINUTE = 60_000;

export class FakeChat implements ChatAdapter {
  readonly id: string;
  readonly capabilities: Capabilities;
  readonly got: (Outbound & { readonly time: string })[] = [];
  state: Health['state'] = 'online';
  qr: string | null = null;
  /** What it answers instead of `sent`. */
  answer: (message: Outbound) => SendResult | null = () => null;
  readonly #clock: ManualClock;

  constructor(id: string, over: Partial<Capabilities>, clock: ManualClock) {
    this.id = id;
    this.capabilities = { ...PLATFORM, ...over };
    this.#clock = clock;
  }

  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  async send(message: Outbound): Promise<SendResult> {
    const refused = this.answer(message);
    if (refused !== null) return refused;
    this.got.push({ ...message, time: told(this.#clock.now()) ?? '' });
    return { type: 'sent', messageId: `${this.id}-${message.id}` };
  }

  async fetchMedia(): Promise<never> {
    throw new Error('no media here');
  }

  health(): Health {
    return { state: this.state, lastInboundAt: null, lastError: null, qr: this.qr };
  }

  /** Lines that went to a chat: `receipt`, or all kinds. */
  to(chat: string, kind?: string): readonly string[] {
    return this.got
      .filter((one) => one.chat.id === chat && (kind === undefined || one.kind === kind))
      .map(({ kind: of, text }) => `${of}: ${text}`);
  }
}

export interface TownOptions {
  /** By account; the first is preferred. */
  readonly platforms: Readonly<Record<string, Partial<Capabilities>>>;
  /** Who is where beside the file's own accounts: `lin: [telegram]`. */
  readonly people: Readonly<Record<string, readonly string[]>>;
  /** Lines added to the file's `chats`. */
  readonly chats?: readonly string[];
  readonly start?: string;
  readonly wrap?: (store: Store) => Store;
  /** Accounts that another process on the same database carries. */
  readonly others?: OtherAccounts;
}

export class Town {
  readonly policy: Policy;
  readonly clock: ManualClock;
  readonly store: Store;
  readonly house: House;
  readonly scope: { readonly township: string };
  readonly platforms: ReadonlyMap<string, FakeChat>;
  #ids = 0;
  #opened = false;

  constructor(options: TownOptions) {
    this.policy = testPolicy({ township: (yaml) => townshipOf(yaml, options) });
    this.scope = { township: this.policy.roster.township.id };
    this.clock = new ManualClock(at(options.start ?? '11-02 09:00'));
    const store = openSqliteStore({
      ...{ file: ':memory:', now: () => this.clock.now(), owner: 'town' },
      ...{ timers: NO_TIMERS, defer: queueMicrotask },
    });
    this.store = options.wrap?.(store) ?? store;
    this.platforms = new Map(
      Object.entries(options.platforms).map(([id, over]) => [id, new FakeChat(id, over, this.clock)]),
    );
    this.house = createHouse({
      ...{ store: this.store, policy: () => this.policy, clock: this.clock, timers: NO_TIMERS },
      ...{ vault: createVault(KEY, countingBytes()), log: createLogger(() => undefined), owner: 'town' },
      ...{ adapters: this.platforms, keepFile: null, waits: true, others: options.others ?? null },
    });
  }

  on(account: string): FakeChat {
    const platform = this.platforms.get(account);
    if (platform === undefined) throw new Error(`nothing runs as ${account}`);
    return platform;
  }

  /** `telegram lin` writes in private; with a group, there. */
  async say(account: string, who: string, text: string, over: Partial<Inbound> = {}): Promise<void> {
    this.clock.advanceBy(MINUTE);
    const id = `m${++this.#ids}`;
    const sender = chatOf(account, who);
    const received = await this.house.sink.receive({
      ...{ eventKey: `m:${id}`, kind: 'message', account, messageId: id, text, mentionsBot: false },
      chat: { id: sender, kind: 'direct' },
      sender: { id: sender, name: who, isSelf: false, isBot: false },
      ...{ quote: null, media: [], platformTime: this.clock.now(), address: {} },
      ...over,
    });
    await received.flushed;
    await this.until(this.clock.now());
  }

  in(group: string): Partial<Inbound> {
    return { chat: { id: group, kind: 'group' } };
  }

  async until(words: string | number): Promise<void> {
    const end = typeof words === 'string' ? at(words) : words;
    await this.#open();
    await runDue(this.house.due, end, (now) => this.clock.advanceTo(now));
    this.clock.advanceTo(end);
    await this.house.dispatcher.flush();
  }

  /** Reads where the jobs stand, as a start does. */
  async #open(): Promise<void> {
    if (this.#opened) return;
    this.#opened = true;
    await this.house.due.jobs.open(this.clock.now());
  }

  async case(serial: number): Promise<Case> {
    const found = (await this.store.cases(this.scope, {})).find((c) => c.serial === serial);
    if (found === undefined) throw new Error(`there is no case ${serial}`);
    return found;
  }

  async rows(): Promise<readonly OutboxRecord[]> {
    // Settlements ride on the next writing.
    await this.store.setMeta(this.scope, 'test', 'flush');
    return this.store.outbox(this.scope, {});
  }

  /** Where everything that went has gone: `telegram t-lin receipt`, in order of account, then time. */
  went(kind?: string): readonly string[] {
    return [...this.platforms.values()].flatMap(({ id, got }) =>
      got
        .filter((one) => kind === undefined || one.kind === kind)
        .map(({ chat, kind: of }) => `${id} ${chat.id} ${of}`),
    );
  }

  /** As if nothing had gone yet. */
  clear(): void {
    for (const { got } of this.platforms.values()) got.length = 0;
  }

  close(): Promise<void> {
    return this.store.close();
  }
}

export const chatOf = (account: string, who: string): string =>
  account === 'bridge' ? `u-${who}` : `${account[0]}-${who}`;

/** The file's accounts are all on `bridge`: those named in `people` are where the test wants them instead. */
function townshipOf(yaml: string, { people, chats = [] }: TownOptions): string {
  const placed = Object.entries(people).reduce((text, [who, accounts]) => {
    const own = accounts.map((account) => `${account}: ${chatOf(account, who)}`).join(', ');
    return text.replace(
      new RegExp(`(\\{ id: ${who}, [^\\n]*accounts: )\\{[^}]*\\}`),
      (_, before: string) => `${before}{ ${own} }`,
    );
  }, yaml);
  return placed.replace(/^chats:$/m, ['chats:', ...chats.map((line) => `  - ${line}`)].join('\n'));
}
