/** The short codes by which people bind themselves: how they look, how long they hold, how often one may err. Pure. */

/** Without 0 and O, 1 and I, which look alike on paper. 32 letters: five bits each, none likelier than another. */
export const CODE_ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
/**
 * 40 bits: with a thousand codes open and guesses up to the cap below, hour after hour, one hits in six hundred
 * years; codes hold for two weeks.
 */
export const CODE_LENGTH = 8;
export const CODE_DAYS = 14;

/** @param bytes CODE_LENGTH random ones, from a source fit for secrets */
export function makeCode(bytes: Uint8Array): string {
  if (bytes.length !== CODE_LENGTH) throw new RangeError(`a code takes ${CODE_LENGTH} bytes`);
  return Array.from(bytes, (byte) => CODE_ALPHABET.charAt(byte % CODE_ALPHABET.length)).join('');
}

/** As it is printed: ABCD-2345. */
export const printedCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;

/** What the keyed hash is made of: no other use of that hash can be taken for a code. */
export const codeToHash = (code: string): string => `binding code\n${code}`;

const HOUR = 3_600_000;
/** Wrong codes an account may send within an hour; the last one closes the door for an hour. */
export const WRONG_AT_MOST = 5;
/**
 * Of all accounts together, within an hour: then somebody is guessing with many. A township whose thousand heads
 * all bind themselves in one afternoon mistypes about a hundred.
 */
export const WRONG_IN_ALL = 200;

/** Wrong codes of one account, or of all together. */
export interface Tries {
  /** When the hour began that is being counted. */
  readonly from: number;
  readonly wrong: number;
  /** Until then nothing is looked up; null where the door is open. */
  readonly shutUntil: number | null;
}

export const isShut = (tries: Tries | null, now: number): boolean =>
  tries?.shutUntil != null && now < tries.shutUntil;

/** One wrong code more. `shuts`: this one closes the door, and is the one to say so. */
export function anotherWrong(
  before: Tries | null,
  most: number,
  now: number,
): { readonly tries: Tries; readonly shuts: boolean } {
  const fresh = before === null || before.shutUntil !== null || now >= before.from + HOUR;
  const wrong = (fresh ? 0 : before.wrong) + 1;
  const shuts = wrong >= most;
  const from = fresh ? now : before.from;
  return { tries: { from, wrong, shutUntil: shuts ? now + HOUR : null }, shuts };
}

/** Kept as a small fact; what can't be read counts as nothing. */
export function triesIn(kept: string | null): Tries | null {
  if (kept === null) return null;
  const [from, wrong, shutUntil] = kept.split('|').map(Number);
  if (from === undefined || wrong === undefined || !Number.isFinite(from)) return null;
  return { from, wrong, shutUntil: shutUntil ? shutUntil : null };
}

export const keptTries = ({ from, wrong, shutUntil }: Tries): string => `${from}|${wrong}|${shutUntil ?? 0}`;
