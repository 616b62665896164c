import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../src/domain/directory.ts';
import { chineseNumber, surnameIn, unitKey } from '../../src/domain/names.ts';
import { GOOD, good } from '../config/samples.ts';

const directory = createDirectory(good().roster);

describe('who someone is', () => {
  it('finds people by id and by account, never by name', () => {
    expect(directory.person('lin')?.name).toBe('林秀英');
    expect(directory.personByAccount('telegram', '501')?.id).toBe('lin');
    expect(directory.personByAccount('bridge', '501')).toBeNull();
    expect(directory.personByAccount('bridge', '林秀英')).toBeNull();
    expect(directory.person('toString')).toBeNull();
  });

  it('lists posts in the order of the file, with their places', () => {
    expect(directory.postsOf('xie')).toEqual([
      { kind: 'village_secretary', village: 'sqc' },
      { kind: 'zone_head', village: 'sqc', zone: 'sqc-z1' },
      { kind: 'leader', office: 'sqc-cun', village: 'sqc' },
    ]);
    expect(directory.postsOf('lin')).toEqual([
      { kind: 'neighbor_head', village: 'sqc', zone: 'sqc-z1', group: 'sqc-g2', neighborhood: 'sqc-g2-1' },
    ]);
    expect(directory.postsOf('nobody')).toEqual([]);
  });

  it('counts a village secretary as a cadre', () => {
    expect(directory.rolesOf('xie')).toEqual(['cadre', 'zone_head', 'leader']);
    expect(directory.rolesOf('ma')).toEqual(['cadre', 'officer']);
    expect(directory.rolesOf('xiong')).toEqual(['secretary']);
  });

  it('knows the village of those who have one', () => {
    expect(directory.villageOf('lin')).toBe('sqc');
    expect(directory.villageOf('ma')).toBe('sqc');
    expect(directory.villageOf('wang')).toBeNull();
  });
});

describe('places', () => {
  it('finds a group by number however it is written', () => {
    for (const words of ['2', '2组', '二组', '第2组', '第二村民小组', '２组', '02组', ' 2 组']) {
      expect(directory.groupByName('sqc', words)?.group.id, words).toBe('sqc-g2');
    }
    expect(directory.groupByName('sqc', '6')?.group.id).toBe('sqc-g6');
    expect(directory.groupByName('zss', '2')).toBeNull();
    expect(directory.groupByName('sqc', '22')).toBeNull();
  });

  it('finds a group without a village only where one has it', () => {
    expect(directory.groupByName(null, '2组')?.village.id).toBe('sqc');
    const both = GOOD.replace(
      'name: 竹山社区',
      'name: 竹山社区\n    zones: [{ id: z, name: 西片, groups: [{ id: zss-g2, name: 2组 }] }]',
    );
    const two = createDirectory(good(both).roster);
    expect(two.groupByName(null, '2组')).toBeNull();
    expect(two.groupByName('zss', '2组')?.group.id).toBe('zss-g2');
    expect(two.groupByName('sqc', '2组')?.group.id).toBe('sqc-g2');
  });

  it('finds villages, zones and neighborhoods by name or id', () => {
    expect(directory.villageByName('石桥')?.id).toBe('sqc');
    expect(directory.villageByName('石桥村')?.id).toBe('sqc');
    expect(directory.villageByName('竹山')?.id).toBe('zss');
    expect(directory.villageByName('zss')?.id).toBe('zss');
    expect(directory.villageByName('村')).toBeNull();
    expect(directory.zoneByName('sqc', '东片')?.zone.id).toBe('sqc-z1');
    expect(directory.neighborhoodByName('sqc-g6', '一邻')?.neighborhood.id).toBe('sqc-g6-1');
    expect(directory.neighborhood('sqc-g2-2')?.group.id).toBe('sqc-g2');
    expect(directory.groupsIn('sqc').map(({ group }) => group.id)).toEqual(['sqc-g2', 'sqc-g6']);
  });

  it('finds a chat by adapter and external id', () => {
    expect(directory.chat('bridge', 'g-sqc')?.village).toBe('sqc');
    expect(directory.chat('telegram', 'g-sqc')).toBeNull();
  });
});

describe('offices', () => {
  it('gives those a village may go to, its own first', () => {
    expect(directory.officesFor('sqc').map(({ id }) => id)).toEqual(['sqc-cun', 'cj', 'gd']);
    expect(directory.officesFor('zss').map(({ id }) => id)).toEqual(['cj', 'gd']);
    expect(directory.officesFor(null, 'village')).toEqual([]);
    expect(directory.officesFor('sqc', 'village').map(({ id }) => id)).toEqual(['sqc-cun']);
  });

  it('finds an office by the words people use', () => {
    expect(directory.findOfficeByName('供电所')?.id).toBe('gd');
    expect(directory.findOfficeByName('供电')?.id).toBe('gd');
    expect(directory.findOfficeByName('村建')?.id).toBe('cj');
    expect(directory.findOfficeByName('村委')?.id).toBe('sqc-cun');
    expect(directory.findOfficeByName('gd')?.id).toBe('gd');
    expect(directory.findOfficeByName('村')?.id).toBe('cj');
    expect(directory.findOfficeByName('')).toBeNull();
    expect(directory.findOfficeByName('派出所')).toBeNull();
  });

  it('lists members, leader first, and the offices of a person', () => {
    expect(directory.officeMembers('cj')).toEqual(['wang', 'li', 'chen']);
    expect(directory.officesOf('xie').map(({ id }) => id)).toEqual(['sqc-cun']);
  });

  it('finds a person by name, part of it or form of address', () => {
    expect(directory.findPersonByName('李明')?.id).toBe('li');
    expect(directory.findPersonByName('秀英')?.id).toBe('lin');
    expect(directory.findPersonByName('谭师傅')?.id).toBe('tan');
    expect(directory.findPersonByName('小陈', 'cj')?.id).toBe('chen');
    expect(directory.findPersonByName('胡所长', 'cj')).toBeNull();
    expect(directory.findPersonByName('欧阳主任')?.id).toBe('ban');
    expect(directory.findPersonByName('王')).toBeNull();
  });
});

describe('duty', () => {
  it('calls those of the day, the later span on top, dispatchers where nobody is listed', () => {
    expect(directory.onDuty('2026-11-02T09:00')).toEqual(['tan', 'wu']);
    expect(directory.onDuty('2026-11-02T18:00')).toEqual(['li']);
    expect(directory.onDuty('2026-11-03T07:59')).toEqual(['li']);
    expect(directory.onDuty('2026-11-03T08:00')).toEqual(['wu', 'ban']);
    expect(directory.onDuty('2026-11-01T23:59')).toEqual(['wu', 'ban']);
  });

  it('knows spans that hold every night', () => {
    const nightly = GOOD.replace(/duty:\n.*\n.*\n/, 'duty:\n  - { from: 17:30, to: 08:30, people: [tan] }\n');
    const nights = createDirectory(good(nightly).roster);
    expect(nights.onDuty('2026-11-02T17:30')).toEqual(['tan']);
    expect(nights.onDuty('2026-11-03T03:00')).toEqual(['tan']);
    expect(nights.onDuty('2026-11-03T08:30')).toEqual(['wu', 'ban']);
  });
});

describe('words for numbers and people', () => {
  it.each([
    ['一', 1],
    ['十', 10],
    ['十三', 13],
    ['二十', 20],
    ['二十一', 21],
    ['一百零五', 105],
    ['两', 2],
    ['老屋', null],
    ['', null],
    ['零', null],
  ])('%s is %s', (words, number) => {
    expect(chineseNumber(words)).toBe(number);
  });

  it('keeps named groups apart from numbers', () => {
    expect(unitKey('王家组')).toBe('王家');
    expect(unitKey('十二组')).toBe('12');
    expect(unitKey('组')).toBe('组');
  });

  it('reads surnames only in forms of address', () => {
    expect(surnameIn('周工')).toBe('周');
    expect(surnameIn('欧阳所长')).toBe('欧阳');
    expect(surnameIn('周')).toBeNull();
    expect(surnameIn('李明')).toBeNull();
  });
});
