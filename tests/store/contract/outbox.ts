import { describe, expect, it } from 'vitest';
import type { CaseState } from '../../../src/domain/case.ts';
import type { OutboxDraft, OutboxRow } from '../../../src/store/port.ts';
import { aCase, aDraft, aReminder, MINUTE, numberOf, T0 } from '../../support/cases.ts';
import { type Context, write } from './context.ts';

export function outboxContract(context: () => Context): void {
  const claim = (
    changes: Partial<Parameters<Context['store']['claimOutbox']>[1]> = {},
    handle = context().store,
  ) =>
    handle.claimOutbox(context().scope, {
      ...{ accounts: ['bridge'], owner: 'a', limit: 100, now: T0, until: T0 + MINUTE },
      ...changes,
    });
  const queue = (...outbox: OutboxDraft[]) => write(context(), { outbox });
  const state = (serial: number, value: CaseState) =>
    write(context(), { cases: [{ value: aCase(serial, { state: value }), parts: [], nextAt: null }] });
  const status = async () => (await context().store.outbox(context().scope, {})).map((row) => row.status);
  const texts = (rows: readonly OutboxRow[]) =>
    rows.map((row) => `${row.chat.id} ${row.priority} ${row.case}`);

  describe('the outbox', () => {
    it('is claimed chat by chat, by priority, then in the order of writing', async () => {
      const chat = (id: string) => ({ chat: { id, kind: 'group' as const } });
      await queue(
        aDraft(1, chat('b')),
        aDraft(2, { ...chat('b'), priority: 0 }),
        aDraft(3, chat('a')),
        aDraft(4, chat('b')),
        aDraft(5, { ...chat('a'), account: 'telegram', priority: 0 }),
      );
      const rows = await claim({ accounts: ['telegram', 'bridge'] });
      expect(texts(rows)).toEqual([
        `a 4 ${numberOf(3)}`,
        `b 0 ${numberOf(2)}`,
        `b 4 ${numberOf(1)}`,
        `b 4 ${numberOf(4)}`,
        `a 0 ${numberOf(5)}`,
      ]);
      expect(rows.every((row) => row.status === 'sending' && row.fence === 1 && row.attempts === 1)).toBe(
        true,
      );
      expect(await claim()).toEqual([]);
    });

    it('gives the most urgent first where not all fit', async () => {
      await queue(aDraft(1), aDraft(2), aDraft(3, { priority: 0 }));
      expect(texts(await claim({ limit: 2 }))).toEqual([`g-ltw 0 ${numberOf(3)}`, `g-ltw 4 ${numberOf(1)}`]);
      expect(texts(await claim({ limit: 2 }))).toEqual([`g-ltw 4 ${numberOf(2)}`]);
    });

    it('leaves other accounts alone', async () => {
      await queue(aDraft(1, { account: 'telegram' }));
      expect(await claim()).toEqual([]);
      expect(await claim({ accounts: [] })).toEqual([]);
    });

    it('lets a row that is held back block nobody', async () => {
      await queue(aDraft(1, { dueAt: T0 + MINUTE, priority: 0 }), aDraft(2));
      expect(texts(await claim())).toEqual([`g-ltw 4 ${numberOf(2)}`]);
      expect(texts(await claim({ now: T0 + MINUTE }))).toContain(`g-ltw 0 ${numberOf(1)}`);
    });

    it('never gives one row to two', async () => {
      await queue(...Array.from({ length: 40 }, (_, i) => aDraft(i + 1)));
      const { store, second } = context();
      const hands = [store, second, store, second].map((handle, i) =>
        claim({ owner: `${i}`, limit: 10 }, handle),
      );
      const ids = (await Promise.all(hands)).flat().map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const rest = await claim();
      expect(ids.length + rest.length).toBe(40);
    });

    it('brings back a row whose lease ran out, told apart, under a new fence', async () => {
      const { store, scope } = context();
      await queue(aDraft(1));
      const [first] = await claim();
      expect(await claim({ now: T0 + MINUTE - 1 })).toEqual([]);
      const [again] = await claim({ owner: 'b', now: T0 + MINUTE, until: T0 + 2 * MINUTE });
      expect(again).toMatchObject({ id: first?.id, fence: 2, attempts: 2, interrupted: true });
      const late = { type: 'sent', messageId: 'p1', at: T0 } as const;
      expect(await store.settle(scope, first?.id ?? 0, 1, late)).toBe(false);
      expect(await store.settle(scope, first?.id ?? 0, 2, late)).toBe(true);
      expect(await store.settle(scope, first?.id ?? 0, 2, late)).toBe(false);
      expect(await store.settle({ township: 'elsewhere' }, first?.id ?? 0, 2, late)).toBe(false);
    });

    it('tries again later what the platform put off', async () => {
      const { store, scope } = context();
      await queue(aDraft(1));
      const [row] = await claim();
      await store.settle(scope, row?.id ?? 0, 1, { type: 'retry', at: T0 + 5000, detail: '429' });
      expect(await claim({ now: T0 + 4999 })).toEqual([]);
      const [again] = await claim({ now: T0 + 5000, until: T0 + 2 * MINUTE });
      expect(again).toMatchObject({
        id: row?.id,
        fence: 2,
        attempts: 2,
        interrupted: false,
        say: aDraft(1).say,
      });
    });

    it.each(['sent', 'rejected', 'unknown', 'dropped'] as const)(
      'forgets the words of a row %s',
      async (type) => {
        const { store, scope } = context();
        await queue(aDraft(1, { address: { secret: 1 }, replyTo: 'm1', guard: null }));
        const [row] = await claim();
        await store.settle(scope, row?.id ?? 0, 1, { type, messageId: 'p1', detail: 'why', at: T0 + 1 });
        const [kept] = await store.outbox(scope, { status: [type] });
        expect(kept).toMatchObject({
          status: type,
          say: null,
          address: null,
          replyTo: null,
          case: numberOf(1),
        });
        expect(kept).toMatchObject({
          kind: 'receipt',
          chat: { id: 'g-ltw' },
          settledAt: T0 + 1,
          createdAt: T0,
        });
        expect(kept?.messageId).toBe(type === 'sent' ? 'p1' : null);
        expect(await claim({ now: T0 + 10 * MINUTE })).toEqual([]);
      },
    );

    it('drops a reminder for a case that has moved on', async () => {
      const guard = (serial: number) => ({
        guard: { case: numberOf(serial), states: ['assigned' as const] },
      });
      await state(1, 'assigned');
      await state(2, 'closed');
      await queue(aDraft(1, guard(1)), aDraft(2, guard(2)), aDraft(3, guard(3)));
      expect(texts(await claim({ limit: 1 }))).toEqual([`g-ltw 4 ${numberOf(1)}`]);
      expect(await claim({ limit: 1 })).toEqual([]);
      expect(await status()).toEqual(['sending', 'dropped', 'dropped']);
    });

    it('looks past dropped rows until the limit is full', async () => {
      const guard = { guard: { case: 'none', states: ['assigned' as const] } };
      await queue(...Array.from({ length: 6 }, (_, i) => aDraft(i + 1, guard)), aDraft(7), aDraft(8));
      expect(texts(await claim({ limit: 2 }))).toEqual([`g-ltw 4 ${numberOf(7)}`, `g-ltw 4 ${numberOf(8)}`]);
    });

    it('merges reminders to one person into one message', async () => {
      const { store, scope } = context();
      for (const serial of [1, 2, 3]) await state(serial, 'assigned');
      await queue(aReminder(1, 'due_soon', { dueAt: T0 + 9 }));
      await queue(aReminder(1, 'due_soon', { dueAt: T0 + 5 }));
      expect(await store.outbox(scope, {})).toMatchObject([
        { kind: 'due_soon', case: numberOf(1), dueAt: T0 + 5 },
      ]);
      await queue(
        aReminder(2, 'overdue', { priority: 2 }),
        aReminder(3, 'due_soon', { mergeKey: 'another' }),
      );
      const rows = await store.outbox(scope, {});
      expect(rows).toHaveLength(2);
      expect(rows[0]).toMatchObject({
        kind: 'overdue',
        case: null,
        priority: 2,
        cases: [numberOf(1), numberOf(2)],
      });
      const [row] = await claim({ now: T0 + 9 });
      expect(row?.say.template === 'reminder' && row.say.params.items.map(({ step }) => step)).toEqual([
        'due_soon',
        'due_soon',
        'overdue',
      ]);
      // One that is on its way takes no more.
      await queue(aReminder(2, 'overdue'));
      expect(await store.outbox(scope, {})).toHaveLength(3);
    });

    it('takes out of a merged reminder what has been settled since', async () => {
      for (const serial of [1, 2]) await state(serial, 'assigned');
      await queue(aReminder(1, 'overdue'), aReminder(2, 'due_soon'));
      await state(1, 'closed');
      const [row] = await claim();
      expect(row).toMatchObject({ kind: 'due_soon', case: numberOf(2), cases: [numberOf(2)] });
      await queue(aReminder(1, 'overdue'), aReminder(2, 'due_soon'));
      await state(2, 'resolved');
      expect(await claim()).toEqual([]);
      expect(await status()).toEqual(['sending', 'dropped']);
    });
  });
}
