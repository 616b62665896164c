/** Areas above townships: sums that can be checked, no order of merit, and who may see them. */
import { describe, expect, test } from 'vitest';
import { areaFigures } from '../../src/digest/area.ts';
import { areaFile } from '../../src/digest/documents/area-sheet.ts';
import { type AreaPlace, areaNamed, maySeeArea, ownAreas, townshipsOf } from '../../src/domain/areas.ts';
import { at } from '../support/world.ts';
import { sheet } from './readers.ts';
import { answered, DAY, dated, figuresFor, many, plain, withdrawn, ZONE } from './support.ts';

const first = figuresFor(
  '2026-12',
  plain([...many(3, 1, (n) => answered(n, DAY)), ...many(2, 10, (n) => dated(n))]),
);
const second = figuresFor('2026-12', plain([...many(4, 1, (n) => answered(n, 3 * DAY)), withdrawn(9)]));
const area = areaFigures('桃江县', [
  { id: 'b', name: '乙镇', figures: first },
  { id: 'a', name: '甲镇', figures: second },
]);

describe('an area', () => {
  test('lists its townships as the area does and adds them up', () => {
    expect(area.rows.map(({ name, received }) => [name, received])).toEqual([
      ['乙镇', 5],
      ['甲镇', 5],
    ]);
    expect(area.total).toMatchObject({ id: null, received: 10, open: 2, overdue: 2 });
    expect(area.total.due.inTime).toEqual({
      numerator: 3,
      denominator: 9,
      excluded: [{ why: 'withdrawn', count: 1 }],
    });
    expect(area.total.due.resolved).toMatchObject({ numerator: 7, denominator: 9 });
    expect(area.total.content).toMatchObject({ numerator: 7, denominator: 7 });
    // Medians don't add up.
    expect(area.total.times).toBeNull();
  });

  test('compares with the period before only where every township was there', () => {
    expect(area.total.overPeriodBefore).toBeNull();
    const past = many(4, 21, (n) => dated(n, { receivedAt: at('11-10 09:00') }));
    const known = figuresFor('2026-12', plain([...many(5, 1, (n) => dated(n)), ...past]));
    const both = areaFigures('县', [
      { id: 'a', name: '甲镇', figures: known },
      { id: 'b', name: '乙镇', figures: known },
    ]);
    expect(both.total.overPeriodBefore).toMatchObject({ now: 10, before: 8, share: 0.25 });
  });

  test('refuses figures of two periods', () => {
    const other = figuresFor('2026-11', []);
    expect(() =>
      areaFigures('县', [
        { id: 'a', name: '甲', figures: first },
        { id: 'b', name: '乙', figures: other },
      ]),
    ).toThrow(RangeError);
  });

  test('as a sheet: one row a township, the whole last', async () => {
    const { rows } = await sheet(await areaFile(area, { at: at('2027-01-04 09:00'), timezone: ZONE }), 1);
    expect(rows.map(([name, received]) => [name, received])).toEqual([
      ['乡镇', '收到'],
      ['乙镇', 5],
      ['甲镇', 5],
      ['合计', 10],
    ]);
  });
});

describe('who may see it', () => {
  const areas: readonly AreaPlace[] = [
    { id: 'county', name: '县', parent: null, townships: ['c'], viewers: ['c/head'] },
    { id: 'west', name: '西片', parent: 'county', townships: ['a', 'b'], viewers: ['a/xiong'] },
  ];
  test('townships of an area and of those inside it', () => {
    expect(townshipsOf('county', areas)).toEqual(['c', 'a', 'b']);
    expect(townshipsOf('west', areas)).toEqual(['a', 'b']);
    expect(townshipsOf('nowhere', areas)).toEqual([]);
  });
  test('those named for it or for one above it, nobody else', () => {
    expect(maySeeArea('a/xiong', 'west', areas)).toBe(true);
    expect(maySeeArea('c/head', 'west', areas)).toBe(true);
    expect(maySeeArea('a/xiong', 'county', areas)).toBe(false);
    expect(maySeeArea('b/xiong', 'west', areas)).toBe(false);
  });
  test('asked for by name, the longest first; without one, what somebody is named for', () => {
    const nested = [
      ...areas,
      { id: 'wb', name: '西片北', parent: 'west', townships: ['b'], viewers: ['a/xiong'] },
    ];
    expect(areaNamed('月报 2026-10 西片北', nested)?.id).toBe('wb');
    expect(areaNamed('月报 2026-10 西片', nested)?.id).toBe('west');
    expect(areaNamed('月报 2026-10', nested)).toBeNull();
    expect(ownAreas('a/xiong', nested).map(({ id }) => id)).toEqual(['west', 'wb']);
    expect(ownAreas('b/xiong', nested)).toEqual([]);
  });
});
