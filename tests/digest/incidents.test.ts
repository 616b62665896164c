/** Which reports are of one event: near in time and place, saying the same, as far as events of the kind reach. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readTownship } from '../../src/config/township.ts';
import { rulesOf } from '../../src/digest/incidents.ts';
import type { Case } from '../../src/domain/case.ts';
import { defaultSettings } from '../../src/domain/settings.ts';
import { shippedTaxonomy, withTownship } from '../../src/taxonomy/index.ts';
import { at, testPolicy } from '../support/world.ts';
import { dated, figuresFor, HOUR, plain } from './support.ts';

const TOWNSHIP = readFileSync(new URL('../support/township.yaml', import.meta.url), 'utf8');
const MORNING = at('12-05 06:00');
let serial = 0;

/** A report so many hours after six in the morning of 5 December. */
const report = (
  category: string,
  village: string,
  hour: number,
  words: string,
  more: Partial<Case> = {},
): Case =>
  dated(++serial, {
    ...{ category, village, summary: words, place: null, groups: [] },
    receivedAt: MORNING + hour * HOUR,
    ...more,
  });

const incidents = (cases: readonly Case[], more: Parameters<typeof figuresFor>[2] = {}) =>
  figuresFor('2026-12', plain(cases), more).incidents;

/** How many reports each incident has, and from how many villages. */
const shape = (cases: readonly Case[], more?: Parameters<typeof figuresFor>[2]) =>
  incidents(cases, more).map(({ reports, villages }) => [reports, villages.length]);

describe('one event', () => {
  test('a power line that failed, from three villages in different words', () => {
    const outage = (village: string, hour: number, words: string) =>
      report('power.outage', village, hour, words);
    expect(
      shape([
        outage('ltw', 0, '3组全停电了'),
        outage('bs', 1, '没电，家家都黑的，老人要吸氧'),
        outage('fl', 2.5, '5组从早上就没来电，石桥线跳闸'),
      ]),
    ).toEqual([[3, 3]]);
  });

  test('the same line named in the evening once more', () => {
    const outage = (village: string, hour: number, words: string, place: string | null) =>
      report('power.outage', village, hour, words, { place });
    expect(
      shape([
        outage('ltw', 0, '石桥线跳闸停电', '石桥线'),
        outage('bs', 9, '石桥线跳闸又停了', '石桥线'),
        outage('fl', 12, '石桥线还没送电', '石桥线'),
      ]),
    ).toEqual([[3, 3]]);
  });

  test('a flood: whatever each says of it, households and area summed by village', () => {
    const flood = (village: string, hour: number, words: string, households: number | null) =>
      report('agri.damage', village, hour, words, { households });
    const [found] = incidents([
      flood('ltw', 0, '淹了12亩油菜', 4),
      flood('ltw', 3, '大风把棚子掀了，倒了3亩', 6),
      flood('bs', 20, '菜地都没了', null),
      flood('fl', 23, '河水漫进来，冲了5亩稻子', 1),
    ]);
    expect(found).toMatchObject({ reports: 4, category: 'agri.damage' });
    expect(found?.villages).toEqual([
      { village: 'ltw', cases: 2, households: 10, unknownHouseholds: 0, area: 15 },
      { village: 'bs', cases: 1, households: 0, unknownHouseholds: 1, area: 0 },
      { village: 'fl', cases: 1, households: 1, unknownHouseholds: 0, area: 5 },
    ]);
  });

  test('a heap at one place of one village, within two days', () => {
    const heap = (hour: number, place = '晒谷坪') =>
      report('env.garbage', 'ltw', hour, '垃圾没拉', { place });
    expect(shape([heap(0), heap(20, '晒谷坪边上'), heap(45)])).toEqual([[3, 1]]);
    expect(shape([heap(0), heap(20), heap(70)])).toEqual([]);
  });
});

describe('not one event', () => {
  test('lamps that fail on one day in two villages, in the very same words', () => {
    const lamp = (village: string, hour: number) =>
      report('power.lamp', village, hour, '路灯不亮', { place: '村部门口' });
    expect(shape([lamp('ltw', 0), lamp('bs', 1), lamp('fl', 2), lamp('ltw', 60)])).toEqual([]);
  });

  test('a burnt transformer here and planned works there; who names no cause joins one of them, not both', () => {
    const outage = (village: string, hour: number, words: string) =>
      report('power.outage', village, hour, words);
    const cases = [
      outage('ltw', 0, '变压器冒烟，停电了'),
      outage('ltw', 0.5, '变压器烧了没电'),
      outage('bs', 1, '停电通知上说检修，没电'),
      outage('bs', 1.5, '检修停电'),
      outage('fl', 2, '停电'),
    ];
    expect(shape(cases)).toEqual([[3, 2]]);
  });

  test('boars in one village, hail in another', () => {
    const damage = (village: string, hour: number, words: string) =>
      report('agri.damage', village, hour, words);
    expect(
      shape([
        damage('ltw', 0, '野猪拱了玉米'),
        damage('bs', 2, '冰雹打烂了菜'),
        damage('fl', 3, '冰雹把大棚打穿了'),
      ]),
    ).toEqual([]);
  });

  test('outages half a day apart that say different things, and a day apart whatever they say', () => {
    const outage = (village: string, hour: number, words: string) =>
      report('power.outage', village, hour, words);
    expect(
      shape([outage('ltw', 0, '停电了'), outage('bs', 10, '家里老是断电'), outage('fl', 20, '电还不来')]),
    ).toEqual([]);
    expect(
      shape([outage('ltw', 0, '停电了'), outage('bs', 25, '停电了'), outage('fl', 50, '停电了')]),
    ).toEqual([]);
  });

  test('one house without power among villages in the dark', () => {
    const outage = (village: string, hour: number, households: number | null) =>
      report('power.outage', village, hour, '停电了', { households });
    expect(shape([outage('ltw', 0, 40), outage('bs', 1, null), outage('fl', 2, 1)])).toEqual([]);
  });

  test('what is private, struck out or of no village takes no part', () => {
    const flood = (more: Partial<Case>) => report('agri.damage', 'ltw', 0, '淹了', more);
    const two = [flood({}), flood({})];
    for (const more of [
      { sensitive: true },
      { protected: true },
      { state: 'cancelled', outcome: 'withdrawn' },
      { village: null },
    ] as const)
      expect(shape([...two, flood(more)]), JSON.stringify(more)).toEqual([]);
    expect(shape([...two, flood({})])).toEqual([[3, 1]]);
  });
});

describe('is the township’s to say', () => {
  const river = (village: string) => report('env.river', village, 1, '河面漂死鱼');
  const cases = [river('ltw'), river('bs'), river('fl')];

  test('by category: how far its events reach', () => {
    expect(shape(cases)).toEqual([]);
    const file = readTownship(
      `${TOWNSHIP}\ncategories: [{ id: env.river, reach: { kind: area } }, { id: power.outage, reach: null }]\n`,
      'township.yaml',
    );
    if (!file.ok) throw new Error(JSON.stringify(file.error));
    const rules = rulesOf(withTownship(shippedTaxonomy, file.value.categories), defaultSettings.incidents);
    expect(shape(cases, { incidents: rules })).toEqual([[3, 3]]);
    const dark = ['ltw', 'bs', 'fl'].map((village) => report('power.outage', village, 1, '停电'));
    expect(shape(dark)).toEqual([[3, 3]]);
    expect(shape(dark, { incidents: rules })).toEqual([]);
  });

  test('by settings: how many, how near, how alike', () => {
    const outage = (village: string, hour: number) => report('power.outage', village, hour, '停电了');
    const night = [outage('ltw', 0), outage('bs', 20)];
    const given = (over: Partial<typeof defaultSettings.incidents>) => ({
      incidents: rulesOf(shippedTaxonomy, { ...defaultSettings.incidents, ...over }),
    });
    expect(shape(night, given({ reports: 2 }))).toEqual([[2, 2]]);
    expect(shape(night, given({ reports: 2, wideHours: 12 }))).toEqual([]);
    expect(shape(night, given({ reports: 2, likeness: 1 }))).toEqual([[2, 2]]);
    const other = [outage('ltw', 0), report('power.outage', 'bs', 20, '老是断电')];
    expect(shape(other, given({ reports: 2 }))).toEqual([]);
    expect(shape(other, given({ reports: 2, likeness: 0 }))).toEqual([[2, 2]]);
    expect(shape(other, given({ reports: 2, closeHours: 24 }))).toEqual([[2, 2]]);
  });

  test('every reach that is shipped names its causes in words', () => {
    const far = testPolicy().taxonomy.categories.filter(({ reach }) => reach);
    expect(far.map(({ id }) => id)).toEqual(
      expect.arrayContaining([
        'power.outage',
        'water.outage',
        'water.danger',
        'agri.damage',
        'safety.geo',
        'road.block',
      ]),
    );
    for (const { id, reach } of far)
      for (const cause of reach?.causes ?? []) expect(cause, id).toMatch(/^\S+(?: \S+)*$/u);
  });
});
