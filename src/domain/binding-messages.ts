/** What is said about who is who: to those who bind themselves, to groups that are new, and to the admins. */
import type { ChatKind, OfficeId, PersonId, VillageId } from './roster.ts';

/** How a person is told apart from others of the same name: by the post. */
export interface NamedAlike {
  readonly person: PersonId;
  /** What to write. */
  readonly command: string;
}

export interface BindingTemplates {
  /** `known` people write in a group that is not bound. */
  stranger: { dutyPhone: string | null; known: boolean };
  /** `ref` is what the admin writes to say who it is; `name` is what they call themselves there. */
  stranger_to_admin: {
    ref: string;
    account: string;
    sender: string;
    name: string | null;
    chat: string;
    direct: boolean;
  };
  /** To whom has just been bound: who they are to the bot, and how to go on. */
  bind_welcome: { person: PersonId; roles: readonly string[] };
  /** Wrong, used or run out: never which of them. */
  bind_wrong: Record<string, never>;
  /** Too many wrong ones: nothing is answered for an hour. */
  bind_shut: Record<string, never>;
  /** Already somebody here; or the code is of somebody who has an account here already. */
  bind_taken: { person: PersonId | null };
  /** A code typed where others read it. */
  bind_in_group: Record<string, never>;
  /** To the accounts that the person had before. */
  bind_elsewhere: { person: PersonId; account: string };
  /** To the admins: somebody is bound now, by a code (`by` null) or by one of them. */
  bound_to_admin: { person: PersonId; account: string; by: PersonId | null; others: number };
  /** To the admins: a code that could not do what it was sent for. */
  bind_warning: {
    why: 'in_group' | 'has_account' | 'many_wrong' | 'not_me';
    person: PersonId | null;
    account: string | null;
  };
  /** To the person who said that it was somebody else. */
  bind_disputed: Record<string, never>;
  /** To an admin: several people of that name. */
  bind_which: { name: string; people: readonly NamedAlike[] };
  /** To an admin: why it was not done. */
  bind_refused: {
    why:
      | 'not_admin'
      | 'unknown_ref'
      | 'unknown_person'
      | 'unknown_place'
      | 'account_taken'
      | 'person_has_account'
      | 'group_in_file'
      | 'in_file'
      | 'nothing_bound'
      | 'usage'
      | 'private_only';
    word: string | null;
    person: PersonId | null;
    /** Where the admin should turn instead: the account named in the file. */
    account: string | null;
  };
  unbound: { person: PersonId; accounts: readonly string[]; to: 'admin' | 'person' };
  /** In a group, once: who the bot is, and how to report where it reads mentions only. */
  introduction: { mentionOnly: boolean };
  /** To the admins: the bot came into a group that nobody bound, or was spoken to there first. */
  group_to_admin: { ref: string; account: string; chat: string; mentionOnly: boolean };
  group_bound: {
    village: VillageId | null;
    office: OfficeId | null;
    groupKind: ChatKind;
    account: string;
    by: PersonId;
    to: 'admin' | 'group';
  };
  group_unbound: { village: VillageId | null; office: OfficeId | null; by: PersonId; to: 'admin' | 'group' };
  /** To the admins: the bot is no longer in a group. */
  group_left: { village: VillageId | null; office: OfficeId | null; account: string; chat: string };
}
