/** What the words look up: parameters of a message hold ids and instants, people read names and dates. */

import type { Instant } from '../domain/case.ts';
import type { Taxonomy } from '../domain/category.ts';
import { collectPosts, type Post } from '../domain/posts.ts';
import type { Locale, Roster, Township } from '../domain/roster.ts';

export interface Names {
  office(id: string): string;
  /** A protected reporter's alias and an account outside the roster have no name: null. */
  person(id: string): string | null;
  /** Does the text name somebody of the roster? */
  anybodyIn(text: string): boolean;
  /** The first post of the file: what a head is called in a village. */
  post(id: string): Post | null;
  village(id: string): string;
  zone(id: string): string;
  group(id: string): string;
  neighborhood(id: string): string;
  /** The plain short words of a category: 路灯. */
  categoryShort(id: string): string;
  category(id: string): string;
}

export interface WordsContext {
  readonly locale: Locale;
  /** IANA name; every date and time is printed in it. */
  readonly timezone: string;
  /** When the words are made: 今天 and 明天 depend on it. */
  readonly now: Instant;
  readonly township: Township;
  readonly names: Names;
  /** True where others read along: the words then leave out all that is personal. */
  readonly inGroup: boolean;
}

/** The part of a policy that the words need. */
export interface WordsPolicy {
  readonly roster: Roster;
  readonly taxonomy: Taxonomy;
}

/**
 * Makes the context for one message. `locale` differs from the township's only where a person's does.
 */
export function wordsContext(
  policy: WordsPolicy,
  now: Instant,
  inGroup: boolean,
  locale: Locale = policy.roster.township.locale,
): WordsContext {
  const { township } = policy.roster;
  const names = namesOf(policy, locale);
  return { locale, timezone: township.timezone, now, township, names, inGroup };
}

const known = new WeakMap<WordsPolicy['roster'], Map<string, { taxonomy: Taxonomy; names: Names }>>();

/** A policy is immutable and speaks thousands of times: its names are indexed once for each language. */
function namesOf({ roster, taxonomy }: WordsPolicy, locale: Locale): Names {
  const byLocale = known.get(roster) ?? new Map<string, { taxonomy: Taxonomy; names: Names }>();
  known.set(roster, byLocale);
  const before = byLocale.get(locale);
  if (before?.taxonomy === taxonomy) return before.names;
  const names = indexNames(roster, taxonomy, locale);
  byLocale.set(locale, { taxonomy, names });
  return names;
}

function indexNames(roster: Roster, taxonomy: Taxonomy, locale: Locale): Names {
  const zones = roster.villages.flatMap((village) => village.zones);
  const groups = zones.flatMap((zone) => zone.groups);
  const nears = groups.flatMap((group) => group.neighborhoods);
  const people = new Map(roster.people.map(({ id, name }) => [id, name]));
  const posts = collectPosts(roster);
  const english = locale === 'en';
  const full = [...taxonomy.mains, ...taxonomy.categories].map(
    (one) => [one.id, english ? one.en : one.zh] as const,
  );
  const short = taxonomy.categories.map((one) => [one.id, english ? one.en : one.short] as const);
  return {
    office: lookup(roster.offices.map(({ id, name }) => [id, name])),
    person: (id) => people.get(id) ?? null,
    anybodyIn: (text) => roster.people.some(({ name }) => name.length > 1 && text.includes(name)),
    post: (id) => posts.get(id)?.[0] ?? null,
    village: lookup(roster.villages.map(({ id, name }) => [id, name])),
    zone: lookup(zones.map(({ id, name }) => [id, name])),
    group: lookup(groups.map(({ id, name }) => [id, name])),
    neighborhood: lookup(nears.map(({ id, name }) => [id, name])),
    categoryShort: lookup([...full, ...short]),
    category: lookup(full),
  };
}

/** What left the roster since keeps its id as its name: better a strange word than a hole in the sentence. */
function lookup(entries: readonly (readonly [string, string])[]): (id: string) => string {
  const names = new Map(entries);
  return (id) => names.get(id) ?? id;
}
