/** From events to the core, in the order in which they came: read, decoded, handed over. */
import { backoffMs, Patience } from '@huiyin/core/kit';
import type { Inbound, Sink } from '@huiyin/core/port';
import type { Condition } from './condition.ts';
import type { Around } from './config.ts';
import type { DecodeContext } from './decode.ts';
import { decodeJoin, decodeLeave, decodeMessage, decodeTopic } from './decode.ts';
import type { Echoes } from './echoes.ts';
import { echoOf } from './encode.ts';
import { inWords } from './outcome.ts';
import { joinEvent, leaveEvent, MESSAGE_TYPE, messageEvent, messagePayload, topicEvent } from './payload.ts';
import type { People } from './people.ts';
import type { Live, Puppet } from './puppet.ts';
import { within } from './puppet.ts';

export interface IntakeParts {
  readonly options: Around & { readonly id: string };
  readonly condition: Condition;
  readonly echoes: Echoes;
  readonly people: People;
  readonly sink: Sink;
  readonly live: Live;
}

export const EVENTS = ['message', 'room-join', 'room-leave', 'room-topic'] as const;
export type EventName = (typeof EVENTS)[number];

interface Event {
  readonly name: EventName;
  readonly data: unknown;
}

const READ_MS = 15_000;
/** One try, and again after 1, 2, 4, 8 and 16 seconds: the platform does not repeat what was not taken. */
const MOST_TRIES = 6;
/** Waiting to be tried again; a store that is away so long that more gather is said by health. */
const MOST_WAITING = 1_000;

export class Intake {
  readonly #parts: IntakeParts;
  readonly #patience: Patience;
  readonly #again = new Set<Promise<void>>();
  #line: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
    this.#patience = new Patience(parts.options.timers);
  }

  take(name: EventName, data: unknown): void {
    if (this.#stopped) return;
    const event = { name, data };
    this.#line = this.#line.then(async () => {
      // What fails is tried again beside the line: one event must not hold up the town.
      if (!(await this.#try(event))) this.#later(event);
    });
  }

  /** Resolves when nothing is under way; nothing more is taken. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#patience.stop();
    await this.#line;
    await Promise.all(this.#again);
  }

  #later(event: Event): void {
    if (this.#again.size >= MOST_WAITING) {
      this.#parts.condition.notTaken();
      return;
    }
    const trying = this.#retry(event).finally(() => this.#again.delete(trying));
    this.#again.add(trying);
  }

  async #retry(event: Event): Promise<void> {
    for (let tries = 1; tries < MOST_TRIES; tries++) {
      await this.#patience.pause(backoffMs(tries));
      // The end of the program loses it: the platform keeps nothing for us.
      if (this.#patience.stopped) break;
      if (await this.#try(event)) return;
    }
    this.#parts.condition.notTaken();
  }

  async #try(event: Event): Promise<boolean> {
    const { condition, options, sink } = this.#parts;
    try {
      for (const inbound of await this.#read(event)) {
        const { flushed } = await sink.receive(inbound);
        // Failed sends are the outbox's affair.
        flushed.catch(() => undefined);
        condition.inbound(options.clock.now());
      }
      return true;
    } catch (error) {
      options.log.warn('an event was not taken', { event: event.name, detail: inWords(error) });
      return false;
    }
  }

  async #read({ name, data }: Event): Promise<readonly Inbound[]> {
    const puppet = this.#parts.live();
    if (puppet === null) throw new Error('not signed in');
    if (name === 'message') return this.#message(puppet, data);
    if (name === 'room-topic') return this.#topic(puppet, data);
    return this.#moved(puppet, name, data);
  }

  async #message(puppet: Puppet, data: unknown): Promise<readonly Inbound[]> {
    const id = messageEvent.safeParse(data).data?.messageId;
    if (id === undefined) return [];
    const told = await within(this.#parts.options.timers, READ_MS, puppet.messagePayload(id));
    const message = messagePayload.safeParse(told).data;
    if (message === undefined) return [];
    const room = message.roomId || null;
    const context = await this.#context(puppet, [message.talkerId], room, message.type === MESSAGE_TYPE.text);
    if (message.talkerId !== context.me) {
      const inbound = decodeMessage(message, context);
      if (room === null) this.#parts.people.heardFrom(message.talkerId);
      return inbound === null ? [] : [inbound];
    }
    const conversation = room ?? message.listenerId;
    const type = message.type === MESSAGE_TYPE.text ? 'text' : 'file';
    if (conversation) this.#parts.echoes.hear(conversation, echoOf({ type, text: message.text ?? '' }), id);
    return [];
  }

  async #topic(puppet: Puppet, data: unknown): Promise<readonly Inbound[]> {
    const event = topicEvent.safeParse(data).data;
    if (event === undefined) return [];
    const by = event.changerId ? [event.changerId] : [];
    const inbound = decodeTopic(event, await this.#context(puppet, by, event.roomId, false));
    return inbound === null ? [] : [inbound];
  }

  async #moved(puppet: Puppet, name: 'room-join' | 'room-leave', data: unknown): Promise<readonly Inbound[]> {
    const joined = name === 'room-join';
    const event = joined ? joinEvent.safeParse(data).data : leaveEvent.safeParse(data).data;
    if (event === undefined) return [];
    const people = 'inviteeIdList' in event ? event.inviteeIdList : event.removeeIdList;
    const context = await this.#context(puppet, people, event.roomId, false);
    if (people.includes(context.me)) {
      this.#parts.condition.standing(event.roomId, joined);
      this.#parts.options.log.info('the bot came into a group or left it', { chat: event.roomId, joined });
    }
    return joined ? decodeJoin(event, context) : decodeLeave(event, context);
  }

  async #context(
    puppet: Puppet,
    ids: readonly string[],
    room: string | null,
    mentions: boolean,
  ): Promise<DecodeContext> {
    const { options, people } = this.#parts;
    const me = puppet.currentUserId;
    const others = [...new Set(ids)].filter((id) => id !== me);
    const found = await Promise.all(
      others.map(async (id) => [id, await people.person(puppet, id, room)] as const),
    );
    const known = new Map(found);
    const names = mentions ? await people.names(puppet, me, room) : [];
    const personOf = (id: string) => known.get(id) ?? { name: null, isBot: id === me };
    return { account: options.id, me, names, personOf };
  }
}
