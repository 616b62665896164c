/** From messages to the core: decoded, handed over, and acknowledged after the commit. */
import { backoffMs, Patience } from '@huiyin/core/kit';
import type { Inbound, Sink } from '@huiyin/core/port';
import type { Condition } from './condition.ts';
import type { DingtalkOptions } from './config.ts';
import { decode, robotOf } from './decode.ts';

export interface IntakeParts {
  readonly options: DingtalkOptions;
  readonly condition: Condition;
  readonly sink: Sink;
}

/**
 * DingTalk's documents call robot messages "fire-forgot", its SDK says that they come again after a minute: so what
 * the store does not take is tried again here, within that minute, and left unacknowledged after it.
 */
const TRIES = 6;
/** Groups named in the log, once each: their ids stand nowhere else that an admin could read them. */
const MOST_GROUPS = 1_000;

export class Intake {
  readonly #parts: IntakeParts;
  readonly #patience: Patience;
  readonly #underWay = new Set<Promise<boolean>>();
  readonly #groups = new Set<string>();

  constructor(parts: IntakeParts) {
    this.#parts = parts;
    this.#patience = new Patience(parts.options.timers);
  }

  /**
   * Never throws. Messages are taken as they come, none waits for one that fails.
   * @param data of a frame of the robot's topic
   * @returns true after the core's commit, or where there is nothing to take; then it may be acknowledged
   */
  async take(data: unknown): Promise<boolean> {
    if (this.#patience.stopped) return false;
    const { options, condition } = this.#parts;
    const inbound = decode(data, options.id);
    if (inbound === null || inbound.sender.isSelf) return true;
    const robot = robotOf(data);
    if (robot !== null) condition.otherRobot(robot === options.robotCode ? null : robot);
    this.#name(inbound);
    const taking = this.#take(inbound);
    this.#underWay.add(taking);
    return taking.finally(() => this.#underWay.delete(taking));
  }

  /** Resolves when nothing is under way; nothing more is taken. */
  async stop(): Promise<void> {
    this.#patience.stop();
    await Promise.all(this.#underWay);
  }

  async #take(inbound: Inbound): Promise<boolean> {
    const { condition, options, sink } = this.#parts;
    for (let failures = 1; ; failures++) {
      try {
        const { flushed } = await sink.receive(inbound);
        // Failed sends are the outbox's affair.
        flushed.catch(() => undefined);
        condition.inbound(options.clock.now());
        return true;
      } catch (error) {
        const detail = error instanceof Error ? error.message : 'unknown';
        options.log.error('a message was not taken', { failures, detail });
        if (failures >= TRIES) {
          condition.notTaken();
          return false;
        }
      }
      await this.#patience.pause(backoffMs(failures));
      if (this.#patience.stopped) return false;
    }
  }

  #name({ chat }: Inbound): void {
    if (chat.kind !== 'group' || this.#groups.has(chat.id)) return;
    if (this.#groups.size >= MOST_GROUPS) this.#groups.clear();
    this.#groups.add(chat.id);
    this.#parts.options.log.info('a group writes for the first time since the start', { chat: chat.id });
  }
}
