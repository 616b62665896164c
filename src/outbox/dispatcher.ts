/** The dispatcher of the outbox: born or claimed rows → lanes → adapters → settled. */
import type { Clock, Timers } from '../kernel/clock.ts';
import type { Instant } from '../kernel/zone.ts';
import type { Capabilities, ChatAdapter } from '../port.ts';
import type { OutboxRow, Scope, Store } from '../store/port.ts';
import type { DeliverOptions } from './deliver.ts';
import { deliver, end } from './deliver.ts';
import type { Entry } from './lane.ts';
import { Lane } from './lane.ts';
import type { Turn } from './order.ts';
import { turnOfClaimed, turnsOfBatch } from './order.ts';
import { Pace } from './pace.ts';

export interface DispatcherOptions extends Omit<DeliverOptions, 'block' | 'unconfirmed' | 'store'> {
  readonly store: Pick<Store, 'claimOutbox' | 'settle' | 'settleSoon'>;
  readonly scope: Scope;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Adapters that run, by account. */
  readonly adapters: ReadonlyMap<string, ChatAdapter>;
  /** This process; the owner of its leases. */
  readonly owner: string;
  /** How long a row stays this process's, for rows born here as for claimed ones. */
  readonly leaseMs: number;
}

export interface Dispatcher {
  /**
   * Sends the rows of one step that were born `sending`; others are left to `sweep`.
   * Resolves when each is settled, given back, or waits for its reader's acknowledgement.
   */
  send(rows: readonly OutboxRow[]): Promise<void>;
  /** Claims what is due by now; the number of rows claimed. They are on their way when it resolves. */
  sweep(): Promise<number>;
  /**
   * Takes back what a process that died was sending, without waiting for its leases to run out. Only at
   * start, and only by the one process that holds the database.
   */
  recover(): Promise<number>;
  /** Resolves when all rows in hand are settled, given back or handed over. */
  flush(): Promise<void>;
  /** A reader confirmed `o<id>`. */
  acknowledge(outboundId: string): void;
  /** Ends what is under way and gives back what has not begun. */
  stop(): Promise<void>;
}

const CLAIM_LIMIT = 200;
/** A row this near its lease's end is given back rather than begun. */
const MARGIN_SHARE = 0.5;
/** Chats served at once on a platform whose answers take their time. */
const PARALLEL_CHATS = 4;

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  return new OutboxDispatcher(options);
}

class OutboxDispatcher implements Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #lanes = new Map<string, Lane>();
  /** Fences of rows handed over whose acknowledgement is awaited, by outbound id. */
  readonly #unconfirmed = new Map<string, OutboxRow>();
  #sweeping: Promise<number> | null = null;
  #again = false;
  readonly #inHand = new Set<Promise<unknown>>();

  constructor(options: DispatcherOptions) {
    this.#options = options;
    for (const [account, adapter] of options.adapters) this.#lanes.set(account, this.#laneOf(adapter));
  }

  async send(rows: readonly OutboxRow[]): Promise<void> {
    const born = rows.filter((row) => row.status === 'sending');
    if (born.length === 0) return;
    const turns = turnsOfBatch(born);
    await this.#add(born.map((row, i) => [row, turns[i] ?? turnOfClaimed(row), row.createdAt] as const));
  }

  sweep(): Promise<number> {
    this.#again = this.#sweeping !== null;
    this.#sweeping ??= this.#sweep().finally(() => {
      this.#sweeping = null;
    });
    return this.#sweeping;
  }

  acknowledge(outboundId: string): void {
    const row = this.#unconfirmed.get(outboundId);
    if (!row) return;
    this.#unconfirmed.delete(outboundId);
    const { store, scope, clock } = this.#options;
    const settlement = { type: 'sent', messageId: outboundId, at: clock.now() } as const;
    store.settleSoon(scope, row.id, row.fence, settlement);
  }

  async stop(): Promise<void> {
    // One that failed claimed nothing: there is the less to end.
    await this.#sweeping?.catch(() => undefined);
    await Promise.all([...this.#lanes.values()].map((lane) => lane.stop()));
  }

  async recover(): Promise<number> {
    const { clock, leaseMs } = this.#options;
    const now = clock.now();
    for (let count = 0; ; ) {
      // A moment less, so that what this takes itself does not look like a dead process's.
      const rows = await this.#claim(now + leaseMs - 1);
      // Claimed with the leases were rows that are due within one: they keep their time.
      const early = rows.filter((row) => row.dueAt > now && !row.interrupted);
      for (const row of early) await this.#giveBack(row, row.dueAt);
      void this.#add(await this.#safe(rows.filter((row) => !early.includes(row))));
      count += rows.length - early.length;
      if (rows.length < CLAIM_LIMIT || early.length === rows.length) return count;
    }
  }

  async flush(): Promise<void> {
    while (this.#inHand.size > 0) await Promise.all(this.#inHand);
  }

  async #sweep(): Promise<number> {
    for (let count = 0; ; ) {
      this.#again = false;
      const rows = await this.#claim(this.#options.clock.now());
      count += rows.length;
      void this.#add(await this.#safe(rows));
      if (rows.length < CLAIM_LIMIT && !this.#again) return count;
    }
  }

  /** @param due claims what is due by then, and leases that have run out by then */
  #claim(due: Instant): Promise<readonly OutboxRow[]> {
    const { store, scope, clock, owner, leaseMs } = this.#options;
    const accounts = [...this.#lanes.keys()];
    const until = clock.now() + leaseMs;
    return store.claimOutbox(scope, { accounts, owner, limit: CLAIM_LIMIT, now: due, until });
  }

  async #giveBack(row: OutboxRow, at: Instant): Promise<void> {
    const { store, scope, log } = this.#options;
    try {
      await store.settle(scope, row.id, row.fence, { type: 'retry', at, detail: 'held back' });
    } catch (error) {
      log.error('a row could not be given back; its lease will run out', { row: row.id, error });
    }
  }

  /** An interrupted row may have gone: again only where the channel drops repeats by id. */
  async #safe(rows: readonly OutboxRow[]): Promise<(readonly [OutboxRow, Turn, Instant])[]> {
    const now = this.#options.clock.now();
    const safe: (readonly [OutboxRow, Turn, Instant])[] = [];
    for (const row of rows) {
      const adapter = this.#options.adapters.get(row.account);
      if (!row.interrupted || adapter?.capabilities.nativeIdempotency) {
        safe.push([row, turnOfClaimed(row), now]);
      } else {
        await end(row, 'unknown', 'the process ended while it was being sent', this.#options);
      }
    }
    return safe;
  }

  /** @param rows each with its turn and the time its lease began */
  #add(rows: readonly (readonly [OutboxRow, Turn, Instant])[]): Promise<void> {
    const byAccount = Map.groupBy(rows, ([row]) => row.account);
    const done: Promise<void>[] = [];
    for (const [account, ofAccount] of byAccount) {
      const entries = ofAccount.map(([row, turn, since]): Entry => {
        const { promise, resolve } = Promise.withResolvers<void>();
        done.push(promise);
        return { row, turn, keepUntil: since + this.#options.leaseMs * MARGIN_SHARE, done: resolve };
      });
      const lane = this.#lanes.get(account);
      if (lane) lane.add(entries);
      else for (const entry of entries) entry.done();
    }
    const all = Promise.all(done).then(() => undefined);
    this.#inHand.add(all);
    return all.finally(() => this.#inHand.delete(all));
  }

  #laneOf(adapter: ChatAdapter): Lane {
    const { clock, timers, share } = this.#options;
    const pace = new Pace(adapter.capabilities.limits, share);
    const options: DeliverOptions = {
      ...this.#options,
      block: (_, chat, until) => pace.block(chat, until),
      unconfirmed: (row) => this.#unconfirmed.set(`o${row.id}`, row),
    };
    return new Lane({
      clock,
      timers,
      pace,
      parallel: parallelOf(adapter.capabilities),
      deliver: ([first, ...others]) =>
        deliver([first.row, ...others.map(({ row }) => row)], adapter, options),
      giveBack: ({ row }, at) => this.#giveBack(row, at),
    });
  }
}

/** What has no limits is local and answers at once: one at a time keeps the order that bridge.md promises. */
function parallelOf({ limits }: Capabilities): number {
  return limits.perChat === null && limits.global === null ? 1 : PARALLEL_CHATS;
}
