/**
 * Who is who in a township: the value that the township file becomes.
 * Every id is free text, unique within its kind. `null` means "the file does not say".
 */
export type PersonId = string;
export type VillageId = string;
export type GroupId = string;
export type OfficeId = string;
export type Tier = 'village' | 'township' | 'county';
export type Locale = 'zh-CN' | 'en';

export interface Township {
  readonly id: string;
  readonly name: string;
  readonly county: string | null;
  /** IANA name; every printed time and every clock of the township uses it. */
  readonly timezone: string;
  readonly casePrefix: string;
  readonly locale: Locale;
  /** Shown in emergencies and where a person can't be reached in private. */
  readonly dutyPhone: string | null;
}

export interface Neighborhood {
  readonly id: string;
  readonly name: string;
  readonly head: PersonId | null;
  readonly households: number | null;
}

export interface Group {
  readonly id: GroupId;
  readonly name: string;
  readonly head: PersonId | null;
  readonly neighborhoods: readonly Neighborhood[];
}

export interface Zone {
  readonly id: string;
  readonly name: string;
  readonly head: PersonId | null;
  readonly groups: readonly Group[];
}

export interface Village {
  readonly id: VillageId;
  readonly name: string;
  readonly secretary: PersonId | null;
  readonly cadres: readonly PersonId[];
  readonly zones: readonly Zone[];
}

export interface Office {
  readonly id: OfficeId;
  readonly name: string;
  readonly tier: Tier;
  /** Set exactly where tier is `village`. */
  readonly village: VillageId | null;
  readonly leader: PersonId | null;
  readonly officers: readonly PersonId[];
  /** Category ids, main (`power`) or sub (`power.lamp`); the most specific wins. */
  readonly categories: readonly string[];
}

export interface Person {
  readonly id: PersonId;
  readonly name: string;
  readonly phone: string | null;
  /** Adapter id → the person's account there. */
  readonly accounts: Readonly<Record<string, string>>;
}

export type ChatKind = 'heads' | 'residents' | 'officers';

export interface BoundChat {
  readonly id: string;
  readonly adapter: string;
  readonly external: string;
  readonly kind: ChatKind;
  readonly village: VillageId | null;
}

/** People on duty from `from` to `to` (township local time, `to` exclusive), first called first. */
export interface DutySpan {
  readonly from: string;
  readonly to: string;
  readonly people: readonly PersonId[];
}

export interface Roster {
  readonly township: Township;
  readonly villages: readonly Village[];
  readonly offices: readonly Office[];
  readonly roles: {
    readonly secretaries: readonly PersonId[];
    readonly recorders: readonly PersonId[];
    readonly dispatchers: readonly PersonId[];
    readonly admins: readonly PersonId[];
  };
  readonly duty: readonly DutySpan[];
  readonly people: readonly Person[];
  readonly chats: readonly BoundChat[];
}

/** What a person may be; one person may be several. `cadre` also covers a village's secretary. */
export type Role =
  | 'neighbor_head'
  | 'group_head'
  | 'zone_head'
  | 'cadre'
  | 'officer'
  | 'leader'
  | 'dispatcher'
  | 'secretary'
  | 'recorder'
  | 'admin';
