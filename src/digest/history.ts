/** The little that comparisons need of every case of the last year. Pure. */
import type { Case, Instant } from '../domain/case.ts';
import { NUMERAL, readNumber } from '../kernel/numerals.ts';
import type { SettledCase } from '../store/port.ts';
import { hiddenOf } from './facts.ts';

/** A case as the past remembers it: enough to know its place again. */
export interface Spotted {
  readonly number: string;
  readonly receivedAt: Instant;
  readonly category: string;
  readonly village: string | null;
  readonly groups: readonly string[];
  /** Null where the matter is private: a place could say whose it is. */
  readonly place: string | null;
  readonly hidden: boolean;
  readonly withdrawn: boolean;
}

/** With what the reports of one event are added up by. */
export interface Seen extends Spotted {
  readonly reports: number;
  readonly households: number | null;
  /** 亩, where the report names an area. */
  readonly area: number | null;
}

export function spottedOf(c: SettledCase): Spotted {
  const hidden = hiddenOf(c) !== null;
  return {
    number: c.number,
    receivedAt: c.receivedAt,
    category: c.category,
    village: c.protected ? null : c.village,
    groups: hidden ? [] : c.groups,
    place: hidden ? null : c.place,
    hidden,
    withdrawn: c.state === 'cancelled',
  };
}

export const seenOf = (c: Case): Seen => ({
  ...spottedOf(c),
  reports: Math.max(1, c.reporters.length),
  households: c.households,
  area: areaIn(c.summary),
});

const AREA = new RegExp(`(\\d+(?:\\.\\d+)?|[${NUMERAL}]{1,5}|半)\\s*(?:多|余|来|几)?亩(半)?`, 'gu');

/** 亩 named in the reporter's words, added up: 倒了12亩稻子，玉米两亩半 → 14.5. Null where none is named. */
export function areaIn(words: string): number | null {
  const found = [...words.normalize('NFKC').matchAll(AREA)].flatMap(([, number = '', half]) => {
    const whole = number === '半' ? 0.5 : /^\d/u.test(number) ? Number(number) : readNumber(number);
    return whole === null ? [] : whole + (half === undefined ? 0 : 0.5);
  });
  return found.length === 0 ? null : found.reduce((total, one) => total + one, 0);
}
