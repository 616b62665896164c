/** What speaks against an alarm does so in its own clause only: missing a danger is worse than one too many. */
import { expect, test } from 'vitest';
import { danger } from '../../../src/intake/classify/index.ts';

test.each([
  ['路灯坏了，有人触电了'],
  ['3组王家桥护栏坏了，有人掉到水里了'],
  ['垃圾没人拉 有人被车撞了'],
  ['塘里鱼死了一片；有个小孩掉进塘里了'],
])('%s is an alarm', (text) => {
  expect(danger(text)?.category).toBe('safety.injury');
});

test.each([['桥上护栏被撞坏了'], ['今天的电影里有人被撞死了'], ['路灯杆被撞歪了，晚上看不见']])(
  '%s is none',
  (text) => {
    expect(danger(text)).toBeNull();
  },
);
