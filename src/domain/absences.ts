/** Who is away, and who stands in: the township's file and what was said in chat. Pure. */
import type { Absence, Policy } from './policy.ts';
import type { Presence } from './routing.ts';

/** In force on a local date; what was said in chat is newer than the file. */
export function absencesOn(
  today: string,
  facts: Iterable<readonly [string, string]>,
  policy: Policy,
): readonly Absence[] {
  const said = [...facts].flatMap(([key, value]) =>
    key.startsWith('absence:') ? [JSON.parse(value) as Absence] : [],
  );
  return [...policy.absences, ...said].filter(({ from, to }) => from <= today && today <= to);
}

export function presence(absences: readonly Absence[]): Presence {
  const away = new Map(absences.map(({ person, deputy }) => [person, deputy]));
  const find = (person: string, depth: number): string | null => {
    const deputy = away.get(person);
    if (deputy === undefined) return person;
    // A deputy may be away too; a circle of deputies is nobody.
    return deputy === null || depth > 4 ? null : find(deputy, depth + 1);
  };
  return (person) => find(person, 0);
}

/** Whose work comes to `who` now, also through a deputy who is away in turn. */
export function standsInFor(absences: readonly Absence[], who: string): readonly string[] {
  const present = presence(absences);
  const away = [...new Set(absences.map(({ person }) => person))];
  return away.filter((person) => person !== who && present(person) === who);
}
