/** Names, and whether somebody may be written to. What the puppet does not tell in time is not known. */
import type { AdapterTimers } from '@huiyin/core/kit';
import type { Person } from './decode.ts';
import { contactPayload, memberPayload, OFFICIAL } from './payload.ts';
import type { Puppet } from './puppet.ts';
import { within } from './puppet.ts';

/** The puppet keeps what it was told; only the first question goes over the network. */
const ASK_MS = 5_000;
const MOST_WROTE = 5_000;

export class People {
  readonly #timers: AdapterTimers;
  readonly #wrote = new Set<string>();

  constructor(timers: AdapterTimers) {
    this.#timers = timers;
  }

  async person(puppet: Puppet, id: string, room: string | null): Promise<Person> {
    const [contact, alias] = await Promise.all([
      this.#contact(puppet, id),
      room === null ? null : this.#alias(puppet, room, id),
    ]);
    return { name: alias || contact?.name || null, isBot: contact?.type === OFFICIAL };
  }

  /** Who writes to the bot in private can be answered, whatever the puppet says of friends. */
  heardFrom(id: string): void {
    this.#wrote.delete(id);
    this.#wrote.add(id);
    const [oldest] = this.#wrote;
    if (this.#wrote.size > MOST_WROTE && oldest !== undefined) this.#wrote.delete(oldest);
  }

  /** What the bot is called, for mentions that come only as text. */
  async names(puppet: Puppet, me: string, room: string | null): Promise<readonly string[]> {
    const contact = await this.#contact(puppet, me);
    const alias = room === null ? null : await this.#alias(puppet, room, me);
    return [contact?.name, alias].filter((name): name is string => Boolean(name));
  }

  /**
   * Whether the puppet says that this person is no friend: nobody else may be written to. Over gRPC a friend of whom
   * nothing is told looks like no friend, so that the list of contacts has to say so too.
   */
  async isStranger(puppet: Puppet, id: string): Promise<boolean> {
    if (this.#wrote.has(id)) return false;
    const contact = await this.#contact(puppet, id);
    if (contact?.friend !== false) return false;
    const friends = await this.#ask(() => puppet.contactList());
    return friends !== null && friends.length > 0 && !friends.includes(id);
  }

  async #contact(puppet: Puppet, id: string) {
    return contactPayload.safeParse(await this.#ask(() => puppet.contactPayload(id))).data ?? null;
  }

  async #alias(puppet: Puppet, room: string, id: string): Promise<string | null> {
    const member = await this.#ask(() => puppet.roomMemberPayload(room, id));
    return memberPayload.safeParse(member).data?.roomAlias || null;
  }

  async #ask<T>(question: () => Promise<T>): Promise<T | null> {
    try {
      return await within(this.#timers, ASK_MS, question());
    } catch {
      return null;
    }
  }
}
