import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presence, standsInFor } from '../../src/domain/absences.ts';
import type { Absence } from '../../src/domain/policy.ts';
import type { Office } from '../../src/domain/roster.ts';
import { mainOf, officeAbove, officesFor, pickOfficer } from '../../src/domain/routing.ts';
import { folded, POLICY, SITUATIONS } from './cases.ts';

const first = (
  category: string,
  village: string | null = 'fl',
  except: readonly string[] = [],
): string | null => officesFor(POLICY, { category, village, except })[0]?.id ?? null;

describe('a category finds its office', () => {
  it.each([
    // The most specific wins: power.lamp before power.
    ['power.lamp', 'fl', 'cunjian'],
    ['power.outage', 'fl', 'gongdian'],
    // The village's own office before the township's.
    ['env.garbage', 'fl', 'fl-cun'],
    ['env.garbage', 'bs', 'huanwei'],
    ['env.garbage', null, 'huanwei'],
    // The township's before the county's, except where the county's is the only one that names it.
    ['env.sewage', 'fl', 'huanwei'],
    ['env.noise', 'fl', 'paichusuo'],
    ['road.bus', 'fl', 'xianchengguan'],
    ['road.damage', 'fl', 'cunjian'],
    ['dispute.neighbor', 'fl', 'fl-cun'],
    ['dispute.neighbor', 'bs', null],
    ['edu.school', 'fl', null],
  ] as const)('%s in %s goes to %s', (category, village, office) => {
    expect(first(category, village)).toBe(office);
  });

  it('never finds the accused', () => {
    for (const category of POLICY.taxonomy.categories.map(({ id }) => id))
      for (const { id } of POLICY.roster.offices)
        expect(
          officesFor(POLICY, { category, village: 'fl', except: [id] }).map((one) => one.id),
        ).not.toContain(id);
  });

  it('lists the specific before the general, and tiers from below', () => {
    const order = ['village', 'township', 'county'];
    for (const { id: category } of POLICY.taxonomy.categories) {
      const fits = officesFor(POLICY, { category, village: 'fl', except: [] });
      const rank = (office: Office) =>
        (office.categories.includes(category) ? 0 : 10) + order.indexOf(office.tier);
      const ranks = fits.map(rank);
      expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      for (const office of fits)
        expect(office.categories.some((one) => one === category || one === mainOf(category))).toBe(true);
    }
  });

  it('goes up tier by tier', () => {
    const c = folded(SITUATIONS.assigned);
    expect(officeAbove(POLICY, { ...c, category: 'env.garbage', level: 'village' })?.id).toBe('huanwei');
    expect(officeAbove(POLICY, c)?.id).toBe('xianchengguan');
    expect(officeAbove(POLICY, { ...c, level: 'county' })).toBeNull();
    expect(officeAbove(POLICY, { ...c, category: 'power.lamp', level: 'village' })?.id).toBe('cunjian');
    expect(officeAbove(POLICY, { ...c, accused: ['xianchengguan'] })).toBeNull();
  });
});

const office = (officers: readonly string[], leader: string | null = null): Office => ({
  id: 'o',
  name: '办',
  tier: 'township',
  village: null,
  leader,
  officers,
  categories: [],
});
const there = (person: string): string | null => person;

describe('among an office’s officers', () => {
  const person: fc.Arbitrary<string> = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const people = fc.uniqueArray(person, { minLength: 1 });
  const counts = fc.dictionary(person, fc.integer({ min: 0, max: 4 }));

  it('the one with the fewest open cases has it, ties by list order', () => {
    fc.assert(
      fc.property(people, counts, (officers, given) => {
        const open = new Map(Object.entries(given));
        const chosen = pickOfficer(office(officers), there, open) ?? '';
        const of = (person: string) => open.get(person) ?? 0;
        const least = Math.min(...officers.map(of));
        expect(of(chosen)).toBe(least);
        expect(officers.indexOf(chosen)).toBe(officers.findIndex((person) => of(person) === least));
      }),
    );
  });

  it('the accused and the absent without a deputy never have it', () => {
    fc.assert(
      fc.property(people, people, (officers, out) => {
        const left = officers.filter((person) => !out.includes(person));
        const away = (person: string) => (out.includes(person) ? null : person);
        expect(pickOfficer(office(officers), there, new Map(), out)).toBe(left[0] ?? null);
        expect(pickOfficer(office(officers), away, new Map())).toBe(left[0] ?? null);
      }),
    );
  });

  it('the leader has it where none is listed, nobody where there is no leader', () => {
    expect(pickOfficer(office([], 'boss'), there, new Map())).toBe('boss');
    expect(pickOfficer(office([]), there, new Map())).toBeNull();
    expect(pickOfficer(office(['a'], 'boss'), () => null, new Map())).toBeNull();
  });
});

describe('absence', () => {
  const away = (person: string, deputy: string | null): Absence => ({
    person,
    deputy,
    from: '2026-11-02',
    to: '2026-11-06',
  });

  it('goes to the deputy, also through one who is away in turn', () => {
    const present = presence([away('a', 'b'), away('b', 'c')]);
    expect(['a', 'b', 'c', 'd'].map(present)).toEqual(['c', 'c', 'c', 'd']);
    expect(standsInFor([away('a', 'b'), away('b', 'c')], 'c')).toEqual(['a', 'b']);
    expect(standsInFor([away('a', 'b'), away('b', 'c')], 'b')).toEqual([]);
  });

  it('in a circle, or without a deputy, is nobody', () => {
    expect(presence([away('a', 'b'), away('b', 'a')])('a')).toBeNull();
    expect(presence([away('a', 'a')])('a')).toBeNull();
    expect(presence([away('a', null)])('a')).toBeNull();
  });

  it('always ends, and never with somebody who is away', () => {
    const absences = fc.array(
      fc
        .record({ person: fc.constantFrom(...'abcdefgh'), deputy: fc.option(fc.constantFrom(...'abcdefgh')) })
        .map(({ person, deputy }) => away(person, deputy)),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(absences, fc.constantFrom(...'abcdefgh'), (all, person) => {
        const found = presence(all)(person);
        if (found !== null) expect(all.some((one) => one.person === found)).toBe(false);
      }),
    );
  });
});
