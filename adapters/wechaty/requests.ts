/** Who wants to befriend the bot or have it in a group: left alone unless the admin said otherwise. */
import { Patience } from '@huiyin/core/kit';
import type { Around, WechatyOptions } from './config.ts';
import { inWords } from './outcome.ts';
import { FRIENDSHIP_ASKED, friendshipEvent, friendshipPayload, inviteEvent } from './payload.ts';
import type { Puppet } from './puppet.ts';
import { within } from './puppet.ts';

export type RequestOptions = Around & Pick<WechatyOptions, 'acceptFriends' | 'acceptInvites'>;

const CALL_MS = 15_000;
/** Nobody presses "accept" in the same second, nor twice in one. */
const PAUSE_MS = 20_000;
/** Whoever asks more often than this is no neighbor head; what is beyond waits on the phone. */
const MOST_WAITING = 20;

export class Requests {
  readonly #options: RequestOptions;
  readonly #patience: Patience;
  #line: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(options: RequestOptions) {
    this.#options = options;
    this.#patience = new Patience(options.timers);
  }

  take(name: 'room-invite' | 'friendship', data: unknown, puppet: Puppet): void {
    const { acceptFriends, acceptInvites, log } = this.#options;
    const accept = name === 'friendship' ? acceptFriends : acceptInvites;
    if (!accept || this.#waiting >= MOST_WAITING) {
      log.info('a request waits on the phone of the bot', { request: name });
      return;
    }
    this.#waiting++;
    this.#line = this.#line.then(() => this.#accept(name, data, puppet)).finally(() => this.#waiting--);
  }

  async stop(): Promise<void> {
    this.#patience.stop();
    await this.#line;
  }

  async #accept(name: 'room-invite' | 'friendship', data: unknown, puppet: Puppet): Promise<void> {
    const { log, timers } = this.#options;
    await this.#patience.pause(PAUSE_MS);
    if (this.#patience.stopped) return;
    try {
      const call = name === 'friendship' ? befriend(puppet, data) : enter(puppet, data);
      if (await within(timers, CALL_MS, call)) log.info('a request was accepted', { request: name });
    } catch (error) {
      log.warn('a request could not be accepted', { request: name, detail: inWords(error) });
    }
  }
}

async function befriend(puppet: Puppet, data: unknown): Promise<boolean> {
  const id = friendshipEvent.safeParse(data).data?.friendshipId;
  if (id === undefined) return false;
  const friendship = friendshipPayload.safeParse(await puppet.friendshipPayload(id)).data;
  if (friendship?.type !== FRIENDSHIP_ASKED) return false;
  await puppet.friendshipAccept(id);
  return true;
}

async function enter(puppet: Puppet, data: unknown): Promise<boolean> {
  const id = inviteEvent.safeParse(data).data?.roomInvitationId;
  if (id === undefined) return false;
  await puppet.roomInvitationAccept(id);
  return true;
}
