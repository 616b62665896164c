/** Reading for a digest: everything that matters, in small pages, with turns for the chat between. */
import { expect, test } from 'vitest';
import { gather } from '../../src/digest/gather.ts';
import type { Case } from '../../src/domain/case.ts';
import type { CaseFilter, Store } from '../../src/store/port.ts';
import { at } from '../support/world.ts';
import { answered, DAY, dated, many, period, ZONE } from './support.ts';

interface Asked {
  readonly pages: CaseFilter[];
  events: number;
}

function storeOf(cases: readonly Case[]): { store: Pick<Store, 'cases' | 'events'>; asked: Asked } {
  const asked: Asked = { pages: [], events: 0 };
  const after = (c: Case, { year, serial }: { year: number; serial: number }): boolean =>
    c.year > year || (c.year === year && c.serial > serial);
  const store: Pick<Store, 'cases' | 'events'> = {
    cases: async (_scope, filter) => {
      asked.pages.push(filter);
      return cases
        .filter((c) => filter.states === undefined || filter.states.includes(c.state))
        .filter((c) => filter.receivedFrom === undefined || c.receivedAt >= filter.receivedFrom)
        .filter((c) => filter.receivedTo === undefined || c.receivedAt < filter.receivedTo)
        .filter((c) => filter.after === undefined || after(c, filter.after))
        .slice(0, filter.limit);
    },
    events: async (_scope, numbers) => {
      asked.events += numbers.length;
      return [];
    },
  };
  return { store, asked };
}

async function read(cases: readonly Case[]) {
  const { store, asked } = storeOf(cases);
  const records: string[] = [];
  const history: string[] = [];
  for await (const page of gather({
    store,
    scope: { township: 'x' },
    period: period('2026-12'),
    timezone: ZONE,
  })) {
    records.push(...page.records.map(({ value }) => value.number));
    history.push(...page.history.map(({ number }) => number));
  }
  return { records, history, asked };
}

const inYear = (year: number, serial: number, changes: Partial<Case>): Case =>
  dated(serial, {
    year,
    number: `LC${String(year).slice(2)}01-${String(serial).padStart(4, '0')}`,
    ...changes,
  });

test('each case once; events only of those that have a say in the month', async () => {
  const cases = [
    inYear(2024, 1, { receivedAt: at('2024-05-01 09:00'), state: 'deferred' }),
    inYear(2024, 2, { receivedAt: at('2024-05-01 09:00'), state: 'closed' }),
    inYear(2025, 1, {
      receivedAt: at('2025-12-10 09:00'),
      state: 'closed',
      closedAt: at('2025-12-20 09:00'),
    }),
    ...many(450, 1, (n) => answered(n, DAY, { receivedAt: at('2026-06-01 09:00') })),
    ...many(250, 451, (n) => dated(n, { receivedAt: at('2026-12-01 09:00') })),
  ];
  const { records, history, asked } = await read(cases);
  expect(new Set(records).size).toBe(records.length);
  expect(records).toHaveLength(250 + 1);
  expect(records).toContain('LC2401-0001');
  expect(history).toHaveLength(1 + 450 + 250);
  expect(asked.events).toBe(251);
});

test('in pages that a chat does not notice, past what is older by the key', async () => {
  const { asked } = await read(many(700, 1, (n) => dated(n)));
  expect(asked.pages.every(({ limit = 1e9 }) => limit <= 100)).toBe(true);
  expect(asked.pages[0]?.after?.year).toBe(2025);
});

test('what the year began with is passed over in a few steps, not read through', async () => {
  const cases = many(20_000, 1, (n) => {
    const receivedAt = at('2025-01-01 09:00') + Math.floor((n * 365 * DAY) / 20_000);
    return inYear(2025, n, { receivedAt, state: 'closed', closedAt: receivedAt });
  });
  const { history, asked } = await read(cases);
  // December of the year before is what is compared with.
  const wanted = cases.filter(({ receivedAt }) => receivedAt >= at('2025-12-01 00:00'));
  expect(history).toEqual(wanted.map(({ number }) => number));
  const first = asked.pages.find(({ receivedFrom }) => receivedFrom !== undefined);
  const missing = (wanted[0]?.serial ?? 0) - (first?.after?.serial ?? 0);
  expect(missing).toBeGreaterThan(0);
  expect(missing).toBeLessThan(300);
  expect(asked.pages.length).toBeLessThan(60);
});

test('gives others a turn between pages', async () => {
  let turns = 0;
  let over = false;
  const count = (): void => {
    turns++;
    if (!over) setImmediate(count);
  };
  setImmediate(count);
  await read(many(1000, 1, (n) => dated(n)));
  over = true;
  expect(turns).toBeGreaterThanOrEqual(4);
});
