/**
 * Groups that became supergroups. Telegram gives them a new id and numbers their messages anew; the core keeps
 * the id that the group was bound under, and message ids get a prefix, or `m:5` would come twice.
 */
import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { ChatName } from './decode.ts';

const PREFIX = 's';

const stateSchema = z.object({ moved: z.record(z.string(), z.number()) });

export class Chats {
  readonly #file: string | null;
  /** Old id → id of the supergroup. */
  readonly #moved = new Map<string, number>();
  readonly #oldOf = new Map<number, string>();

  /** @throws where the file is there and can't be read: going on would split a group in two */
  constructor(file: string | null) {
    this.#file = file;
    for (const [from, to] of Object.entries(file === null ? {} : readState(file))) this.#set(from, to);
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
    if (this.#moved.get(old) === to) return;
    this.#set(old, to);
    if (this.#file === null) return;
    await mkdir(dirname(this.#file), { recursive: true });
    const draft = `${this.#file}.new`;
    await writeFile(draft, `${JSON.stringify({ moved: Object.fromEntries(this.#moved) }, null, 2)}\n`);
    await rename(draft, this.#file);
  }

  #set(from: string, to: number): void {
    this.#moved.set(from, to);
    this.#oldOf.set(to, from);
  }
}

function readState(file: string): Readonly<Record<string, number>> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
  return stateSchema.parse(JSON.parse(text)).moved;
}
