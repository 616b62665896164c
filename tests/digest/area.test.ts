/** Areas above townships: sums that can be checked, no order of merit, and who may see them. */
import { describe, expect, test } from 'vitest';
import { areaFigures } from '../../src/digest/area.ts';
import { areaFile } from '../../src/digest/documents/area-sheet.ts';
import { areaLines as en } from '../../src/digest/words/en-area.ts';
import { areaLines as zh } from '../../src/digest/words/zh-area.ts';
import { type AreaPlace, areaNamed, maySeeArea, ownAreas, townshipsOf } from '../../src/domain/areas.ts';
import { at } from '../support/world.ts';
import { sheet } from './readers.ts';
import { answered, DAY, dated, figuresFor, many, period, plain, withdrawn, ZONE } from './support.ts';

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

describe('in words', () => {
  const names = Array.from({ length: 40 }, (_, i) => `${i + 1}镇`);
  const rated = [
    ...many(3, 1, (n) => answered(n, DAY)),
    answered(4, DAY, { rating: null }),
    ...many(2, 10, (n) => withdrawn(n)),
  ];
  const forty = areaFigures(
    '大县',
    names.map((name) => ({ id: name, name, figures: figuresFor('2026-12', plain(rated)) })),
  );

  test('each rate of the whole says what it leaves out, in chat and on the sheet', async () => {
    const lines = zh(forty, period('2026-12'), []);
    expect(lines[2]).toBe('到期160件，按时答复160件（100.0%）。不算在内：撤回、重复或不归镇里80。');
    expect(lines[3]).toBe('有评价120件，满意和基本满意120件（100.0%）。不算在内：没有评价40。');
    expect(en(forty, period('2026-12'), [])[3]).toContain('Left out: not rated 40.');
    const { rows } = await sheet(await areaFile(forty, { at: at('2027-01-04 09:00'), timezone: ZONE }), 1);
    const column = rows[0]?.indexOf('评价里不算在内') ?? -1;
    expect(rows.at(-1)?.[column]).toBe('没有评价 40');
  });

  test('forty townships make no more than fifteen lines', () => {
    for (const words of [zh, en])
      expect(words(forty, period('2026-12'), ['x']).length).toBeLessThanOrEqual(15);
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
