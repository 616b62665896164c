import { expect, test } from 'vitest';
import { sectionOf, sections } from '../posts.ts';

test.each([
  ['龙塘湾村 3组 7邻 邻长', 'neighbor_head'],
  ['龙塘湾村 3组 组长', 'group_head'],
  ['龙塘湾村 一片 片长', 'group_head'],
  ['村建办 承办人', 'officer'],
  ['村建办 分管领导', 'leader'],
  ['龙塘湾村 村支书、一片 片长、龙塘湾村委会 分管领导', 'cadre'],
  ['鸬鹚渡镇 书记', 'secretary'],
  ['龙塘湾村 村支书', 'cadre'],
  ['龙塘湾村 驻村干部', 'cadre'],
  ['值班员', 'dispatcher'],
  ['管理员', 'admin'],
  ['', 'other'],
])('%s is listed as %s', (title, section) => {
  expect(sectionOf(title)).toBe(section);
});

test('sections without people are left out, and people keep their order', () => {
  const person = (account: string, title: string) => ({ account, name: account, title, groups: [] });
  const given = [person('b', '村建办 承办人'), person('a', '供电所 承办人'), person('c', '7邻 邻长')];
  expect(sections(given).map(({ id, people }) => [id, people.map(({ account }) => account)])).toEqual([
    ['neighbor_head', ['c']],
    ['officer', ['b', 'a']],
  ]);
});
