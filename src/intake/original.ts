/**
 * The sender's own characters. Readers match against the normalised text; what is passed on to
 * people is cut again from the original, so that full-width marks, 哪一盏 and traditional script
 * stay as they were written.
 */
import { foldWidth } from './normalise.ts';
import type { CommandWords } from './reading.ts';
import type { Outcome } from './result.ts';
import { MAX_SUMMARY } from './thresholds.ts';
import { toSimplified } from './traditional.ts';

/** Writes words taken from the normalised text as they stand in the original. */
export type Recut = (words: string) => string;

/** How far apart the two texts may run before they meet again: 一百二十三 is 123, ① is a line of its own. */
const FARTHEST = 12;
/** Words put together from more pieces than this are left in the normalised form. */
const MOST_PIECES = 40;

/** The characters of the original in the form of the normalised text, where that is one character each. */
function comparable(original: string): string[] {
  const simple = toSimplified(original);
  const alike = simple.length === original.length;
  return original.split('').map((char, i) => {
    if (char >= '\u4e00' && char <= '\u9fff') return alike ? simple.charAt(i) : toSimplified(char);
    const folded = foldWidth(char);
    return folded.length === 1 ? folded : char;
  });
}

/** For each index of the normalised text where it stands in the original; the last one is the end. */
function offsets(normal: string, original: string): Int32Array {
  const chars = comparable(original);
  const at = new Int32Array(normal.length + 1);
  let i = 0;
  let j = 0;
  while (i < normal.length && j < chars.length) {
    if (normal.charAt(i) !== chars[j]) {
      const [left, right] = gap(normal, i, chars, j);
      for (let k = 0; k < left; k++) at[i + k] = j;
      i += left;
      j += right;
      continue;
    }
    at[i] = j;
    i++;
    j++;
  }
  at.fill(original.length, i);
  at[normal.length] = original.length;
  return at;
}

/** The shortest stretches after which both texts go on alike. */
function gap(normal: string, i: number, chars: readonly string[], j: number): [number, number] {
  for (let sum = 1; sum <= FARTHEST; sum++) {
    for (let left = 0; left <= sum; left++) {
      if (meets(normal, i + left, chars, j + sum - left)) return [left, sum - left];
    }
  }
  return [1, 1];
}

function meets(normal: string, i: number, chars: readonly string[], j: number): boolean {
  if (i >= normal.length || j >= chars.length) return i >= normal.length && j >= chars.length;
  return (
    normal.charAt(i) === chars[j] &&
    (i + 1 >= normal.length || j + 1 >= chars.length || normal.charAt(i + 1) === chars[j + 1])
  );
}

/** The words piece by piece, each where it is found next; what is found nowhere stays as it is. */
function pieces(words: string, normal: string, cut: (from: number, to: number) => string): string {
  let out = '';
  let after = 0;
  let i = 0;
  for (let count = 0; i < words.length && count < MOST_PIECES; count++) {
    const pair = words.slice(i, i + 2);
    const ahead = normal.indexOf(pair, after);
    const start = ahead >= 0 ? ahead : normal.indexOf(pair);
    if (start < 0) {
      out += words.charAt(i);
      i++;
      continue;
    }
    let length = pair.length;
    while (i + length < words.length && words.charAt(i + length) === normal.charAt(start + length)) length++;
    out += cut(start, start + length);
    after = start + length;
    i += length;
  }
  return out + words.slice(i);
}

/** For one message: `original` is what `normal` was made of. The table is made when words first need it. */
export function recutFrom(normal: string, original: string): Recut {
  if (normal === original) return (words) => words;
  let table: Int32Array | null = null;
  return (words) => {
    table ??= offsets(normal, original);
    const at = table;
    const cut = (from: number, to: number): string => original.slice(at[from] ?? 0, at[to] ?? 0);
    const whole = normal.indexOf(words);
    return (whole >= 0 ? cut(whole, whole + words.length) : pieces(words, normal, cut)).trim();
  };
}

/** The mark of a list's item and its number are one in the normalised text; they are no words. */
const ITEM_MARK = /^[\s\u2460-\u2473\u2776-\u277f]+[、.]?/u;

const clipped = (words: string): string => {
  const line = words.replace(ITEM_MARK, '').replace(/\s+/gu, ' ');
  return line.length <= MAX_SUMMARY ? line : `${line.slice(0, MAX_SUMMARY - 1).toWellFormed()}…`;
};

function commandAsWritten(command: CommandWords, recut: Recut): CommandWords {
  const own = (words: string | null): string | null => (words === null ? null : recut(words));
  const { ground } = command.extra;
  return {
    ...command,
    reason: own(command.reason),
    text: own(command.text),
    extra: ground === undefined ? command.extra : { ...command.extra, ground: recut(ground) },
  };
}

/** The outcome with all that is told to people in the sender's characters. */
export function asWritten(outcome: Outcome, recut: Recut): Outcome {
  const { cases, command, parts } = outcome;
  return {
    ...outcome,
    ...(cases === undefined
      ? {}
      : { cases: cases.map((one) => ({ ...one, summary: clipped(recut(one.summary)) })) }),
    ...(command === undefined || command === null ? {} : { command: commandAsWritten(command, recut) }),
    ...(parts === undefined ? {} : { parts: parts.map((part) => asWritten(part, recut)) }),
  };
}
