import { describe, expect, it } from 'vitest';
import { DANGERS } from '../../src/taxonomy/danger.ts';
import { EXAMPLES } from '../../src/taxonomy/examples.ts';
import { terms } from '../../src/taxonomy/expand.ts';
import { lexiconOf, shippedTaxonomy, withTownship } from '../../src/taxonomy/index.ts';

const ids = shippedTaxonomy.categories.map(({ id }) => id);

describe('the shipped taxonomy', () => {
  it('has 14 main and 66 sub-categories, each id once and under its main', () => {
    expect(shippedTaxonomy.mains).toHaveLength(14);
    expect(new Set(ids).size).toBe(66);
    const mains = new Set(shippedTaxonomy.mains.map(({ id }) => id));
    for (const id of ids) expect(mains).toContain(id.split('.')[0]);
  });

  it('says everything of each category', () => {
    for (const category of shippedTaxonomy.categories) {
      expect(category.zh).not.toBe('');
      expect(category.short.length).toBeLessThanOrEqual(8);
      expect(category.en).toMatch(/^[A-Z]/u);
      expect(category.urgency).toMatch(/^U[1-5]$/u);
      expect(category.firstResponse).toMatch(/^(?:即时|\d+(?:h|wd))$/u);
      expect(category.deadline).toMatch(/^(?:即时|\d+(?:h|wd))/u);
      expect(category.codes.every((code) => /^\d{6}$/u.test(code))).toBe(true);
      if (!['gov.consult', 'gov.suggest'].includes(category.id)) expect(category.codes).not.toHaveLength(0);
    }
  });

  it('answers at once exactly where it is an emergency', () => {
    for (const { urgency, firstResponse, id } of shippedTaxonomy.categories) {
      if (urgency === 'U1') expect(firstResponse, id).toBe('即时');
    }
  });

  it('has words for every category, and at least five examples', () => {
    for (const id of ids) {
      const { strong, pairs, topic } = lexiconOf(id);
      expect(terms(strong).length + terms(topic).length + (pairs?.length ?? 0), id).toBeGreaterThan(10);
      expect(EXAMPLES[id]?.length ?? 0, id).toBeGreaterThanOrEqual(5);
    }
  });

  it('sends every kind of danger to a category there is', () => {
    for (const { category } of DANGERS) expect(ids).toContain(category);
  });
});

describe('the notation of terms', () => {
  it('writes out alternatives and weights', () => {
    expect(terms('{停|断}{水|电}*3 路灯')).toEqual([
      { text: '停水', weight: 3 },
      { text: '停电', weight: 3 },
      { text: '断水', weight: 3 },
      { text: '断电', weight: 3 },
      { text: '路灯', weight: null },
    ]);
  });

  it('takes in shared sets by name and refuses an unknown one', () => {
    expect(terms('@stink').map(({ text }) => text)).toContain('恶臭');
    expect(() => terms('@nothing')).toThrow('nothing');
  });
});

describe('a township’s categories', () => {
  it('renames, changes and leaves the rest', () => {
    const own = withTownship(shippedTaxonomy, [
      { id: 'power.lamp', short: '路灯', deadline: '3wd', words: ['莲花灯'] },
    ]);
    const lamp = own.categories.find(({ id }) => id === 'power.lamp');
    expect(lamp).toMatchObject({ short: '路灯', deadline: '3wd', urgency: 'U4', zh: '路灯、楼道灯不亮' });
    expect(own.words).toEqual({ 'power.lamp': ['莲花灯'] });
    expect(own.categories).toHaveLength(66);
    expect(shippedTaxonomy.words).toEqual({});
  });

  it('adds a category, and a main one where its id asks for it', () => {
    const own = withTownship(shippedTaxonomy, [
      { id: 'tea.machine', zh: '茶机', urgency: 'U3', sensitive: 'may' },
      { id: 'env.bamboo', zh: '竹屑' },
    ]);
    expect(own.categories).toHaveLength(68);
    expect(own.mains.map(({ id }) => id)).toContain('tea');
    expect(own.mains).toHaveLength(15);
    expect(own.categories.at(-2)).toMatchObject({ urgency: 'U3', sensitive: 'may', firstTier: 'township' });
    expect(own.categories.at(-1)).toMatchObject({ urgency: 'U4', short: '竹屑' });
  });

  it('adds words up over several entries of one id', () => {
    const own = withTownship(shippedTaxonomy, [
      { id: 'power.lamp', words: ['莲花灯'] },
      { id: 'power.lamp', words: ['桥灯'] },
    ]);
    expect(own.words['power.lamp']).toEqual(['莲花灯', '桥灯']);
  });
});
