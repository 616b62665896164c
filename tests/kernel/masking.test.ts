import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPersonal, mask } from '../../src/kernel/masking.ts';

const kinds = (text: string): string[] => findPersonal(text).map((one) => one.kind);

describe('finding personal numbers', () => {
  it.each([
    ['电话13800138000', 'mobile'],
    ['138 0013 8000', 'mobile'],
    ['138-0013-8000', 'mobile'],
    ['138.0013.8000', 'mobile'],
    ['138，0013，8000', 'mobile'],
    ['１３８００１３８０００', 'mobile'],
    ['一三八零零一三八零零零', 'mobile'],
    ['幺三八〇〇幺三八〇〇〇', 'mobile'],
    ['壹叁捌零零壹叁捌零零零', 'mobile'],
    ['1\u200b3\u200b8\u200b0013\u200b8000', 'mobile'],
    ['+86 138 0013 8000', 'mobile'],
    ['0086-13800138000', 'mobile'],
    ['8613800138000', 'mobile'],
    ['1 3 8 0 0 1 3 8 0 0 0', 'mobile'],
    ['1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣', 'mobile'],
    ['𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎', 'mobile'],
    ['0737-8880000', 'phone'],
    ['(0737)8880000', 'phone'],
    ['（0737） 888 0000', 'phone'],
    ['07378880000', 'phone'],
    ['010-62345678', 'phone'],
    ['座机8880000', 'phone'],
    ['430922190001010014', 'id_card'],
    ['430922 19000101 0014', 'id_card'],
    ['43092219491231002X', 'id_card'],
    ['430922194912310021', 'id_card'],
    ['430922900101001', 'id_card'],
    ['6222021234567890128', 'bank_card'],
    ['6222 0212 3456 7890 128', 'bank_card'],
    ['账号621700123456789', 'bank_card'],
    ['湘H12345', 'plate'],
    ['湘H·12345', 'plate'],
    ['湘 h 1 2 3 4 5', 'plate'],
    ['湘HD12345', 'plate'],
    ['湘Ｈ１２３４５', 'plate'],
    ['粤Z1234港', 'plate'],
  ])('%s is a %s', (text, kind) => {
    expect(kinds(text)).toEqual([kind]);
    expect(kinds(`8邻王婆婆家${text}麻烦打一下`)).toEqual([kind]);
  });

  it.each([
    'LC2611-0042 已办结',
    'GZ-20261012-007 已办结',
    '2026-11-02 08:30',
    '2026年11月2日',
    '3组、5组、7组都停水',
    '11，12，13，14，15户停水',
    '一、二、三、四、五组停水',
    '42 43 45 46 47 都换了',
    '办结 13，42，43，145，51',
    '拨打119、110、120',
    '12345热线',
    '20261101',
    '1000000元',
    '面积1200.5亩',
  ])("%s is nobody's number", (text) => {
    expect(kinds(text)).toEqual([]);
    expect(mask(text)).toBe(text);
  });

  it('leaves a readable rest from which nothing can be put together', () => {
    expect(mask('电话13800138000，身份证430922190001010014')).toBe('电话138****00，身份证43****');
    expect(mask('13800138000,13900139001')).toBe('138****00,139****01');
    expect(mask('车牌湘H12345')).toBe('车牌湘H****');
  });

  it('reads a mask as no number, whatever stands beside it', () => {
    expect(mask('138****00 13900139000')).toBe('138****00 139****00');
    expect(kinds('138****00')).toEqual([]);
  });
});

const DIGIT_FORMS = [
  (digits: string) => digits,
  (digits: string) => [...digits].map((d) => String.fromCharCode(0xff10 + Number(d))).join(''),
  (digits: string) => [...digits].map((d) => '零一二三四五六七八九'.charAt(Number(d))).join(''),
  (digits: string) => [...digits].map((d) => '〇幺二三四五六七八九'.charAt(Number(d))).join(''),
  (digits: string) => [...digits].join('\u200b'),
  (digits: string) => [...digits].join(' '),
  (digits: string) => `${digits.slice(0, 3)}-${digits.slice(3, 7)}-${digits.slice(7)}`,
  (digits: string) => `${digits.slice(0, 3)} ${digits.slice(3, 7)} ${digits.slice(7)}`,
  (digits: string) => `${digits.slice(0, 3)}.${digits.slice(3, 7)}.${digits.slice(7)}`,
  (digits: string) => `+86${digits}`,
];

const mobile = fc
  .tuple(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 0, max: 999_999_999 }))
  .map(([second, rest]) => `1${second}${String(rest).padStart(9, '0')}`);
const around = fc.constantFrom(
  '',
  '电话',
  '找我',
  '，',
  '3组',
  '2026-11-02 ',
  '家里 ',
  '\n',
  'abc',
  '*',
  '：',
);

/** All digits of a text as ASCII, everything else taken out: no form of a number can hide in it. */
const bareDigits = (text: string): string =>
  [...text.normalize('NFKC')]
    .map((c) =>
      /\d/.test(c)
        ? c
        : '零一二三四五六七八九'.includes(c)
          ? String('零一二三四五六七八九'.indexOf(c))
          : c === '〇'
            ? '0'
            : c === '幺'
              ? '1'
              : '',
    )
    .join('');

describe('masking, by property', () => {
  it('never leaves a mobile number, in any form', () => {
    fc.assert(
      fc.property(mobile, fc.constantFrom(...DIGIT_FORMS), around, around, (number, form, before, after) => {
        const masked = mask(before + form(number) + after);
        expect(bareDigits(masked)).not.toContain(number.slice(2, 10));
        expect(masked).toContain('****');
      }),
      { numRuns: 500 },
    );
  });

  it('is idempotent and total on any text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: fc.constantFrom(...'0123456789 -()+.，*＊湘H粤一三八零x\u200b'), maxLength: 60 }),
    );
    fc.assert(
      fc.property(text, (given) => {
        const once = mask(given);
        expect(mask(once)).toBe(once);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes no more than a linear time', () => {
    for (const unit of ['1', '1 ', '13800138000 ', '一', '湘H', '-', '138-']) {
      const text = unit.repeat(Math.ceil(4_000 / unit.length));
      const before = process.cpuUsage();
      mask(text);
      expect(process.cpuUsage(before).user / 1_000).toBeLessThan(40);
    }
  });
});
