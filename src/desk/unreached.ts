/** Who can't be written to is called: a task for the dispatchers, for the admins where no dispatcher is reached. Pure. */
import type { Case, Party } from '../domain/case.ts';
import { briefOf } from '../domain/decide/work.ts';
import type { Brief, MessageKind, Say } from '../domain/messages.ts';
import type { Policy } from '../domain/policy.ts';
import { type Contacts, choose, type Place, placesOf, type Ways } from './reach.ts';

export interface Calling {
  readonly policy: Policy;
  readonly ways: Ways;
  readonly contacts: Contacts;
  readonly now: number;
}

/** Those who may have to call. */
export const mayCall = ({ roster }: Policy): readonly Party[] => [
  ...roster.roles.dispatchers,
  ...roster.roles.admins,
];

/** Where those who call are told, each at one place; none of them is the one who can't be reached. */
export function callersOf(
  who: Party | null,
  { policy, ways, contacts, now }: Calling,
  at: number,
): readonly Place[] {
  const wanted = { at, now, everywhere: false, files: false, first: [] };
  const placesFor = (people: readonly Party[]): readonly Place[] =>
    people
      .filter((one) => one !== who)
      .flatMap((one) => choose(placesOf(one, policy.directory, ways.accounts), wanted, ways, contacts));
  const { dispatchers, admins } = policy.roster.roles;
  const reached = placesFor(dispatchers);
  return reached.length > 0 ? reached : placesFor(admins);
}

export interface Unsaid {
  /** Null where nobody knows who is behind the chat. */
  readonly who: Party | null;
  readonly kind: MessageKind;
  readonly about: Case | null;
  readonly brief: Brief | null;
  /** What the person who calls should say. */
  readonly text: string;
}

/** A protected reporter's name is read with 联系方式, on record; it stands in no message. */
export function cannotReach({ who, kind, about, brief, text }: Unsaid, policy: Policy): Say {
  const hidden = about?.protected === true && about.reporters.some((one) => one.who.startsWith('~'));
  const person = who === null || hidden || who.startsWith('~') ? null : policy.directory.person(who);
  return {
    template: 'bot_cannot_reach',
    params: {
      person: person?.id ?? null,
      name: person?.name ?? '',
      kind,
      brief: about === null ? brief : briefOf(about),
      text,
    },
  };
}

/** The free words of a message, where it has any. */
export function wordsIn({ params }: Say): string {
  return 'text' in params && typeof params.text === 'string' ? params.text : '';
}

/** Told to people who may have no other chat yet; the admins hear of it anyway. */
const ABOUT_WHO_IS_WHO = ['bind_elsewhere', 'bind_welcome', 'unbound'] as const;

/**
 * Said in private and needed by nobody else: what could not be said is no task. 12388 and the warning about a
 * named person would tell the dispatcher who accuses whom.
 */
const NO_TASK = new Set<Say['template']>([
  ...ABOUT_WHO_IS_WHO,
  'absence_ended',
  'absence_set',
  'bot_cannot_reach',
  'complaint_thanks',
  'discipline',
  'protected_warning',
  'quarantined',
  'stranger',
  'thanks',
]);

export const isTask = ({ template }: Say): boolean => !NO_TASK.has(template);
