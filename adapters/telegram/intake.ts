/** From updates to the core: decoded, handed over one after the other, then what Telegram waits for. */
import type { Inbound, Sink } from '@huiyin/core/port';
import type { Chats } from './chats.ts';
import type { Client } from './client.ts';
import type { Condition } from './condition.ts';
import type { TelegramOptions } from './config.ts';
import type { DecodeContext, Decoded } from './decode.ts';
import { albumOf, decode, mergeAlbum } from './decode.ts';
import { troubleOf } from './outcome.ts';
import type { Update } from './update.ts';

const ANSWER_MS = 10_000;

export interface IntakeParts {
  readonly options: Pick<TelegramOptions, 'id' | 'clock' | 'log'>;
  readonly client: Client;
  readonly chats: Chats;
  readonly condition: Condition;
  readonly sink: Sink;
  readonly me: DecodeContext['me'];
  /** The bot's rights may have changed. */
  readonly standingChanged: () => void;
}

export class Intake {
  readonly #parts: IntakeParts;
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /**
   * Resolves after the core's commit, and only then may the update be acknowledged.
   * @param updates one, or the parts of one album
   * @throws where the core could not take it
   */
  async take(updates: readonly Update[]): Promise<void> {
    const decoded: Decoded[] = [];
    for (const update of updates) decoded.push(await this.#learned(update));
    for (const event of eventsOf(updates, decoded)) {
      this.#parts.condition.inbound(this.#parts.options.clock.now());
      const { flushed } = await this.#parts.sink.receive(event);
      // Failed sends are the outbox's affair.
      flushed.catch(() => undefined);
    }
    for (const { press, standing } of decoded) {
      if (press !== null) this.#answer(press);
      if (!standing) continue;
      this.#parts.condition.standing(standing.chat, standing.standing);
      // The admin needs the number to bind the group.
      this.#parts.options.log.info('the bot stands in a group as told', { ...standing });
      this.#parts.standingChanged();
    }
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #learned(update: Update): Promise<Decoded> {
    const { options, chats, me } = this.#parts;
    const decoded = decode(update, { account: options.id, me, nameOf: (chat) => chats.nameOf(chat) });
    if (decoded.moved) {
      await chats.learn(decoded.moved.from, decoded.moved.to);
      options.log.info('a group became a supergroup', { ...decoded.moved });
      this.#parts.standingChanged();
    }
    return decoded;
  }

  /** Ends the button's waiting on the phone. Not waited for, and too late after a while: either does no harm. */
  #answer(press: string): void {
    const answering = this.#parts.client
      .within(ANSWER_MS, (raw, signal) => raw.answerCallbackQuery({ callback_query_id: press }, signal))
      .catch((error: unknown) => {
        const trouble = troubleOf(error);
        this.#parts.options.log.info('a button was not answered', { code: trouble.code });
      })
      .finally(() => this.#underWay.delete(answering));
    this.#underWay.add(answering);
  }
}

function eventsOf(updates: readonly Update[], decoded: readonly Decoded[]): readonly Inbound[] {
  const events = decoded.flatMap((one) => one.events).filter(isOthers);
  const [first, ...others] = events;
  if (!first || others.length === 0) return events;
  return updates.every((update) => albumOf(update) !== null) ? [mergeAlbum([first, ...others])] : events;
}

/** What the bot itself wrote is no news; that it came or went is. */
const isOthers = ({ sender, kind }: Inbound): boolean =>
  !sender.isSelf || kind === 'join' || kind === 'leave';
