/** Where the same thing happens again, and what many saw at once. Pure; private matters take no part. */
import type { Instant } from '../domain/case.ts';
import { HOUR } from '../kernel/zone.ts';
import type { Seen } from './history.ts';
import { within } from './period.ts';
import { sum } from './rate.ts';

export const REPEAT_DAYS = 90;
const REPEAT_MS = REPEAT_DAYS * 24 * HOUR;

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
const plain = (place: string): string =>
  place
    .normalize('NFKC')
    .replace(/[\p{P}\p{S}\s]/gu, '')
    .replace(SIDES, '');

/** A case with the core of its place's name: each is worked out once, and compared often. */
interface Spot extends Seen {
  readonly core: string | null;
}
const spotOf = (one: Seen): Spot => ({ ...one, core: one.place === null ? null : plain(one.place) });

function samePlace(a: Spot, b: Spot): boolean {
  if (a.village === null || a.village !== b.village || a.core !== b.core) return false;
  const shared = a.groups.some((id) => b.groups.includes(id));
  // Without a place only the group can say that it is the same spot.
  return a.core === null ? shared : shared || a.groups.length === 0 || b.groups.length === 0;
}

const counts = (one: Seen): boolean => !one.hidden && !one.withdrawn;

/** Places where a category came back within 90 days, those with most cases first. */
export function repeatsIn(history: readonly Seen[], from: Instant, to: Instant): readonly Repeat[] {
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
/** What strikes more than one village at once. */
const WIDE = new Set([
  'agri.damage',
  'safety.geo',
  'power.outage',
  'water.outage',
  'water.danger',
  'road.block',
]);
const WIDE_MS = 24 * HOUR;

export interface IncidentPart {
  readonly village: string;
  readonly cases: number;
  readonly households: number;
  /** Cases that name no number of households: the sum leaves them out. */
  readonly unknownHouseholds: number;
  /** 亩 */
  readonly area: number;
}

export interface Incident {
  readonly category: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly reports: number;
  readonly numbers: readonly string[];
  readonly villages: readonly IncidentPart[];
}

/** An incident has at least so many reports. */
export const LEAST_REPORTS = 3;

/** Near-identical reports of one event: one sub-category, close in place, close in time; the largest first. */
export function incidentsIn(history: readonly Seen[], from: Instant, to: Instant): readonly Incident[] {
  const fit = history
    .filter((one) => counts(one) && one.village !== null && within(one.receivedAt, from, to))
    .map(spotOf);
  const incidents = [...Map.groupBy(fit, ({ category }) => category).values()]
    .flatMap(clusters)
    .map(incidentOf);
  return incidents
    .filter(({ reports }) => reports >= LEAST_REPORTS)
    .toSorted((a, b) => b.reports - a.reports || a.from - b.from || compare(a.category, b.category));
}

interface Cluster {
  readonly spots: Spot[];
  /** Of its latest report. */
  last: Instant;
}

/** Linked one after another in time: who reports within two days of the last report belongs to it. */
function clusters(group: readonly Spot[]): readonly (readonly Spot[])[] {
  const done: Cluster[] = [];
  let open: Cluster[] = [];
  for (const one of group.toSorted((a, b) => a.receivedAt - b.receivedAt || compare(a.number, b.number))) {
    const over = (cluster: Cluster): boolean => one.receivedAt - cluster.last > TOGETHER_MS;
    done.push(...open.filter(over));
    open = open.filter((cluster) => !over(cluster));
    const [first, ...others] = open.filter(({ spots }) => spots.some((other) => oneEvent(other, one)));
    const home = first ?? { spots: [], last: one.receivedAt };
    if (first === undefined) open.push(home);
    for (const { spots } of others) home.spots.push(...spots);
    open = open.filter((cluster) => !others.includes(cluster));
    home.spots.push(one);
    home.last = one.receivedAt;
  }
  return [...done, ...open].map(({ spots }) => spots);
}

function oneEvent(a: Spot, b: Spot): boolean {
  const apart = Math.abs(b.receivedAt - a.receivedAt);
  if (WIDE.has(a.category) && apart <= WIDE_MS) return true;
  if (apart > TOGETHER_MS || a.village !== b.village) return false;
  if (a.core !== null && a.core === b.core) return true;
  return (a.core === null || b.core === null) && a.groups.some((id) => b.groups.includes(id));
}

function incidentOf(cluster: readonly Seen[]): Incident {
  const ordered = cluster.toSorted((a, b) => a.receivedAt - b.receivedAt || compare(a.number, b.number));
  const byVillage = Map.groupBy(ordered, ({ village }) => village ?? '');
  return {
    category: ordered[0]?.category ?? '',
    from: ordered[0]?.receivedAt ?? 0,
    to: ordered.at(-1)?.receivedAt ?? 0,
    reports: sum(ordered.map(({ reports }) => reports)),
    numbers: ordered.map(({ number }) => number),
    villages: [...byVillage].map(([village, cases]) => ({
      village,
      cases: cases.length,
      households: sum(cases.map(({ households }) => households ?? 0)),
      unknownHouseholds: cases.filter(({ households }) => households === null).length,
      area: sum(cases.map(({ area }) => area ?? 0)),
    })),
  };
}

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
