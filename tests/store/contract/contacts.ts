import { describe, expect, it } from 'vitest';
import type { ChangeSet } from '../../../src/store/port.ts';
import { aCase, aDraft, aReminder, MINUTE, numberOf, T0 } from '../../support/cases.ts';
import { type Context, look, write, writing } from './context.ts';

export function contactsContract(context: () => Context): void {
  const key = (chat: string, account = 'chat') => ({ account, chat });
  const known = async (...chats: readonly { account: string; chat: string }[]) => [
    ...(await look(context(), { contacts: chats })).contacts,
  ];

  describe('contacts', () => {
    it('say when a chat was last heard from, and are forgotten', async () => {
      const { store, scope } = context();
      await write(context(), { contacts: [{ ...key('a'), at: T0 }] });
      await write(context(), {
        contacts: [
          { ...key('a'), at: T0 + 5 },
          { ...key('b'), at: T0 + 1 },
        ],
      });
      expect(await known(key('a'), key('b'), key('c'), key('a', 'other'))).toEqual([
        ['chat|a', T0 + 5],
        ['chat|b', T0 + 1],
        ['chat|c', null],
        ['other|a', null],
      ]);
      await write(context(), { contacts: [{ ...key('a'), at: null }] });
      expect(await store.contacts(scope, [key('c'), key('b'), key('a')])).toEqual([
        { ...key('b'), at: T0 + 1 },
      ]);
      expect(await store.contacts({ township: 'elsewhere' }, [key('b')])).toEqual([]);
      expect(await store.contacts(scope, [])).toEqual([]);
    });

    it('of one change hold as they are said last', async () => {
      const contacts = [
        { ...key('a'), at: T0 },
        { ...key('a'), at: null },
        { ...key('b'), at: null },
        { ...key('b'), at: T0 + 2 },
      ];
      await write(context(), { contacts });
      expect(await known(key('a'), key('b'))).toEqual([
        ['chat|a', null],
        ['chat|b', T0 + 2],
      ]);
    });
  });

  describe('a row that ends with a change', () => {
    const claim = () =>
      context().store.claimOutbox(context().scope, {
        ...{ accounts: ['bridge', 'chat'], owner: 'a', limit: 10, now: T0, until: T0 + MINUTE },
      });
    const moving = (id: number, fence: number): ChangeSet<string> => ({
      answer: 'moved',
      settles: { id, fence, result: { type: 'rejected', detail: 'unreachable', at: T0 } },
      outbox: [aDraft(2, { account: 'chat' })],
      contacts: [{ ...key('a'), at: T0 }],
      facts: { moved: '1' },
    });
    const statuses = async () =>
      (await context().store.outbox(context().scope, {})).map(
        ({ account, status }) => `${account} ${status}`,
      );

    it('is settled with all that goes in its place', async () => {
      const reach = { who: 'lin', tried: ['x'], asked: { account: 'x', chat: 'g', replyTo: null } };
      await write(context(), { outbox: [aDraft(1, { reach })] });
      const [row] = await claim();
      expect(row?.reach).toEqual(reach);
      const [result] = await context().store.transact(context().scope, [
        writing(moving(row?.id ?? 0, row?.fence ?? 0)),
      ]);
      expect(result).toMatchObject({ ok: true, answer: 'moved', outbox: [{ account: 'chat' }] });
      expect(await statuses()).toEqual(['bridge rejected', 'chat queued']);
      const [gone] = await context().store.outbox(context().scope, { status: ['rejected'] });
      expect(gone?.say).toBeNull();
      expect(gone?.reach).toBeUndefined();
    });

    it('whose fence has moved on takes the whole change with it, once', async () => {
      await write(context(), { outbox: [aDraft(1)] });
      const [row] = await claim();
      const { store, scope } = context();
      const steps = [row?.fence ?? 0, (row?.fence ?? 0) + 1, row?.fence ?? 0].map((fence) =>
        writing(moving(row?.id ?? 0, fence)),
      );
      const results = await store.transact(scope, steps);
      expect(results.map((one) => one.ok && one.outbox.length)).toEqual([1, 0, 0]);
      expect(await statuses()).toEqual(['bridge rejected', 'chat queued']);
      const [elsewhere] = await store.transact({ township: 'elsewhere' }, [writing(moving(row?.id ?? 0, 1))]);
      expect(elsewhere).toMatchObject({ ok: true, outbox: [] });
    });

    it('goes back to its claim where the change throws', async () => {
      await write(context(), { outbox: [aDraft(1)] });
      const [row] = await claim();
      const broken = { ...moving(row?.id ?? 0, 1), tasks: [null] } as unknown as ChangeSet<string>;
      const [result] = await context().store.transact(context().scope, [writing(broken)]);
      expect(result?.ok).toBe(false);
      expect(await statuses()).toEqual(['bridge sending']);
      expect(await known(key('a'))).toEqual([['chat|a', null]]);
    });

    it('hands its lines on to what waits elsewhere under the same key', async () => {
      const cases = [1, 2].map((serial) => ({
        ...{ value: aCase(serial, { state: 'assigned' }), parts: [], nextAt: null },
      }));
      const later = { ...aReminder(2, 'due_soon'), account: 'chat', dueAt: T0 + MINUTE };
      await write(context(), { cases, outbox: [aReminder(1, 'due_soon'), later] });
      const [row] = await claim();
      const { store, scope } = context();
      const moved = {
        ...moving(row?.id ?? 0, row?.fence ?? 0),
        outbox: [{ ...aReminder(1, 'due_soon'), account: 'chat' }],
      };
      await store.transact(scope, [writing(moved)]);
      const [only, ...others] = await store.outbox(scope, { status: ['queued'] });
      expect(others).toEqual([]);
      expect(only?.cases).toEqual([numberOf(2), numberOf(1)]);
    });
  });
}
