/** Chinese numbers where people count with them: 三组, 十二户. */
import { NUMERAL, readNumber } from '../kernel/numerals.ts';

export { NUMERAL, readNumber };

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
