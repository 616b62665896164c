/**
 * The bot as `huiyin start --adapter bridge` composes it, but it dies at one chosen point, as by kill -9:
 * `node tests/support/fragile.ts <township> <db> <window> <nth> <idempotent|forgetful>`.
 * The product has no hooks for this: the parts are wrapped here.
 */
import { dirname } from 'node:path';
import { createHouse } from '../../src/cli/house.ts';
import { runUntil } from '../../src/cli/running.ts';
import { simulationVault } from '../../src/cli/simulate.ts';
import { loadTownship, policyInForce } from '../../src/cli/township.ts';
import { systemClock, systemTimers } from '../../src/kernel/clock.ts';
import { createLogger } from '../../src/kernel/log.ts';
import { parseInstant, printed } from '../../src/kernel/zone.ts';
import { adapters } from '../../src/main.ts';
import type { ChatAdapter, Outbound, SendResult } from '../../src/port.ts';
import type { Step, Store } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';

/** Where a process can die between a message and its answer. */
export type Window = 'before_commit' | 'commit_ack' | 'commit_send' | 'send_settle' | 'none';

const [township = '', db = '', window = 'none', nth = '1', memory = 'idempotent'] = process.argv.slice(2);

let left = Number(nth);

/** The nth time the process comes to the chosen window it is gone: nothing is flushed, closed or told. */
function passes(here: Window): void {
  if (here !== window) return;
  left--;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}

/** Only steps that take a message in count: the rest is housekeeping. */
function mortal(store: Store): Store {
  return {
    ...store,
    transact: async (scope, steps, options) => {
      const taking = steps.some(({ load }) => load.inbound !== undefined);
      const fragile = taking ? steps.map(dyingBeforeCommit) : steps;
      const results = await store.transact(scope, fragile, options);
      if (taking) passes('commit_ack');
      return results;
    },
  };
}

function dyingBeforeCommit<A>(step: Step<A>): Step<A> {
  return {
    load: step.load,
    decide: (loaded, now) => {
      const decided = step.decide(loaded, now);
      if (!('need' in decided)) passes('before_commit');
      return decided;
    },
  };
}

function dyingInSend(adapter: ChatAdapter): ChatAdapter {
  const send = async (message: Outbound): Promise<SendResult> => {
    passes('commit_send');
    const result = await adapter.send(message);
    passes('send_settle');
    return result;
  };
  return {
    id: adapter.id,
    capabilities: { ...adapter.capabilities, nativeIdempotency: memory === 'idempotent' },
    start: (sink) => adapter.start(sink),
    send,
    stop: () => adapter.stop(),
    fetchMedia: (ref) => adapter.fetchMedia(ref),
    health: () => adapter.health(),
  };
}

const source = await loadTownship(township);
const { timezone } = source.file.roster.township;
const clock = systemClock;
const store = openSqliteStore({ file: db, now: () => clock.now(), owner: `test ${process.pid}` });
const policy = await policyInForce(store, source);
const bridge = await adapters.bridge({
  times: { print: (at) => printed(at, timezone), read: (text) => parseInstant(text, timezone) },
  clock,
  input: process.stdin,
  output: process.stdout,
  mediaDir: dirname(db),
  acknowledged: () => undefined,
  warn: () => undefined,
});
const fragile = dyingInSend(bridge);
const house = createHouse({
  store: mortal(store),
  policy: () => policy,
  clock,
  timers: systemTimers,
  vault: simulationVault(),
  log: createLogger(() => undefined),
  owner: `test ${process.pid}`,
  adapters: new Map([[fragile.id, fragile]]),
  keepFile: null,
  waits: false,
});
const over = bridge.ended.then(() => house.dispatcher.flush());
await runUntil({ house, store, adapters: [fragile], clock, timers: systemTimers }, over);
