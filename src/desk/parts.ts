/** Who has a part in a case now: what "the only fitting case" is looked for among. Derived, never edited. */
import type { Case } from '../domain/case.ts';
import { isOpen } from '../domain/case.ts';
import { extensionDecidersOf } from '../domain/decide/officer.ts';
import type { Policy } from '../domain/policy.ts';
import type { Part } from '../store/port.ts';

export function partsOf(c: Case, policy: Policy): readonly Part[] {
  const parts: Part[] = [];
  const add = (role: Part['role'], people: readonly (string | null)[]) => {
    for (const who of new Set(people)) if (who !== null) parts.push({ who, role });
  };
  if (c.state !== 'cancelled')
    add(
      'reporter',
      c.reporters.map(({ who }) => who),
    );
  if (!isOpen(c.state)) return parts;
  add('assignee', [c.assignee]);
  if (c.extension !== null) add('decider', extensionDecidersOf(c, policy));
  if (c.deferral !== null) add('decider', policy.roster.roles.secretaries);
  if (c.paging !== null && c.paging.answeredBy === null)
    add('paged', c.paging.order.slice(0, c.paging.called));
  if (c.pause?.why === 'asked')
    add(
      'asked',
      c.reporters.map(({ who }) => who),
    );
  return dedupe(parts);
}

const dedupe = (parts: readonly Part[]): readonly Part[] => [
  ...new Map(parts.map((part) => [`${part.role}\0${part.who}`, part])).values(),
];
