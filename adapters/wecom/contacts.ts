/**
 * When chats last wrote to the bot: for a day it may write there. Kept over restarts, or after one the bot would
 * fall silent everywhere until somebody writes.
 */
import { StateFile } from '@huiyin/core/kit';
import type { Address } from '@huiyin/core/port';
import { z } from 'zod';
import { WINDOW_MS } from './config.ts';

/** What goes at the very end of the window arrives after it. */
const MARGIN_MS = 60_000;
/** One writing an hour is enough: what is not written ends the window sooner. */
const GRAIN_MS = 60 * 60_000;

const stateSchema = z.object({ heard: z.record(z.string(), z.number()) });

export class Contacts {
  readonly #file: StateFile | null;
  readonly #heard: Map<string, number>;
  readonly #written: Map<string, number>;

  constructor(file: string | null) {
    this.#file = file === null ? null : new StateFile(file);
    this.#heard = new Map(Object.entries(this.#file === null ? {} : readState(this.#file)));
    this.#written = new Map(this.#heard);
  }

  /** @returns whether the file is to be written anew */
  hear(chat: string, at: number): boolean {
    this.#heard.set(chat, Math.max(at, this.#heard.get(chat) ?? 0));
    return at - (this.#written.get(chat) ?? 0) >= GRAIN_MS;
  }

  /** @param address of a message from there, which the core may have kept longer than we */
  isOpen(chat: string, address: Address | null, now: number): boolean {
    const told = address?.road === 'aibot' && typeof address.at === 'number' ? address.at : 0;
    const heard = Math.max(told, this.#heard.get(chat) ?? 0);
    return heard > 0 && now < heard + WINDOW_MS - MARGIN_MS;
  }

  /** Resolves when it is on disk, or could not be written: then `failed` is told. */
  async write(now: number, failed: (error: unknown) => void): Promise<void> {
    if (this.#file === null) return;
    this.#forget(now);
    const heard = Object.fromEntries(this.#heard);
    for (const [chat, at] of this.#heard) this.#written.set(chat, at);
    await this.#file.write({ heard }).catch(failed);
  }

  async idle(): Promise<void> {
    await this.#file?.idle();
  }

  #forget(now: number): void {
    for (const [chat, at] of this.#heard) {
      if (now - at < WINDOW_MS) continue;
      this.#heard.delete(chat);
      this.#written.delete(chat);
    }
  }
}

/** A file that is gone or spoilt closes windows that were open; it is no reason not to start. */
function readState(file: StateFile): Readonly<Record<string, number>> {
  try {
    return stateSchema.parse(file.read()).heard;
  } catch {
    return {};
  }
}
