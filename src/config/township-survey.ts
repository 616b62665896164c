/**
 * What the file declares and what it refers to, read without trusting its shape: so a wrong type
 * in one place does not hide an unknown person in another, and all errors are told at once.
 */
import type { Path } from './errors.ts';

export type Kind = 'person' | 'village' | 'zone' | 'group' | 'neighborhood' | 'office' | 'chat' | 'category';

/** An id at a place; for a declaration `owner` is the id of what it stands in. */
export interface Mention {
  readonly kind: Kind;
  readonly id: string;
  readonly path: Path;
  readonly owner: string | null;
  readonly name: string | null;
}

export interface Account {
  readonly adapter: string;
  readonly account: string;
  readonly person: string;
  readonly path: Path;
}

export interface Survey {
  readonly declared: readonly Mention[];
  readonly referred: readonly Mention[];
  readonly accounts: readonly Account[];
}

interface Notes {
  readonly declared: Mention[];
  readonly referred: Mention[];
  readonly accounts: Account[];
}

type Fields = Readonly<Record<string, unknown>>;

export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** Each element with its path; nothing where there is no list. */
export function each(value: unknown, path: Path): [Fields, Path][] {
  return Array.isArray(value) ? value.map((item, i) => [fields(item), [...path, i]]) : [];
}

export function words(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

export function survey(file: unknown): Survey {
  const notes: Notes = { declared: [], referred: [], accounts: [] };
  const top = fields(file);
  for (const [village, path] of each(top.villages, ['villages'])) surveyVillage(village, path, notes);
  for (const [office, path] of each(top.offices, ['offices'])) surveyOffice(office, path, notes);
  for (const [person, path] of each(top.people, ['people'])) surveyPerson(person, path, notes);
  for (const [chat, path] of each(top.chats, ['chats'])) {
    declare('chat', chat, path, null, notes);
    refer('village', chat.village, [...path, 'village'], notes);
  }
  for (const [category, path] of each(top.categories, ['categories']))
    declare('category', category, path, null, notes);
  surveyTimes(top, notes);
  const roles = fields(top.roles);
  for (const role of Object.keys(roles)) referAll('person', roles[role], ['roles', role], notes);
  return notes;
}

function surveyVillage(village: Fields, path: Path, notes: Notes): void {
  const id = declare('village', village, path, null, notes);
  refer('person', village.secretary, [...path, 'secretary'], notes);
  referAll('person', village.cadres, [...path, 'cadres'], notes);
  for (const [zone, zonePath] of each(village.zones, [...path, 'zones'])) {
    const zoneId = declare('zone', zone, zonePath, id, notes);
    refer('person', zone.head, [...zonePath, 'head'], notes);
    for (const [group, groupPath] of each(zone.groups, [...zonePath, 'groups'])) {
      const groupId = declare('group', group, groupPath, zoneId, notes);
      refer('person', group.head, [...groupPath, 'head'], notes);
      for (const [near, nearPath] of each(group.neighborhoods, [...groupPath, 'neighborhoods'])) {
        declare('neighborhood', near, nearPath, groupId, notes);
        refer('person', near.head, [...nearPath, 'head'], notes);
      }
    }
  }
}

function surveyOffice(office: Fields, path: Path, notes: Notes): void {
  declare('office', office, path, null, notes);
  refer('village', office.village, [...path, 'village'], notes);
  refer('person', office.leader, [...path, 'leader'], notes);
  referAll('person', office.officers, [...path, 'officers'], notes);
  referAll('category', office.categories, [...path, 'categories'], notes);
}

function surveyPerson(person: Fields, path: Path, notes: Notes): void {
  const id = declare('person', person, path, null, notes);
  const accounts = fields(person.accounts);
  for (const [adapter, value] of Object.entries(accounts)) {
    const account = words(value);
    if (account === null) continue;
    notes.accounts.push({ adapter, account, person: id ?? '', path: [...path, 'accounts', adapter] });
  }
}

function surveyTimes(top: Fields, notes: Notes): void {
  for (const [span, path] of each(top.duty, ['duty']))
    referAll('person', span.people, [...path, 'people'], notes);
  for (const [absence, path] of each(top.absences, ['absences'])) {
    refer('person', absence.person, [...path, 'person'], notes);
    refer('person', absence.deputy, [...path, 'deputy'], notes);
  }
  const settings = fields(top.settings);
  const modes = fields(settings.modes);
  const changed: [Path, unknown][] = [[['settings', 'urgency'], settings.urgency]];
  for (const mode of Object.keys(modes)) {
    changed.push([['settings', 'modes', mode, 'urgency'], fields(modes[mode]).urgency]);
  }
  for (const [path, urgencies] of changed) {
    for (const id of Object.keys(fields(urgencies))) refer('category', id, [...path, id], notes);
  }
}

function declare(kind: Kind, of: Fields, path: Path, owner: string | null, notes: Notes): string | null {
  const id = words(of.id);
  if (id !== null) notes.declared.push({ kind, id, path: [...path, 'id'], owner, name: words(of.name) });
  return id;
}

function refer(kind: Kind, value: unknown, path: Path, notes: Notes): void {
  const id = words(value);
  if (id !== null) notes.referred.push({ kind, id, path, owner: null, name: null });
}

function referAll(kind: Kind, value: unknown, path: Path, notes: Notes): void {
  if (!Array.isArray(value)) return;
  for (const [i, id] of value.entries()) refer(kind, id, [...path, i], notes);
}
