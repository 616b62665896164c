/** Reading for a digest: pages of JSON in order, events with them, counts. */
import { expect, it } from 'vitest';
import type { Case } from '../../../src/domain/case.ts';
import type { WalkMark, WalkPage } from '../../../src/store/port.ts';
import { aCase, anEvent, MINUTE, numberOf, T0 } from '../../support/cases.ts';
import { type Context, write } from './context.ts';

const DAY = 1440 * MINUTE;

const closed = (serial: number, receivedAt: number, closedAt: number, over: Partial<Case> = {}): Case =>
  aCase(serial, {
    receivedAt,
    state: 'closed',
    outcome: 'fixed',
    resolvedAt: closedAt,
    closedAt,
    dueAt: null,
    originalDueAt: null,
    ...over,
  });

async function keep(context: Context, ...cases: readonly Case[]): Promise<void> {
  await write(context, { cases: cases.map((value) => ({ value, parts: [], nextAt: null })) });
}

const decoded = <T>({ json }: Pick<WalkPage, 'json'>): readonly T[] =>
  JSON.parse(Buffer.from(json).toString()) as readonly T[];

export function walksContract(given: () => Context): void {
  it('walks over what is open or was active since, in pages, open ones last, each as it is stored', async () => {
    const { store, scope } = given();
    const cases = [
      closed(1, T0 - 400 * DAY, T0 + 1),
      closed(2, T0 - 10 * DAY, T0 - 1),
      aCase(3, { receivedAt: T0 - 500 * DAY, summary: '桥"断"了\n　还没修 😀' }),
      closed(4, T0 - DAY, T0, { place: null }),
      aCase(5, { receivedAt: T0 }),
    ];
    await keep(given(), ...cases);
    const seen: Case[] = [];
    const numbers: string[] = [];
    for (let after: WalkMark | null = null, page: WalkPage; ; after = page.last) {
      page = await store.activeCases(scope, { from: T0, after, limit: 2 });
      if (page.last === null) break;
      seen.push(...decoded<Case>(page));
      numbers.push(...page.numbers);
    }
    expect(numbers).toEqual([4, 1, 3, 5].map(numberOf));
    expect(seen).toEqual([3, 0, 2, 4].map((i) => cases[i]));
    expect(await store.activeCases({ township: 'none' }, { from: 0, after: null, limit: 9 })).toMatchObject({
      numbers: [],
      last: null,
    });
  });

  it('keeps a settled case active up to its last event and the end of its clock', async () => {
    const { store, scope } = given();
    const late = closed(1, T0 - 90 * DAY, T0 - 60 * DAY);
    const due = closed(2, T0 - 90 * DAY, T0 - 60 * DAY, { dueAt: T0 + DAY });
    const asked = { ...anEvent(numberOf(1), 1), at: T0 + 5 };
    await write(given(), {
      cases: [late, due].map((value) => ({ value, parts: [], nextAt: null })),
      events: [asked],
    });
    const from = (at: number) => store.activeCases(scope, { from: at, after: null, limit: 9 });
    expect((await from(T0 + 5)).numbers).toEqual([1, 2].map(numberOf));
    expect((await from(T0 + 6)).numbers).toEqual([numberOf(2)]);
    expect((await from(T0 + DAY + 1)).numbers).toEqual([]);
    // Closed, opened again, closed again: what was true before is not kept.
    await keep(given(), { ...due, state: 'in_progress' });
    expect((await from(T0 + 9 * DAY)).numbers).toEqual([numberOf(2)]);
    await keep(given(), { ...due, dueAt: null });
    expect((await from(T0)).numbers).toEqual([numberOf(1)]);
  });

  it('remembers of settled cases where they were, and no more', async () => {
    const { store, scope } = given();
    const one = closed(1, T0 - 3 * DAY, T0 - DAY, { groups: ['ltw-g3'], place: '王"家桥', sensitive: true });
    await keep(
      given(),
      one,
      closed(2, T0 - 2 * DAY, T0 - DAY, { village: null, place: null }),
      closed(3, T0 - 2 * DAY, T0 + 1),
      closed(4, T0 - 9 * DAY, T0 - DAY),
      aCase(5, { receivedAt: T0 - 2 * DAY }),
    );
    const range = { from: T0 - 5 * DAY, to: T0 };
    const first = await store.settledCases(scope, { ...range, after: null, limit: 1 });
    const { number, receivedAt, category, village, state, groups, place } = one;
    const kept = { number, receivedAt, category, village, state, groups, place };
    expect(decoded(first)).toEqual([{ ...kept, protected: false, sensitive: true }]);
    const second = await store.settledCases(scope, { ...range, after: first.last, limit: 9 });
    expect(decoded(second)).toMatchObject([{ number: numberOf(2), village: null, place: null }]);
    expect((await store.settledCases(scope, { ...range, after: second.last, limit: 9 })).last).toBeNull();
  });

  it('gives events as JSON that says what the values say, whatever stands in them', async () => {
    const { store, scope } = given();
    await keep(given(), aCase(1), aCase(2));
    await write(given(), {
      events: [
        { ...anEvent(numberOf(2), 1, '说"好了"\n'), by: '@tg:"o\'brien\\' },
        { ...anEvent(numberOf(1), 1), by: null },
        { ...anEvent(numberOf(1), 2, '好', '消息\u2028😀'), behalf: { who: '张"三', means: 'phone' } },
      ],
    });
    const numbers = [1, 2].map(numberOf);
    const json = await store.eventsJson(scope, numbers);
    expect(decoded({ json })).toEqual(await store.events(scope, numbers));
    expect(decoded({ json: await store.eventsJson(scope, []) })).toEqual([]);
  });

  it('counts what came in by category, and knows the first', async () => {
    const { store, scope } = given();
    expect(await store.firstReceived(scope)).toBeNull();
    await keep(
      given(),
      aCase(1, { receivedAt: T0, category: 'road.damage' }),
      aCase(2, { receivedAt: T0 + 1, category: 'power.lamp' }),
      closed(3, T0 + 2, T0 + 3, { category: 'road.damage' }),
      aCase(4, { receivedAt: T0 + 10, category: 'road.damage' }),
    );
    expect(await store.received(scope, T0, T0 + 10)).toEqual([
      ['power.lamp', 1],
      ['road.damage', 2],
    ]);
    expect(await store.received(scope, T0 + 11, T0 + 99)).toEqual([]);
    expect(await store.firstReceived(scope)).toBe(T0);
  });
}
