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
const coreOf = (place: string): string =>
  place
    .normalize('NFKC')
    .replace(/[\p{P}\p{S}\s]/gu, '')
    .replace(SIDES, '');

/** Null where no place is named, or by words that fit every house: 门口, 路边上. */
export const placeCore = (place: string | null): string | null =>
  place === null ? null : coreOf(place) || null;

/** A case with the core of its place's name: each is worked out once, and compared often. */
interface Core {
  readonly core: string | null;
}
type Spot = Spotted & Core;
const spotOf = <T extends Spotted>(one: T): T & Core => ({
  ...one,
  core: placeCore(one.place),
});

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

/** @param group of one category, village and core: what of it is one place, its groups say */
function repeatsAmong(group: readonly Spot[], from: Instant, to: Instant): readonly Repeat[] {
  const ordered = group.toSorted(earliestFirst).reverse();
  const near = nearbyIn(ordered);
  const told = new Set<string>();
  return ordered.flatMap((last) => {
    const { category, village, groups, place, receivedAt } = last;
    if (village === null || told.has(last.number) || !within(receivedAt, from, to)) return [];
    const windows = near(last).map((list) => windowOf(list, receivedAt));
    // Reports of one event on one day are an incident, not a return.
    if (windows.every(({ oldest }) => receivedAt - (oldest ?? receivedAt) <= TOGETHER_MS)) return [];
    const before = new Set(windows.flatMap(({ list, start, end }) => list.slice(start, end)));
    for (const { number } of before) told.add(number);
    const numbers = [...before].sort(earliestFirst).map(({ number }) => number);
    return [{ category, village, groups, place, numbers }];
  });
}

const earliestFirst = (a: Spot, b: Spot): number =>
  a.receivedAt - b.receivedAt || compare(a.number, b.number);

/** Those of the same place as a case, as lists: by its groups, and those that name none where the place says enough. */
function nearbyIn(ordered: readonly Spot[]): (one: Spot) => readonly (readonly Spot[])[] {
  const byGroup = new Map<string, Spot[]>();
  for (const one of ordered)
    for (const id of new Set(one.groups)) {
      const list = byGroup.get(id);
      if (list === undefined) byGroup.set(id, [one]);
      else list.push(one);
    }
  const anywhere = ordered.filter(({ groups }) => groups.length === 0);
  return ({ core, groups }) => {
    const shared = groups.flatMap((id) => [byGroup.get(id) ?? []]);
    // Without a place only the group can say that it is the same spot.
    if (core === null) return shared;
    return groups.length === 0 ? [ordered] : [...shared, anywhere];
  };
}

/** What of a list, the latest first, came within the time in which a return counts as one. */
function windowOf(list: readonly Spot[], at: Instant) {
  const start = firstWhere(list, (one) => one.receivedAt <= at);
  const end = firstWhere(list, (one) => one.receivedAt < at - REPEAT_MS);
  return { list, start, end, oldest: start < end ? list[end - 1]?.receivedAt : undefined };
}

/** The first index at which it holds, as it does for all that follow; the length where it never does. */
function firstWhere<T>(list: readonly T[], holds: (one: T) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const one = list[middle];
    if (one === undefined || holds(one)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const TOGETHER_MS = 48 * HOUR;

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
