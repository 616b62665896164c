/** From events to the core: decoded, handed over, and acknowledged after the commit. */
import type { Sink } from '@huiyin/core/port';
import type { Condition } from './condition.ts';
import type { FeishuOptions } from './config.ts';
import type { DecodeContext, EventType } from './decode.ts';
import { decode, PRESS, RECALL } from './decode.ts';
import type { Origins } from './origins.ts';

export interface IntakeParts {
  readonly options: Pick<FeishuOptions, 'id' | 'appId' | 'clock' | 'log'>;
  readonly condition: Condition;
  readonly origins: Origins;
  readonly sink: Sink;
  /** The bot's own open_id. */
  readonly me: string;
}

export class Intake {
  readonly #parts: IntakeParts;
  readonly #context: DecodeContext;
  readonly #underWay = new Set<Promise<unknown>>();
  #stopped = false;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
    const { options, me, origins } = parts;
    this.#context = {
      account: options.id,
      appId: options.appId,
      me,
      originOf: (message) => origins.of(message),
    };
  }

  /**
   * Resolves after the core's commit: then the SDK acknowledges with 200. Where it throws the SDK answers 500,
   * and Feishu pushes the event again (after 15 s, 5 min, 1 h and 6 h).
   * @returns what the person's client is told; a press must be answered with an object, or it shows an error
   */
  async take(type: EventType, data: unknown): Promise<object | undefined> {
    if (this.#stopped) throw new Error('the adapter is stopping');
    const taking = this.#take(type, data);
    this.#underWay.add(taking);
    try {
      await taking;
    } catch (error) {
      const detail = error instanceof Error ? error.message : 'unknown';
      this.#parts.options.log.error('an event was not taken', { type, detail });
      this.#parts.condition.notTaken();
      // Without the cause: the SDK writes it into its log.
      throw new Error('the event was not taken');
    } finally {
      this.#underWay.delete(taking);
    }
    return type === PRESS ? {} : undefined;
  }

  /** Resolves when nothing is under way; nothing more is taken. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.allSettled(this.#underWay);
  }

  async #take(type: EventType, data: unknown): Promise<void> {
    const { condition, options, origins, sink, me } = this.#parts;
    if (type === RECALL) await this.#findOrigin(data);
    for (const event of decode(type, data, this.#context)) {
      const { kind, sender, chat } = event;
      const moved = kind === 'join' || kind === 'leave';
      if (sender.id === me && moved) {
        condition.standing(chat.id, kind === 'join');
        options.log.info('the bot came into a group or left it', { chat: chat.id, kind });
      } else if (sender.isSelf) continue;
      origins.keep(event);
      const { flushed } = await sink.receive(event);
      // Failed sends are the outbox's affair.
      flushed.catch(() => undefined);
      condition.inbound(options.clock.now());
    }
  }

  async #findOrigin(data: unknown): Promise<void> {
    const message =
      typeof data === 'object' && data !== null && 'message_id' in data ? data.message_id : null;
    if (typeof message === 'string') await this.#parts.origins.find(message);
  }
}
