/** What every store must do: one suite, run over SQLite and over PostgreSQL. */
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { ManualClock, ManualTimers } from '../../src/kernel/clock.ts';
import { T0 } from '../support/cases.ts';
import { bindingsContract } from './contract/bindings.ts';
import { bornContract } from './contract/born.ts';
import { contactsContract } from './contract/contacts.ts';
import type { Context, Opened, OpenStore } from './contract/context.ts';
import { faultsContract } from './contract/faults.ts';
import { loadingContract } from './contract/loading.ts';
import { outboxContract } from './contract/outbox.ts';
import { restContract } from './contract/rest.ts';
import { transactContract } from './contract/transact.ts';
import { walksContract } from './contract/walks.ts';

/** @param runs of the property test: fewer where each step is a round trip */
export function storeContract(name: string, open: OpenStore, runs: number): void {
  describe(`the store on ${name}`, () => {
    const clock = new ManualClock(T0);
    const timers = new ManualTimers(clock);
    let opened: Opened | undefined;
    let context: Context;
    let count = 0;
    beforeAll(async () => {
      opened = await open(clock, timers);
    });
    beforeEach(() => {
      if (!opened) throw new Error('the store did not open');
      clock.jumpTo(T0);
      count += 1;
      context = { ...opened, clock, timers, scope: { township: `t${count}` } };
    });
    afterAll(() => opened?.close());
    const given = (): Context => context;
    for (const part of [
      transactContract,
      loadingContract,
      outboxContract,
      bornContract,
      contactsContract,
      restContract,
      bindingsContract,
      walksContract,
    ])
      part(given);
    faultsContract(given, runs);
  });
}
