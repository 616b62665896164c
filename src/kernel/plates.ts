/** Number plates: province, letter, five or six places, as GA 36 has them. */
import { CHAR_CLASS, INVISIBLE, OTHER } from './digits.ts';
import type { PersonalNumber } from './masking.ts';

/** 1 for the character of a province: a table, since every character of every message is looked up. */
const PROVINCES = new Uint8Array(65_536);
for (const province of '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼') {
  PROVINCES[province.charCodeAt(0)] = 1;
}
const GAPS = new Set(' \u00a0\u3000-－·•・.．—_');
const LAST_PLACES = new Set('学警港澳挂领使');

/** One place of a plate in ASCII capitals, or '' where the character can't stand in one. */
function place(char: string): string {
  const digit = CHAR_CLASS[char.charCodeAt(0)] ?? OTHER;
  if (digit <= 9) return String(digit);
  const letter = char.normalize('NFKC').toUpperCase();
  return /^[A-Z]$/.test(letter) ? letter : '';
}

const invisible = (char: string): boolean => CHAR_CLASS[char.charCodeAt(0)] === INVISIBLE;

/** Reads places from `from`; returns them and where they end. */
function readPlaces(text: string, from: number): { places: string; end: number } {
  let places = '';
  let end = from;
  for (let i = from; i < text.length && places.length < 7; i++) {
    const char = text.charAt(i);
    if (invisible(char) || GAPS.has(char)) continue;
    const value = LAST_PLACES.has(char) && places.length === 5 ? char : place(char);
    if (value === '') break;
    places += value;
    end = i + 1;
  }
  return { places, end };
}

/** 湘H12345 (five places) or 湘HD12345, 湘H12345F (new energy, six). */
function isPlate(places: string): boolean {
  if (!/^[A-Z][A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9学警港澳挂领使]$/u.test(places)) return false;
  return (places.slice(1).match(/\d/g) ?? []).length >= 3;
}

/** A seventh place may belong to the next word: the plate is the longest of seven or six that fits. */
function plateAt(text: string, start: number): PersonalNumber | null {
  const read = readPlaces(text, start + 1);
  for (const length of [7, 6]) {
    if (read.places.length < length || !isPlate(read.places.slice(0, length))) continue;
    const end = length === read.places.length ? read.end : endOf(text, start + 1, length);
    const original = text.slice(start, end);
    return {
      kind: 'plate',
      start,
      end,
      original,
      masked: `${text.charAt(start)}${read.places.charAt(0)}****`,
    };
  }
  return null;
}

function endOf(text: string, from: number, length: number): number {
  let seen = 0;
  for (let i = from; i < text.length; i++) {
    if (invisible(text.charAt(i)) || GAPS.has(text.charAt(i))) continue;
    seen++;
    if (seen === length) return i + 1;
  }
  return text.length;
}

/** All plates of the text, in order. */
export function findPlates(text: string): PersonalNumber[] {
  const found: PersonalNumber[] = [];
  for (let i = 0; i < text.length; i++) {
    if (PROVINCES[text.charCodeAt(i)] !== 1) continue;
    const plate = plateAt(text, i);
    if (plate === null) continue;
    found.push(plate);
    i = plate.end - 1;
  }
  return found;
}
