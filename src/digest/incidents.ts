/**
 * 一件事多人报: near-identical reports of one event, by what they say, when and where. Who is flooded writes no form:
 * the reports themselves are put together, households and area summed by village (Benxi Nanfen). Which kinds of
 * events reach beyond a village, and what tells two of a kind apart, is data of the taxonomy. Pure; private matters
 * take no part.
 */
import type { Case, Instant } from '../domain/case.ts';
import type { Taxonomy } from '../domain/category.ts';
import type { IncidentSettings } from '../domain/settings.ts';
import { clusters, type IncidentRules, type Report } from './clusters.ts';
import { seenOf } from './history.ts';
import { compare, placeCore } from './places.ts';
import { sum } from './rate.ts';

export type { IncidentRules };

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
    .toSorted(
      (a, b) =>
        b.reports - a.reports ||
        a.from - b.from ||
        compare(a.category, b.category) ||
        compare(a.numbers[0] ?? '', b.numbers[0] ?? ''),
    );
}

function reportOf(c: Case, { reach }: IncidentRules): readonly Report[] {
  const seen = seenOf(c);
  if (seen.hidden || seen.withdrawn || seen.village === null) return [];
  const words = c.summary.normalize('NFKC');
  const far = reach.get(c.category);
  const named = (far?.causes ?? []).flatMap((cause, i) =>
    cause.split(/\s+/u).some((word) => word !== '' && words.includes(word)) ? i : [],
  );
  const core = placeCore(c.place);
  // Words are compared where an event may reach another village along a network: most never do.
  const pairs = far?.kind === 'network' ? pairsOf(words, c.place) : NONE;
  return [{ ...seen, village: seen.village, core, pairs, causes: [...new Set(named)] }];
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

function incidentOf(cluster: readonly Report[]): Incident {
  const ordered = cluster.toSorted((a, b) => a.receivedAt - b.receivedAt || compare(a.number, b.number));
  const byVillage = Map.groupBy(ordered, ({ village }) => village);
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
