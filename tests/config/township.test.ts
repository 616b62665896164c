import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTownship } from '../../src/config/township.ts';
import { defaultSettings } from '../../src/domain/settings.ts';
import { mistakes } from './mistakes.ts';
import { errorsAfter, errorsOf, GOOD, good } from './samples.ts';

describe('a township file that is right', () => {
  it('becomes a roster with every default filled in', () => {
    const { roster, settings, categories, holidays, absences, policies } = good();
    expect(roster.township).toEqual({
      id: 'qingshi',
      name: '青石镇',
      county: '安化县',
      timezone: 'Asia/Shanghai',
      casePrefix: 'QS',
      locale: 'zh-CN',
      dutyPhone: '0737-8880000',
    });
    expect(roster.villages[0]?.zones[0]?.groups[0]?.neighborhoods).toEqual([
      { id: 'sqc-g2-1', name: '1邻', head: 'lin', households: 11 },
      { id: 'sqc-g2-2', name: '2邻', head: null, households: null },
    ]);
    expect(roster.villages[1]).toEqual({
      id: 'zss',
      name: '竹山社区',
      secretary: null,
      cadres: [],
      zones: [],
    });
    expect(roster.offices[2]).toMatchObject({ tier: 'village', village: 'sqc' });
    expect(roster.roles.recorders).toEqual([]);
    expect(settings).toEqual(defaultSettings);
    expect(categories[0]).toEqual({
      id: 'market.stall',
      zh: '集市摊位',
      urgency: 'U5',
      deadline: '5wd',
      words: ['摊位', '赶集'],
    });
    expect(holidays).toEqual({ '2027-02-06': 'rest' });
    expect(absences).toHaveLength(1);
    expect(policies[0]?.keywords).toEqual(['医保', '参保']);
  });

  it('keeps numbers typed without quotes as the text they are', () => {
    const lin = good().roster.people.find(({ id }) => id === 'lin');
    expect(lin).toMatchObject({ phone: '13800000001', accounts: { telegram: '501' } });
    expect(good(GOOD.replace('"0737-8880000"', '07378880000')).roster.township.dutyPhone).toBe('07378880000');
  });

  it('reads duty spans as local time with the end left out', () => {
    expect(good().roster.duty).toEqual([
      { from: '2026-11-02T00:00', to: '2026-11-03T00:00', people: ['tan', 'wu'] },
      { from: '2026-11-02T18:00', to: '2026-11-03T08:00', people: ['li'] },
    ]);
    const abroad = GOOD.replace('2026-11-03T08:00', '2026-11-03T00:00:00Z');
    expect(good(abroad).roster.duty[1]?.to).toBe('2026-11-03T08:00');
  });

  it('may leave out every optional key, also with nothing behind it', () => {
    const short = GOOD.replace(/duty:\n.*\n.*\n/, 'duty:\n').replace(/settings: \{\}[\s\S]*/, '');
    const { roster, settings, policies } = good(short);
    expect([roster.duty, policies]).toEqual([[], []]);
    expect(settings).toEqual(defaultSettings);
  });

  it('takes a settings line and leaves the others as they are', () => {
    const { settings } = good(
      GOOD.replace('settings: {}', 'settings: { rating: { windowDays: 4 }, mode: flood }'),
    );
    expect(settings).toEqual({
      ...defaultSettings,
      mode: 'flood',
      rating: { ...defaultSettings.rating, windowDays: 4 },
    });
  });

  const shared = new URL('../../../shared/check/township.yaml', import.meta.url);
  it.runIf(existsSync(shared))('includes the one the stories use', () => {
    expect(readTownship(readFileSync(shared, 'utf8'), 'township.yaml')).toMatchObject({ ok: true });
  });
});

describe('a township file with one mistake', () => {
  it.each(mistakes)('%s', (_, from, to, error) => {
    expect(errorsAfter(from, to)).toEqual(error === '' ? [] : [error]);
  });

  it('a circle of deputies', () => {
    const round = 'policies:';
    const second = '  - { person: chen, from: 2026-11-12, to: 2026-11-20, deputy: li }\npolicies:';
    expect(errorsAfter(round, second)).toEqual([
      't.yaml:58: absences[0].deputy: 代班绕成了一圈：li → chen → li',
      't.yaml:59: absences[1].deputy: 代班绕成了一圈：chen → li → chen',
    ]);
    const later = '  - { person: chen, from: 2026-11-14, to: 2026-11-20, deputy: li }\npolicies:';
    expect(errorsAfter(round, later)).toEqual([]);
  });

  it('an empty roster', () => {
    const errors = errorsAfter(/people:\n(?: {2}- .*\n)+/, 'people: []\n');
    expect(errors).toContain('t.yaml:35: people: 名册是空的，至少要写一个人');
  });

  it('each required key left out', () => {
    expect(errorsOf('chats: []')).toEqual(
      ['township', 'villages', 'offices', 'roles', 'people'].map((key) => `t.yaml:1: ${key}: 缺少这一项`),
    );
  });
});

describe('a township file with many mistakes', () => {
  it('tells all of them at once, in the order of the file', () => {
    const spoiled = GOOD.replace('casePrefix: QS', 'casePrefix: 9')
      .replace('leader: wang', 'leader: nobody-here')
      .replace('bridge: u-ma', 'bridge: u-xie')
      .replace('kind: officers', 'kind: office');
    expect(errorsOf(spoiled).map((error) => error.split(':')[1])).toEqual(['1', '25', '37', '52']);
  });
});

describe('text that is not YAML, or not ours', () => {
  it.each([
    ['', 't.yaml:1: 文件里没有内容，或者不是"字段: 值"的形式'],
    ['- a\n- b', 't.yaml:1: 文件里没有内容，或者不是"字段: 值"的形式'],
    ['township:\n\tid: x', 't.yaml:2: 缩进要用空格，不能用制表符（Tab）'],
    ['township: { id: x', 't.yaml:1: 缩进不对，同一级要对齐'],
    ['township: *nowhere', 't.yaml:1: township: 引用 *nowhere 没有对应的 &nowhere'],
    ['township: &t [*t]', 't.yaml:1: township[0]: 自己包含了自己（循环引用）'],
  ])('%j', (text, error) => {
    expect(errorsOf(text)[0]).toBe(error);
  });

  it('refuses a bomb of aliases at once', () => {
    const row = (i: number) =>
      `a${i}: &a${i} [${Array(9)
        .fill(i === 0 ? 'x' : `*a${i - 1}`)
        .join(', ')}]`;
    const bomb = Array.from({ length: 12 }, (_, i) => row(i)).join('\n');
    expect(errorsOf(bomb).some((error) => error.includes('引用（*）太多'))).toBe(true);
  });

  it('follows a few aliases', () => {
    const text = GOOD.replace('categories: [road, power.lamp]', 'categories: &c [road]').replace(
      'categories: [power]',
      'categories: *c',
    );
    expect(good(text).roster.offices.map(({ categories }) => categories)).toEqual([
      ['road'],
      ['road'],
      ['env.garbage'],
    ]);
  });

  it('survives __proto__ as a key', () => {
    expect(errorsOf(`${GOOD}__proto__: { x: 1 }\n`)).toEqual(['t.yaml:61: 字段名要是普通文字']);
  });
});
