/** From the words of a command to the command: offices, people, categories and dates found in the policy. */

import type { CaseMedia } from '../domain/case.ts';
import { type Command, type CommandName, emptyCommand } from '../domain/command.ts';
import type { CorrectableFacts } from '../domain/events.ts';
import type { Policy } from '../domain/policy.ts';
import { categoryOf } from '../domain/routing.ts';
import { classify, withoutCorrections } from '../intake/classify/index.ts';
import type { CommandExtra, CommandWords } from '../intake/reading.ts';
import type { Calendar } from '../kernel/calendar.ts';
import { dueDate, isPastDate, nextSuchDate } from '../kernel/duewords.ts';
import { instantOf, isDate, type LocalDate, localDate } from '../kernel/zone.ts';

/** Nobody counts further in working days. */
const MOST_WORKDAYS = 400;

export interface CommandParts {
  readonly changes?: CorrectableFacts;
  readonly media?: readonly CaseMedia[];
  readonly contacts?: readonly string[];
}

export function commandOf<N extends CommandName>(
  name: N,
  words: CommandWords | null,
  policy: Policy,
  now: number,
  parts: CommandParts = {},
): Command & { name: N } {
  const extra = words?.extra ?? {};
  const when = dateOf(words?.until ?? null, extra, policy, now);
  const to = targetOf(name, words, policy);
  return {
    ...emptyCommand,
    name,
    text: words?.text ?? null,
    reason: words?.reason ?? null,
    until: when?.at ?? null,
    pastDate: extra.past === true || when?.past === true,
    ...to,
    score: words?.score ?? (name === 'reopen' ? 3 : null),
    agree: extra.agree ?? false,
    partly: extra.partly ?? false,
    color: extra.color ?? null,
    cost: extra.cost ?? null,
    ground: extra.ground ?? null,
    reached: extra.reached ?? true,
    solved: extra.solved ?? null,
    screening: extra.screening ?? null,
    ...parts,
  };
}

/** A day named without a time includes that day; without a year it is the next such day. */
function dateOf(
  words: string | null,
  { time, workdays }: CommandExtra,
  { calendar }: Policy,
  now: number,
): { at: number; past: boolean } | null {
  if (words === null) return null;
  const date = dayOf(words, workdays, calendar, localDate(now, calendar.timezone));
  if (date === null || !isDate(date)) return null;
  if (time === undefined) return { at: dueDate(date, calendar), past: isPastDate(date, now, calendar) };
  const at = instantOf(date, time, calendar.timezone);
  return { at, past: at <= now };
}

function dayOf(
  words: string,
  workdays: number | undefined,
  calendar: Calendar,
  today: LocalDate,
): LocalDate | null {
  if (workdays !== undefined && workdays <= MOST_WORKDAYS) return calendar.shiftWorkingDays(today, workdays);
  const monthDay = /^(\d{2})-(\d{2})$/.exec(words);
  return monthDay ? nextSuchDate(Number(monthDay[1]), Number(monthDay[2]), today) : words;
}

type Target = Pick<Command, 'office' | 'person' | 'category' | 'unknownWord'>;
const NOWHERE: Target = { office: null, person: null, category: null, unknownWord: null };

/** Commands whose `to` is an office or a person; `decide` may go without. */
const TO_OFFICE = new Set<CommandName>(['transfer', 'assign', 'co_handle', 'decide']);

function targetOf(name: CommandName, words: CommandWords | null, policy: Policy): Target {
  const to = words?.to ?? null;
  if (to === null) return NOWHERE;
  if (name === 'reclassify') return { ...NOWHERE, ...categoryNamed(to, policy) };
  if (!TO_OFFICE.has(name)) return NOWHERE;
  return officeOrPerson(to, words?.extra.person ?? null, policy);
}

/** 供电所, or a person of the roster, whose first office is meant. */
function officeOrPerson(to: string, named: string | null, { directory }: Policy): Target {
  const office = directory.findOfficeByName(to);
  if (office !== null) {
    const person = named === null ? null : directory.findPersonByName(named, office.id);
    return { ...NOWHERE, office: office.id, person: person?.id ?? null };
  }
  const person = directory.findPersonByName(to);
  const own = person === null ? undefined : directory.officesOf(person.id)[0];
  if (person === null || own === undefined) return { ...NOWHERE, unknownWord: to };
  return { ...NOWHERE, office: own.id, person: person.id };
}

/** The id, the full or short name, else what the classifier makes of the words. */
function categoryNamed(to: string, { taxonomy }: Policy): Pick<Target, 'category' | 'unknownWord'> {
  const exact = taxonomy.categories.find(({ id, zh, short }) => id === to || zh === to || short === to);
  if (exact) return { category: exact.id, unknownWord: null };
  // A word for a category is no report: what was remembered of reports says nothing of it.
  const read = classify(to, withoutCorrections(taxonomy));
  const known = read.category !== 'gov.other' && categoryOf(taxonomy, read.category) !== null;
  return known ? { category: read.category, unknownWord: null } : { category: null, unknownWord: to };
}
