import { describe, expect, test } from 'vitest';
import type { SendResult } from '../../src/port.ts';
import { bench, FakePlatform, LEASE_MS, START, still } from './support.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DIRECT = { id: 'u-li', kind: 'direct' } as const;

describe('what is due goes at once', () => {
  test('rows born with their step are sent in its order and settled', async () => {
    const { queue, dispatcher, platform, statuses } = bench();
    const rows = await queue(
      { kind: 'assignment', chat: DIRECT },
      { kind: 'receipt', say: { template: 'nothing_open', params: {} }, replyTo: 'm1' },
    );
    await dispatcher.send(rows);
    expect(platform.got.map(({ kind }) => kind)).toEqual(['receipt', 'assignment']);
    expect(platform.got[0]).toMatchObject({
      id: `o${rows[1]?.id}`,
      replyTo: 'm1',
      text: 'nothing_open',
      at: START,
    });
    expect(await statuses()).toEqual(['sent', 'sent']);
  });

  test('queued rows go when they are due, the most urgent first, one chat not waiting for another', async () => {
    const { queue, advance, platform, clock } = bench();
    await queue(
      { dueAt: START + MINUTE, chat: DIRECT, case: 'A' },
      { dueAt: START + MINUTE, chat: DIRECT, case: 'B', priority: 0 },
      { dueAt: START + 2 * MINUTE, case: 'C', priority: 0 },
    );
    await advance(MINUTE);
    expect(platform.got.map((message) => message.case)).toEqual(['B', 'A']);
    expect(platform.got[0]?.at).toBe(clock.now());
    await advance(MINUTE);
    expect(platform.got.map((message) => message.case)).toEqual(['B', 'A', 'C']);
  });

  test('a contact is put in while sending, an alias becomes an account', async () => {
    const { queue, dispatcher, platform } = bench({
      resolveParty: async (alias) => (alias === '~abc' ? { account: 'chat', chat: DIRECT } : null),
    });
    const contact = { number: 'LC2611-0001', field: 'mobile', vault: 'v1' };
    await dispatcher.send(
      await queue({ chat: DIRECT, kind: 'contact', say: { template: 'contact', params: contact } }),
    );
    await dispatcher.send(await queue({ chat: { id: '~abc', kind: 'direct' } }));
    expect(platform.got.map(({ text, chat }) => [text, chat.id])).toEqual([
      ['电话 13800138001', 'u-li'],
      ['thanks', 'u-li'],
    ]);
  });

  test('an erased contact becomes a word about it, an erased person a failure', async () => {
    const { queue, dispatcher, platform, failures, statuses } = bench({ resolveContact: async () => null });
    const contact = { number: 'LC2611-0001', field: 'mobile', vault: 'v1' };
    await dispatcher.send(
      await queue({ chat: DIRECT, kind: 'contact', say: { template: 'contact', params: contact } }),
    );
    await dispatcher.send(await queue({ chat: { id: '~gone', kind: 'direct' } }));
    expect(platform.got.map(({ text }) => text)).toEqual(['no_contact']);
    expect(failures.map(({ what }) => what)).toEqual(['rejected']);
    expect(await statuses()).toEqual(['sent', 'rejected']);
  });
});

describe('a platform that says no', () => {
  const refused = (permanent: boolean): SendResult => ({
    type: 'rejected',
    permanent,
    code: 'busy',
    detail: 'later',
  });

  test('for now: the row waits longer each time and goes in the end', async () => {
    const { queue, dispatcher, platform, advance, statuses } = bench();
    platform.answer = () => (platform.got.length < 3 ? refused(false) : { type: 'sent', messageId: 'p1' });
    await dispatcher.send(await queue({}));
    expect(await statuses()).toEqual(['queued']);
    await advance(5 * SECOND);
    await advance(5 * SECOND);
    expect(platform.got).toHaveLength(2);
    await advance(5 * SECOND);
    expect(platform.got).toHaveLength(3);
    expect(await statuses()).toEqual(['sent']);
    expect(new Set(platform.got.map(({ id }) => id)).size).toBe(1);
  });

  test('for good: a person is told, the row is not tried again', async () => {
    const { queue, dispatcher, platform, failures, advance, statuses } = bench();
    platform.answer = () => refused(true);
    await dispatcher.send(await queue({}));
    await advance(60 * MINUTE);
    expect(platform.got).toHaveLength(1);
    expect(failures).toMatchObject([{ what: 'rejected', detail: 'busy: later' }]);
    expect(await statuses()).toEqual(['rejected']);
  });

  test('come back later: the whole chat waits, other chats do not', async () => {
    const { queue, dispatcher, platform, advance } = bench();
    platform.answer = ({ id, chat }) =>
      chat.kind === 'group' && platform.got.length === 1
        ? { type: 'deferred', retryAfterMs: 10 * SECOND }
        : { type: 'sent', messageId: id };
    await dispatcher.send(await queue({ case: 'A' }));
    void dispatcher.send(await queue({ case: 'B' }, { case: 'C', chat: DIRECT }));
    await still();
    expect(platform.got.map((message) => message.case)).toEqual(['A', 'C']);
    await advance(10 * SECOND);
    expect(platform.got.map((message) => message.case)).toEqual(['A', 'C', 'A', 'B']);
  });

  test('an adapter that throws may have sent: the row is unknown', async () => {
    const { queue, dispatcher, platform, statuses } = bench();
    platform.answer = () => Promise.reject(new Error('broken'));
    await dispatcher.send(await queue({}));
    expect(await statuses()).toEqual(['unknown']);
  });
});

describe('nobody knows whether it went', () => {
  const lost = (): SendResult => ({ type: 'unknown', detail: 'no answer' });

  test('a platform that can not drop repeats: shown to a person, never sent again', async () => {
    const { queue, dispatcher, platform, failures, advance, statuses } = bench();
    platform.answer = lost;
    await dispatcher.send(await queue({}));
    await advance(10 * MINUTE);
    expect(platform.got).toHaveLength(1);
    expect(failures).toMatchObject([{ what: 'unknown' }]);
    expect(await statuses()).toEqual(['unknown']);
  });

  test('a platform that drops repeats: sent again with the same id once the lease has run out', async () => {
    const { queue, dispatcher, platform, advance, statuses } = bench({
      capabilities: { nativeIdempotency: true },
    });
    platform.answer = lost;
    await dispatcher.send(await queue({}));
    await advance(LEASE_MS - SECOND);
    expect(platform.got).toHaveLength(1);
    platform.answer = ({ id }) => ({ type: 'sent', messageId: id });
    await advance(SECOND);
    expect(platform.got.map(({ id }) => id)).toEqual(['o1', 'o1']);
    expect(await statuses()).toEqual(['sent']);
  });

  test('an acknowledgement settles what was handed over', async () => {
    const { queue, dispatcher, platform, advance, statuses } = bench({
      capabilities: { nativeIdempotency: true },
    });
    platform.answer = lost;
    await dispatcher.send(await queue({}));
    expect(await statuses()).toEqual(['sending']);
    dispatcher.acknowledge('o1');
    dispatcher.acknowledge('o77');
    expect(await statuses()).toEqual(['sent']);
    await advance(10 * MINUTE);
    expect(platform.got).toHaveLength(1);
  });
});

describe('after a crash', () => {
  test('what was being sent is taken back at once: again where repeats drop, else unknown', async () => {
    for (const nativeIdempotency of [true, false]) {
      const { queue, successor, failures, statuses, clock } = bench({ capabilities: { nativeIdempotency } });
      await queue({}, { dueAt: START + 30 * SECOND });
      clock.advanceBy(SECOND);
      const platform = new FakePlatform({ nativeIdempotency });
      const next = successor(platform);
      await next.recover();
      await next.flush();
      expect(platform.got.map(({ id }) => id)).toEqual(nativeIdempotency ? ['o1'] : []);
      expect(failures.map(({ what }) => what)).toEqual(nativeIdempotency ? [] : ['unknown']);
      expect(await statuses()).toEqual([nativeIdempotency ? 'sent' : 'unknown', 'queued']);
    }
  });

  test('a long backlog is taken back whole, each row once', async () => {
    const { queue, successor, clock, statuses } = bench({ capabilities: { nativeIdempotency: true } });
    await queue(
      ...Array.from({ length: 450 }, (_, n) => ({ chat: { id: `u-${n % 7}`, kind: 'direct' } as const })),
    );
    await queue(...Array.from({ length: 450 }, () => ({ dueAt: START + 30 * SECOND })));
    clock.advanceBy(SECOND);
    const platform = new FakePlatform({ nativeIdempotency: true });
    const next = successor(platform);
    expect(await next.recover()).toBe(450);
    await next.flush();
    expect(platform.got).toHaveLength(450);
    expect(new Set(platform.got.map(({ id }) => id)).size).toBe(450);
    expect((await statuses()).filter((status) => status === 'queued')).toHaveLength(450);
  });

  test('a late settlement of the dead process changes nothing', async () => {
    const { queue, successor, store, statuses, clock } = bench({ capabilities: { nativeIdempotency: true } });
    const [row] = await queue({});
    clock.advanceBy(SECOND);
    const next = successor();
    await next.recover();
    await next.flush();
    const late = { type: 'rejected', detail: 'late', at: START } as const;
    expect(await store.settle({ township: 'lucidu' }, row?.id ?? 0, row?.fence ?? 0, late)).toBe(false);
    expect(await statuses()).toEqual(['sent']);
  });
});

describe('receipts that pacing held back', () => {
  test('for longer than a lease lasts become one message too', async () => {
    // As in a group of Telegram, with a flood of reports.
    const limits = { perChat: { count: 20, perMs: MINUTE }, global: null, jitterMs: null };
    const { queue, dispatcher, platform, advance, statuses } = bench({ capabilities: { limits } });
    void dispatcher.send(await queue(...Array.from({ length: 28 }, () => ({ kind: 'receipt' }) as const)));
    await still();
    await advance(SECOND);
    expect(platform.got).toHaveLength(20);
    await advance(MINUTE);
    expect(platform.got).toHaveLength(21);
    expect(platform.got[20]?.text.split('\n')).toHaveLength(8);
    expect(await statuses()).toEqual(Array.from({ length: 28 }, () => 'sent'));
  });

  test('become one message only as far as the platform takes it: what does not fit goes after it, whole', async () => {
    const limits = { perChat: { count: 1, perMs: MINUTE }, global: null, jitterMs: null };
    const { queue, dispatcher, platform, advance, statuses } = bench({
      // `nothing_open` has twelve bytes.
      capabilities: { limits, maxTextBytes: 26 },
    });
    const receipt = { kind: 'receipt', say: { template: 'nothing_open', params: {} } } as const;
    void dispatcher.send(await queue(...Array.from({ length: 6 }, () => receipt)));
    await still();
    for (let minute = 0; minute < 4; minute++) await advance(MINUTE);
    const texts = platform.got.map(({ text }) => text.split('\n'));
    expect(texts.map(({ length }) => length)).toEqual([1, 2, 1, 2]);
    expect(new Set(texts.flat())).toEqual(new Set(['nothing_open']));
    expect(await statuses()).toEqual(Array.from({ length: 6 }, () => 'sent'));
  });
});
