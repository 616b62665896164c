/** Sorts the people of a township by their post, for the page's list "choose who you are". */
import type { WebchatPerson } from './config.ts';

/** In the order in which a visitor meets them: a report goes from top to bottom and back. */
export const SECTIONS = [
  'neighbor_head',
  'group_head',
  'officer',
  'leader',
  'secretary',
  'dispatcher',
  'cadre',
  'admin',
  'other',
] as const;
export type SectionId = (typeof SECTIONS)[number];

/**
 * What a title may say, in order: the first that fits counts, so that 村支书 is not taken for 书记, and
 * one who also heads a zone and the village's office is listed where people look for him.
 */
const POSTS: readonly (readonly [RegExp, SectionId])[] = [
  [/邻长|neighbor head/i, 'neighbor_head'],
  [/村支书|支部书记|村书记|社区书记|驻村|cadre/i, 'cadre'],
  [/管理员|admin/i, 'admin'],
  [/值班|dispatcher|duty/i, 'dispatcher'],
  [/承办|officer/i, 'officer'],
  [/分管|负责人|leader/i, 'leader'],
  [/组长|片长|(?:group|zone) head/i, 'group_head'],
  [/书记|记录员|党政办|secretary|recorder/i, 'secretary'],
];

export interface Section {
  readonly id: SectionId;
  readonly people: readonly WebchatPerson[];
}

/** Sections without people are left out; within one, the given order stays. */
export function sections(people: readonly WebchatPerson[]): readonly Section[] {
  return SECTIONS.map((id) => ({
    id,
    people: people.filter((person) => sectionOf(person.title) === id),
  })).filter((section) => section.people.length > 0);
}

export function sectionOf(title: string): SectionId {
  return POSTS.find(([pattern]) => pattern.test(title))?.[1] ?? 'other';
}
