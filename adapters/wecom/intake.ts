/**
 * From the bot's frames to the core. WeCom waits for no acknowledgement and never sends a message twice: what the
 * core could not take is offered again and again for two minutes, in the chat's order, and then health says so.
 */
import type { AdapterTimers } from '@huiyin/core/kit';
import { backoffMs, Patience } from '@huiyin/core/kit';
import type { ChatRef, Inbound, Sink } from '@huiyin/core/port';
import type { Condition } from './condition.ts';
import type { WecomOptions } from './config.ts';
import type { Contacts } from './contacts.ts';
import type { DecodeContext } from './decode.ts';
import { decodeMessage, decodePress, readRef } from './decode.ts';
import type { Media } from './media.ts';

export interface IntakeParts {
  readonly options: Pick<WecomOptions, 'id' | 'clock' | 'log'> & { readonly timers: AdapterTimers };
  readonly botName: string | null;
  readonly condition: Condition;
  readonly contacts: Contacts;
  readonly media: Media;
  readonly sink: Sink;
}

const MOST_TRIES = 9;
/** Groups named in the log, once each: their ids stand nowhere else that an admin could read them. */
const MOST_GROUPS = 1_000;

export class Intake {
  readonly #parts: IntakeParts;
  readonly #patience: Patience;
  /** The last event of each chat that has some under way. */
  readonly #chats = new Map<string, Promise<void>>();
  readonly #groups = new Set<string>();

  constructor(parts: IntakeParts) {
    this.#parts = parts;
    this.#patience = new Patience(parts.options.timers);
  }

  readonly message = (frame: unknown): void => {
    const event = decodeMessage(frame, this.#context());
    if (event === null) return;
    for (const { ref } of event.media) this.#prefetch(ref);
    this.#hear(event.chat);
    this.#queue(event);
  };

  readonly event = (frame: unknown): void => {
    const event = decodePress(frame, this.#context());
    if (event !== null) this.#queue(event);
  };

  /** Resolves when nothing is under way. */
  async stop(): Promise<void> {
    this.#patience.stop();
    await Promise.all(this.#chats.values());
  }

  #context(): DecodeContext {
    const { options, botName } = this.#parts;
    return { account: options.id, botName, now: options.clock.now() };
  }

  #prefetch(ref: string | null): void {
    const wanted = ref === null ? null : readRef(ref);
    if (ref !== null && wanted?.from === 'aibot') this.#parts.media.prefetch(ref, wanted);
  }

  #hear({ id, kind }: ChatRef): void {
    const { contacts, options } = this.#parts;
    const now = options.clock.now();
    if (kind === 'group' && !this.#groups.has(id)) {
      if (this.#groups.size >= MOST_GROUPS) this.#groups.clear();
      options.log.info('a group writes for the first time since the start', { chat: id });
      this.#groups.add(id);
    }
    if (!contacts.hear(id, now)) return;
    void contacts.write(now, () => options.log.warn('it could not be kept who wrote to the bot when'));
  }

  #queue(event: Inbound): void {
    if (this.#patience.stopped) return;
    const chat = event.chat.id;
    const before = this.#chats.get(chat) ?? Promise.resolve();
    const taking = before.then(() => this.#take(event));
    this.#chats.set(chat, taking);
    void taking.then(() => {
      if (this.#chats.get(chat) === taking) this.#chats.delete(chat);
    });
  }

  async #take(event: Inbound): Promise<void> {
    const { condition, options, sink } = this.#parts;
    for (let tries = 1; ; tries++) {
      try {
        const { flushed } = await sink.receive(event);
        // Failed sends are the outbox's affair.
        flushed.catch(() => undefined);
        return condition.inbound(options.clock.now());
      } catch (error) {
        const detail = error instanceof Error ? error.message : 'unknown';
        options.log.error('a message was not taken', { tries, detail });
        condition.notTaken();
        if (tries === MOST_TRIES || this.#patience.stopped) return;
        // Once more at once: most often only the moment was bad.
        if (tries > 1) await this.#patience.pause(backoffMs(tries - 1));
      }
    }
  }
}
