/**
 * The whole program over a store in memory: desk, outbox, jobs and tasks as `huiyin start` puts them together,
 * with a clock that the test moves, or that a machine in sleep jumps over.
 */
import { createHouse, type House } from '../../src/cli/house.ts';
import { NO_TIMERS } from '../../src/cli/simulate.ts';
import type { AreaSource } from '../../src/digest/area-task.ts';
import type { AreaPlace } from '../../src/domain/areas.ts';
import type { Case } from '../../src/domain/case.ts';
import type { CaseEvent } from '../../src/domain/events.ts';
import type { MessageKind, Say } from '../../src/domain/messages.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { ManualClock } from '../../src/kernel/clock.ts';
import { createLogger } from '../../src/kernel/log.ts';
import { type Instant, parseInstant, printed } from '../../src/kernel/zone.ts';
import { outboundId } from '../../src/outbox/compose.ts';
import type { ChatAdapter, Outbound } from '../../src/port.ts';
import { runDue } from '../../src/schedule/due.ts';
import type { OutboxRow, Store } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { createVault } from '../../src/vault/index.ts';
import { countingBytes, KEY, PLATFORM, testPolicy, type WorldOptions } from './world.ts';

export interface Arrived extends Outbound {
  readonly at: Instant;
  /** What was said, before it was put into words. */
  readonly say: Say | null;
  /** `2026-11-02 08:30` in the township's time. */
  readonly time: string;
}

export interface WholeOptions extends Pick<WorldOptions, 'locale' | 'township' | 'file'> {
  readonly start: string;
  /** Areas above townships, and where the others are read. */
  readonly areas?: readonly AreaPlace[];
  readonly source?: (own: Pick<Whole, 'policy' | 'store'>) => AreaSource;
}

export class Whole {
  readonly policy: Policy;
  readonly zone: string;
  readonly clock: ManualClock;
  readonly store: Store;
  readonly house: House;
  readonly scope: { readonly township: string };
  readonly sent: Arrived[] = [];
  readonly #says = new Map<string, Say>();
  #ids = 0;

  constructor({ start, file, areas, source, ...options }: WholeOptions) {
    this.policy = { ...testPolicy(options), ...(areas && { areas }) };
    this.zone = this.policy.calendar.timezone;
    this.scope = { township: this.policy.roster.township.id };
    this.clock = new ManualClock(this.at(start));
    this.store = this.#noting({
      file: file ?? ':memory:',
      now: () => this.clock.now(),
      owner: 'test',
      timers: NO_TIMERS,
      defer: queueMicrotask,
    });
    this.house = createHouse({
      store: this.store,
      policy: () => this.policy,
      clock: this.clock,
      timers: NO_TIMERS,
      vault: createVault(KEY, countingBytes()),
      log: createLogger(() => undefined),
      owner: 'test',
      adapters: new Map([['bridge', this.#adapter()]]),
      keepFile: null,
      areas: source?.(this) ?? null,
      waits: true,
    });
  }

  /** Reads where the jobs stand, as a start does. */
  async open(): Promise<this> {
    await this.house.due.jobs.open(this.clock.now());
    return this;
  }

  at(words: string): Instant {
    const instant = parseInstant(`${words.replace(' ', 'T')}:00`, this.zone);
    if (instant === null) throw new Error(`${words} is no time`);
    return instant;
  }

  told = (at: Instant): string => printed(at, this.zone).slice(0, 16).replace('T', ' ');

  /** Everything due until then, each at its own time. */
  async until(words: string | Instant): Promise<void> {
    const end = typeof words === 'string' ? this.at(words) : words;
    await runDue(this.house.due, end, (at) => this.clock.advanceTo(at));
    this.clock.advanceTo(end);
  }

  /** The machine sleeps, or its clock is set: nothing runs until then, and all that is due does so then. */
  async wakeAt(words: string): Promise<void> {
    this.clock.jumpTo(this.at(words));
    await runDue(this.house.due, this.clock.now(), () => undefined);
  }

  /** @param group the group it is written in; left out, in private */
  async say(who: string, text: string, when: string | Instant, group?: string): Promise<void> {
    await this.until(when);
    const id = `m${++this.#ids}`;
    const received = await this.house.sink.receive({
      eventKey: `m:${id}`,
      kind: 'message',
      account: 'bridge',
      chat: group === undefined ? { id: `u-${who}`, kind: 'direct' } : { id: group, kind: 'group' },
      sender: { id: `u-${who}`, name: who, isSelf: false, isBot: false },
      messageId: id,
      text,
      mentionsBot: false,
      quote: null,
      media: [],
      platformTime: this.clock.now(),
      address: {},
    });
    await received.flushed;
    await this.until(this.clock.now());
  }

  /** `kind` to `who`, in the order in which they arrived. */
  to(who: string, kind?: MessageKind): readonly Arrived[] {
    return this.sent.filter(({ chat, kind: of }) => chat.id === `u-${who}` && (!kind || of === kind));
  }

  cases(): Promise<readonly Case[]> {
    return this.store.cases(this.scope, {});
  }

  /** Those made after one, or all; at most so many. */
  casesAfter(after: Pick<Case, 'year' | 'serial'> | null, limit = 100): Promise<readonly Case[]> {
    return this.store.cases(this.scope, { limit, ...(after === null ? {} : { after }) });
  }

  async events(): Promise<readonly CaseEvent[]> {
    const numbers = (await this.cases()).map(({ number }) => number);
    return this.store.events(this.scope, numbers);
  }

  close(): Promise<void> {
    return this.store.close();
  }

  /** A store that remembers what the rows it gave out say. */
  #noting(options: Parameters<typeof openSqliteStore>[0]): Store {
    const store = openSqliteStore(options);
    const note = (rows: readonly OutboxRow[]): void => {
      for (const row of rows) this.#says.set(outboundId(row), row.say);
    };
    return {
      ...store,
      transact: async (...given) => {
        const results = await store.transact(...given);
        for (const result of results) if (result.ok) note(result.outbox);
        return results;
      },
      claimOutbox: async (...given) => {
        const rows = await store.claimOutbox(...given);
        note(rows);
        return rows;
      },
    };
  }

  #adapter(): ChatAdapter {
    return {
      id: 'bridge',
      capabilities: PLATFORM,
      start: async () => undefined,
      stop: async () => undefined,
      fetchMedia: async () => ({ bytes: new Uint8Array(), mime: null }),
      health: () => ({ state: 'online', lastInboundAt: null, lastError: null, qr: null }),
      send: async (message) => {
        const at = this.clock.now();
        const say = this.#says.get(message.id) ?? null;
        this.sent.push({ ...message, at, say, time: this.told(at) });
        return { type: 'sent', messageId: message.id };
      },
    };
  }
}
