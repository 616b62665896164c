/** One run of the adapter: a stream connection, and the next one when it ends, until it is stopped. */
import { backoffMs, Patience } from '@huiyin/core/kit';
import type { Api } from './api.ts';
import type { Condition } from './condition.ts';
import type { DingtalkOptions } from './config.ts';
import type { Intake } from './intake.ts';
import type { Ending, Sdk } from './link.ts';
import { Link } from './link.ts';
import { waitOf, wordsFor } from './outcome.ts';
import { WORDS } from './words.ts';

/** Only where DingTalk is used: it brings axios. */
export const loadSdk = (): Promise<Sdk> => import('dingtalk-stream');

export interface ConnectParts {
  readonly options: DingtalkOptions;
  readonly sdk: Sdk;
  readonly api: Api;
  readonly condition: Condition;
  readonly intake: Intake;
}

/** A connection that held for so long was a good one: the next begins at once, for what is said meanwhile is lost. */
const HELD_MS = 60_000;

export class Connection {
  readonly #parts: ConnectParts;
  readonly #patience: Patience;
  readonly #links = new Set<Link>();
  #running: Promise<void> = Promise.resolve();

  constructor(parts: ConnectParts) {
    this.#parts = parts;
    this.#patience = new Patience(parts.options.timers);
  }

  /** Returns once it is under way: a township must start while DingTalk can't be reached. */
  start(): void {
    this.#running = this.#run();
  }

  /** Resolves when nothing is under way; what was taken is acknowledged before. */
  async stop(): Promise<void> {
    this.#patience.stop();
    await this.#parts.intake.stop();
    // An acknowledgement is written some turns after its message was taken.
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([...this.#links].map((link) => link.close()));
    await this.#running;
  }

  async #run(): Promise<void> {
    const { clock } = this.#parts.options;
    for (let failures = 0; !this.#patience.stopped; ) {
      const since = clock.now();
      const ending = await this.#linked();
      if (this.#patience.stopped) return;
      const held = clock.now() - since > HELD_MS;
      // Where the old connection stays for ten seconds more, nobody is cut off.
      if (ending.why !== 'asked' || !held) this.#tell(ending);
      failures = held ? 0 : failures + 1;
      if (failures === 0) continue;
      const wait = ending.why === 'failed' ? waitOf(ending.error) : null;
      await this.#patience.pause(wait?.ms ?? backoffMs(failures));
    }
  }

  async #linked(): Promise<Ending> {
    const { options, sdk, api, condition, intake } = this.#parts;
    const link = new Link({
      options,
      sdk,
      api,
      take: (data) => intake.take(data),
      opened: () => {
        condition.online();
        options.log.info('dingtalk is connected');
      },
    });
    this.#links.add(link);
    const ending = await link.ended;
    if (ending.why === 'asked') {
      link.leave();
      void link.gone.then(() => this.#links.delete(link));
    } else {
      await link.close();
      this.#links.delete(link);
    }
    return ending;
  }

  #tell(ending: Ending): void {
    const { condition, options } = this.#parts;
    if (ending.why === 'failed') condition.lost(ending.error);
    else condition.cut(ending.why === 'silent' ? WORDS.silent : WORDS.cut);
    const detail = ending.why === 'failed' ? wordsFor(ending.error) : ending.why;
    options.log.warn('the stream from DingTalk is down', { detail });
  }
}
