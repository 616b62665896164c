/**
 * A changed township file or calendar moves what has not happened yet: the next step of every open case is
 * worked out anew, and what lay with somebody whose post has ended goes on with another of the office.
 */

import { absencesOn, presence } from '../domain/absences.ts';
import { CASE_STATES, type Case, isOpen } from '../domain/case.ts';
import { postEnded } from '../domain/decide/post-ended.ts';
import type { Absence, Policy } from '../domain/policy.ts';
import { localDate } from '../kernel/zone.ts';
import type { ChangeSet, Loaded, Need, Step, Store } from '../store/port.ts';
import { stored } from './change.ts';
import { contactsWanted, deliver } from './deliver.ts';
import { readerTasks } from './media-tasks.ts';
import { type Ways, waysOver } from './reach.ts';

/** Cases read at a time: a page is over in a few milliseconds, and messages come in between. */
const PAGE = 200;
const OPEN = CASE_STATES.filter(isOpen);

/** What the plans rest on: another mark means that they are to be made anew. */
const markOf = ({ version, calendar }: Policy): string => `${version}:${calendar.coveredUntil}`;

/** Who worked where when the plans were last made: whose post has ended is known by it. */
type Members = Readonly<Record<string, readonly string[]>>;
const MEMBERS = 'members';

interface Replanning {
  readonly policy: Policy;
  readonly ways: Ways;
  /** Null on a database of before: nobody wrote down who worked where. */
  readonly before: Members | null;
  /** Whoever was ever named to stand in for a member of an office: on a database of before they may hold its cases. */
  readonly deputies: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * @param accounts adapters that will run: what officers are told is queued for them
 * @param platforms what they allow
 * @returns how many open cases were looked at; 0 where nothing they rest on has changed
 */
export async function replan(
  store: Store,
  policy: Policy,
  accounts: readonly string[] = [],
  platforms: Ways['platforms'] = new Map(),
): Promise<number> {
  const scope = { township: policy.roster.township.id };
  const mark = markOf(policy);
  const kept = await store.meta(scope, MEMBERS);
  const changed = (await store.meta(scope, 'planned')) !== mark;
  const before = kept === null ? null : (JSON.parse(kept) as Members);
  const said = before === null ? await store.facts(scope, ABSENCES) : [];
  const replanning = {
    policy,
    ways: waysOver(accounts, platforms),
    before,
    deputies: deputiesOf(policy, said),
  };
  const count = changed ? await replanOpen(store, replanning) : 0;
  // In this order: a start that dies in between hands over again, and finds nothing left to hand over.
  if (changed || kept === null) await store.setMeta(scope, MEMBERS, JSON.stringify(membersOf(policy)));
  if (changed) await store.setMeta(scope, 'planned', mark);
  return count;
}

const membersOf = ({ roster, directory }: Policy): Members =>
  Object.fromEntries(roster.offices.map(({ id }) => [id, directory.officeMembers(id)]));

const ABSENCES = 'absence:';

/** Of absences that are over too: what came then stays with who stood in. */
function deputiesOf(
  { roster, directory, absences }: Policy,
  said: Iterable<readonly [string, string]>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const all = [...absences, ...[...said].map(([, value]) => JSON.parse(value) as Absence)];
  return new Map(
    roster.offices.map(({ id }) => {
      // A set is walked to its end while it grows: the deputy of a deputy stands in too.
      const people = new Set(directory.officeMembers(id));
      for (const one of people)
        for (const { person, deputy } of all) if (person === one && deputy !== null) people.add(deputy);
      return [id, people];
    }),
  );
}

async function replanOpen(store: Store, replanning: Replanning): Promise<number> {
  const scope = { township: replanning.policy.roster.township.id };
  let count = 0;
  let after: { year: number; serial: number } | undefined;
  for (;;) {
    const page = await store.cases(scope, {
      states: OPEN,
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    const last = page.at(-1);
    if (last === undefined) return count;
    await store.transact(
      scope,
      page.map((c) => planStep(c, replanning)),
    );
    count += page.length;
    after = { year: last.year, serial: last.serial };
  }
}

function planStep(read: Case, replanning: Replanning): Step<null> {
  const { policy } = replanning;
  const { number } = read;
  if (!hasEnded(read, replanning)) {
    return {
      load: { numbers: [number] },
      decide: ({ cases }, now) => {
        const c = cases.get(number);
        return c === undefined ? { answer: null } : { answer: null, cases: [stored(c, policy, now)] };
      },
    };
  }
  const openCounts = policy.directory.officeMembers(read.office ?? '');
  return {
    load: { numbers: [number], factsWith: [ABSENCES], openCounts },
    decide: (loaded, now) => handOver(number, loaded, now, replanning),
  };
}

/** Never one who stands in from another office: that is no post that could end. */
function hasEnded({ office, assignee }: Case, { policy, before, deputies }: Replanning): boolean {
  if (office === null || assignee === null) return false;
  if (policy.directory.officeMembers(office).includes(assignee)) return false;
  if (policy.directory.person(assignee) === null) return true;
  if (before !== null) return (before[office] ?? []).includes(assignee);
  return deputies.get(office)?.has(assignee) !== true;
}

function handOver(
  number: string,
  loaded: Loaded,
  now: number,
  { policy, ways }: Replanning,
): ChangeSet<null> | Need {
  const c = loaded.cases.get(number);
  if (c === undefined) return { answer: null };
  const today = localDate(now, policy.calendar.timezone);
  const present = presence(absencesOn(today, loaded.facts, policy));
  const nobody = { actor: null, behalf: null, message: null, ratingAskedOn: () => null };
  const done = postEnded(c, { ...nobody, policy, now, openCounts: loaded.openCounts, present });
  const [value = c] = done?.cases ?? [];
  const delivery = {
    ...{ policy, now, inbound: null, ways, contacts: loaded.contacts, present },
    caseOf: (one: string) => (one === number ? value : null),
  };
  const need = contactsWanted(done?.notices ?? [], delivery);
  if (need !== null) return { need };
  return {
    answer: null,
    events: done?.events ?? [],
    cases: [stored(value, policy, now)],
    tasks: readerTasks(done?.events ?? [], { caseOf: () => value, now }),
    outbox: deliver(done?.notices ?? [], delivery),
  };
}
