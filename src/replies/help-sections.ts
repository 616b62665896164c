/** Which parts of the help a person sees, by role. */
export type HelpSection = 'admin' | 'head' | 'officer' | 'leader' | 'dispatcher' | 'secretary';

/** Those who decide read their own lines first. */
const ORDER: readonly HelpSection[] = ['secretary', 'dispatcher', 'leader', 'admin', 'officer', 'head'];

const SECTION_OF: Readonly<Record<string, HelpSection>> = {
  neighbor_head: 'head',
  group_head: 'head',
  zone_head: 'head',
  cadre: 'head',
  officer: 'officer',
  leader: 'leader',
  dispatcher: 'dispatcher',
  recorder: 'secretary',
  secretary: 'secretary',
  admin: 'admin',
};

/** Three at most: more lines than a screen help nobody. A head's where no role is known. */
export function helpSections(roles: readonly string[]): readonly HelpSection[] {
  const wanted = new Set(roles.flatMap((role) => SECTION_OF[role] ?? []));
  const sections = ORDER.filter((section) => wanted.has(section)).slice(0, 3);
  return sections.length === 0 ? ['head'] : sections;
}
