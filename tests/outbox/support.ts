/** A platform that obeys, a store in memory and a clock that stands still: the outbox without the world. */
import { ManualClock, ManualTimers } from '../../src/kernel/clock.ts';
import { createLogger } from '../../src/kernel/log.ts';
import type { Dispatcher, Failure } from '../../src/outbox/index.ts';
import { createDispatcher } from '../../src/outbox/index.ts';
import type { Capabilities, ChatAdapter, Outbound, SendResult } from '../../src/port.ts';
import type { OutboxDraft, OutboxRow, Store } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';

export const SCOPE = { township: 'lucidu' };
export const START = Date.UTC(2026, 10, 2, 0, 30);
export const LEASE_MS = 60_000;

export const draftOf = (over: Partial<OutboxDraft> = {}): OutboxDraft => ({
  account: 'chat',
  chat: { id: 'g-1', kind: 'group' },
  address: null,
  replyTo: null,
  kind: 'notice',
  say: { template: 'thanks', params: {} },
  case: null,
  cases: [],
  priority: 3,
  dueAt: START,
  guard: null,
  mergeKey: null,
  media: [],
  ...over,
});

export const rowOf = (over: Partial<OutboxRow> = {}): OutboxRow => ({
  ...draftOf(),
  id: 1,
  status: 'sending',
  attempts: 1,
  fence: 1,
  createdAt: START,
  interrupted: false,
  ...over,
});

const CAPABILITIES: Capabilities = {
  groupVisibility: 'all',
  dm: true,
  proactive: 'always',
  windowMs: null,
  quoteIn: 'id',
  quoteOut: true,
  mentionOut: false,
  buttons: false,
  markdown: false,
  maxTextBytes: 2_000,
  mediaIn: false,
  mediaOut: false,
  edits: false,
  recalls: false,
  memberEvents: false,
  returnsMessageId: true,
  nativeIdempotency: false,
  stableUserIds: true,
  limits: { perChat: null, global: null, jitterMs: null },
};

/** A platform whose answers the test gives; without one it accepts everything at once. */
export class FakePlatform implements ChatAdapter {
  readonly id = 'chat';
  readonly capabilities: Capabilities;
  readonly got: Outbound[] = [];
  answer: (message: Outbound) => SendResult | Promise<SendResult> = ({ id }) => ({
    type: 'sent',
    messageId: id,
  });

  constructor(over: Partial<Capabilities> = {}) {
    this.capabilities = { ...CAPABILITIES, ...over };
  }

  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  async send(message: Outbound): Promise<SendResult> {
    this.got.push(message);
    return this.answer(message);
  }

  async fetchMedia(): Promise<never> {
    throw new Error('no media here');
  }

  health() {
    return { state: 'online', lastInboundAt: null, lastError: null, qr: null } as const;
  }
}

export interface Bench {
  readonly store: Store;
  readonly clock: ManualClock;
  readonly platform: FakePlatform;
  readonly dispatcher: Dispatcher;
  readonly failures: Failure[];
  /** Commits drafts as the desk does; what is due is born `sending`. */
  queue(...drafts: readonly Partial<OutboxDraft>[]): Promise<readonly OutboxRow[]>;
  /** Moves time, claims what is due and waits until what can go has gone. */
  advance(milliseconds: number): Promise<void>;
  statuses(): Promise<readonly string[]>;
  /** Another process over the same database, as after a crash. */
  successor(platform?: FakePlatform): Dispatcher;
}

export interface BenchOptions {
  readonly capabilities?: Partial<Capabilities>;
  readonly resolveParty?: (alias: string) => Promise<{ account: string; chat: Outbound['chat'] } | null>;
  readonly resolveContact?: () => Promise<string | null>;
}

/** Enough turns of the event loop for commits and sends that wait for nothing else. */
export async function still(turns = 20): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}

export function bench(options: BenchOptions = {}): Bench {
  const clock = new ManualClock(START);
  const timers = new ManualTimers(clock);
  const store = openSqliteStore({ file: ':memory:', now: () => clock.now(), owner: 'test', timers });
  const failures: Failure[] = [];
  const first = new FakePlatform(options.capabilities);
  const dispatcherOver = (platform: FakePlatform, owner: string): Dispatcher =>
    createDispatcher({
      store,
      scope: SCOPE,
      clock,
      timers,
      log: createLogger(() => undefined),
      adapters: new Map([[platform.id, platform]]),
      owner,
      leaseMs: LEASE_MS,
      share: () => 0.5,
      failed: async (failure) => void failures.push(failure),
      words: (say) => (say.template === 'contact' ? `电话 ⟦${say.params.vault}⟧` : say.template),
      fillContact: (text, vault, contact) => text.replace(`⟦${vault}⟧`, contact),
      resolveContact: options.resolveContact ?? (async () => '13800138001'),
      resolveParty: options.resolveParty ?? (async () => null),
    });
  const dispatcher = dispatcherOver(first, 'first');
  const born = { accounts: ['chat'], owner: 'first', leaseMs: LEASE_MS };
  return {
    store,
    clock,
    platform: first,
    dispatcher,
    failures,
    queue: async (...drafts) => {
      const outbox = drafts.map((draft) => draftOf({ dueAt: clock.now(), ...draft }));
      const step = { load: {}, decide: () => ({ answer: null, outbox }) };
      const [result] = await store.transact(SCOPE, [step], { bornSending: born });
      if (!result?.ok) throw new Error('nothing was queued');
      return result.outbox;
    },
    advance: async (milliseconds) => {
      timers.advanceBy(milliseconds);
      await dispatcher.sweep();
      await still();
    },
    statuses: async () => {
      // Settlements ride on the next writing.
      await store.setMeta(SCOPE, 'test', 'flush');
      return (await store.outbox(SCOPE, {})).toSorted((a, b) => a.id - b.id).map(({ status }) => status);
    },
    successor: (platform = new FakePlatform(options.capabilities)) => dispatcherOver(platform, 'second'),
  };
}
