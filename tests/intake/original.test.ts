import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean, normalise } from '../../src/intake/normalise.ts';
import { recutFrom } from '../../src/intake/original.ts';
import { head, officer } from './support.ts';

describe("the sender's own characters", () => {
  it.each([
    ['询问 42 具体哪一盏？', 'text', '具体哪一盏？'],
    ['办结 42 换了两盏灯，“王家桥”那边', 'text', '换了两盏灯，“王家桥”那边'],
    ['退回 42 这是縣道，不歸我們管', 'reason', '这是縣道，不歸我們管'],
    ['进展 42 二十户已通水；余下的明天', 'text', '二十户已通水；余下的明天'],
    ['延期 42 到11月20日 等“配件”（广州发）', 'reason', '等“配件”（广州发）'],
  ] as const)('%s', (text, field, words) => {
    expect(officer(text).command?.[field]).toBe(words);
  });

  it.each([
    ['3组老井边的水管爆了，水一直往外喷！', '3组老井边的水管爆了，水一直往外喷！'],
    ['地點：六組黃家坳；問題：電線掉下來了，離地不到兩米；請派人', '電線掉下來了，離地不到兩米'],
    ['6组张家湾那个变呀器坏了，十二户没电', '6组张家湾那个变呀器坏了，十二户没电'],
    ['５组停水了，　老人家没水煮饭', '５组停水了，老人家没水煮饭'],
  ])('%s: summary', (text, summary) => {
    expect(head(text).cases[0]?.summary).toBe(summary);
  });

  it('cuts items of a list without their marks', () => {
    expect(head('①三组路灯不亮 ②五组水管漏水，二十多户没水').cases.map((one) => one.summary)).toEqual([
      '三组路灯不亮',
      '五组水管漏水，二十多户没水',
    ]);
  });

  it('never throws, and gives back what was never changed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.nat(80), fc.nat(80), (raw, a, b) => {
        const original = clean(raw);
        const normal = normalise(original);
        const recut = recutFrom(normal, original);
        const words = normal.slice(Math.min(a, b), Math.max(a, b));
        expect(typeof recut(words)).toBe('string');
        if (normal === original) expect(recut(words)).toBe(words);
        else expect(recut(normal).length).toBeLessThanOrEqual(original.length);
      }),
    );
  });
});
