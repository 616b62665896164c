/** One puppet of wechaty's, from its start to its end. */
import type { AdapterLog } from '@huiyin/core/kit';
import type { Wechaty as Bot } from 'wechaty';
import type { Condition } from './condition.ts';
import type { Around } from './config.ts';
import type { EventName } from './intake.ts';
import { EVENTS } from './intake.ts';
import { inWords, isBadToken, isUnreachable } from './outcome.ts';
import { SCAN, scanEvent } from './payload.ts';
import type { Puppet } from './puppet.ts';
import { Watch } from './watch.ts';

export interface Session {
  readonly ended: Promise<unknown>;
  readonly handle: {
    readonly event: (name: EventName, data: unknown) => void;
    readonly request: (name: 'room-invite' | 'friendship', data: unknown, puppet: Puppet) => void;
    readonly qr: (text: string) => void;
  };
  live(): Puppet | null;
  end(why: unknown): void;
  close(): Promise<void>;
}

export interface SessionParts {
  readonly bot: Bot;
  readonly options: Around;
  readonly condition: Condition;
  readonly handle: Session['handle'];
}

/** What an EventEmitter is; wechaty's own types name each event. */
interface Emitter {
  on(event: string, run: (data: unknown) => void): unknown;
  removeAllListeners(event: string): unknown;
}

/** For the puppet to say goodbye to a service that may hang. */
const CLOSE_MS = 5_000;

export function openSession(parts: SessionParts): Session {
  return new PuppetSession(parts);
}

class PuppetSession implements Session {
  readonly ended: Promise<unknown>;
  readonly handle: Session['handle'];
  readonly end: (why: unknown) => void;
  readonly #parts: SessionParts;
  readonly #log: AdapterLog;
  readonly #watch: Watch;
  #puppet: Puppet | null = null;
  #over = false;
  #stands = false;
  /** The puppet's own word for it lags behind its event. */
  #signedIn = false;
  /** Errors come as events; the last one tells why a start failed. */
  #lastError: unknown = null;

  constructor(parts: SessionParts) {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    this.#parts = parts;
    this.#log = parts.options.log;
    this.handle = parts.handle;
    this.ended = promise;
    this.end = (why) => {
      this.#over = true;
      resolve(why);
    };
    const { options, condition } = parts;
    this.#watch = new Watch({ options, condition, ping: () => this.#ping(), giveUp: this.end });
    this.#start().catch((error: unknown) => this.end(error));
  }

  live(): Puppet | null {
    return this.#signedIn && !this.#over ? this.#puppet : null;
  }

  /**
   * A puppet that stands says goodbye. One that does not must not: its goodbye, seconds late, would end the session
   * that has begun after it.
   */
  async close(): Promise<void> {
    this.#over = true;
    this.#watch.stop();
    const { bot, options } = this.#parts;
    // The puppet forgets it when it begins to stop.
    const manager = managerOf(this.#puppet);
    if (!this.#stands) hangUp(manager);
    const stopping = bot.stop().catch(() => undefined);
    if (!this.#stands) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = options.timers.after(CLOSE_MS, resolve);
    await Promise.race([stopping, promise]);
    cancel();
    hangUp(manager);
  }

  async #start(): Promise<void> {
    const { bot } = this.#parts;
    // Without a listener an `error` event is thrown, and ends the program.
    bot.on('error', (error) => this.#note(error));
    await bot.init();
    if (this.#over) return;
    const puppet: Puppet = bot.puppet;
    const emitter = bot.puppet as unknown as Emitter;
    this.#listen(emitter, puppet);
    this.#puppet = puppet;
    await bot.start();
    if (this.#over) return;
    this.#stands = puppet.state.active() === true;
    if (!this.#stands) this.end(this.#lastError ?? new Error('the puppet did not start'));
    const manager = managerOf(puppet);
    manager?.on('error', (error) => this.#broke(error));
    for (const name of ['end', 'cancel']) manager?.on(name, () => this.#broke(null));
  }

  /**
   * Instead of wechaty's own listeners. Its reading of a message asks for every member of the room, up to 500 calls,
   * and drops the message where one of them fails. At a sign-in the service's client opens a database under HOME for
   * what it knows of people, readable to others, in a folder named by the token; where the one of a session before is
   * not closed yet, that ends the whole program.
   */
  #listen(emitter: Emitter, puppet: Puppet): void {
    const listen = (name: string, run: (data: unknown) => void): void => {
      emitter.removeAllListeners(name);
      this.#on(emitter, name, run);
    };
    for (const name of EVENTS) listen(name, (data) => this.handle.event(name, data));
    for (const name of ['room-invite', 'friendship'] as const)
      listen(name, (data) => this.handle.request(name, data, puppet));
    listen('login', () => this.#login());
    listen('logout', () => this.#logout());
    this.#on(emitter, 'scan', (data) => this.#scan(data));
    for (const name of ['heartbeat', 'dong', 'ready', 'dirty']) this.#on(emitter, name, () => undefined);
  }

  #on(emitter: Emitter, name: string, run: (data: unknown) => void): void {
    emitter.on(name, (data) => {
      // A puppet that is being stopped says that it logs out.
      if (this.#over) return;
      this.#watch.sign();
      run(data);
    });
  }

  #scan(data: unknown): void {
    const scan = scanEvent.safeParse(data).data;
    if (scan === undefined) return;
    const { status, qrcode } = scan;
    const { condition } = this.#parts;
    if (status === SCAN.scanned || status === SCAN.confirmed) condition.scanned();
    if (!qrcode || (status !== SCAN.waiting && status !== SCAN.timeout)) return;
    // Not into the log: whoever scans it first is the bot.
    if (condition.scan(qrcode)) this.handle.qr(qrcode);
  }

  #login(): void {
    this.#signedIn = true;
    this.#parts.condition.online();
    this.#log.info('wechat is signed in');
  }

  #logout(): void {
    this.#signedIn = false;
    this.#parts.condition.loggedOut();
    this.#log.error('wechat signed the account out: nothing is sent any more');
  }

  /** While its connection is being made or has gone the puppet throws. */
  #ping(): void {
    try {
      this.#puppet?.ding('huiyin');
    } catch (error) {
      this.#note(error);
    }
  }

  #note(error: unknown): void {
    if (this.#over) return;
    this.#lastError = error;
    this.#log.warn('wechaty says', { detail: inWords(error) });
    // After a start that failed wechaty waits for five seconds, for nothing.
    if (!this.#stands && (isUnreachable(error) || isBadToken(error))) this.end(error);
  }

  /** The service's stream of events; when it breaks wechaty says only that there was some error. */
  #broke(error: unknown): void {
    if (this.#over) return;
    this.#stands = false;
    this.end(error);
  }
}

interface Manager extends Emitter {
  readonly client: { close(): void };
}

/** Of the token service's client alone. */
function managerOf(puppet: Puppet | null): Manager | null {
  try {
    return puppet !== null && 'grpcManager' in puppet ? (puppet.grpcManager as Manager) : null;
  } catch {
    // It has none before its start and after its end.
    return null;
  }
}

function hangUp(manager: Manager | null): void {
  try {
    manager?.client.close();
  } catch {
    // There was none.
  }
}
