/**
 * Digits in every form people type them, found in one pass over the text.
 * A run is what is written without a gap (zero-width characters are no gap); a chain of runs
 * with only spaces, dashes or dots between them may be one number.
 */

/** Value 0…9 for a character that stands for a digit, else one of these. */
export const OTHER = 255;
export const GAP = 254;
export const INVISIBLE = 253;
/** Commas stand inside a dictated phone number as well as between the numbers of a list. */
export const LIST_GAP = 252;

const CHINESE: readonly string[] = [
  '〇零○Ｏ洞',
  '一壹弌幺么',
  '二贰貳两',
  '三叁參',
  '四肆',
  '五伍',
  '六陆陸',
  '七柒拐',
  '八捌',
  '九玖勾',
];
/** 么 and 拐 are said on the radio, but in writing they are ordinary words. */
const ORDINARY = new Set('么洞拐勾Ｏ两');
const GAPS =
  " \t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500－﹣_＿.．·•・/／,，、'’~～()（）[]［］";
const LIST_GAPS = ',，、/／';
const UNSEEN =
  '\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\u20e3\ufeff';

function buildTable(): Uint8Array {
  const table = new Uint8Array(65_536).fill(OTHER);
  for (let digit = 0; digit <= 9; digit++) {
    table[0x30 + digit] = digit;
    table[0xff10 + digit] = digit;
    table[0x0660 + digit] = digit;
    for (const char of CHINESE[digit] ?? '') if (!ORDINARY.has(char)) table[char.charCodeAt(0)] = digit;
  }
  for (const char of GAPS) table[char.charCodeAt(0)] = GAP;
  for (const char of LIST_GAPS) table[char.charCodeAt(0)] = LIST_GAP;
  for (const char of UNSEEN) table[char.charCodeAt(0)] = INVISIBLE;
  return table;
}

export const CHAR_CLASS = buildTable();

/** Digits without a gap: `digits` as ASCII, `start` and `end` in the text (end exclusive). */
export interface DigitRun {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
  /** True where only gaps stand between this run and the one before. */
  readonly joined: boolean;
  /** True where one of those gaps is a comma. */
  readonly listed: boolean;
  /** Latin letter right after the last digit: the X of an ID card. */
  readonly tail: string;
}

/** More than this many gap characters in a row separate two numbers. */
const WIDEST_GAP = 3;
/** Mathematical digits (𝟏𝟐𝟑) are surrogate pairs: the low half decides. */
const MATH_HIGH = 0xd835;
const MATH_LOW_FIRST = 0xdfce;

function mathDigit(text: string, index: number): number {
  if (text.charCodeAt(index) !== MATH_HIGH) return OTHER;
  const offset = text.charCodeAt(index + 1) - MATH_LOW_FIRST;
  return offset >= 0 && offset < 50 ? offset % 10 : OTHER;
}

/** At least `least` digits in the text? The cheap test before anything else. */
export function hasDigits(text: string, least: number): boolean {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if ((CHAR_CLASS[code] ?? OTHER) > 9 && mathDigit(text, i) === OTHER) continue;
    count++;
    if (count >= least) return true;
  }
  return false;
}

/** All runs of digits, in order. Linear. */
export function digitRuns(text: string): DigitRun[] {
  const runs: DigitRun[] = [];
  let digits = '';
  let start = 0;
  let end = 0;
  let gaps = WIDEST_GAP + 1;
  let joined = false;
  let commas = 0;
  let listed = false;
  const finish = (next: number): void => {
    if (digits === '') return;
    const letter = text.charAt(next);
    runs.push({ digits, start, end, joined, listed, tail: /[xXｘＸ×]/u.test(letter) ? letter : '' });
    digits = '';
    gaps = 0;
    commas = 0;
  };
  for (let i = 0; i < text.length; i++) {
    const plain = CHAR_CLASS[text.charCodeAt(i)] ?? OTHER;
    if (plain === INVISIBLE) continue;
    const math = plain === OTHER ? mathDigit(text, i) : OTHER;
    const value = plain <= 9 ? plain : math;
    if (value > 9) {
      finish(i);
      if (plain === LIST_GAP) commas++;
      gaps = plain === GAP || plain === LIST_GAP ? gaps + 1 : WIDEST_GAP + 1;
      continue;
    }
    if (digits === '') {
      start = i;
      joined = gaps <= WIDEST_GAP;
      listed = commas > 0;
    }
    digits += String(value);
    if (math <= 9) i++;
    end = i + 1;
  }
  finish(text.length);
  return runs;
}
