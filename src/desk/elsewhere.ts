/** What the desk does beside messages so that people are reached: hears groups, looks at chats, moves rows. */
import type { Policy } from '../domain/policy.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/log.ts';
import type { ChatRef, Inbound } from '../port.ts';
import type { OutboxRow, Scope, Store, TransactOptions } from '../store/port.ts';
import { Hearing } from './heard.ts';
import { depends, placeKey, type Ways } from './reach.ts';
import { closedNow, type Hindrance, hindranceOf, movingStep } from './rerouting.ts';

export interface ElsewhereOptions {
  readonly store: Store;
  readonly scope: Scope;
  readonly policy: () => Policy;
  readonly ways: () => Ways;
  readonly clock: Clock;
  readonly log: Logger;
  readonly sending: () => TransactOptions;
}

export class Elsewhere {
  readonly #options: ElsewhereOptions;
  readonly #hearing = new Hearing();

  constructor(options: ElsewhereOptions) {
    this.#options = options;
  }

  /**
   * Talk in a group writes nothing, but that it was heard from where a platform's window hangs on it; null where
   * there is nothing to write. Never throws: at worst the group counts as quiet a little earlier.
   */
  heard(inbound: Inbound): Promise<void> | null {
    const { ways, store, scope, clock, log } = this.#options;
    if (inbound.sender.isSelf || inbound.sender.isBot) return null;
    const step = this.#hearing.note(inbound, ways(), clock.now());
    if (step === null) return null;
    const { account, chat } = inbound;
    return store.transact(scope, [step]).then(
      () => undefined,
      (error: unknown) => {
        this.#hearing.forget({ account, chat: chat.id });
        log.warn('a group could not be noted as heard from', { account, error });
      },
    );
  }

  /** What stands in the way of a row about to be sent; only platforms that close need a look into the store. */
  obstacle(row: OutboxRow, chat: ChatRef): Promise<Hindrance | null> | null {
    const { store, scope, clock } = this.#options;
    const ways = this.#options.ways();
    const known = hindranceOf(row, chat, ways);
    if (known !== null) return Promise.resolve(known);
    const { account } = row;
    if (!depends({ account, chat }, ways)) return null;
    return store.contacts(scope, [{ account, chat: chat.id }]).then((found) => {
      const contacts = new Map(found.map(({ at, ...key }) => [placeKey(key), at]));
      return closedNow(row, chat, ways, contacts, clock.now());
    });
  }

  /** Ends the row together with what goes in its place, whose rows it gives; null where nothing was written. */
  async move(row: OutboxRow, hindrance: Hindrance): Promise<readonly OutboxRow[] | null> {
    const { store, scope, policy, ways, clock, sending, log } = this.#options;
    const moving = { policy: policy(), ways: ways(), now: clock.now() };
    const [result] = await store.transact(scope, [movingStep(row, hindrance, moving)], sending());
    if (!result?.ok) throw result?.error ?? new Error('nothing was written');
    if (!result.answer) return null;
    const { account, id } = row;
    if (hindrance.told) this.#hearing.forget({ account, chat: hindrance.chat });
    log.info('a message goes another way', { row: id, account, code: hindrance.code });
    return result.outbox;
  }
}
