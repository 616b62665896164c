/**
 * Groups that became supergroups. Telegram gives them a new id and numbers their messages anew; the core keeps
 * the id that the group was bound under, and message ids get a prefix, or `m:5` would come twice.
 */
import { StateFile } from '@huiyin/core/kit';
import { z } from 'zod';
import type { ChatName } from './decode.ts';

const PREFIX = 's';

const stateSchema = z.object({ moved: z.record(z.string(), z.number()) });

export class Chats {
  readonly #file: StateFile | null;
  /** Old id → id of the supergroup. */
  readonly #moved = new Map<string, number>();
  /** What of it is on disk. */
  readonly #kept = new Set<string>();
  readonly #oldOf = new Map<number, string>();

  /** @throws where the file is there and can't be read: going on would split a group in two */
  constructor(file: string | null) {
    this.#file = file === null ? null : new StateFile(file);
    const known = this.#file?.read();
    if (known === undefined) return;
    for (const [from, to] of Object.entries(stateSchema.parse(known).moved)) {
      this.#set(from, to);
      this.#kept.add(from);
    }
  }

  nameOf(chat: number): ChatName {
    const old = this.#oldOf.get(chat);
    return old === undefined ? { id: String(chat), prefix: '' } : { id: old, prefix: PREFIX };
  }

  /** The id to write to, for one that the core or an address of last year has. */
  idOf(chat: string): number | string {
    const number = this.#moved.get(chat) ?? Number(chat);
    return Number.isSafeInteger(number) ? number : chat;
  }

  /** Telegram's number of a message in a chat; null where it is one of before the upgrade, which is out of reach. */
  messageNumber(chat: string, messageId: string): number | null {
    const moved = this.#moved.has(chat);
    if (moved !== messageId.startsWith(PREFIX)) return null;
    const number = Number(moved ? messageId.slice(PREFIX.length) : messageId);
    return Number.isSafeInteger(number) && number > 0 ? number : null;
  }

  messageIdOf(chat: string, number: number): string {
    return this.#moved.has(chat) ? `${PREFIX}${number}` : String(number);
  }

  /** Resolves when it is on disk; only then may the update be acknowledged. */
  async learn(from: number, to: number): Promise<void> {
    const old = this.nameOf(from).id;
    if (this.#moved.get(old) === to && this.#kept.has(old)) return;
    this.#set(old, to);
    this.#kept.delete(old);
    await this.#file?.write({ moved: Object.fromEntries(this.#moved) });
    this.#kept.add(old);
  }

  #set(from: string, to: number): void {
    this.#moved.set(from, to);
    this.#oldOf.set(to, from);
  }
}
