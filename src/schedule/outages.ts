/**
 * Watches over the accounts: one that is kicked or logged out needs a person. The admins hear of it on another
 * account, once an outage, and once when it is over; what is urgent and waits there goes another way by itself
 * (src/desk/rerouting.ts).
 */
import { placeOf } from '../digest/telling.ts';
import type { Say } from '../domain/messages.ts';
import type { Policy } from '../domain/policy.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/log.ts';
import { type Instant, MINUTE } from '../kernel/zone.ts';
import type { Health } from '../port.ts';
import type { BornSending, ChangeSet, OutboxDraft, OutboxRow, Scope, Store } from '../store/port.ts';

/** A login that renews itself and a connection that comes back are no outage yet. */
export const GRACE_MS = 2 * MINUTE;

export interface OutageOptions {
  readonly store: Pick<Store, 'transact'>;
  readonly scope: Scope;
  readonly policy: () => Policy;
  readonly clock: Clock;
  readonly log: Logger;
  readonly born: () => BornSending;
  readonly send: (rows: readonly OutboxRow[]) => void;
  /** By account; asked at each look. */
  readonly health: () => readonly (readonly [string, Health])[];
}

/** What a database knows of an outage. */
interface Outage {
  readonly since: Instant;
  readonly told: boolean;
}

type Why = 'kicked' | 'need-login';
const whyOf = ({ state }: Health): Why | null =>
  state === 'kicked' || state === 'need-login' ? state : null;
const keyOf = (account: string): string => `outage:${account}`;

export class OutageWatch {
  readonly #options: OutageOptions;
  /** Accounts that were well at the last look: they cost nothing until they are not. */
  readonly #well = new Set<string>();

  constructor(options: OutageOptions) {
    this.#options = options;
  }

  /** Looks at each account once. Never throws: what could not be told is told at the next look. */
  async look(): Promise<void> {
    for (const [account, health] of this.#options.health()) {
      // Between the two nothing is known: an outage neither begins nor ends while it connects.
      if (health.state === 'connecting' || health.state === 'stopped') continue;
      if (whyOf(health) === null && this.#well.has(account)) continue;
      await this.#note(account, health);
    }
  }

  async #note(account: string, health: Health): Promise<void> {
    const { store, scope, log, born, send } = this.#options;
    const key = keyOf(account);
    const step = {
      load: { facts: [key] },
      decide: ({ facts }: { facts: ReadonlyMap<string, string> }) =>
        this.#changeOf(account, health, facts.get(key) ?? null),
    };
    try {
      const [result] = await store.transact(scope, [step], { bornSending: born() });
      if (!result?.ok) throw result?.error ?? new Error('nothing was written');
      if (whyOf(health) === null) this.#well.add(account);
      else this.#well.delete(account);
      send(result.outbox);
    } catch (error) {
      log.error('an outage could not be told of', { account, error });
    }
  }

  #changeOf(account: string, health: Health, known: string | null): ChangeSet<null> {
    const now = this.#options.clock.now();
    const outage = known === null ? null : (JSON.parse(known) as Outage);
    const why = whyOf(health);
    const key = keyOf(account);
    if (why === null) {
      if (outage === null) return { answer: null };
      const say = { template: 'account_back', params: { account, since: outage.since } } as const;
      return { answer: null, facts: { [key]: null }, outbox: outage.told ? this.#drafts(account, say) : [] };
    }
    if (outage === null)
      return { answer: null, facts: { [key]: JSON.stringify({ since: now, told: false }) } };
    if (outage.told || now - outage.since < GRACE_MS) return { answer: null };
    const { since } = outage;
    const say = {
      template: 'account_down',
      params: { account, since, why, qr: health.qr !== null },
    } as const;
    const outbox = this.#drafts(account, say);
    // With nobody to tell it is told at a later look, when another account is up.
    if (outbox.length === 0) return { answer: null };
    const detail = { account, why };
    return {
      answer: null,
      facts: { [key]: JSON.stringify({ since, told: true }) },
      audit: [{ at: now, by: 'clock', what: 'account_down', case: null, detail }],
      outbox,
    };
  }

  /** At any hour: while an account is down, nobody there can report a fire. Never on the account itself. */
  #drafts(account: string, say: Say): readonly OutboxDraft[] {
    const { policy, clock, health } = this.#options;
    const inForce = policy();
    const accounts = health().flatMap(([id, one]) => (id !== account && whyOf(one) === null ? [id] : []));
    return inForce.roster.roles.admins.flatMap((who) => {
      const place = placeOf(who, null, { policy: inForce, accounts });
      return place === null ? [] : [draftOf(place, say, clock.now())];
    });
  }
}

function draftOf(place: { account: string; chat: string }, say: Say, now: Instant): OutboxDraft {
  return {
    ...{ account: place.account, chat: { id: place.chat, kind: 'direct' }, address: null, replyTo: null },
    ...{ kind: 'notice', say, case: null, cases: [], priority: 0, dueAt: now, guard: null },
    ...{ mergeKey: null, media: [] },
  };
}
