/** A case as the simulation prints it. Pure; names and order of the fields are part of the format. */
import type { Case, Instant } from '../domain/case.ts';
import type { CaseEvent } from '../domain/events.ts';

/** @param print an instant in township local time */
export function caseLine(
  value: Case,
  events: readonly CaseEvent[],
  print: (at: Instant) => string,
): Record<string, unknown> {
  const at = (instant: Instant | null): string | null => (instant === null ? null : print(instant));
  const several = value.groups.length > 1;
  return {
    type: 'case',
    number: value.number,
    state: value.state,
    category: value.category,
    urgency: value.urgency,
    village: value.village,
    group: several ? null : (value.groups[0] ?? null),
    groups: several ? value.groups : [],
    place: value.place,
    office: value.office,
    assignee: value.assignee,
    reporters: value.protected ? [] : [...new Set(value.reporters.map(({ who }) => who))],
    source: value.source,
    level: value.level,
    supervision: value.supervision,
    sensitive: value.sensitive,
    protected: value.protected,
    outcome: value.outcome,
    rating: value.rating,
    receivedAt: at(value.receivedAt),
    dueAt: at(value.dueAt),
    acceptedAt: at(value.acceptedAt),
    resolvedAt: at(value.resolvedAt),
    closedAt: at(value.closedAt),
    returns: value.returns,
    extensions: value.extensions,
    reopens: value.reopens,
    households: value.households,
    events: events.map((event) => eventOf(event, value, print)),
  };
}

/** Neither the alias of a protected reporter nor an id that is one of the reporters' leaves the program. */
function eventOf(event: CaseEvent, value: Case, print: (at: Instant) => string): Record<string, unknown> {
  const { type, at, message } = event;
  const hidden = value.protected && value.reporters.some(({ who }) => who === event.by);
  const by = hidden || event.by?.startsWith('~') ? null : event.by;
  return { type, at: print(at), by, message };
}
