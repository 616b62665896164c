/**
 * Groups say the same words all day: 收到, 早上好, 辛苦了. A line that was read as small talk is small talk from
 * everyone with the same posts while the policy stands, so it is not read again.
 */

import type { Policy } from '../domain/policy.ts';
import type { Person, Role } from '../domain/roster.ts';
import type { Inbound } from '../port.ts';

/** What is longer is seldom said twice. */
const LONGEST = 40;
/** Of each set of posts; one that outgrows it starts anew. */
const MOST_LINES = 2_000;

/** Words alone, in a group, to nobody in particular: only these depend on nothing but who says them. */
export const isBareTalk = ({ kind, chat, mentionsBot, quote, media }: Inbound): boolean =>
  kind === 'message' && chat.kind === 'group' && !mentionsBot && quote === null && media.length === 0;

export class SmallTalk {
  #policy: Policy | null = null;
  /** Lines by the posts of those who said them. */
  #lines = new Map<string, Set<string>>();
  /** The same by person, which is found without putting a key together. */
  #byPerson = new WeakMap<Person, Set<string>>();

  /** @param person null for those whom the roster does not know */
  knows(text: string, person: Person | null, policy: Policy): boolean {
    if (text.length > LONGEST || this.#policy !== policy) return false;
    return (person === null ? this.#lines.get('') : this.#byPerson.get(person))?.has(text) ?? false;
  }

  keep(text: string, person: Person | null, roles: readonly Role[], policy: Policy): void {
    if (text.length > LONGEST) return;
    if (this.#policy !== policy) this.#forget(policy);
    const lines = this.#linesOf(roles);
    if (lines.size >= MOST_LINES) lines.clear();
    lines.add(text);
    if (person !== null) this.#byPerson.set(person, lines);
  }

  #linesOf(roles: readonly Role[]): Set<string> {
    const key = roles.join();
    const known = this.#lines.get(key) ?? new Set<string>();
    this.#lines.set(key, known);
    return known;
  }

  #forget(policy: Policy): void {
    this.#policy = policy;
    this.#lines = new Map();
    this.#byPerson = new WeakMap();
  }
}
