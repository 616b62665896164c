/** One form for matching: width, invisible characters, script, numerals, misheard words. Idempotent. */
import { correctHomophones } from './homophones.ts';
import { numeralsToDigits } from './numerals.ts';
import { toSimplified } from './traditional.ts';

/** Control, bidirectional, zero-width and variation characters: nothing a person means to say. */
const UNSEEN = /(?![\n\r\t])[\p{Cc}\p{Cf}]|\p{Variation_Selector}|\u034f|\u20e3/gu;
/** Plain means: characters that no later step changes. */
const PLAIN_WIDTH =
  /^[\u4e00-\u9fff\u0020-\u007e\n\u3001\u3002\u3010\u3011\u300c\u300d\u300a\u300b\u2018-\u201d]*$/u;
const CIRCLED = /[\u2460-\u2473\u2776-\u277f]/gu;

/** Without what can't be seen; this is what may be stored once masked. Lone surrogates become U+FFFD. */
export function clean(text: string): string {
  return text.replace(UNSEEN, '').replace(/\r\n?/g, '\n').toWellFormed();
}

/** ① stands for a new item of a list; as a bare digit it would run into the words. */
function openLists(text: string): string {
  return text.replace(CIRCLED, (char) => {
    const code = char.charCodeAt(0);
    return `\n${code >= 0x2776 ? code - 0x2775 : code - 0x245f}、`;
  });
}

export function foldWidth(text: string): string {
  if (PLAIN_WIDTH.test(text)) return text;
  return openLists(text)
    .normalize('NFKC')
    .replace(UNSEEN, '')
    .replace(/[\u00b7\u2022]/gu, '·');
}

/** The text in the form all readers match against. */
export function normalise(text: string): string {
  const folded = foldWidth(clean(text))
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
  return numeralsToDigits(correctHomophones(toSimplified(folded)));
}
