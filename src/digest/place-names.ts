/** Village, zone, group and neighborhood of a case in words, for the register's columns. */
import type { Case } from '../domain/case.ts';
import type { Roster } from '../domain/roster.ts';
import type { WordsContext } from '../replies/context.ts';

export interface PlaceNames {
  village(c: Case): string;
  /** The zones of its groups. */
  zone(c: Case): string;
  groups(c: Case): string;
  neighborhood(c: Case): string;
}

export function collectPlaces({ villages }: Roster, { names }: WordsContext): PlaceNames {
  const zones = villages.flatMap((village) => village.zones);
  const zoneOf = new Map(zones.flatMap((zone) => zone.groups.map((group) => [group.id, zone.name])));
  return {
    village: (c) => (c.village === null ? '' : names.village(c.village)),
    zone: (c) => [...new Set(c.groups.flatMap((id) => zoneOf.get(id) ?? []))].join('、'),
    groups: (c) => c.groups.map((id) => names.group(id)).join('、'),
    neighborhood: (c) => (c.neighborhood === null ? '' : names.neighborhood(c.neighborhood)),
  };
}
