/** What a step has loaded so far, and the rounds in which it asks for more. */
import type { BindingCode, Bindings } from '../domain/binding.ts';
import type { Case, Instant } from '../domain/case.ts';
import type { CaseEvent } from '../domain/events.ts';
import type { ChangeSet, ChatKey, Loaded, LoadSpec, Prompt, Step } from './port.ts';

/** `Loaded` while it is being filled. */
export interface Gathered extends Loaded {
  rounds: number;
  seen: boolean;
  readonly cases: Map<string, Case>;
  readonly found: Map<string, readonly string[]>;
  readonly prompts: Prompt[];
  readonly facts: Map<string, string>;
  readonly openCounts: Map<string, number>;
  readonly nextSerial: Map<number, number>;
  readonly events: Map<string, readonly CaseEvent[]>;
  readonly contacts: Map<string, Instant | null>;
  bindings: Bindings | null;
  readonly codes: Map<string, BindingCode>;
}

export function gatherer(): Gathered {
  return {
    rounds: 0,
    seen: false,
    cases: new Map(),
    found: new Map(),
    prompts: [],
    facts: new Map(),
    openCounts: new Map(),
    nextSerial: new Map(),
    events: new Map(),
    contacts: new Map(),
    bindings: null,
    codes: new Map(),
  };
}

/** The names under which `Loaded.found` keeps what a selector found. */
export const foundKey = {
  serial: (serial: number): string => `serial:${serial}`,
  quote: (messageId: string): string => `quote:${messageId}`,
  party: (who: string): string => `party:${who}`,
  message: (id: string): string => `message:${id}`,
  recent: 'recent',
  similar: (village: string, category: string): string => `similar:${village}:${category}`,
} as const;

/** The name under which `Loaded.contacts` keeps a chat. */
export const contactKey = ({ account, chat }: ChatKey): string => `${account}|${chat}`;

/** A person with more parts than this has a list to look at, not a chat to scroll. */
export const PARTY_LIMIT = 200;

/** `o7` → 7: our own id of an outgoing message, as the bridge and the web chat quote it. */
export function ownMessageId(messageId: string): number | null {
  const digits = /^o([1-9]\d{0,14})$/.exec(messageId)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** A decision that needs a seventh round is going in circles. */
export const MAX_ROUNDS = 6;

/**
 * Decides a step: yields what is to be loaded into `loaded`, returns the change.
 * A generator, so that one store can answer at once and the other can wait for its server.
 */
export function* deciding<A>(
  step: Step<A>,
  loaded: Gathered,
  now: Instant,
): Generator<LoadSpec, ChangeSet<A>, void> {
  yield step.load;
  for (let round = 1; ; round += 1) {
    loaded.rounds = round;
    const verdict = step.decide(loaded, now);
    if (!('need' in verdict)) return verdict;
    if (round > MAX_ROUNDS) throw new Error(`a step asked for more than ${MAX_ROUNDS} rounds of loading`);
    yield verdict.need;
  }
}
