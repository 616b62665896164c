import { describe, expect, it } from 'vitest';
import type { TaskDraft } from '../../../src/store/port.ts';
import { aCase, aDraft, anEvent, aPrompt, aVaultEntry, MINUTE, numberOf, T0 } from '../../support/cases.ts';
import { type Context, look, write } from './context.ts';

const task = (key: string, runAt = T0): TaskDraft => ({ key, kind: 'digest', payload: { key }, runAt });

export function restContract(context: () => Context): void {
  describe('prompts', () => {
    it('are open for their person until closed, replaced or run out', async () => {
      const { store, scope, clock } = context();
      const open = [aPrompt('b', { openedAt: T0 + 1 }), aPrompt('a'), aPrompt('c', { who: 'zhou' })];
      await write(context(), { prompts: { open } });
      expect((await look(context(), { prompts: ['lin'] })).prompts.map(({ id }) => id)).toEqual(['a', 'b']);
      expect(await store.hasPrompt(scope, 'bridge', 'g-ltw', 'lin')).toBe(true);
      expect(await store.hasPrompt(scope, 'bridge', 'g-other', 'lin')).toBe(false);
      const replaced = aPrompt('a', {
        kind: 'which_case',
        payload: { command: 'resolve' },
        case: numberOf(1),
      });
      await write(context(), { prompts: { open: [replaced], close: ['b'] } });
      expect((await look(context(), { prompts: ['lin'] })).prompts).toEqual([replaced]);
      clock.advanceBy(30 * MINUTE);
      expect((await look(context(), { prompts: ['lin', 'zhou'] })).prompts).toEqual([]);
      expect(await store.hasPrompt(scope, 'bridge', 'g-ltw', 'lin')).toBe(false);
    });
  });

  describe('facts', () => {
    it('are set, read by key and by prefix, and deleted', async () => {
      const facts = {
        'known:2': 'b',
        'known:1': 'a',
        known: 'x',
        'knowo:1': 'y',
        'absence:li': '请假',
        'known:一': 'c',
      };
      await write(context(), { facts });
      const loaded = await look(context(), {
        facts: ['known', 'none'],
        factsWith: ['known:', 'absence:', '100%_'],
      });
      expect([...loaded.facts]).toEqual([
        ['known', 'x'],
        ['known:1', 'a'],
        ['known:2', 'b'],
        ['known:一', 'c'],
        ['absence:li', '请假'],
      ]);
      const { store, scope } = context();
      expect([...(await store.facts(scope, 'known:'))]).toEqual([
        ['known:1', 'a'],
        ['known:2', 'b'],
        ['known:一', 'c'],
      ]);
      expect([...(await store.facts({ township: 'elsewhere' }, 'known:'))]).toEqual([]);
      await write(context(), { facts: { 'known:1': null, 'known:2': 'B', none: null } });
      expect([...(await look(context(), { factsWith: ['known:'] })).facts]).toEqual([
        ['known:2', 'B'],
        ['known:一', 'c'],
      ]);
    });
  });

  describe('the vault', () => {
    it('keeps entries until they are erased', async () => {
      const { store, scope } = context();
      const entries = ['mobile', 'mobile.2'].map((field) => aVaultEntry(numberOf(1), field));
      await write(context(), { vault: [...entries].reverse() });
      await write(context(), { vault: [aVaultEntry(numberOf(2), 'mobile')] });
      const plain = (await store.vaultEntries(scope, numberOf(1))).map((entry) => ({
        ...entry,
        wrappedKey: Uint8Array.from(entry.wrappedKey),
        nonce: Uint8Array.from(entry.nonce),
        ciphertext: Uint8Array.from(entry.ciphertext),
      }));
      expect(plain).toEqual(entries);
      await write(context(), { eraseVault: [numberOf(1)] });
      expect(await store.vaultEntries(scope, numberOf(1))).toEqual([]);
      expect(await store.vaultEntries(scope, numberOf(2))).toHaveLength(1);
    });
  });

  describe('tasks', () => {
    const claim = (now: number, limit = 9) =>
      context().store.claimTasks(context().scope, { owner: 'a', limit, now, until: now + MINUTE });

    it('are done once, whoever asks for them how often', async () => {
      const { store, scope } = context();
      await write(context(), { tasks: [task('b'), task('a'), task('c', T0 - 1), task('later', T0 + 1)] });
      await write(context(), { tasks: [task('a', T0 + MINUTE)] });
      expect((await claim(T0)).map(({ key }) => key)).toEqual(['c', 'a', 'b']);
      expect(await claim(T0)).toEqual([]);
      expect(await store.settleTask(scope, 'a', 1, { done: true, retryAt: null, detail: null })).toBe(true);
      expect(await store.settleTask(scope, 'a', 1, { done: true, retryAt: null, detail: null })).toBe(false);
      await write(context(), { tasks: [task('a')] });
      expect((await claim(T0 + MINUTE, 99)).map(({ key }) => key)).toEqual(['c', 'b', 'later']);
    });

    it('come back when put off or when their lease runs out, and end when they fail', async () => {
      const { store, scope } = context();
      await write(context(), { tasks: [task('a'), task('b')] });
      await claim(T0);
      await store.settleTask(scope, 'a', 1, { done: false, retryAt: T0 + 10 * MINUTE, detail: 'later' });
      const [again] = await claim(T0 + MINUTE);
      expect(again).toEqual({ ...task('b'), attempts: 2, fence: 2 });
      expect(await store.settleTask(scope, 'b', 1, { done: true, retryAt: null, detail: null })).toBe(false);
      await store.settleTask(scope, 'b', 2, { done: false, retryAt: null, detail: 'broken' });
      expect((await claim(T0 + 10 * MINUTE)).map(({ key }) => key)).toEqual(['a']);
    });
  });

  describe('leases', () => {
    it('move their fence when another takes over, and not before', async () => {
      const { store, second, scope } = context();
      expect(await store.lease(scope, 'sweep', 'a', T0, T0 + 10)).toBe(1);
      expect(await second.lease(scope, 'sweep', 'b', T0 + 9, T0 + 20)).toBeNull();
      expect(await store.lease(scope, 'sweep', 'a', T0 + 9, T0 + 20)).toBe(1);
      expect(await second.lease(scope, 'sweep', 'b', T0 + 20, T0 + 30)).toBe(2);
      expect(await store.lease(scope, 'sweep', 'a', T0 + 20, T0 + 30)).toBeNull();
      expect(await store.lease(scope, 'other', 'a', T0, T0 + 10)).toBe(1);
    });

    it('are listed by their names, with who has them and until when', async () => {
      const { store, second, scope } = context();
      await store.lease(scope, 'account:b', 'one', T0, T0 + 10);
      await store.lease(scope, 'account:a', 'one', T0, T0 + 10);
      await store.lease(scope, 'accounts', 'one', T0, T0 + 10);
      // Given back: whoever comes next need not wait.
      await store.lease(scope, 'account:b', 'one', T0 + 1, T0 + 1);
      expect(await second.leases(scope, 'account:')).toEqual([
        { name: 'account:a', owner: 'one', until: T0 + 10 },
        { name: 'account:b', owner: 'one', until: T0 + 1 },
      ]);
      expect(await second.lease(scope, 'account:b', 'two', T0 + 1, T0 + 20)).toBe(2);
      expect(await second.leases({ township: 'elsewhere' }, 'account:')).toEqual([]);
    });
  });

  describe('jobs, policies and named values', () => {
    it('takes a job’s run once', async () => {
      const { store, second, scope } = context();
      const taken = await Promise.all(
        [store, second].map((each) => each.takeJob(scope, 'digest:2026-10', T0)),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect(await store.takeJob(scope, 'digest:2026-11', T0)).toBe(true);
    });

    it('gives the newest policy', async () => {
      const { store, scope } = context();
      expect(await store.policy(scope)).toBeNull();
      await store.savePolicy(scope, 2, 'two');
      await store.savePolicy(scope, 1, 'one');
      expect(await store.policy(scope)).toEqual({ version: 2, text: 'two' });
      await expect(store.savePolicy(scope, 2, 'other')).rejects.toThrow();
    });

    it('keeps values by name', async () => {
      const { store, scope } = context();
      expect(await store.meta(scope, 'demo')).toBeNull();
      await store.setMeta(scope, 'demo', '1');
      await store.setMeta(scope, 'demo', '2');
      expect(await store.meta(scope, 'demo')).toBe('2');
    });
  });

  describe('reading', () => {
    it('gives cases by number, filtered, page by page', async () => {
      const { store, scope } = context();
      const lastYear = aCase(9, { number: 'LC2512-0009', year: 2025, receivedAt: T0 - MINUTE });
      const values = [aCase(2, { state: 'closed' }), aCase(1), lastYear, aCase(3, { receivedAt: T0 + 1 })];
      await write(context(), { cases: values.map((value) => ({ value, parts: [], nextAt: null })) });
      const numbers = async (filter: Parameters<typeof store.cases>[1]) =>
        (await store.cases(scope, filter)).map(({ serial }) => serial);
      expect(await numbers({})).toEqual([9, 1, 2, 3]);
      expect(await numbers({ limit: 2 })).toEqual([9, 1]);
      expect(await numbers({ limit: 2, after: { year: 2026, serial: 1 } })).toEqual([2, 3]);
      expect(await numbers({ states: ['closed'] })).toEqual([2]);
      expect(await numbers({ states: [] })).toEqual([]);
      expect(await numbers({ receivedFrom: T0, receivedTo: T0 + 1 })).toEqual([1, 2]);
    });

    it('gives events case by case in the order asked for', async () => {
      const { store, scope } = context();
      const cases = [aCase(1), aCase(2)].map((value) => ({ value, parts: [], nextAt: null }));
      const behalf = { who: '王大爷', means: 'phone' } as const;
      const one = { ...anEvent(numberOf(1), 1), behalf };
      await write(context(), { cases, events: [anEvent(numberOf(2), 1), one, anEvent(numberOf(2), 2)] });
      const events = await store.events(scope, [numberOf(2), 'none', numberOf(1)]);
      expect(events).toEqual([anEvent(numberOf(2), 1), anEvent(numberOf(2), 2), one]);
      expect(await store.events(scope, [])).toEqual([]);
    });

    it('gives due cases by due time, then number', async () => {
      const { store, scope } = context();
      const due: readonly [serial: number, at: number | null][] = [
        [3, T0],
        [2, T0],
        [1, T0 + 1],
        [4, null],
        [5, T0 - 1],
      ];
      await write(context(), {
        cases: due.map(([serial, nextAt]) => ({ value: aCase(serial), parts: [], nextAt })),
      });
      const found = await store.dueCases(scope, T0, 9);
      expect(found).toEqual([
        { number: numberOf(5), at: T0 - 1 },
        { number: numberOf(2), at: T0 },
        { number: numberOf(3), at: T0 },
      ]);
      expect(await store.dueCases(scope, T0, 1)).toHaveLength(1);
    });
  });

  describe('waking', () => {
    it('is next when the earliest of all is due', async () => {
      const { store, scope } = context();
      expect(await store.nextWake(scope)).toBeNull();
      await write(context(), { cases: [{ value: aCase(1), parts: [], nextAt: T0 + 50 }] });
      expect(await store.nextWake(scope)).toBe(T0 + 50);
      await write(context(), { tasks: [task('a', T0 + 40)] });
      expect(await store.nextWake(scope)).toBe(T0 + 40);
      await write(context(), { outbox: [aDraft(1, { dueAt: T0 + 30 })] });
      expect(await store.nextWake(scope)).toBe(T0 + 30);
      const claim = { accounts: ['bridge'], owner: 'a', limit: 9, now: T0 + 40, until: T0 + 45 };
      await store.claimOutbox(scope, claim);
      await store.claimTasks(scope, { ...claim, until: T0 + 44 });
      expect(await store.nextWake(scope)).toBe(T0 + 44);
      await write(context(), { cases: [{ value: aCase(1), parts: [], nextAt: null }] });
      await store.settleTask(scope, 'a', 1, { done: true, retryAt: null, detail: null });
      expect(await store.nextWake(scope)).toBe(T0 + 45);
    });

    it('is told after a commit that brought something due', async () => {
      const { store } = context();
      let told = 0;
      const stop = store.onWake(() => {
        told += 1;
      });
      await write(context(), { facts: { a: '1' } });
      await expect.poll(() => told, { interval: 1 }).toBe(0);
      await write(context(), { tasks: [task('a')] });
      await expect.poll(() => told, { interval: 1 }).toBeGreaterThan(0);
      const before = told;
      stop();
      await write(context(), { outbox: [aDraft(1)] });
      expect(told).toBe(before);
    });
  });
}
