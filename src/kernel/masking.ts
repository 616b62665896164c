/**
 * Personal numbers in a text: found and masked before anything is stored, echoed, logged or printed.
 * What stays readable is at most the first three and the last two characters of a number, which
 * is enough to tell two apart and not enough to dial or to look up.
 */
import { CHAR_CLASS, type DigitRun, digitRuns, hasDigits, INVISIBLE, OTHER } from './digits.ts';
import { isBankCard, isIdCard, isLandline, isMobile } from './id-numbers.ts';
import { findPlates } from './plates.ts';

export type NumberKind = 'mobile' | 'phone' | 'id_card' | 'bank_card' | 'plate';

/** One number: where it stands in the text, as typed, and what may be shown of it. */
export interface PersonalNumber {
  readonly kind: NumberKind;
  readonly start: number;
  readonly end: number;
  readonly original: string;
  readonly masked: string;
}

/** Four stars are our own mark: digits beside them are what a mask has left over. */
const STARS = '****';
/** Runs longer than any card are nobody's business, whatever they are. */
const LONGEST_CARD = 19;
/** A card number of 16 digits, typed singly, is the longest chain worth trying. */
const LONGEST_CHAIN = LONGEST_CARD;
const SHORTEST_NUMBER = 7;
/** 138，0013，8000 is one number, 42，43，45 are three. */
const SHORTEST_PART = 3;
const ACCOUNT_LABEL = /(?:卡号|账号|帐号|账户|银行卡|存折|一卡通)[^\d，。；]{0,6}$/u;
const PHONE_LABEL = /(?:电话|座机|固话|号码|手机|tel|拨打|打)[^\d，。；]{0,4}$/iu;

/** What of the digits stays readable. */
function remainder(kind: NumberKind, digits: string): string {
  if (kind === 'id_card') return `${digits.slice(0, 2)}${STARS}`;
  if (kind === 'bank_card') return `${STARS}${digits.slice(-2)}`;
  return `${digits.slice(0, 3)}${STARS}${digits.slice(-2)}`;
}

/** The kind of a whole number, or null where it is nobody's. */
function kindOf(digits: string, before: string): NumberKind | null {
  if (isMobile(digits)) return 'mobile';
  if (isIdCard(digits)) return 'id_card';
  if (isLandline(digits)) return 'phone';
  if (isBankCard(digits)) return 'bank_card';
  if (digits.length > LONGEST_CARD) return 'bank_card';
  if (digits.length >= 12 && ACCOUNT_LABEL.test(before)) return 'bank_card';
  if (/^[2-9]\d{6,7}$/.test(digits) && PHONE_LABEL.test(before)) return 'phone';
  return null;
}

/** What a mask left over: it must never grow into a number again. */
function isRemainder(text: string, run: DigitRun): boolean {
  if (run.digits.length >= SHORTEST_NUMBER) return false;
  return (
    /[*＊]{4}$/u.test(text.slice(Math.max(0, run.start - 4), run.start)) ||
    /^[*＊]{4}/u.test(text.slice(run.end, run.end + 4))
  );
}

interface Hit {
  readonly kind: NumberKind;
  readonly last: number;
  readonly digits: string;
  /** Digits of the last run that are no longer part of the number. */
  readonly over: number;
}

const MOBILE_START = /^(?:(?:00)?86|17951|12593|0)?1[3-9]\d{9}/;
/** A group or a count may stick to the number before it: 138001380003组. */
const MOST_STUCK = 2;

/** The number at the beginning of `digits` with a digit or two stuck to it; a mobile stuck to more hides with all of it. */
function stuck(digits: string, lastRun: number): { kind: NumberKind; over: number } | null {
  if (digits.length < 12) return null;
  for (let over = 1; over <= Math.min(MOST_STUCK, lastRun - 1); over++) {
    const cut = digits.slice(0, -over);
    if (cut.length === 11 && isMobile(cut)) return { kind: 'mobile', over };
    if (cut.length === 18 && isIdCard(cut)) return { kind: 'id_card', over };
  }
  const begins = MOBILE_START.exec(digits)?.[0].length ?? Number.POSITIVE_INFINITY;
  const alone = digits.length === lastRun;
  const hidden = digits.length - lastRun < begins && begins <= digits.length;
  return hidden || (alone && isMobile(digits.slice(-11))) ? { kind: 'mobile', over: 0 } : null;
}

/** The longest chain of runs from `first` that is a number. */
function longest(text: string, runs: readonly DigitRun[], first: number): Hit | null {
  let found: Hit | null = null;
  let digits = '';
  let listed = false;
  let shortest = Number.POSITIVE_INFINITY;
  const start = runs[first]?.start ?? 0;
  const before = text.slice(Math.max(0, start - 12), start);
  for (let last = first; last < runs.length; last++) {
    const run = runs[last];
    if (run === undefined || (last > first && !run.joined) || isRemainder(text, run)) break;
    listed ||= last > first && run.listed;
    shortest = Math.min(shortest, run.digits.length);
    if (listed && shortest < SHORTEST_PART) break;
    digits += run.digits;
    if (digits.length > LONGEST_CHAIN && last > first) break;
    const whole = run.tail !== '' && digits.length === 17 ? `${digits}X` : digits;
    const kind = kindOf(whole, before);
    if (kind !== null) found = { kind, last, digits: whole, over: 0 };
    else if (found === null) {
      const part = stuck(digits, run.digits.length);
      if (part !== null) found = { ...part, last, digits: digits.slice(0, digits.length - part.over) };
    }
  }
  return found;
}

const isDigit = (text: string, index: number): boolean => (CHAR_CLASS[text.charCodeAt(index)] ?? OTHER) <= 9;

/** A number begins with its plus sign or bracket and ends with its X: all of it goes. */
function spanOf(text: string, first: DigitRun, last: DigitRun, hit: Hit): { start: number; end: number } {
  const start = /[+＋(（]/u.test(text.charAt(first.start - 1)) ? first.start - 1 : first.start;
  let end = hit.digits.endsWith('X') ? last.end + 1 : last.end;
  for (let over = hit.over; over > 0; end--) if (isDigit(text, end - 1)) over--;
  if (hit.over === 0) while (CHAR_CLASS[text.charCodeAt(end)] === INVISIBLE) end++;
  return { start, end };
}

function findNumbers(text: string): PersonalNumber[] {
  const runs = digitRuns(text);
  const found: PersonalNumber[] = [];
  for (let i = 0; i < runs.length; i++) {
    const hit = longest(text, runs, i);
    const first = runs[i];
    const last = hit === null ? undefined : runs[hit.last];
    if (hit === null || first === undefined || last === undefined) continue;
    const { start, end } = spanOf(text, first, last, hit);
    const bare = hit.kind === 'mobile' ? hit.digits.slice(-11) : hit.digits;
    const apart = isDigit(text, end) ? ' ' : '';
    const masked = remainder(hit.kind, bare) + apart;
    found.push({ kind: hit.kind, start, end, original: text.slice(start, end), masked });
    i = hit.last;
  }
  return found;
}

/** All personal numbers of the text, in order, without overlaps. Linear; a line without digits costs one pass. */
export function findPersonal(text: string): PersonalNumber[] {
  const plates = findPlates(text);
  if (!hasDigits(text, SHORTEST_NUMBER)) return plates;
  const numbers = findNumbers(text);
  const free = plates.filter((plate) => numbers.every((n) => plate.end <= n.start || plate.start >= n.end));
  return [...numbers, ...free].sort((a, b) => a.start - b.start);
}

/** Replaces each finding by what may be shown of it. */
export function replaceSpans(
  text: string,
  spans: readonly { start: number; end: number; masked: string }[],
): string {
  let out = '';
  let from = 0;
  for (const span of spans) {
    out += text.slice(from, span.start) + span.masked;
    from = span.end;
  }
  return out + text.slice(from);
}

/** The text with every personal number masked; masking twice changes nothing. */
export function mask(text: string): string {
  const found = findPersonal(text);
  return found.length === 0 ? text : replaceSpans(text, found);
}
