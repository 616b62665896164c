import { describe, expect, it } from 'vitest';
import type { Case } from '../../../src/domain/case.ts';
import type { Part } from '../../../src/store/port.ts';
import { aCase, aDraft, anEvent, aReporter, MINUTE, numberOf, T0 } from '../../support/cases.ts';
import { answerOf, type Context, keyOf, look, write, writing } from './context.ts';

const part = (who: string, role: Part['role']): Part => ({ who, role });

async function put(context: Context, values: readonly Case[], parts: readonly Part[] = []): Promise<void> {
  await write(context, { cases: values.map((value) => ({ value, parts, nextAt: null })) });
}

/** Sends all that waits; the platform calls a row `p` and its id. */
async function sendAll({ store, scope }: Context): Promise<void> {
  const claim = { accounts: ['bridge'], owner: 'a', limit: 99, now: T0, until: T0 + MINUTE };
  for (const { id, fence } of await store.claimOutbox(scope, claim)) {
    await store.settle(scope, id, fence, { type: 'sent', messageId: `p${id}`, at: T0 });
  }
}

export function loadingContract(context: () => Context): void {
  describe('loading', () => {
    it('finds cases by number and by serial, newest year first', async () => {
      const lastYear = aCase(42, { number: 'LC2511-0042', year: 2025 });
      await put(context(), [lastYear, aCase(42), aCase(43)]);
      const loaded = await look(context(), { numbers: [numberOf(43), 'LC2611-9999'], serials: [42, 44] });
      expect([...loaded.cases.keys()].sort()).toEqual(['LC2511-0042', numberOf(42), numberOf(43)]);
      expect(loaded.cases.get(numberOf(43))).toEqual(aCase(43));
      expect(loaded.found.get('serial:42')).toEqual([numberOf(42), 'LC2511-0042']);
      expect(loaded.found.get('serial:44')).toEqual([]);
    });

    it('finds what an outgoing message was about, by the platform’s id and by ours, also once it is settled', async () => {
      const { store, scope } = context();
      await put(context(), [aCase(1), aCase(2), aCase(3)]);
      const drafts = [aDraft(1), aDraft(9, { case: null, cases: [numberOf(2), numberOf(3)] })];
      const [result] = await store.transact(scope, [writing({ answer: null, outbox: drafts })]);
      const ids = result?.ok ? result.outbox.map(({ id }) => id) : [];
      await sendAll(context());
      const quote = (messageId: string, chat = 'g-ltw') => ({ account: 'bridge', chat, messageId });
      const [one, two] = ids.map(String);
      const quotes = [
        quote(`p${one}`),
        quote(`p${two}`),
        quote(`o${two}`),
        quote('o999999999'),
        quote('zzz'),
      ];
      const { found, cases } = await look(context(), { quotes });
      expect(found.get(`quote:p${one}`)).toEqual([numberOf(1)]);
      expect(found.get(`quote:p${two}`)).toEqual([numberOf(2), numberOf(3)]);
      expect(found.get(`quote:o${two}`)).toEqual([numberOf(2), numberOf(3)]);
      expect(found.get('quote:o999999999')).toEqual([]);
      expect(found.get('quote:zzz')).toEqual([]);
      expect(cases.size).toBe(3);
      const elsewhere = await look(context(), { quotes: [quote(`o${one}`, 'g-other')] });
      expect(elsewhere.found.get(`quote:o${one}`)).toEqual([]);
    });

    it('finds all cases of rows that went as one message', async () => {
      const { store, scope } = context();
      await put(context(), [aCase(1), aCase(2)]);
      const [result] = await store.transact(scope, [
        writing({ answer: null, outbox: [aDraft(1), aDraft(2)] }),
      ]);
      const rows = result?.ok ? result.outbox : [];
      const claim = { accounts: ['bridge'], owner: 'a', limit: 9, now: T0, until: T0 + MINUTE };
      for (const row of await store.claimOutbox(scope, claim)) {
        await store.settle(scope, row.id, row.fence, { type: 'sent', messageId: `o${rows[0]?.id}`, at: T0 });
      }
      const messageId = `o${rows[0]?.id}`;
      const loaded = await look(context(), { quotes: [{ account: 'bridge', chat: 'g-ltw', messageId }] });
      expect(loaded.found.get(`quote:${messageId}`)).toEqual([numberOf(1), numberOf(2)]);
    });

    it('finds a party’s cases while the part lasts, newest first', async () => {
      await put(
        context(),
        [aCase(1), aCase(2)],
        [part('lin', 'reporter'), part('lin', 'asked'), part('li', 'assignee')],
      );
      await put(context(), [aCase(3)], [part('li', 'assignee')]);
      await put(context(), [aCase(2)], [part('chen', 'assignee')]);
      const { found } = await look(context(), { parties: ['lin', 'li', 'chen', 'nobody'] });
      expect(found.get('party:lin')).toEqual([numberOf(1)]);
      expect(found.get('party:li')).toEqual([numberOf(3), numberOf(1)]);
      expect(found.get('party:chen')).toEqual([numberOf(2)]);
      expect(found.get('party:nobody')).toEqual([]);
    });

    it('finds at most 200 cases of a party', async () => {
      const many = Array.from({ length: 205 }, (_, i) => aCase(i + 1));
      await put(context(), many, [part('li', 'assignee')]);
      const numbers = (await look(context(), { parties: ['li'] })).found.get('party:li') ?? [];
      expect(numbers).toHaveLength(200);
      expect(numbers[0]).toBe(numberOf(205));
    });

    it('counts open cases by who has them', async () => {
      const closed = aCase(3, { assignee: 'li', state: 'closed' });
      await put(context(), [aCase(1, { assignee: 'li' }), aCase(2, { assignee: 'li' }), closed]);
      await put(context(), [aCase(2, { assignee: 'chen' })]);
      const { openCounts } = await look(context(), { openCounts: ['li', 'chen', 'nobody'] });
      expect([...openCounts]).toEqual([
        ['li', 1],
        ['chen', 1],
        ['nobody', 0],
      ]);
    });

    it('finds cases by the message that caused an event', async () => {
      const change = {
        inbound: { key: keyOf('m7'), at: T0, effect: 'done' as const },
        cases: [aCase(1), aCase(2)].map((value) => ({ value, parts: [], nextAt: null })),
        events: [anEvent(numberOf(2), 1, 'x', 'm7'), anEvent(numberOf(1), 1, 'x', 'm7')],
      };
      await write(context(), change);
      await write(context(), { events: [anEvent(numberOf(1), 2, 'y', 'm8')] });
      const at = (id: string, chat = 'g-ltw') =>
        look(context(), { messages: [{ account: 'bridge', chat, id }] });
      expect((await at('m7')).found.get('message:m7')).toEqual([numberOf(1), numberOf(2)]);
      expect((await at('m8')).found.get('message:m8')).toEqual([]);
      expect((await at('m7', 'g-other')).found.get('message:m7')).toEqual([]);
    });

    it('finds what a party reported lately in a chat, newest first', async () => {
      const report = (serial: number, who: string, receivedAt: number, chat = 'g-ltw') =>
        write(context(), {
          inbound: { key: { ...keyOf(`m${serial}`), chat }, at: receivedAt, effect: 'done' },
          cases: [
            {
              value: aCase(serial, { receivedAt, reporters: [aReporter(who, serial)] }),
              parts: [],
              nextAt: null,
            },
          ],
        });
      await report(1, 'lin', T0 - 6 * MINUTE);
      await report(2, 'lin', T0 - 4 * MINUTE);
      await report(3, 'zhou', T0 - 3 * MINUTE);
      await report(4, 'lin', T0 - 2 * MINUTE, 'g-other');
      await report(5, 'lin', T0 - MINUTE);
      // A later change from elsewhere does not move where it was reported.
      await write(context(), {
        inbound: { key: { account: 'bridge', chat: 'u-li', key: 'm:x' }, at: T0, effect: 'done' },
        cases: [
          { value: aCase(2, { receivedAt: T0 - 4 * MINUTE, state: 'in_progress' }), parts: [], nextAt: null },
        ],
      });
      const recent = { account: 'bridge', chat: 'g-ltw', who: 'lin', since: T0 - 5 * MINUTE };
      expect((await look(context(), { recent })).found.get('recent')).toEqual([numberOf(5), numberOf(2)]);
    });

    it('finds open cases of the same kind in a village', async () => {
      const changes: readonly Partial<Case>[] = [
        { receivedAt: T0 },
        { receivedAt: T0 + 1 },
        { category: 'road' },
        { village: 'other' },
        { state: 'closed' },
        { receivedAt: T0 - MINUTE },
      ];
      await put(
        context(),
        changes.map((change, i) => aCase(i + 1, change)),
      );
      const similar = [{ village: 'ltw', category: 'power.lamp', since: T0 }];
      const { found } = await look(context(), { similar });
      expect(found.get('similar:ltw:power.lamp')).toEqual([numberOf(2), numberOf(1)]);
    });

    it('gives the events of cases in order', async () => {
      const value = aCase(1);
      const events = [1, 2, 10, 11].map((seq) => anEvent(value.number, seq));
      await write(context(), { cases: [{ value, parts: [], nextAt: null }], events });
      const loaded = await look(context(), { events: [value.number, 'none'] });
      expect(loaded.events.get(value.number)).toEqual(events);
      expect(loaded.events.get('none')).toEqual([]);
    });

    it('merges what later rounds load', async () => {
      const { store, scope } = context();
      await put(context(), [aCase(1), aCase(2)]);
      const [result] = await store.transact(scope, [
        {
          load: { numbers: [numberOf(1)], facts: ['none'] },
          decide: ({ cases }) =>
            cases.has(numberOf(2)) ? { answer: [...cases.keys()] } : { need: { serials: [2] } },
        },
      ]);
      expect(answerOf(result)).toEqual([numberOf(1), numberOf(2)]);
    });
  });
}
