/** Who carries an account holds it: a second process is told who, a dead one is waited out, one that slept lets go. */
import { describe, expect, test } from 'vitest';
import { carriersIn, HOLD_MS, holdAccounts, RENEW_MS } from '../../src/cli/held.ts';
import { ManualClock, ManualTimers } from '../../src/kernel/clock.ts';
import { createLogger } from '../../src/kernel/log.ts';
import { StoreError } from '../../src/store/errors.ts';
import type { Store } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';

const scope = { township: 't' };

function place() {
  const clock = new ManualClock(0);
  const timers = new ManualTimers(clock);
  const store = openSqliteStore({
    file: ':memory:',
    now: () => clock.now(),
    owner: 'x',
    defer: queueMicrotask,
  });
  const said: string[] = [];
  const log = createLogger(
    (_level, fields, message) => void said.push(`${message} ${JSON.stringify(fields)}`),
  );
  const hold = (accounts: readonly string[], by: Pick<Store, 'lease' | 'leases'> = store) =>
    holdAccounts(accounts, { store: by, scope, clock, timers, log });
  /** Time passes in small steps, between which what was asked of the store is answered. */
  const pass = async (milliseconds: number): Promise<void> => {
    for (let left = milliseconds; left > 0; left -= 500) {
      timers.advanceBy(500);
      await new Promise((done) => setImmediate(done));
    }
  };
  const carriers = () => carriersIn((prefix) => store.leases(scope, prefix), clock.now());
  return { clock, store, hold, pass, said, carriers };
}

const failure = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'held',
    (error: Error) => error.message,
  );

describe('an account', () => {
  test('is refused while its holder lives, within seconds and with its name; nothing else is kept', async () => {
    const { hold, pass, carriers } = place();
    const first = await hold(['telegram']);
    const second = failure(hold(['wecom', 'telegram']));
    await pass(RENEW_MS + 2_000);
    expect(await second).toMatch(/平台 telegram 正由另一个程序带着：.*process \d+/);
    expect([...(await carriers()).keys()]).toEqual(['telegram']);
    await first.release();
  });

  test('is taken over when its holder died, no sooner', async () => {
    const { hold, pass, store, clock, said } = place();
    await store.lease(scope, 'account:telegram', 'dead, process 1', 0, HOLD_MS);
    const next = hold(['telegram']);
    await pass(HOLD_MS + 1_000);
    const held = await next;
    expect(clock.now()).toBeGreaterThanOrEqual(HOLD_MS);
    expect(said.join()).toContain('dead, process 1');
    await held.release();
  });

  test('given back is free at once', async () => {
    const { hold, clock } = place();
    await (await hold(['telegram'])).release();
    await (await hold(['telegram'])).release();
    expect(clock.now()).toBe(0);
  });

  test('is kept as long as its process lives, and others’ are known', async () => {
    const { hold, pass, carriers, clock } = place();
    const [one, two] = [await hold(['telegram']), await hold(['wecom'])];
    expect([...two.elsewhere()]).toEqual(['telegram']);
    await pass(3 * HOLD_MS);
    expect([...(await carriers()).keys()]).toEqual(['telegram', 'wecom']);
    expect([...one.elsewhere()]).toEqual(['wecom']);
    await two.release();
    clock.advanceBy(1);
    await pass(RENEW_MS);
    expect([...one.elsewhere()]).toEqual([]);
    await one.release();
  });

  test('that another took while this process stood still is let go of, in words', async () => {
    const { hold, pass, store, clock } = place();
    const held = await hold(['telegram']);
    clock.advanceBy(2 * HOLD_MS);
    await store.lease(scope, 'account:telegram', 'spare, process 9', clock.now(), clock.now() + HOLD_MS);
    await pass(RENEW_MS);
    expect(await failure(held.lost)).toMatch(/平台 telegram 已经由另一个程序带着：spare, process 9/);
    await held.release();
    expect((await store.leases(scope, 'account:'))[0]?.owner).toBe('spare, process 9');
  });

  test('is not let go of because the database is away for a while', async () => {
    const { hold, pass, store, carriers } = place();
    let away = false;
    const asked =
      <A extends unknown[], R>(ask: (...given: A) => Promise<R>) =>
      (...given: A): Promise<R> =>
        away ? Promise.reject(new StoreError('io', 'away')) : ask(...given);
    const held = await hold(['telegram'], { lease: asked(store.lease), leases: asked(store.leases) });
    away = true;
    await pass(2 * HOLD_MS);
    expect([...(await carriers()).keys()]).toEqual([]);
    away = false;
    await pass(RENEW_MS);
    expect([...(await carriers()).keys()]).toEqual(['telegram']);
    away = true;
    // Ends all the same: what it held runs out.
    await held.release();
  });
});
