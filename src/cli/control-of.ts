/** What a running bot answers with: its adapters' health, new codes, one message for a test. */
import type { Bound } from '../desk/bound.ts';
import { issueCodes } from '../desk/issuing.ts';
import { codeToHash } from '../domain/binding-code.ts';
import type { Clock } from '../kernel/clock.ts';
import { randomId } from '../kernel/clock.ts';
import type { Instant } from '../kernel/zone.ts';
import type { ChatAdapter, ChatRef, Outbound, SendResult } from '../port.ts';
import type { Store } from '../store/port.ts';
import type { Vault } from '../vault/index.ts';
import { randomBytes } from '../vault/key.ts';
import type { Control } from './control.ts';

export interface ControlParts {
  readonly store: Store;
  readonly bound: Bound;
  readonly vault: Vault;
  readonly adapters: ReadonlyMap<string, ChatAdapter>;
  readonly clock: Clock;
  readonly awaySince: () => Instant | null;
}

export function controlOver({ store, bound, vault, adapters, clock, awaySince }: ControlParts): Control {
  return {
    health: () => [...adapters].map(([account, adapter]) => ({ account, health: adapter.health() })),
    awaySince,
    issue: async (people) => {
      const { directory, roster } = bound.policy();
      const unknown = people.filter((id) => directory.person(id) === null);
      if (unknown.length > 0) return { codes: [], unknown };
      const scope = { township: roster.township.id };
      const secrets = { codeHash: (code: string) => vault.blind(codeToHash(code)) };
      return { codes: await issueCodes(people, { store, scope, secrets, randomBytes }), unknown };
    },
    send: async (account, chat, text) => {
      const adapter = adapters.get(account);
      return adapter === undefined ? null : sendTest(adapter, chat, text, clock);
    },
  };
}

/** One message outside the outbox: nobody waits for it, and nothing is kept of it. */
export function sendTest(
  adapter: Pick<ChatAdapter, 'id' | 'send'>,
  chat: ChatRef,
  text: string,
  clock: Clock,
): Promise<SendResult> {
  const message: Outbound = {
    id: `test-${randomId()}`,
    account: adapter.id,
    chat,
    address: null,
    replyTo: null,
    text,
    kind: 'notice',
    case: null,
    cases: [],
    media: [],
    buttons: [],
    at: clock.now(),
  };
  return adapter.send(message);
}
