/** Where: village, zone, group and neighborhood as people write them, and the landmark between. */
import type { Roster } from '../domain/roster.ts';
import { readLandmark, readPartOfPlace } from './landmark.ts';
import { NUMERAL, readNumber } from './numerals.ts';

export interface Place {
  readonly village: string | null;
  readonly zone: string | null;
  readonly group: string | null;
  readonly groups: readonly string[];
  readonly neighborhood: string | null;
  readonly landmark: string | null;
}

export const NOWHERE: Place = {
  village: null,
  zone: null,
  group: null,
  groups: [],
  neighborhood: null,
  landmark: null,
};

/** 3组, 第3村民组, 3、5、7组, 3-5组, 三片5组. */
const GROUP =
  /(?<![\d.*])(?:第)?(\d{1,2}(?:(?:组)?[、,/和及跟与 ]{1,2}(?:第)?\d{1,2}){0,12}|\d{1,2}[-~到至]\d{1,2})(?:号)?(?:村民小组|村民组|居民组|小组|组)(?!装|织|合|建|成|团|长会|数)/gu;
/** 3-12邻 is the twelfth neighborhood of group 3. */
const GROUP_AND_NEIGHBORHOOD = /(?<![\d-])(\d{1,2})[-/](\d{1,2})(?:号)?邻(?!居|里|近|接)/u;
const NEIGHBORHOOD = new RegExp(`(?<!\\d)(?:第)?(\\d{1,2}|[${NUMERAL}]{1,3})(?:号)?邻(?!居|里|近|接)`, 'u');
const VILLAGE =
  /(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff]{2,4}镇|[\u4e00-\u9fff]{2,4}乡)?([\u4e00-\u9fff]{2,4}?(?:村|社区))(?!民|里|部|委|口|头|尾|长|支|上|医|小|干|组织|都|的人|建|道|规|容)/u;
const NO_VILLAGE =
  /^(?:(?:我们|咱们|你们|他们|俺们?|本|全|我|咱|整个|每个|各|隔壁|附近|这个|那个|自然|行政|全体|陪.{0,3}|来|到|去|在)|(?:邻|外|农|乡|新|山|小|大)(?:村|社区)$)/u;
const ZONE = /(?<![\u4e00-\u9fff\d])([\u4e00-\u9fff]{1,4}片)(?=区|\d|组|的|$|[ ,:;|])/u;
const AREA_LABEL = /^(?:片区?|组别?|邻|村|所属)(?:[/\\|: ]|$)/u;

function groupsOf(text: string): string[] {
  const groups: string[] = [];
  for (const match of text.matchAll(GROUP)) {
    const words = match[1] ?? '';
    const range = /^(\d{1,2})[-~到至](\d{1,2})$/u.exec(words);
    const from = Number(range?.[1]);
    const to = Number(range?.[2]);
    if (range !== null && from < to && to - from <= 30) {
      for (let n = from; n <= to; n++) groups.push(String(n));
    } else for (const digits of words.match(/\d{1,2}/gu) ?? []) groups.push(String(Number(digits)));
  }
  return [...new Set(groups)];
}

/** A roster's names ready to be looked for: expressions are built once for it, not for each message. */
interface Names {
  /** Villages without their ending, where enough is left to be one: 石桥3组 is in 石桥村. */
  readonly bare: readonly { readonly village: string; readonly word: string; readonly there: RegExp }[];
  readonly zones: readonly { readonly name: string; readonly broken: RegExp }[];
  /** Groups that have a name in place of a number. */
  readonly groups: readonly string[];
}

const known = new WeakMap<Roster, Names>();

function namesOf(roster: Roster): Names {
  const before = known.get(roster);
  if (before !== undefined) return before;
  const zones = roster.villages.flatMap((village) => village.zones);
  const groups = zones.flatMap((zone) => zone.groups.map(({ name }) => name));
  const names: Names = {
    bare: roster.villages.flatMap(({ name }) => {
      const word = name.replace(/(?:村|社区)$/u, '');
      const there = new RegExp(`${literal(word)}(?:村|社区)?(?=第?\\d|[ ,:的]|片|$)`, 'u');
      return word.length >= 2 ? [{ village: name, word, there }] : [];
    }),
    zones: zones
      .filter(({ name }) => name.length >= 2)
      .map(({ name }) => ({ name, broken: new RegExp(`[死了烂]${literal(name)}`, 'u') })),
    groups: groups.filter((name) => !/\d/u.test(name) && name.length >= 2),
  };
  known.set(roster, names);
  return names;
}

const literal = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');

function rosterVillage(text: string, roster: Roster): string | null {
  const whole = roster.villages.find(({ name }) => text.includes(name));
  if (whole !== undefined) return whole.name;
  const short = namesOf(roster).bare.find(({ word, there }) => text.includes(word) && there.test(text));
  return short?.village ?? null;
}

function readVillage(text: string, roster: Roster | null): string | null {
  const known = roster === null ? null : rosterVillage(text, roster);
  if (known !== null) return known;
  const name = VILLAGE.exec(text)?.[1] ?? null;
  return name === null || NO_VILLAGE.test(name) ? null : name;
}

function readZone(text: string, roster: Roster | null): string | null {
  const zone =
    roster && namesOf(roster).zones.find((one) => text.includes(one.name) && !one.broken.test(text));
  if (zone) return zone.name;
  const name = ZONE.exec(text)?.[1] ?? null;
  return name === null || /[了死的着成一]|^(?:大|这|那|整|图|照|碎|药)/u.test(name) ? null : name;
}

/** A roster's group may have a name of its own (上屋组): it is read as its number where it has one, else as the name. */
function namedGroup(text: string, roster: Roster | null): string | null {
  const name = roster === null ? undefined : namesOf(roster).groups.find((one) => text.includes(one));
  return name?.replace(/组$/u, '') ?? null;
}

/** The text with the names of areas taken out, so that none is read as part of a landmark. */
function withoutAreas(text: string, village: string | null, zone: string | null): string {
  let rest = text.replace(GROUP, '|').replace(NEIGHBORHOOD, '|');
  if (village !== null) rest = rest.replaceAll(village, '|');
  if (zone !== null) rest = rest.replaceAll(zone, '|');
  return rest;
}

/** The text with its village and zone made nameless, for readers that would take 石桥村 for a bridge. */
export function withoutNames(text: string, roster: Roster | null): string {
  const village = readVillage(text, roster);
  const zone = readZone(text, roster);
  let rest = village === null ? text : text.replaceAll(village, village.endsWith('社区') ? '某社区' : '某村');
  if (zone !== null && /[\u4e00-\u9fff]{2,}片$/u.test(zone)) rest = rest.replaceAll(zone, '某片');
  return rest;
}

function readNeighborhood(text: string): string | null {
  const match = NEIGHBORHOOD.exec(text);
  const number = match === null ? null : readNumber(match[1] ?? '');
  return number === null ? null : String(number);
}

/** Reads all that the text says of where. `text` is normalised. */
export function readPlace(text: string, roster: Roster | null): Place {
  const village = readVillage(text, roster);
  const zone = readZone(text, roster);
  const pair = GROUP_AND_NEIGHBORHOOD.exec(text);
  const numbers = pair === null ? groupsOf(text) : [String(Number(pair[1]))];
  const named = numbers.length === 0 ? namedGroup(text, roster) : null;
  return {
    village,
    zone,
    group: numbers.length === 1 ? (numbers[0] ?? null) : named,
    groups: numbers.length > 1 ? numbers : [],
    neighborhood: readNeighborhood(text),
    landmark: readLandmark(withoutAreas(text, village, zone)),
  };
}

/** The value of a place label is a place whatever its shape: what areas leave over is the landmark. */
export function readLabelledPlace(value: string, roster: Roster | null): Place {
  const place = readPlace(value, roster);
  const rest =
    withoutAreas(value, place.village, place.zone)
      .replace(AREA_LABEL, '')
      .replace(/^[|\s,、。;:的在]+|[|\s,、。;:]+$/gu, '')
      .split(/[|\n;,。]/u)[0]
      ?.trim() ?? '';
  return { ...place, landmark: rest === '' ? null : rest.slice(0, 30) };
}

/** `own` filled up from what was said before it: 巷口 after 老供销社 is 老供销社巷口. */
export function completePlace(own: Place, before: Place, text: string): Place {
  const hasGroup = own.group !== null || own.groups.length > 0;
  const part =
    own.landmark === null && before.landmark !== null
      ? readPartOfPlace(withoutAreas(text, own.village, own.zone))
      : null;
  const inherited = before.landmark === null || hasGroup ? null : before.landmark + (part ?? '');
  return {
    village: own.village ?? before.village,
    zone: own.zone ?? before.zone,
    group: hasGroup ? own.group : before.group,
    groups: hasGroup ? own.groups : before.groups,
    neighborhood: own.neighborhood ?? (hasGroup ? null : before.neighborhood),
    landmark: own.landmark ?? inherited,
  };
}
