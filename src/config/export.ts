/** Values → `township.yaml`, in the form a person would write: defaults left out, one line a person. */
import type { Pair, YAMLMap } from 'yaml';
import { Document, isMap, isPair, isSeq, visit } from 'yaml';
import type { Village } from '../domain/roster.ts';
import type { Settings } from '../domain/settings.ts';
import { defaultSettings } from '../domain/settings.ts';
import type { TownshipFile } from './township.ts';

/** Reading the result gives `file` again. */
export function exportTownship(file: TownshipFile): string {
  const document = new Document(townshipTree(file));
  visit(document, { Map: (_, map) => oneLine(map), Pair: (_, pair) => shortLists(pair) });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** The township file's tree without what is empty; also what a spreadsheet is laid over. */
export function townshipTree(file: TownshipFile): Record<string, unknown> {
  const { township, villages, offices, roles, duty, people, chats } = file.roster;
  const filled = (list: readonly unknown[]) => (list.length > 0 ? list.map(present) : undefined);
  return present({
    township: present(township),
    villages: villages.map(villageTree),
    offices: offices.map((office) => ({
      ...present(office),
      officers: office.officers,
      categories: office.categories,
    })),
    roles: present({ ...roles, recorders: roles.recorders.length > 0 ? roles.recorders : undefined }),
    duty: filled(duty),
    people: people.map((person) => present({ ...person, accounts: someOf(person.accounts) })),
    chats: filled(chats),
    settings: someOf(changedSettings(file.settings)),
    categories: filled(file.categories),
    holidays: someOf(file.holidays),
    absences: filled(file.absences),
    policies: filled(file.policies),
  });
}

function villageTree(village: Village): Record<string, unknown> {
  const list = <T>(items: readonly T[], each: (item: T) => unknown) =>
    items.length > 0 ? items.map(each) : undefined;
  return present({
    ...village,
    cadres: list(village.cadres, String),
    zones: list(village.zones, (zone) =>
      present({
        ...zone,
        groups: list(zone.groups, (group) =>
          present({ ...group, neighborhoods: list(group.neighborhoods, present) }),
        ),
      }),
    ),
  });
}

/** Without what is null or undefined. */
function present(value: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([, of]) => of !== null && of !== undefined));
}

function someOf(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | undefined {
  return Object.keys(record).length > 0 ? record : undefined;
}

/** These are written whole or not at all. */
const WHOLE = new Set(['date', 'day', 'quietHours', 'urgency']);

/** Only what differs from the defaults, so that a later release's better default reaches the township. */
export function changedSettings(settings: Settings): Record<string, unknown> {
  return difference({ ...settings }, { ...defaultSettings });
}

type Fields = Readonly<Record<string, unknown>>;

function difference(own: Fields, shipped: Fields): Record<string, unknown> {
  const changed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(own)) {
    const usual = shipped[name];
    if (JSON.stringify(value) === JSON.stringify(usual)) continue;
    changed[name] = isFields(value) && isFields(usual) && !WHOLE.has(name) ? difference(value, usual) : value;
  }
  return changed;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A person, an office, a neighborhood: one line each. A map that holds lists of maps is written as a block. */
function oneLine(map: YAMLMap): void {
  map.flow = isLeaf(map);
}

function isLeaf(map: YAMLMap): boolean {
  const deep = map.items.some(({ value }) => isSeq(value) && value.items.some(isMap));
  const wide = map.items.some(
    ({ value }) => isMap(value) && value.items.some((pair) => isPair(pair) && isMap(pair.value)),
  );
  const known = map.items.some(({ key }) => ['villages', 'keywords', 'ladder'].includes(String(key)));
  return !deep && !wide && !known;
}

/** Lists of ids stand in one line. */
function shortLists({ value }: Pair): void {
  if (isSeq(value) && value.items.every((item) => !isMap(item))) value.flow = true;
}
