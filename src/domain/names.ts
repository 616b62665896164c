/** How people name groups, offices and each other: 三组 is 3组, 供电 is 供电所, 周工 is 周建国. */

import { DIGITS } from '../kernel/numerals.ts';

/** `十三` → 13, `二十` → 20, `一百零五` → 105; null where it is no number below a thousand. */
export function chineseNumber(text: string): number | null {
  const match =
    /^(?:([一二两三四五六七八九])百)?零?(?:([一二三四五六七八九])?(十))?零?([一二两三四五六七八九])?$/.exec(
      text,
    );
  if (!match || text === '' || text === '零') return null;
  const [, hundreds, tens, ten, ones] = match;
  const digit = (of: string | undefined, missing: number) => (of === undefined ? missing : (DIGITS[of] ?? 0));
  return digit(hundreds, 0) * 100 + (ten === undefined ? 0 : digit(tens, 1) * 10) + digit(ones, 0);
}

const UNITS = /(?:(?:村民|居民)?小?组|网格片|片区|片|邻|号邻)$/;

/**
 * What two spellings of one group, zone or neighborhood share: 3组, 三组, 第3村民小组 and 03 give `3`;
 * 王家组 gives `王家`.
 */
export function unitKey(name: string): string {
  const plain = name.normalize('NFKC').replace(/\s/g, '').replace(/^第/, '');
  const core = plain.replace(UNITS, '') || plain;
  if (/^\d+$/.test(core)) return String(Number(core));
  const number = chineseNumber(core);
  return number === null ? core : String(number);
}

/** 龙塘湾村 → 龙塘湾: people leave out what is clear. */
export function villageKey(name: string): string {
  const plain = name.normalize('NFKC').replace(/\s/g, '');
  return plain.replace(/(?:社区居?委?会?|居委会|村委会|村)$/, '') || plain;
}

/**
 * The one candidate that `words` means: an exact name, else the only one that begins with the words,
 * else the only one that contains them; null where none or several fit.
 */
export function onlyNamed<T>(words: string, candidates: readonly T[], nameOf: (of: T) => string): T | null {
  const wanted = words.normalize('NFKC').replace(/\s/g, '');
  if (wanted === '') return null;
  const tests = [
    (name: string) => name === wanted,
    (name: string) => name.startsWith(wanted),
    (name: string) => name.includes(wanted),
  ];
  for (const test of tests) {
    const fitting = candidates.filter((candidate) => test(nameOf(candidate)));
    if (fitting.length > 0) return fitting.length === 1 ? (fitting[0] ?? null) : null;
  }
  return null;
}

const TITLE =
  /(?:师傅|师父|主任|副?所长|副?站长|队长|书记|副?镇长|副?乡长|副?局长|医生|院长|老师|校长|同志|干部|工|哥|姐|叔|姨|总|局|所|站)$/;
const COMPOUND = /^(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|夏侯|司徒|端木)/;

/** The surname in 周工, 小李, 谭师傅, 欧阳所长; null where the words are no such form of address. */
export function surnameIn(words: string): string | null {
  const stem = words.replace(/^[小老阿]/, '').replace(TITLE, '');
  if (stem === words) return null;
  const compound = COMPOUND.exec(stem)?.[0];
  if (compound !== undefined) return stem === compound ? compound : null;
  return [...stem].length === 1 ? stem : null;
}

export function surnameOf(name: string): string {
  return COMPOUND.exec(name)?.[0] ?? [...name][0] ?? '';
}
