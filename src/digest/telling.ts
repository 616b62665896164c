/** Where a person can be written to in private, and a message to that place. Light: it loads no documents. */
import type { Instant } from '../domain/case.ts';
import type { Say } from '../domain/messages.ts';
import type { Policy } from '../domain/policy.ts';
import type { PersonId } from '../domain/roster.ts';
import { outOfQuiet } from '../kernel/quiet.ts';
import type { OutboxDraft } from '../store/port.ts';

/** The part of a task's context that is needed here. */
export interface Telling {
  readonly policy: Policy;
  /** Accounts that can be written to. */
  readonly accounts: readonly string[];
  readonly now: Instant;
}

interface Place {
  readonly account: string;
  readonly chat: string;
}

/** The account a thing was asked on, else the first one the person has. */
export function placeOf(
  who: PersonId,
  asked: string | null,
  { policy, accounts }: Pick<Telling, 'policy' | 'accounts'>,
): Place | null {
  const own = policy.directory.person(who)?.accounts ?? {};
  const account = [...(asked === null ? [] : [asked]), ...accounts].find(
    (one) => accounts.includes(one) && own[one] !== undefined,
  );
  const chat = account === undefined ? undefined : own[account];
  return account === undefined || chat === undefined ? null : { account, chat };
}

/** When something that nobody asked for may arrive: now, or at the end of the night. */
export const unasked = ({ policy, now }: Telling): Instant =>
  outOfQuiet(now, policy.settings.quietHours, policy.calendar.timezone);

export function draftOf(
  { account, chat }: Place,
  kind: OutboxDraft['kind'],
  say: Say,
  media: OutboxDraft['media'],
  at: Instant,
): OutboxDraft {
  return {
    account,
    chat: { id: chat, kind: 'direct' },
    address: null,
    replyTo: null,
    kind,
    say,
    case: null,
    cases: [],
    priority: 5,
    dueAt: at,
    guard: null,
    mergeKey: null,
    media,
  };
}

/** The same to several people who can be reached, each once. */
export function draftsTo(
  people: readonly PersonId[],
  kind: OutboxDraft['kind'],
  say: Say,
  telling: Telling,
): readonly OutboxDraft[] {
  return [...new Set(people)].flatMap((who) => {
    const place = placeOf(who, null, telling);
    return place === null ? [] : [draftOf(place, kind, say, [], unasked(telling))];
  });
}
