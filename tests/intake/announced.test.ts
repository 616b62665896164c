/** A matter announced and not told: neither small talk nor of any category. */
import { expect, test } from 'vitest';
import { understand } from '../../src/intake/understand.ts';
import { context } from './support.ts';

const head = context('neighbor_head');

test.each([
  '我想反映个问题',
  '村里有点事想反映一下',
  '我们组里有个情况要上报',
  '向镇里反映一个情况。',
  '3组有点问题需要反映一下',
  '#上报 有个问题',
  '#上报 我们这里出了点状况',
  '上报 有情况',
])('%s: what it is has to be asked', (text) => {
  const { intent, cases, missing } = understand(text, head);
  expect(intent).toBe('report');
  expect(cases).toHaveLength(1);
  expect(cases[0]?.category).toBe('gov.other');
  expect(missing).toContain('matter');
});

test.each([
  '没问题',
  '有问题问群主',
  '大家有什么问题吗',
  '这个事情我知道',
  '有事',
  '出了点事耽误了，晚点到',
  '跟大家说个事',
])('%s: small talk', (text) => expect(understand(text, head).intent).toBe('chatter'));

test('what is told beside the announcement counts', () => {
  const { cases, missing } = understand('我想反映个问题，3组王家桥路灯不亮', head);
  expect(cases).toMatchObject([{ category: 'power.lamp', place: '王家桥' }]);
  expect(missing).not.toContain('matter');
});
