/** Who is who: bindings with their revision, and codes that are used once. */
import { expect, it } from 'vitest';
import type { Binding, BindingCode } from '../../../src/domain/binding.ts';
import { MINUTE, T0 } from '../../support/cases.ts';
import { answerOf, type Context, look, write } from './context.ts';

export const person = (external: string, who: string, at = T0): Binding => ({
  kind: 'person',
  account: 'telegram',
  external,
  person: who,
  at,
  by: null,
});

const chat = (external: string, village: string): Binding => ({
  kind: 'chat',
  account: 'telegram',
  external,
  chat: 'heads',
  village,
  office: null,
  at: T0,
  by: 'admin',
});

const code = (hash: string, who: string, state: BindingCode['state'] = 'open'): BindingCode => ({
  hash,
  person: who,
  state,
  madeAt: T0,
  expiresAt: T0 + 14 * 1440 * MINUTE,
  settledAt: state === 'open' ? null : T0,
});

export function bindingsContract(given: () => Context): void {
  it('tells who is who with its revision, and nothing where that is known', async () => {
    const { store, second, scope } = given();
    expect(await store.bindings(scope, 0)).toBeNull();
    expect(await store.bindings(scope, 7)).toEqual({ revision: 0, all: [] });
    await write(given(), { bindings: { put: [person('501', 'lin'), chat('-100', 'ltw')] } });
    const found = { revision: 1, all: [chat('-100', 'ltw'), person('501', 'lin')] };
    expect(await store.bindings(scope, 0)).toEqual(found);
    expect(await second.bindings(scope, 0)).toEqual(found);
    expect(await store.bindings(scope, 1)).toBeNull();
    expect((await look(given(), { bindings: { known: 0 } })).bindings).toEqual(found);
    expect((await look(given(), { bindings: { known: 1 } })).bindings).toBeNull();
    expect((await look(given(), {})).bindings).toBeNull();
  });

  it('puts a later binding in the place of an earlier, takes one away, and counts each change', async () => {
    const { store, scope } = given();
    await write(given(), { bindings: { put: [person('501', 'lin')] } });
    await write(given(), { bindings: { put: [person('501', 'qiu', T0 + 1)] } });
    expect(await store.bindings(scope, 1)).toEqual({ revision: 2, all: [person('501', 'qiu', T0 + 1)] });
    const { kind, account, external } = person('501', 'qiu');
    await write(given(), { bindings: { remove: [{ kind, account, external }] } });
    expect(await store.bindings(scope, 2)).toEqual({ revision: 3, all: [] });
  });

  it('takes what is removed and put at once for put', async () => {
    const { store, scope } = given();
    const one = person('501', 'lin');
    await write(given(), { bindings: { put: [one, person('502', 'qiu')] } });
    await write(given(), { bindings: { remove: [one, person('502', 'qiu')], put: [person('501', 'he')] } });
    expect((await store.bindings(scope, 0))?.all).toEqual([person('501', 'he')]);
  });

  it('leaves the revision alone where nothing of it changes', async () => {
    const { store, scope } = given();
    await write(given(), { bindings: { put: [person('501', 'lin')] } });
    await write(given(), { facts: { a: 'b' }, codes: { put: [code('h1', 'lin')] } });
    expect(await store.bindings(scope, 1)).toBeNull();
  });

  it('keeps codes by their hash with what became of them', async () => {
    await write(given(), { codes: { put: [code('h1', 'lin'), code('h2', 'qiu')] } });
    const loaded = await look(given(), { codes: ['h1', 'h2', 'h3'] });
    expect([...loaded.codes].sort()).toEqual([
      ['h1', code('h1', 'lin')],
      ['h2', code('h2', 'qiu')],
    ]);
    await write(given(), { codes: { put: [{ ...code('h1', 'lin'), state: 'used', settledAt: T0 + 5 }] } });
    expect((await look(given(), { codes: ['h1'] })).codes.get('h1')).toMatchObject({
      state: 'used',
      settledAt: T0 + 5,
    });
  });

  it('revokes the open codes of a person but not those made at once, nor those used', async () => {
    await write(given(), {
      codes: { put: [code('h1', 'lin'), code('h2', 'lin', 'used'), code('h3', 'qiu')] },
    });
    await write(given(), { codes: { revokeOf: ['lin'], put: [code('h4', 'lin')] } });
    const { codes } = await look(given(), { codes: ['h1', 'h2', 'h3', 'h4'] });
    expect([...codes.values()].map(({ hash, state }) => `${hash} ${state}`).sort()).toEqual([
      'h1 revoked',
      'h2 used',
      'h3 open',
      'h4 open',
    ]);
  });

  it('of two processes that use one code at once only one finds it open', async () => {
    const { store, second, scope } = given();
    await write(given(), { codes: { put: [code('h1', 'lin')] } });
    const use = (of: typeof store, external: string) =>
      of.transact(scope, [
        {
          load: { codes: ['h1'], bindings: { known: 0 } },
          decide: (loaded) => {
            const found = loaded.codes.get('h1');
            if (found?.state !== 'open') return { answer: false };
            return {
              answer: true,
              codes: { put: [{ ...found, state: 'used' as const, settledAt: T0 }] },
              bindings: { put: [person(external, 'lin')] },
            };
          },
        },
      ]);
    const results = await Promise.all([
      ...['501', '502', '503'].map((external) => use(store, external)),
      ...['601', '602', '603'].map((external) => use(second, external)),
    ]);
    expect(results.map(([one]) => answerOf(one)).filter(Boolean)).toHaveLength(1);
    expect((await store.bindings(scope, 0))?.all).toHaveLength(1);
  });
}
