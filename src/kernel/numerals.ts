/** Chinese numbers: 三, 十二, 二十五, 一百零三, 两. */

export const DIGITS: Readonly<Record<string, number>> = {
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
