/** One township file → the policy that every decision of its township reads. */
import type { Taxonomy, Urgency } from '../domain/category.ts';
import { createDirectory } from '../domain/directory.ts';
import type { Policy } from '../domain/policy.ts';
import { settingsInForce } from '../domain/settings.ts';
import { createCalendar } from '../kernel/calendar.ts';
import { shippedTaxonomy, withTownship } from '../taxonomy/index.ts';
import type { TownshipFile } from './township.ts';

/** @param version from the store: it grows with each change of the file, so that a reader knows its policy is old */
export function buildPolicy(file: TownshipFile, version: number): Policy {
  const settings = settingsInForce(file.settings);
  const { holidaysUntil, workingHours } = settings;
  return {
    version,
    roster: file.roster,
    directory: createDirectory(file.roster),
    taxonomy: withUrgency(withTownship(shippedTaxonomy, file.categories), settings.urgency),
    settings,
    calendar: createCalendar({
      timezone: file.roster.township.timezone,
      hours: workingHours.map(({ from, to }) => [from, to] as const),
      overrides: file.holidays,
      ...(holidaysUntil !== null && { coveredUntil: holidaysUntil }),
    }),
    absences: file.absences,
    policies: file.policies,
  };
}

/** Lays `settings.urgency` and the mode's over the taxonomy, so that readers of a category see one urgency. */
function withUrgency(taxonomy: Taxonomy, urgency: Readonly<Record<string, Urgency>>): Taxonomy {
  const given = new Map(Object.entries(urgency));
  if (given.size === 0) return taxonomy;
  const categories = taxonomy.categories.map((category) => {
    const main = category.id.split('.', 1)[0] ?? category.id;
    return { ...category, urgency: given.get(category.id) ?? given.get(main) ?? category.urgency };
  });
  return { ...taxonomy, categories };
}
