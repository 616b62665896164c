/** The clock's turn at one case. */

import { absencesOn, presence } from '../domain/absences.ts';
import type { Case } from '../domain/case.ts';
import { tick } from '../domain/decide/index.ts';
import { followUpFacts } from '../domain/follow-up.ts';
import type { Policy } from '../domain/policy.ts';
import { localDate } from '../kernel/zone.ts';
import type { ChangeSet, Loaded, LoadSpec, Need, Step } from '../store/port.ts';
import { type Outcome, stored } from './change.ts';
import { contactsWanted, deliver } from './deliver.ts';
import { readerTasks } from './media-tasks.ts';
import type { Ways } from './reach.ts';
import { ratedKey } from './round.ts';

export function tickStep(number: string, at: number, policy: Policy, ways: Ways): Step<Outcome> {
  const officers = policy.roster.offices.flatMap(({ id }) => policy.directory.officeMembers(id));
  return {
    load: { numbers: [number], factsWith: ['absence:'], openCounts: [...new Set(officers)] },
    decide: (loaded, now) => tickChange(loaded, number, { at, now }, policy, ways),
  };
}

function tickChange(
  loaded: Loaded,
  number: string,
  { at, now }: { readonly at: number; readonly now: number },
  policy: Policy,
  ways: Ways,
): ChangeSet<Outcome> | Need {
  const c = loaded.cases.get(number);
  if (c === undefined) return { answer: 'ignored' };
  const need = questionDue(c, at) ? whenAsked(c, loaded) : null;
  if (need !== null) return { need };
  const today = localDate(at, policy.calendar.timezone);
  const present = presence(absencesOn(today, loaded.facts, policy));
  const ratingAskedOn = (who: string) => loaded.facts.get(ratedKey(who)) ?? null;
  const { openCounts, contacts } = loaded;
  const done = tick(c, {
    policy,
    now: at,
    clock: now,
    actor: null,
    behalf: null,
    message: null,
    openCounts,
    present,
    ratingAskedOn,
  });
  const [value = c] = done.cases;
  const delivery = {
    policy,
    // Caught up after a stop, a step is stamped with its own time; its words keep the night's rest.
    now: Math.max(at, now),
    inbound: null,
    ...{ ways, contacts, present },
    caseOf: (n: string) => (n === number ? value : null),
  };
  const unknown = contactsWanted(done.notices, delivery);
  if (unknown !== null) return { need: unknown };
  return {
    answer: done.events.length > 0 ? 'done' : 'ignored',
    events: done.events,
    cases: [stored(value, policy, at)],
    tasks: readerTasks(done.events, { caseOf: () => value, now: at }),
    facts: {
      ...followUpFacts(done.events),
      ...Object.fromEntries(done.asked.map(({ who, on }) => [ratedKey(who), on])),
    },
    outbox: deliver(done.notices, delivery),
  };
}

const questionDue = ({ ratingAskAt }: Case, at: number): boolean => ratingAskAt !== null && ratingAskAt <= at;

/** When its reporters were last asked about anything: one question a day also where the clock asks. */
function whenAsked({ reporters }: Case, { rounds }: Loaded): LoadSpec | null {
  return rounds > 1 ? null : { facts: reporters.map(({ who }) => ratedKey(who)) };
}
