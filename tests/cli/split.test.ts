/** One township on a database of a server, its platforms split between two processes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadTownship, policyInForce } from '../../src/cli/township.ts';
import type { Store } from '../../src/store/port.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { Town } from '../support/town.ts';
import { at, PLATFORM } from '../support/world.ts';
import { TOWNSHIP } from './support.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server?.stop());

const START = '11-02 09:00';
/** The head is on one platform, whoever works for the township on the other. */
const PEOPLE = { lin: ['telegram'], li: ['wecom'], wang: ['wecom'], zhou: ['wecom'] };

interface Split {
  readonly telegram: Town;
  readonly wecom: Town;
  /** Each does what is due, in turn, as those that wake each other do. */
  both(): Promise<void>;
  close(): Promise<void>;
}

async function split(): Promise<Split> {
  const url = await server.createDatabase();
  const towns: Partial<Record<'telegram' | 'wecom', Town>> = {};
  const stores: Store[] = [];
  for (const [own, other] of [
    ['telegram', 'wecom'],
    ['wecom', 'telegram'],
  ] as const) {
    const now = () => towns[own]?.clock.now() ?? at(START);
    const store = await openPostgresStore({ url, now });
    stores.push(store);
    towns[own] = new Town({
      ...{ start: START, platforms: { [own]: {} }, people: PEOPLE, wrap: () => store },
      others: { platforms: new Map([[other, { capabilities: PLATFORM }]]), carried: () => true },
    });
  }
  const { telegram, wecom } = towns;
  if (telegram === undefined || wecom === undefined) throw new Error('no towns');
  return {
    ...{ telegram, wecom },
    both: async () => {
      const now = Math.max(telegram.clock.now(), wecom.clock.now());
      for (const town of [telegram, wecom, telegram]) await town.until(now);
    },
    close: async () => {
      for (const store of stores) await store.close();
    },
  };
}

describe('two processes of one township', () => {
  test('that begin together with a new township file make one version of it', async () => {
    const url = await server.createDatabase();
    const stores = await Promise.all([1, 2].map(() => openPostgresStore({ url, now: () => at(START) })));
    const source = await loadTownship(TOWNSHIP);
    const policies = await Promise.all(stores.map((store) => policyInForce(store, source)));
    expect(policies.map(({ version }) => version)).toEqual([1, 1]);
    for (const store of stores) await store.close();
  });

  test('write for each other: nobody counts as out of reach, and each message goes once', async () => {
    const { telegram, wecom, both, close } = await split();
    await telegram.say('telegram', 'lin', '#上报 3组王家桥路灯坏了两盏');
    await both();
    const { number } = await telegram.case(1);
    expect(telegram.on('telegram').to('t-lin', 'receipt')).toHaveLength(1);
    expect(wecom.on('wecom').got.filter(({ kind }) => kind === 'assignment')).toEqual([
      expect.objectContaining({ case: number, chat: { id: 'w-li', kind: 'direct' } }),
    ]);
    await wecom.say('wecom', 'li', `接单 ${number}`);
    await wecom.say('wecom', 'li', `办结 ${number} 换好了两盏灯`);
    await both();
    const toLin = telegram.on('telegram').to('t-lin');
    expect(toLin.filter((words) => words.includes('换好了两盏灯'))).toHaveLength(1);
    for (const town of [telegram, wecom])
      for (const { got } of town.platforms.values())
        for (const { text } of got) expect(text).not.toContain('联系不上');
    const left = async () => (await telegram.rows()).filter(({ status }) => status !== 'sent');
    await expect.poll(left).toEqual([]);
    await close();
  });

  test('a file that came in on the other’s platform is left to it', async () => {
    const { telegram, wecom, close } = await split();
    const payload = { ref: 'telegram|photo-1', case: 'LC2611-0001' };
    const task = { key: 'a', kind: 'media', payload, runAt: at(START) };
    const other = { key: 'b', kind: 'digest', payload: {}, runAt: at(START) };
    await telegram.store.transact(telegram.scope, [
      { load: {}, decide: () => ({ answer: null, tasks: [task, other] }) },
    ]);
    const claim = { owner: 'x', limit: 10, now: at(START), until: at(START) + 1 };
    const there = await wecom.store.claimTasks(wecom.scope, { ...claim, elsewhere: ['telegram'] });
    const here = await telegram.store.claimTasks(telegram.scope, { ...claim, elsewhere: ['wecom'] });
    expect([there, here].map((tasks) => tasks.map(({ key }) => key))).toEqual([['b'], ['a']]);
    await close();
  });
});
