/**
 * Who is who beyond the township file: accounts that people bound by a code or an admin matched, groups that an
 * admin bound. The file stays the base, a binding adds to it, and what the file says explicitly wins.
 */
import { createDirectory } from './directory.ts';
import type { Policy } from './policy.ts';
import type { BoundChat, ChatKind, OfficeId, Person, PersonId, Roster, VillageId } from './roster.ts';

export interface PersonBinding {
  readonly kind: 'person';
  readonly account: string;
  /** The person's id on that account's platform. */
  readonly external: string;
  readonly person: PersonId;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The admin who matched them; null where a code did. */
  readonly by: PersonId | null;
}

export interface ChatBinding {
  readonly kind: 'chat';
  readonly account: string;
  readonly external: string;
  readonly chat: ChatKind;
  readonly village: VillageId | null;
  /** Set where the group is an office's that belongs to no village. */
  readonly office: OfficeId | null;
  readonly at: number;
  readonly by: PersonId;
}

export type Binding = PersonBinding | ChatBinding;

/** What makes two bindings one: the later takes the place of the earlier. */
export type BindingKey = Pick<Binding, 'kind' | 'account' | 'external'>;

export interface Bindings {
  /** Grows by one with each change; 0 where nothing was ever bound. */
  readonly revision: number;
  /** By kind, account and external id. */
  readonly all: readonly Binding[];
}

export const NO_BINDINGS: Bindings = { revision: 0, all: [] };

/** The policy with the bindings that hold laid over its roster; the same value where none does. */
export function withBindings(base: Policy, { all }: Bindings): Policy {
  const people = peopleWith(base, all);
  const chats = chatsFrom(base, all);
  if (people === null && chats.length === 0) return base;
  const roster: Roster = {
    ...base.roster,
    people: people ?? base.roster.people,
    chats: [...base.roster.chats, ...chats],
  };
  return { ...base, roster, directory: createDirectory(roster) };
}

/** Why a binding has no effect beside the file; null where it has one. */
export type Idle = 'left' | 'file' | null;

/**
 * Whoever left the roster is nobody, and a village that is gone binds no group. The file wins twice: an account
 * that it gives to somebody is theirs, and a person to whom it gives an account on this platform has that one.
 */
export function idle({ directory, roster }: Policy, one: Binding): Idle {
  if (one.kind === 'person') {
    const person = directory.person(one.person);
    if (person === null) return 'left';
    const taken = directory.personByAccount(one.account, one.external) !== null;
    return taken || person.accounts[one.account] !== undefined ? 'file' : null;
  }
  const gone =
    (one.village !== null && directory.village(one.village) === null) ||
    (one.office !== null && directory.office(one.office) === null);
  if (gone) return 'left';
  const { account, external } = one;
  return roster.chats.some((chat) => chat.adapter === account && chat.external === external) ? 'file' : null;
}

function peopleWith(base: Policy, all: readonly Binding[]): readonly Person[] | null {
  const bound = new Map<PersonId, Record<string, string>>();
  for (const one of all) {
    if (one.kind !== 'person' || idle(base, one) !== null) continue;
    const accounts = bound.get(one.person) ?? {};
    // One account a platform: of two rows, which no decision leaves behind, the first holds.
    accounts[one.account] ??= one.external;
    bound.set(one.person, accounts);
  }
  if (bound.size === 0) return null;
  return base.roster.people.map((person) => {
    const accounts = bound.get(person.id);
    return accounts === undefined ? person : { ...person, accounts: { ...accounts, ...person.accounts } };
  });
}

const chatsFrom = (base: Policy, all: readonly Binding[]): readonly BoundChat[] =>
  all.flatMap((one) =>
    one.kind === 'chat' && idle(base, one) === null
      ? [
          {
            id: `bound:${one.account}:${one.external}`,
            adapter: one.account,
            external: one.external,
            kind: one.chat,
            village: one.village,
          },
        ]
      : [],
  );

/** How a one-time code stands. Only its keyed hash is kept: the code itself is on the slip alone. */
export interface BindingCode {
  readonly hash: string;
  readonly person: PersonId;
  readonly state: 'open' | 'used' | 'revoked';
  readonly madeAt: number;
  readonly expiresAt: number;
  /** When it was used or revoked. */
  readonly settledAt: number | null;
}
