/** Category, tier and place to an office; the office to the officer with the fewest open cases. Pure. */
import type { Case } from './case.ts';
import type { Category, Taxonomy } from './category.ts';
import type { Policy } from './policy.ts';
import type { Office, PersonId, Tier, VillageId } from './roster.ts';

const TIER_ORDER: readonly Tier[] = ['village', 'township', 'county'];

export const categoryOf = (taxonomy: Taxonomy, id: string): Category | null =>
  taxonomy.categories.find((one) => one.id === id) ?? null;

export const mainOf = (category: string): string => category.split('.')[0] ?? category;

/** 2 where the office names the sub-category, 1 for its main category, 0 where it names neither. */
function fit(office: Office, category: string): number {
  if (office.categories.includes(category)) return 2;
  return office.categories.includes(mainOf(category)) ? 1 : 0;
}

export interface RouteOptions {
  readonly category: string;
  readonly village: VillageId | null;
  /** Office ids and persons that must not get it: the accused. */
  readonly except: readonly string[];
  /** Only offices of this tier. */
  readonly tier?: Tier;
}

/**
 * Offices that take a category, best first: the most specific category wins, then the village's own
 * office before the township's, then the county's; ties by the order of the file.
 */
export function officesFor(
  policy: Policy,
  { category, village, except, tier }: RouteOptions,
): readonly Office[] {
  const fits = policy.directory
    .officesFor(village, tier)
    .map((office, at) => ({ office, at, fit: fit(office, category) }))
    .filter(({ office, fit }) => fit > 0 && !except.includes(office.id));
  const rank = (office: Office) => TIER_ORDER.indexOf(office.tier);
  return fits
    .sort((a, b) => b.fit - a.fit || rank(a.office) - rank(b.office) || a.at - b.at)
    .map(({ office }) => office);
}

/** Who is there now: the person, else the deputy named; null where both are away. */
export type Presence = (person: PersonId) => PersonId | null;

/**
 * Among an office's officers the one with the fewest open cases, ties by list order. An absent officer
 * is passed over for the deputy named; an office without officers falls to its leader.
 */
export function pickOfficer(
  office: Office,
  present: Presence,
  openCounts: ReadonlyMap<string, number>,
  except: readonly string[] = [],
): PersonId | null {
  const listed = office.officers.length > 0 ? office.officers : office.leader === null ? [] : [office.leader];
  const there = listed
    .flatMap((person) => present(person) ?? [])
    .filter((person) => !except.includes(person));
  let best: PersonId | null = null;
  for (const person of there) {
    if (best === null || (openCounts.get(person) ?? 0) < (openCounts.get(best) ?? 0)) best = person;
  }
  return best;
}

/** The office one tier up for a case; null where there is none. */
export function officeAbove(policy: Policy, c: Case): Office | null {
  const above = TIER_ORDER.slice(TIER_ORDER.indexOf(c.level) + 1);
  for (const tier of above) {
    const [office] = officesFor(policy, {
      category: c.category,
      village: c.village,
      except: c.accused,
      tier,
    });
    if (office) return office;
  }
  return null;
}

export const tierAbove = (tier: Tier): Tier | null => TIER_ORDER[TIER_ORDER.indexOf(tier) + 1] ?? null;
