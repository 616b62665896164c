/** Which posts the roster gives to whom. */
import type { OfficeId, PersonId, Role, Roster, Village, VillageId } from './roster.ts';

export type PostKind =
  | 'neighbor_head'
  | 'group_head'
  | 'zone_head'
  | 'village_secretary'
  | 'cadre'
  | 'officer'
  | 'leader'
  | 'secretary'
  | 'recorder'
  | 'dispatcher'
  | 'admin';

/** One post of one person; ids say where it is held. */
export interface Post {
  readonly kind: PostKind;
  readonly village?: VillageId;
  readonly zone?: string;
  readonly group?: string;
  readonly neighborhood?: string;
  readonly office?: OfficeId;
}

type Give = (person: PersonId | null, post: Post) => void;

/** Posts by person, in the order of the file: villages, offices, roles. */
export function collectPosts(roster: Roster): ReadonlyMap<PersonId, readonly Post[]> {
  const posts = new Map<PersonId, Post[]>();
  const give: Give = (person, post) => {
    if (person === null) return;
    const held = posts.get(person);
    if (held) held.push(post);
    else posts.set(person, [post]);
  };
  for (const village of roster.villages) villagePosts(village, give);
  for (const { id, village, leader, officers } of roster.offices) {
    const at = village === null ? { office: id } : { office: id, village };
    give(leader, { kind: 'leader', ...at });
    for (const officer of officers) give(officer, { kind: 'officer', ...at });
  }
  const { secretaries, recorders, dispatchers, admins } = roster.roles;
  for (const person of secretaries) give(person, { kind: 'secretary' });
  for (const person of recorders) give(person, { kind: 'recorder' });
  for (const person of dispatchers) give(person, { kind: 'dispatcher' });
  for (const person of admins) give(person, { kind: 'admin' });
  return posts;
}

function villagePosts({ id, secretary, cadres, zones }: Village, give: Give): void {
  give(secretary, { kind: 'village_secretary', village: id });
  for (const cadre of cadres) give(cadre, { kind: 'cadre', village: id });
  for (const zone of zones) {
    give(zone.head, { kind: 'zone_head', village: id, zone: zone.id });
    for (const group of zone.groups) {
      const at = { village: id, zone: zone.id, group: group.id };
      give(group.head, { kind: 'group_head', ...at });
      for (const near of group.neighborhoods)
        give(near.head, { kind: 'neighbor_head', ...at, neighborhood: near.id });
    }
  }
}

/** A village's secretary counts as its cadre: both may do the same things there. */
export function rolesFor(posts: readonly Post[]): readonly Role[] {
  return [...new Set(posts.map(({ kind }): Role => (kind === 'village_secretary' ? 'cadre' : kind)))];
}
