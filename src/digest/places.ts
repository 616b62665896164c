/** Where the same thing happens again. Pure; private matters take no part. */
import type { Instant } from '../domain/case.ts';
import { HOUR } from '../kernel/zone.ts';
import type { Spotted } from './history.ts';
import { within } from './period.ts';

export const REPEAT_DAYS = 90;
export const REPEAT_MS = REPEAT_DAYS * 24 * HOUR;

export interface Repeat {
  readonly category: string;
  readonly village: string;
  readonly groups: readonly string[];
  readonly place: string | null;
  /** The case of the period last, those before it within 90 days first. */
  readonly numbers: readonly string[];
}

/** 王家桥, 王家桥头 and 王家桥边上 are one place; so is a group where no place was named. */
const SIDES = /(?:那边|这边|那里|附近|旁边|边上|门口|路口|头|旁|边|上|下|处|的)+$/u;
export const coreOf = (place: string): string =>
  place
    .normalize('NFKC')
    .replace(/[\p{P}\p{S}\s]/gu, '')
    .replace(SIDES, '');

/** A case with the core of its place's name: each is worked out once, and compared often. */
interface Core {
  readonly core: string | null;
}
type Spot = Spotted & Core;
const spotOf = <T extends Spotted>(one: T): T & Core => ({
  ...one,
  core: one.place === null ? null : coreOf(one.place),
});

function samePlace(a: Spot, b: Spot): boolean {
  if (a.village === null || a.village !== b.village || a.core !== b.core) return false;
  const shared = a.groups.some((id) => b.groups.includes(id));
  // Without a place only the group can say that it is the same spot.
  return a.core === null ? shared : shared || a.groups.length === 0 || b.groups.length === 0;
}

const counts = (one: Spotted): boolean => !one.hidden && !one.withdrawn;

/** Places where a category came back within 90 days, those with most cases first. */
export function repeatsIn(history: readonly Spotted[], from: Instant, to: Instant): readonly Repeat[] {
  const fit = history.filter(counts).map(spotOf);
  // Only what stands under one key can be the same place: each is compared with few.
  const byKey = Map.groupBy(
    fit,
    ({ category, village, core }) => `${category}|${village ?? ''}|${core ?? ''}`,
  );
  const found: Repeat[] = [];
  for (const group of byKey.values()) found.push(...repeatsAmong(group, from, to));
  return found.toSorted(
    (a, b) => b.numbers.length - a.numbers.length || compare(a.numbers.at(-1) ?? '', b.numbers.at(-1) ?? ''),
  );
}

function repeatsAmong(group: readonly Spot[], from: Instant, to: Instant): readonly Repeat[] {
  const ordered = group.toSorted((a, b) => b.receivedAt - a.receivedAt || compare(b.number, a.number));
  const told = new Set<string>();
  return ordered.flatMap((last) => {
    if (told.has(last.number) || !within(last.receivedAt, from, to)) return [];
    const before = ordered.filter(
      (one) =>
        one.receivedAt <= last.receivedAt &&
        last.receivedAt - one.receivedAt <= REPEAT_MS &&
        samePlace(one, last),
    );
    // Reports of one event on one day are an incident, not a return.
    if (before.length < 2 || last.receivedAt - (before.at(-1)?.receivedAt ?? 0) <= TOGETHER_MS) return [];
    for (const { number } of before) told.add(number);
    const { category, village, groups, place } = last;
    if (village === null) return [];
    return [{ category, village, groups, place, numbers: before.map(({ number }) => number).reverse() }];
  });
}

const TOGETHER_MS = 48 * HOUR;

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
