/** Chinese numbers: 三, 十二, 二十五, 一百零三, 两. */

const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000 };
/** The characters a Chinese number is written with, for use inside a character class. */
export const NUMERAL = '零〇一二两三四五六七八九十百千';

/** The number that digits or Chinese characters say; null where they say none. 十二 → 12, 二三 → null. */
export function readNumber(words: string): number | null {
  if (/^\d+$/.test(words)) return Number(words);
  let total = 0;
  let digit = 0;
  let digits = 0;
  for (const char of words) {
    const unit = UNITS[char];
    const value = DIGITS[char];
    if (unit !== undefined) {
      total += (digit === 0 ? 1 : digit) * unit;
      digit = 0;
      digits = 0;
    } else if (value !== undefined) {
      digits += char === '零' || char === '〇' ? 0 : 1;
      if (digits > 1) return null;
      digit = value;
    } else return null;
  }
  return words === '' ? null : total + digit;
}

const COUNTED = new RegExp(
  `([${NUMERAL}]{1,5})(?=(?:号)?(?:村民小组|村民组|小组|组|邻(?!居|里|近|长|舍)|户|盏|根|处))`,
  'gu',
);
const LISTED = new RegExp(
  `[${NUMERAL}]{1,3}(?:[、,，和及][${NUMERAL}]{1,3}){1,12}(?=(?:村民小组|村民组|小组|组|邻(?!居|里|近|长|舍)))`,
  'gu',
);
const EACH = new RegExp(`[${NUMERAL}]+`, 'gu');
/** 一组数据, 一户一策 and the like count nothing here; they are left in words. */
const IDIOM = /^(?:一户一|一组(?:数|照|图|人)|一处(?=一))/u;

/** Chinese numbers before 组 邻 户 盏 根 处 become digits; 第三村民组 becomes 3组. */
export function numeralsToDigits(text: string): string {
  const lists = text.replace(LISTED, (words) => words.replace(EACH, (one) => String(readNumber(one) ?? one)));
  return lists.replace(COUNTED, (words: string, _group: string, at: number) => {
    if (IDIOM.test(text.slice(at, at + 5))) return words;
    const value = readNumber(words);
    return value === null ? words : String(value);
  });
}
