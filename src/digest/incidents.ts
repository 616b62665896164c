/**
 * 一件事多人报: near-identical reports of one event, by what they say, when and where. Who is flooded writes no form:
 * the reports themselves are put together, households and area summed by village (Benxi Nanfen). Which kinds of
 * events reach beyond a village, and what tells two of a kind apart, is data of the taxonomy. Pure; private matters
 * take no part.
 */
import type { Case, Instant } from '../domain/case.ts';
import type { Reach, Taxonomy } from '../domain/category.ts';
import type { IncidentSettings } from '../domain/settings.ts';
import { HOUR } from '../kernel/zone.ts';
import { type Seen, seenOf } from './history.ts';
import { compare, coreOf } from './places.ts';
import { sum } from './rate.ts';

export interface IncidentRules extends IncidentSettings {
  /** By sub-category; those missing stay within a village. */
  readonly reach: ReadonlyMap<string, Reach>;
}

export const rulesOf = ({ categories }: Taxonomy, settings: IncidentSettings): IncidentRules => ({
  ...settings,
  reach: new Map(categories.flatMap(({ id, reach }) => (reach ? [[id, reach] as const] : []))),
});

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

/** A report with what it is compared by, worked out once. */
interface Report extends Seen {
  readonly core: string | null;
  readonly pairs: ReadonlySet<string>;
  /** Indices of the causes that its words name. */
  readonly causes: ReadonlySet<number>;
}

/** @param came cases received in the period. The largest first. */
export function incidentsIn(came: readonly Case[], rules: IncidentRules): readonly Incident[] {
  const reports = came.flatMap((c) => reportOf(c, rules));
  // What stays within a village is compared with that village's reports alone.
  const keyOf = ({ category, village }: Report): string =>
    rules.reach.has(category) ? category : `${category}|${village}`;
  return [...Map.groupBy(reports, keyOf).values()]
    .flatMap((group) => clusters(group, rules))
    .map(incidentOf)
    .filter((one) => one.reports >= rules.reports)
    .toSorted((a, b) => b.reports - a.reports || a.from - b.from || compare(a.category, b.category));
}

function reportOf(c: Case, { reach }: IncidentRules): readonly Report[] {
  const seen = seenOf(c);
  if (seen.hidden || seen.withdrawn || seen.village === null) return [];
  const words = c.summary.normalize('NFKC');
  const far = reach.get(c.category);
  const named = (far?.causes ?? []).flatMap((cause, i) =>
    cause.split(/\s+/u).some((word) => word !== '' && words.includes(word)) ? i : [],
  );
  const core = c.place === null ? null : coreOf(c.place);
  // Words are compared where an event may reach another village along a network: most never do.
  const pairs = far?.kind === 'network' ? pairsOf(words, c.place) : NONE;
  return [{ ...seen, core, pairs, causes: new Set(named) }];
}

const NONE: ReadonlySet<string> = new Set();

/** Where it is and how much says nothing of what it is: 3组王家桥12户停电 and 5组停电 say the same. */
const EXTENT = /\d+(?:\.\d+)?\s*(?:组|邻|户|亩|号|个?村|片|小?时|点|天)?|[全整][村组湾]|我们[村组]/gu;

/** Pairs of neighboring characters of the words, without places and numbers. */
function pairsOf(words: string, place: string | null): ReadonlySet<string> {
  const bare = (place === null ? words : words.replaceAll(place.normalize('NFKC'), ' ')).replace(EXTENT, ' ');
  const chars = [...bare];
  return new Set(
    chars.flatMap((char, i) => {
      const pair = `${char}${chars[i + 1] ?? ''}`;
      return /^\p{L}{2}$/u.test(pair) ? [pair] : [];
    }),
  );
}

/** Twice what they share ÷ all that they have (Dice). Without words there is nothing to compare. */
function likeness(a: Report, b: Report): number {
  const all = a.pairs.size + b.pairs.size;
  return all === 0 ? 0 : (2 * shared(a.pairs, b.pairs)) / all;
}

const shared = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): number => [...a].filter((one) => b.has(one)).length;

/** Each names a cause, and none is the other's: boars here and hail there. */
const differ = (a: Report, b: Report): boolean =>
  a.causes.size > 0 && b.causes.size > 0 && shared(a.causes, b.causes) === 0;

function oneEvent(a: Report, b: Report, rules: IncidentRules): boolean {
  const apart = Math.abs(b.receivedAt - a.receivedAt);
  if (onePlace(a, b)) return apart <= rules.hours * HOUR;
  const reach = rules.reach.get(a.category);
  if (reach === undefined || apart > rules.wideHours * HOUR || differ(a, b)) return false;
  if (reach.kind === 'area') return true;
  // One house without power is that house's matter, whoever else is in the dark.
  if (a.households === 1 || b.households === 1) return false;
  if (apart <= rules.closeHours * HOUR) return true;
  return (a.core !== null && a.core === b.core) || likeness(a, b) >= rules.likeness;
}

function onePlace(a: Report, b: Report): boolean {
  if (a.village !== b.village) return false;
  if (a.core !== null && a.core === b.core) return true;
  return (a.core === null || b.core === null) && a.groups.some((id) => b.groups.includes(id));
}

interface Cluster {
  /** In the order of time. */
  readonly reports: Report[];
  /** Of its latest report. */
  last: Instant;
}

/**
 * Linked one after another in time: whoever reports what one of them reported belongs to it, and so do their
 * links. One that names no cause links no two that name different ones.
 */
function clusters(group: readonly Report[], rules: IncidentRules): readonly (readonly Report[])[] {
  const longest = longestOf(rules);
  const done: Cluster[] = [];
  let open: Cluster[] = [];
  for (const one of group.toSorted((a, b) => a.receivedAt - b.receivedAt || compare(a.number, b.number))) {
    const over = ({ last }: Cluster): boolean => one.receivedAt - last > longest;
    if (open.some(over)) {
      done.push(...open.filter(over));
      open = open.filter((cluster) => !over(cluster));
    }
    const homes = open.filter((cluster) => belongs(one, cluster, rules));
    const home = homes[0] ?? { reports: [], last: one.receivedAt };
    if (homes.length === 0) open.push(home);
    const others = homes.slice(1).filter((cluster) => agree(home, cluster));
    for (const { reports } of others) home.reports.push(...reports);
    if (others.length > 0) home.reports.sort((a, b) => a.receivedAt - b.receivedAt);
    if (others.length > 0) open = open.filter((cluster) => !others.includes(cluster));
    home.reports.push(one);
    home.last = one.receivedAt;
  }
  return [...done, ...open].map(({ reports }) => reports);
}

/** From the latest back: what lies too long ago is not looked at. */
function linked(one: Report, reports: readonly Report[], rules: IncidentRules): boolean {
  const longest = longestOf(rules);
  for (let i = reports.length - 1; i >= 0; i--) {
    const other = reports[i];
    if (other === undefined || one.receivedAt - other.receivedAt > longest) return false;
    if (oneEvent(other, one, rules)) return true;
  }
  return false;
}

const longestOf = ({ hours, wideHours }: IncidentRules): number => Math.max(hours, wideHours) * HOUR;

const belongs = (one: Report, { reports }: Cluster, rules: IncidentRules): boolean =>
  linked(one, reports, rules) &&
  (one.causes.size === 0 || !reports.some((other) => !onePlace(other, one) && differ(other, one)));

const agree = (a: Cluster, b: Cluster): boolean =>
  !a.reports.some((one) => b.reports.some((other) => !onePlace(one, other) && differ(one, other)));

function incidentOf(cluster: readonly Report[]): Incident {
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
