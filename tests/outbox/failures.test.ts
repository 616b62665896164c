/** What did not arrive is shown to the dispatchers, on a way that is not the one that failed. */
import { expect, test } from 'vitest';
import { ManualClock } from '../../src/kernel/clock.ts';
import { createLogger } from '../../src/kernel/log.ts';
import { tellDispatchers } from '../../src/outbox/index.ts';
import type { OutboxRow } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { testPolicy } from '../support/world.ts';
import { rowOf, START } from './support.ts';

/** Duty has an account on `bridge` and one on `second`. */
async function told(row: Partial<OutboxRow>, accounts = ['bridge', 'second']): Promise<readonly string[]> {
  const policy = testPolicy();
  const clock = new ManualClock(START);
  const store = openSqliteStore({ file: ':memory:', now: () => clock.now(), owner: 'test' });
  const sent: OutboxRow[] = [];
  const tell = tellDispatchers({
    store,
    scope: { township: policy.roster.township.id },
    policy: () => policy,
    clock,
    log: createLogger(() => undefined),
    born: () => ({ accounts, owner: 'test', leaseMs: 60_000 }),
    wordsOf: () => 'what was to be said',
    send: (rows) => void sent.push(...rows),
  });
  await tell({ row: rowOf(row), what: 'unknown', detail: 'no answer' });
  await store.close();
  return sent.map(({ account, chat, kind }) => `${account} ${chat.id} ${kind}`);
}

test('each dispatcher hears once of what did not reach somebody', async () => {
  const chat = { id: 'u-lin', kind: 'direct' } as const;
  expect(await told({ account: 'bridge', chat })).toEqual(['bridge u-duty notice']);
});

test('a dispatcher who was not reached on one account hears of it on another', async () => {
  const chat = { id: 'u-duty', kind: 'direct' } as const;
  expect(await told({ account: 'bridge', chat })).toEqual(['second u2-duty notice']);
  expect(await told({ account: 'bridge', chat }, ['bridge'])).toEqual([]);
});

test('a notice about a notice is none', async () => {
  const say = {
    template: 'bot_cannot_reach',
    params: { person: 'lin', name: '林桂香', kind: 'progress', brief: null, text: '' },
  } as const;
  expect(await told({ say })).toEqual([]);
});
