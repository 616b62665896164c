/** Who said what where, for recalls: the event names the message and nothing else. */
import type { Inbound } from '@huiyin/core/port';
import type { Api } from './api.ts';
import type { Origin } from './decode.ts';
import { resultOf } from './outcome.ts';

/** Some days of a township; what is older is asked of Feishu. */
const MOST = 5_000;

export class Origins {
  readonly #api: Pick<Api, 'whereabouts' | 'isDirect'>;
  readonly #known = new Map<string, Origin>();

  constructor(api: Pick<Api, 'whereabouts' | 'isDirect'>) {
    this.#api = api;
  }

  of(message: string): Origin | null {
    return this.#known.get(message) ?? null;
  }

  keep({ kind, messageId, chat, sender }: Inbound): void {
    if (kind === 'message' && messageId !== null) this.#remember(messageId, { chat, sender: sender.id });
  }

  /** @throws where Feishu can't be asked now; the event comes again then. What it refuses to tell stays unknown. */
  async find(message: string): Promise<void> {
    if (message === '' || this.#known.has(message)) return;
    try {
      await this.#ask(message);
    } catch (error) {
      if (resultOf(error).type !== 'rejected') throw error;
    }
  }

  async #ask(message: string): Promise<void> {
    const found = await this.#api.whereabouts(message);
    if (found === null) return;
    const direct = await this.#api.isDirect(found.chat);
    const chat = direct
      ? ({ id: found.sender, kind: 'direct' } as const)
      : ({ id: found.chat, kind: 'group' } as const);
    this.#remember(message, { chat, sender: found.sender });
  }

  #remember(message: string, origin: Origin): void {
    this.#known.delete(message);
    this.#known.set(message, origin);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST && oldest !== undefined) this.#known.delete(oldest);
  }
}
