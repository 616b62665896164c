/** The roster with its indexes: who holds which post, who may be meant, who is on duty. Pure. */
import { onlyNamed, surnameIn, surnameOf, unitKey, villageKey } from './names.ts';
import type { Post } from './posts.ts';
import { collectPosts, rolesFor } from './posts.ts';
import type {
  BoundChat,
  Group,
  GroupId,
  Neighborhood,
  Office,
  OfficeId,
  Person,
  PersonId,
  Role,
  Roster,
  Tier,
  Village,
  VillageId,
  Zone,
} from './roster.ts';

export type { Post, PostKind } from './posts.ts';

export interface PlacedZone {
  readonly zone: Zone;
  readonly village: Village;
}
export interface PlacedGroup extends PlacedZone {
  readonly group: Group;
}
export interface PlacedNeighborhood extends PlacedGroup {
  readonly neighborhood: Neighborhood;
}

export interface Directory {
  readonly roster: Roster;
  person(id: PersonId): Person | null;
  /** Never by display name: only the account says who someone is. */
  personByAccount(adapter: string, account: string): Person | null;
  /** In the order of the file: village posts, offices, roles. */
  postsOf(person: PersonId): readonly Post[];
  /** Each once, in the order of `postsOf`. */
  rolesOf(person: PersonId): readonly Role[];
  /** The village of the person's first village post; null for those who have none. */
  villageOf(person: PersonId): VillageId | null;
  villagesOf(person: PersonId): readonly VillageId[];
  officesOf(person: PersonId): readonly Office[];

  village(id: VillageId): Village | null;
  /** 龙塘湾村, 龙塘湾 or the id. */
  villageByName(words: string): Village | null;
  zone(id: string): PlacedZone | null;
  /** `null` as the village looks everywhere and finds only what is unique. */
  zoneByName(village: VillageId | null, words: string): PlacedZone | null;
  group(id: GroupId): PlacedGroup | null;
  /** 3, 3组, 三组, 第三村民小组; see `zoneByName` for `null`. */
  groupByName(village: VillageId | null, words: string): PlacedGroup | null;
  groupsIn(village: VillageId): readonly PlacedGroup[];
  neighborhood(id: string): PlacedNeighborhood | null;
  /** 7, 7邻, 七邻, within a group. */
  neighborhoodByName(group: GroupId, words: string): PlacedNeighborhood | null;

  chat(adapter: string, external: string): BoundChat | null;
  office(id: OfficeId): Office | null;
  /** Offices a village's matter may go to, its own first; without a village no village office. */
  officesFor(village: VillageId | null, tier?: Tier): readonly Office[];
  /** Leader first, then officers, each once. */
  officeMembers(office: OfficeId): readonly PersonId[];
  /** 供电 → 供电所; null where none or several fit. */
  findOfficeByName(words: string): Office | null;
  /** A whole name, part of one, or 周工, 小李 where only one person of that surname may be meant. */
  findPersonByName(words: string, office?: OfficeId): Person | null;
  /** Whom to page at a local time `YYYY-MM-DDTHH:MM`, first called first; dispatchers without a duty list. */
  onDuty(local: string): readonly PersonId[];
}

const TIERS: readonly Tier[] = ['village', 'township', 'county'];

export function createDirectory(roster: Roster): Directory {
  return { roster, ...peopleOf(roster), ...placesOf(roster), ...officesAndChats(roster) };
}

function peopleOf(roster: Roster) {
  const people = new Map(roster.people.map((person) => [person.id, person]));
  // In two steps, since each message asks: no key has to be put together.
  const accounts = new Map<string, Map<string, Person>>();
  for (const person of roster.people) {
    for (const [adapter, account] of Object.entries(person.accounts)) {
      const those = accounts.get(adapter) ?? new Map<string, Person>();
      accounts.set(adapter, those.set(account, person));
    }
  }
  const posts = collectPosts(roster);
  const roles = new Map([...posts].map(([person, held]) => [person, rolesFor(held)]));
  const villages = new Map([...posts].map(([person, held]) => [person, villagesIn(held)]));
  return {
    person: (id: PersonId) => people.get(id) ?? null,
    personByAccount: (adapter: string, account: string) => accounts.get(adapter)?.get(account) ?? null,
    postsOf: (person: PersonId) => posts.get(person) ?? [],
    rolesOf: (person: PersonId) => roles.get(person) ?? [],
    villageOf: (person: PersonId) => villages.get(person)?.[0] ?? null,
    villagesOf: (person: PersonId) => villages.get(person) ?? [],
    onDuty: (local: string) => onDuty(roster, local),
  };
}

function villagesIn(held: readonly Post[]): readonly VillageId[] {
  return [...new Set(held.flatMap(({ village }) => (village === undefined ? [] : [village])))];
}

function placesOf(roster: Roster) {
  const zones: PlacedZone[] = roster.villages.flatMap((village) =>
    village.zones.map((zone) => ({ zone, village })),
  );
  const groups: PlacedGroup[] = zones.flatMap((at) => at.zone.groups.map((group) => ({ ...at, group })));
  const nears: PlacedNeighborhood[] = groups.flatMap((at) =>
    at.group.neighborhoods.map((neighborhood) => ({ ...at, neighborhood })),
  );
  const villageById = new Map(roster.villages.map((village) => [village.id, village]));
  const villageNames = uniqueBy(roster.villages, ({ name }) => [name, villageKey(name)]);
  const zoneById = new Map(zones.map((at) => [at.zone.id, at]));
  const groupById = new Map(groups.map((at) => [at.group.id, at]));
  const nearById = new Map(nears.map((at) => [at.neighborhood.id, at]));
  const zoneNames = uniqueBy(zones, ({ zone, village }) => inside(village.id, zone.name));
  const groupNames = uniqueBy(groups, ({ group, village }) => inside(village.id, group.name));
  const nearNames = uniqueBy(nears, ({ neighborhood, group }) => [key(group.id, unitKey(neighborhood.name))]);
  const named = <T>(names: ReadonlyMap<string, T | null>, village: VillageId | null, words: string) =>
    names.get(key(village ?? '', unitKey(words))) ?? null;
  return {
    village: (id: VillageId) => villageById.get(id) ?? null,
    villageByName: (words: string) =>
      villageById.get(words) ?? villageNames.get(words) ?? villageNames.get(villageKey(words)) ?? null,
    zone: (id: string) => zoneById.get(id) ?? null,
    zoneByName: (village: VillageId | null, words: string) => named(zoneNames, village, words),
    group: (id: GroupId) => groupById.get(id) ?? null,
    groupByName: (village: VillageId | null, words: string) => named(groupNames, village, words),
    groupsIn: (village: VillageId) => groups.filter((at) => at.village.id === village),
    neighborhood: (id: string) => nearById.get(id) ?? null,
    neighborhoodByName: (group: GroupId, words: string) => nearNames.get(key(group, unitKey(words))) ?? null,
  };
}

/** A unit is found within its village and, under '', in the whole township. */
function inside(village: VillageId, name: string): string[] {
  return [key(village, unitKey(name)), key('', unitKey(name))];
}

/** Keys that several share map to null: they name nobody. */
function uniqueBy<T>(all: readonly T[], keysOf: (of: T) => readonly string[]): ReadonlyMap<string, T | null> {
  const found = new Map<string, T | null>();
  for (const one of all) {
    for (const name of new Set(keysOf(one))) found.set(name, found.has(name) ? null : one);
  }
  return found;
}

function officesAndChats(roster: Roster) {
  const people = new Map(roster.people.map((person) => [person.id, person]));
  const offices = new Map(roster.offices.map((office) => [office.id, office]));
  const members = new Map(roster.offices.map((office) => [office.id, membersOf(office)]));
  const chats = new Map(roster.chats.map((chat) => [key(chat.adapter, chat.external), chat]));
  const byTier = TIERS.flatMap((tier) => roster.offices.filter((office) => office.tier === tier));
  const officeMembers = (office: OfficeId) => members.get(office) ?? [];
  return {
    chat: (adapter: string, external: string) => chats.get(key(adapter, external)) ?? null,
    office: (id: OfficeId) => offices.get(id) ?? null,
    officesFor: (village: VillageId | null, tier?: Tier) =>
      byTier.filter(
        (office) =>
          (office.village === null || office.village === village) &&
          (tier === undefined || office.tier === tier),
      ),
    officeMembers,
    officesOf: (person: PersonId) =>
      roster.offices.filter((office) => officeMembers(office.id).includes(person)),
    findOfficeByName: (words: string) =>
      offices.get(words) ?? onlyNamed(words, roster.offices, (office) => office.name),
    findPersonByName: (words: string, office?: OfficeId) => {
      const among =
        office === undefined ? roster.people : officeMembers(office).flatMap((id) => people.get(id) ?? []);
      return personNamed(words, among);
    },
  };
}

function membersOf(office: Office): readonly PersonId[] {
  return [...new Set([...(office.leader === null ? [] : [office.leader]), ...office.officers])];
}

function personNamed(words: string, among: readonly Person[]): Person | null {
  const exact = onlyNamed(words, among, (person) => person.name);
  // One character is part of too many names to mean somebody.
  if (exact !== null && ([...words].length > 1 || exact.name === words)) return exact;
  const surname = surnameIn(words);
  if (surname === null) return null;
  const fitting = among.filter((person) => surnameOf(person.name) === surname);
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

/** Where spans overlap, the one that began last is meant: a swap entered on top of the month's list. */
function onDuty(roster: Roster, local: string): readonly PersonId[] {
  const dated = roster.duty.filter(({ from, to }) => from.length > 5 && from <= local && local < to);
  const latest = dated
    .map(({ from }) => from)
    .toSorted()
    .at(-1);
  const spans =
    dated.length > 0 ? dated.filter(({ from }) => from === latest) : roster.duty.filter(daily(local));
  const people = [...new Set(spans.flatMap((span) => span.people))];
  return people.length > 0 ? people : roster.roles.dispatchers;
}

/** Spans `18:00`–`08:00` without a date hold each day, over midnight where they must. */
function daily(local: string): (span: { from: string; to: string }) => boolean {
  const time = local.slice(11, 16);
  return ({ from, to }) => {
    if (from.length > 5) return false;
    return from < to ? from <= time && time < to : from <= time || time < to;
  };
}

function key(...parts: readonly string[]): string {
  return parts.join('\u0000');
}
