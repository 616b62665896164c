import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTownship } from '../../src/config/township.ts';
import { defaultSettings } from '../../src/domain/settings.ts';
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
  const mistakes: [what: string, from: string | RegExp, to: string, error: string][] = [
    [
      'an unknown leader',
      'leader: wang',
      'leader: wong',
      't.yaml:25: offices[0].leader: 找不到人员 "wong"，是不是 "wang"？没有就请在 people 里加上',
    ],
    [
      'an unknown officer',
      '[tan]',
      '[tan, nobody]',
      't.yaml:26: offices[1].officers[1]: 找不到人员 "nobody"，请在 people 里加上',
    ],
    [
      'an unknown head',
      'head: zhou',
      'head: somebody',
      't.yaml:14: villages[0].zones[0].groups[0].head: 找不到人员 "somebody"，请在 people 里加上',
    ],
    [
      'an unknown dispatcher',
      '[wu, ban]',
      '[wu, gone]',
      't.yaml:30: roles.dispatchers[1]: 找不到人员 "gone"，请在 people 里加上',
    ],
    [
      'an unknown person on duty',
      '[tan, wu]',
      '[tan, gone]',
      't.yaml:33: duty[0].people[1]: 找不到人员 "gone"，请在 people 里加上',
    ],
    [
      'an unknown village',
      'kind: heads, village: sqc',
      'kind: heads, village: nowhere',
      't.yaml:51: chats[0].village: 找不到村 "nowhere"，请在 villages 里加上',
    ],
    [
      'two heads in a list',
      'head: zhou',
      'head: [zhou, lin]',
      't.yaml:14: villages[0].zones[0].groups[0].head: 只能写一个，这里写了 2 个',
    ],
    [
      'two heads on two lines',
      'head: zhou',
      'head: zhou\n            head: lin',
      't.yaml:15: villages[0].zones[0].groups[0].head: 写了两次，只能留一个',
    ],
    [
      'two heads for one group',
      '六组',
      '2组',
      't.yaml:19: villages[0].zones[0].groups[1].name: "2组" 已经有了，在 villages[0].zones[0].groups[0]；一个岗位只能有一个人',
    ],
    [
      'a neighborhood in two groups',
      'sqc-g6-1',
      'sqc-g2-1',
      't.yaml:21: villages[0].zones[0].groups[1].neighborhoods[0].id: 邻 "sqc-g2-1" 同时在两个组里：sqc-g2 和 sqc-g6（另一处是 villages[0].zones[0].groups[0].neighborhoods[0]）',
    ],
    [
      'a person twice',
      '{ id: ding, name: 丁桂兰 }',
      '{ id: ding, name: 丁桂兰 }\n  - { id: ding, name: 丁桂兰 }',
      't.yaml:41: people[5].id: 人员编号 "ding" 重复，已用在 people[4]',
    ],
    [
      'an office twice',
      'id: gd,',
      'id: cj,',
      't.yaml:26: offices[1].id: 单位编号 "cj" 重复，已用在 offices[0]',
    ],
    [
      'an account of two people',
      'bridge: u-ma',
      'bridge: u-xie',
      't.yaml:37: people[1].accounts.bridge: 账号 "u-xie" 给了两个人：xie 和 ma',
    ],
    [
      'a chat twice',
      'external: g-off',
      'external: g-sqc',
      't.yaml:52: chats[1].external: 这个群已经写在 chats[0]',
    ],
    [
      'a village office without its village',
      'village, village: sqc',
      'village',
      't.yaml:27: offices[2].village: 村级单位要写明是哪个村（village: 村的编号）',
    ],
    [
      'a township office with a village',
      'tier: township, leader: hu',
      'tier: township, village: sqc, leader: hu',
      't.yaml:26: offices[1].village: 只有 tier: village 的单位才写 village',
    ],
    [
      'an office without categories',
      ', categories: [power] ',
      '',
      't.yaml:26: offices[1].categories: 缺少这一项：这个单位管哪些类别；不直接派件的写 []',
    ],
    [
      'a wrong tier',
      'tier: township, leader: hu',
      'tier: town, leader: hu',
      't.yaml:26: offices[1].tier: 只能是 village、township、county，现在是 "town"',
    ],
    [
      'a bad time zone',
      'Asia/Shanghai',
      'Asia/Changsha',
      't.yaml:1: township.timezone: 没有这个时区；全国都用 Asia/Shanghai',
    ],
    [
      'a bad prefix',
      'casePrefix: QS',
      'casePrefix: Q1',
      't.yaml:1: township.casePrefix: 编号前缀用 1 到 8 个大写字母，如 LC',
    ],
    ['a missing name', 'name: 青石镇, ', '', 't.yaml:1: township.name: 缺少这一项'],
    ['a bad phone', '13800000001', '138000', ''],
    [
      'a phone with a digit too many',
      '13800000001',
      '138000000012',
      't.yaml:39: people[3].phone: 电话号码格式不对：手机 11 位，座机如 0737-8880000',
    ],
    [
      'households in words',
      'households: 11',
      'households: many',
      't.yaml:16: villages[0].zones[0].groups[0].neighborhoods[0].households: 户数要写数字',
    ],
    [
      'a day that does not exist',
      '2027-02-06',
      '2027-02-30',
      't.yaml:56: holidays.2027-02-30: 日期要写成 2026-11-20，并且要有这一天',
    ],
    [
      'a kind of day that is none',
      '"2027-02-06": rest',
      '"2027-02-06": off',
      't.yaml:56: holidays.2027-02-06: 只能是 rest、work，现在是 "off"',
    ],
    [
      'a bad duty time',
      'to: 2026-11-03T08:00',
      'to: 2026-11-03T25:00',
      't.yaml:34: duty[1].to: 时间要写成 2026-11-02T18:00、2026-11-02 或每天的 18:00',
    ],
    [
      'a duty span backwards',
      'to: 2026-11-03T08:00',
      'to: 2026-11-01T08:00',
      't.yaml:34: duty[1].to: 结束在开始之前',
    ],
    ['an unknown key', 'chats:', 'groups: []\nchats:', 't.yaml:50: groups: 这个字段不写在这里'],
    [
      'a key with a typo',
      'officers: [tan]',
      'oficers: [tan]',
      't.yaml:26: offices[1].oficers: 不认识这个字段，是不是 officers？',
    ],
    [
      'a list that is none',
      'officers: [tan]',
      'officers: tan',
      't.yaml:26: offices[1].officers: 这里要写列表（每项前面加 -，或写成 [a, b]），现在是 "tan"',
    ],
    ['a deputy who is away', 'deputy: chen', 'deputy: li', 't.yaml:58: absences[0].deputy: 代班人不能是本人'],
    [
      'an absence backwards',
      'to: 2026-11-13',
      'to: 2026-11-03',
      't.yaml:58: absences[0].to: 结束日期在开始日期之前',
    ],
    [
      'a bad deadline',
      'deadline: 5wd',
      'deadline: 五天',
      't.yaml:55: categories[0].deadline: 时限看不懂；写 4h、5wd、即时，或 24h先避险/15wd',
    ],
    [
      'a setting out of range',
      'settings: {}',
      'settings: { ladder: { dueSoonShare: 25 } }',
      't.yaml:53: settings.ladder.dueSoonShare: 在 0 到 1 之间',
    ],
    [
      'a setting that does not exist',
      'settings: {}',
      'settings: { quiethours: 1 }',
      't.yaml:53: settings.quiethours: 不认识这个字段，是不是 quietHours？',
    ],
    [
      'no dispatcher',
      'dispatchers: [wu, ban]',
      'dispatchers: []',
      't.yaml:30: roles.dispatchers: 至少要有一个值班员',
    ],
  ];
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
