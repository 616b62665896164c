/**
 * On a server several processes share one database, each with its own accounts: two that both ask Telegram for the
 * same bot's messages would throw each other out. So a process holds a lease on each account it carries. A file has
 * one process, by its lock, and needs none of this.
 */
import { type Clock, randomId, type Timers } from '../kernel/clock.ts';
import type { Logger } from '../kernel/log.ts';
import type { Instant } from '../kernel/zone.ts';
import type { Lease, Scope, Store } from '../store/port.ts';
import { CliError } from './failure.ts';
import { owner } from './open.ts';

/** After this long without a word a process counts as gone. */
export const HOLD_MS = 30_000;
/** Several words may be lost before it does. */
export const RENEW_MS = 5_000;
/** How often a newcomer looks whether the holder still lives. */
const LOOK_MS = 1_000;

const PREFIX = 'account:';
const leaseOf = (account: string): string => `${PREFIX}${account}`;

/** Who carries which account now. */
export async function carriersIn(
  leases: (prefix: string) => Promise<readonly Lease[]>,
  now: Instant,
): Promise<ReadonlyMap<string, string>> {
  const live = (await leases(PREFIX)).filter(({ until }) => until > now);
  return new Map(live.map(({ name, owner: who }) => [name.slice(PREFIX.length), who]));
}

export interface HoldParts {
  readonly store: Pick<Store, 'lease' | 'leases'>;
  readonly scope: Scope;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Logger;
}

export interface Held {
  /** Rejects in words where another process has taken an account: this one must let go of it. Else never settles. */
  readonly lost: Promise<never>;
  /** Accounts that other processes carry, as of the last look. */
  elsewhere(): ReadonlySet<string>;
  /** Gives them back, so that the next process need not wait. */
  release(): Promise<void>;
}

/** Takes a lease on each. @throws CliError where another process that lives has one; then none is kept */
export async function holdAccounts(accounts: readonly string[], parts: HoldParts): Promise<Held> {
  // A process id is used again, in containers by each: who holds must be nobody else's name.
  const me = `${owner()} (${randomId().slice(0, 8)})`;
  const hold = new Hold(accounts, me, parts);
  await hold.take();
  return hold;
}

class Hold implements Held {
  readonly lost: Promise<never>;
  readonly #accounts: readonly string[];
  readonly #me: string;
  readonly #parts: HoldParts;
  #lose: (error: CliError) => void = () => undefined;
  #elsewhere: ReadonlySet<string> = new Set();
  #stop: () => void = () => undefined;
  #renewing: Promise<void> | null = null;

  constructor(accounts: readonly string[], me: string, parts: HoldParts) {
    this.#accounts = accounts;
    this.#me = me;
    this.#parts = parts;
    this.lost = new Promise((_, reject) => {
      this.#lose = reject;
    });
    // It may come before anybody waits for it.
    this.lost.catch(() => undefined);
  }

  async take(): Promise<void> {
    try {
      for (const account of this.#accounts) await this.#takeOne(account);
    } catch (error) {
      await this.release();
      throw error;
    }
    await this.#look();
    this.#stop = this.#parts.timers.every(RENEW_MS, () => {
      this.#renewing ??= this.#renew().finally(() => {
        this.#renewing = null;
      });
    });
  }

  elsewhere(): ReadonlySet<string> {
    return this.#elsewhere;
  }

  async release(): Promise<void> {
    this.#stop();
    await this.#renewing;
    const { store, scope, clock } = this.#parts;
    const now = clock.now();
    for (const account of this.#accounts) {
      // With the database away they run out by themselves.
      await store.lease(scope, leaseOf(account), this.#me, now, now).catch(() => null);
    }
  }

  /** One who lives moves the end of its lease; one who died is waited out. */
  async #takeOne(account: string): Promise<void> {
    const { timers, log } = this.#parts;
    let seen: Lease | null = null;
    while (!(await this.#lease(account))) {
      const holder = await this.#holder(account);
      if (seen !== null && holder !== null && (holder.until > seen.until || holder.owner !== seen.owner))
        throw carriedBy(account, holder.owner);
      if (seen === null && holder !== null)
        log.warn('another process carries this account; waiting to see whether it still runs', {
          account,
          holder: holder.owner,
        });
      seen ??= holder;
      await new Promise<void>((resolve) => void timers.after(LOOK_MS, resolve));
    }
  }

  async #lease(account: string): Promise<boolean> {
    const { store, scope, clock } = this.#parts;
    const now = clock.now();
    return (await store.lease(scope, leaseOf(account), this.#me, now, now + HOLD_MS)) !== null;
  }

  async #holder(account: string): Promise<Lease | null> {
    const { store, scope } = this.#parts;
    const name = leaseOf(account);
    return (await store.leases(scope, name)).find((lease) => lease.name === name) ?? null;
  }

  /** With the database away nobody can take them either; it is said by whoever watches over the connection. */
  async #renew(): Promise<void> {
    try {
      for (const account of this.#accounts) {
        if (await this.#lease(account)) continue;
        const holder = await this.#holder(account);
        this.#lose(taken(account, holder?.owner ?? '—'));
      }
      await this.#look();
    } catch (error) {
      this.#parts.log.debug('the leases of accounts could not be renewed', { error });
    }
  }

  async #look(): Promise<void> {
    const { store, scope, clock } = this.#parts;
    const carriers = await carriersIn((prefix) => store.leases(scope, prefix), clock.now());
    this.#elsewhere = new Set([...carriers.keys()].filter((account) => !this.#accounts.includes(account)));
  }
}

function carriedBy(account: string, who: string): CliError {
  return new CliError(1, {
    what: `平台 ${account} 正由另一个程序带着：${who}。`,
    safe: '什么都没有启动，那一个照常运行。',
    next: '要换到这里来：先停掉那一个。要一起用这个数据库：用 --adapter 接别的平台。',
  });
}

function taken(account: string, who: string): CliError {
  return new CliError(1, {
    what: `平台 ${account} 已经由另一个程序带着：${who}。这里停下了。`,
    safe: '已经写进数据库的都在，消息由那一个接着收发。',
    next: '多半是这台机器停顿过或断过网；不用做什么，要换回来就停掉那一个。',
  });
}
