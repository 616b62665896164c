/** A whole bot over a database file, on a platform that takes every message at once and shows it to nobody. */
import { decode } from '../../adapters/bridge/index.ts';
import { createHouse, type House } from '../../src/cli/house.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { systemTimers } from '../../src/kernel/clock.ts';
import { createLogger } from '../../src/kernel/log.ts';
import { parseInstant } from '../../src/kernel/zone.ts';
import type { Capabilities, ChatAdapter, Inbound } from '../../src/port.ts';
import { createLoop } from '../../src/schedule/loop.ts';
import type { OutboxRow, Store } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { createVault } from '../../src/vault/index.ts';
import { randomBytes } from '../../src/vault/key.ts';
import { benchClock } from './township.ts';

const CAPABILITIES: Capabilities = {
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
  mediaIn: false,
  mediaOut: false,
  edits: true,
  recalls: true,
  memberEvents: false,
  returnsMessageId: true,
  nativeIdempotency: true,
  stableUserIds: true,
  limits: { perChat: null, global: null, jitterMs: null },
};

function nullAdapter(): ChatAdapter {
  return {
    id: 'bridge',
    capabilities: CAPABILITIES,
    start: async () => undefined,
    stop: async () => undefined,
    send: async ({ id }) => ({ type: 'sent', messageId: id }),
    fetchMedia: async () => {
      throw new Error('nothing measured here has media');
    },
    health: () => ({ state: 'online', lastInboundAt: null, lastError: null, qr: null }),
  };
}

export interface Bot {
  readonly house: House;
  readonly store: Store;
  /** Every row that was queued since the last call, words and all. */
  queued(): readonly OutboxRow[];
  /** A bridge's line, until what it caused has been sent. */
  take(line: string): Promise<void>;
  /** Writes the settlements that still wait for company. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export async function startBot(
  file: string,
  { text, policy }: { text: string; policy: Policy },
): Promise<Bot> {
  const scope = { township: policy.roster.township.id };
  const real = openSqliteStore({ file, now: () => benchClock.now(), owner: 'bench' });
  let rows: OutboxRow[] = [];
  const store: Store = {
    ...real,
    transact: async (of, steps, options) => {
      const results = await real.transact(of, steps, options);
      for (const result of results) if (result.ok) rows.push(...result.outbox);
      return results;
    },
  };
  if ((await store.policy(scope)) === null) await store.savePolicy(scope, policy.version, text);
  const house = createHouse({
    store,
    policy: () => policy,
    clock: benchClock,
    timers: systemTimers,
    vault: createVault(new Uint8Array(32).fill(7), randomBytes),
    log: createLogger(() => undefined),
    owner: 'bench',
    adapters: new Map([['bridge', nullAdapter()]]),
    keepFile: null,
    waits: false,
  });
  const loop = createLoop({ ...house.due, store, clock: benchClock, timers: systemTimers });
  await loop.start();
  return {
    house,
    store,
    queued: () => {
      const given = rows;
      rows = [];
      return given;
    },
    take: async (line) => {
      const { flushed } = await house.sink.receive(heard(line));
      await flushed;
    },
    settled: () => store.setMeta(scope, 'bench', 'settled'),
    stop: async () => {
      await loop.stop();
      await house.dispatcher.stop();
      await store.close();
    },
  };
}

/** What the bridge's adapter makes of a line. */
export function heard(line: string): Inbound {
  const readTime = (text: string) => parseInstant(text, 'Asia/Shanghai');
  const decoded = decode(line, { account: 'bridge', readTime, simulated: false });
  if (decoded.type !== 'inbound') throw new Error(`not a line of a bridge: ${line}`);
  return decoded.inbound;
}
