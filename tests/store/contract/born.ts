import { describe, expect, it } from 'vitest';
import type { OutboxDraft, OutboxRow, TransactOptions } from '../../../src/store/port.ts';
import { aDraft, aReminder, MINUTE, T0 } from '../../support/cases.ts';
import { type Context, look, write, writing } from './context.ts';

const options: TransactOptions = { bornSending: { accounts: ['bridge'], owner: 'a', leaseMs: MINUTE } };

export function bornContract(context: () => Context): void {
  const born = async (...outbox: OutboxDraft[]): Promise<readonly OutboxRow[]> => {
    const { store, scope } = context();
    const [result] = await store.transact(scope, [writing({ answer: null, outbox })], options);
    return result?.ok ? result.outbox : [];
  };
  const states = async () => (await context().store.outbox(context().scope, {})).map((row) => row.status);
  const claim = (now: number) =>
    context().store.claimOutbox(context().scope, {
      ...{ accounts: ['bridge', 'telegram'], owner: 'b', limit: 9, now, until: now + MINUTE },
    });

  describe('rows born under a lease', () => {
    it('are those that are due, of an account at hand, and merge with nothing', async () => {
      const rows = await born(
        aDraft(1),
        aDraft(2, { account: 'telegram' }),
        aDraft(3, { dueAt: T0 + 1 }),
        aReminder(4, 'overdue'),
      );
      expect(rows.map(({ status, fence, attempts }) => [status, fence, attempts])).toEqual([
        ['sending', 1, 1],
        ['queued', 0, 0],
        ['queued', 0, 0],
        ['queued', 0, 0],
      ]);
    });

    it('wait behind what waits in their chat', async () => {
      await write(context(), { outbox: [aDraft(1)] });
      expect((await born(aDraft(2))).map(({ status }) => status)).toEqual(['queued']);
      expect((await born(aDraft(3, { chat: { id: 'other', kind: 'group' } })))[0]?.status).toBe('sending');
    });

    it('come back when the process that wrote them is gone', async () => {
      const [row] = await born(aDraft(1));
      expect(await claim(T0 + MINUTE - 1)).toEqual([]);
      expect(await claim(T0 + MINUTE)).toMatchObject([{ id: row?.id, fence: 2, interrupted: true }]);
    });
  });

  describe('settling soon', () => {
    const sent = (messageId: string) => ({ type: 'sent', messageId, at: T0 }) as const;

    it('rides on the next transaction', async () => {
      const { store, scope } = context();
      const [row] = await born(aDraft(1));
      store.settleSoon(scope, row?.id ?? 0, 1, sent('p1'));
      const quotes = [{ account: 'bridge', chat: 'g-ltw', messageId: 'p1' }];
      await look(context(), { quotes });
      expect(await states()).toEqual(['sent']);
    });

    it('is written within 20 ms where nothing else comes', async () => {
      const { store, scope, timers } = context();
      const [row] = await born(aDraft(1));
      store.settleSoon(scope, row?.id ?? 0, 1, sent('p1'));
      timers.advanceBy(19);
      await new Promise((done) => setImmediate(done));
      expect(await states()).toEqual(['sending']);
      timers.advanceBy(1);
      await expect.poll(states, { interval: 1 }).toEqual(['sent']);
    });

    it('survives a group that throws', async () => {
      const { store, scope } = context();
      const [row] = await born(aDraft(1));
      store.settleSoon(scope, row?.id ?? 0, 1, sent('p1'));
      const broken = writing({ answer: null, events: [{}] as never });
      await store.transact(scope, [writing({ answer: null }), broken]);
      expect(await states()).toEqual(['sent']);
    });

    it('heeds the fence', async () => {
      const { store, scope } = context();
      const [row] = await born(aDraft(1));
      await claim(T0 + MINUTE);
      store.settleSoon(scope, row?.id ?? 0, 1, sent('p1'));
      await look(context(), {});
      expect(await states()).toEqual(['sending']);
    });

    it('keeps nobody awake meanwhile', async () => {
      const { store, scope } = context();
      const [row] = await born(aDraft(1));
      expect(await store.nextWake(scope)).toBe(T0 + MINUTE);
      store.settleSoon(scope, row?.id ?? 0, 1, sent('p1'));
      expect(await store.nextWake(scope)).toBeNull();
    });
  });
}
