/**
 * Long polling. Not grammY's own loop: it counts an update as done before its handler ran, and acknowledges it
 * even where the handler failed (bot.js, `lastTriedUpdateId`). Here an update is acknowledged, by asking for the
 * next one, only after the core's commit; a process that dies before gets it again.
 */

import type { AdapterLog, Patience } from '@huiyin/core/kit';
import { backoffMs } from '@huiyin/core/kit';
import type { Unit } from './albums.ts';
import { unitsOf } from './albums.ts';
import type { Client } from './client.ts';
import type { Condition } from './condition.ts';
import type { Intake } from './intake.ts';
import type { Trouble } from './outcome.ts';
import { inWords, troubleOf } from './outcome.ts';
import type { Update } from './update.ts';
import { ALLOWED_UPDATES, readUpdate } from './update.ts';
import { WORDS } from './words.ts';

const LONG_POLL_SECONDS = 30;
/** Beyond the long poll itself: a connection that died without a word. */
const GRACE_MS = 20_000;
const BATCH = 100;
/** How long the rest of an album may take. */
export const ALBUM_WAIT_MS = 1_000;
const CONFIRM_MS = 3_000;

export interface PollParts {
  readonly client: Client;
  readonly intake: Pick<Intake, 'take'>;
  readonly condition: Condition;
  readonly patience: Patience;
  readonly log: AdapterLog;
}

export class Poller {
  readonly #parts: PollParts;
  /** The first update not handled; null asks for the earliest that Telegram holds. */
  #offset: number | null = null;
  /** Handled, but behind one that is not. */
  readonly #done = new Set<number>();
  #album: { readonly key: string; readonly size: number } | null = null;
  /** In a row, of asking Telegram and of handing over to the core. */
  #unanswered = 0;
  #untaken = 0;

  constructor(parts: PollParts) {
    this.#parts = parts;
  }

  /** Resolves after a stop, with the last update acknowledged where Telegram can be reached. */
  async run(): Promise<void> {
    const { patience } = this.#parts;
    while (!patience.stopped) {
      const batch = await this.#fetch();
      if (batch !== null) await this.#handle(batch);
    }
    if (this.#offset !== null) await this.#ask(0, CONFIRM_MS, 1).catch(() => undefined);
  }

  async #fetch(): Promise<readonly unknown[] | null> {
    const seconds = this.#album === null ? LONG_POLL_SECONDS : 0;
    try {
      const batch: unknown = await this.#ask(seconds, seconds * 1_000 + GRACE_MS, BATCH);
      if (!Array.isArray(batch)) return await this.#failed(WORDS.malformed, null);
      this.#parts.condition.online();
      this.#unanswered = 0;
      // After a quiet week Telegram draws update ids anew, perhaps lower ones: with nothing left to
      // acknowledge, an old offset would only hide them (Bot API, Update.update_id).
      if (batch.length === 0) this.#offset = null;
      return batch;
    } catch (error) {
      if (this.#parts.patience.stopped) return null;
      const trouble = troubleOf(error);
      this.#parts.log.warn('Telegram gave no updates', { detail: inWords(trouble) });
      return this.#failed(wordsFor(trouble), trouble);
    }
  }

  #ask(timeout: number, milliseconds: number, limit: number): Promise<readonly unknown[]> {
    const offset = this.#offset === null ? {} : { offset: this.#offset };
    return this.#parts.client.within(milliseconds, (raw, signal) =>
      raw.getUpdates({ ...offset, timeout, limit, allowed_updates: ALLOWED_UPDATES }, signal),
    );
  }

  async #handle(batch: readonly unknown[]): Promise<void> {
    if (batch.length === 0) return;
    const updates = this.#readable(batch);
    const ids = idsOf(batch);
    if (ids.length === 0) return void (await this.#failed(WORDS.malformed, null));
    const pending = new Set(ids.filter((id) => !this.#done.has(id)));
    this.#advance(pending, ids);
    for (const unit of unitsOf(updates)) {
      if (unit.open && this.#mayGrow(unit)) return this.#parts.patience.pause(ALBUM_WAIT_MS);
      if (this.#parts.patience.stopped || !(await this.#took(unit))) return;
      for (const { update_id: id } of unit.updates) {
        this.#done.add(id);
        pending.delete(id);
      }
      this.#advance(pending, ids);
    }
  }

  /** What is no update blocks nobody: it is passed over. */
  #readable(batch: readonly unknown[]): readonly Update[] {
    return batch.flatMap((value) => {
      const update = readUpdate(value);
      if (update) return this.#done.has(update.update_id) ? [] : [update];
      this.#parts.log.warn('an update could not be read');
      for (const id of idsOf([value])) this.#done.add(id);
      return [];
    });
  }

  /** Asked for again after a moment, an album that has not grown is whole. */
  #mayGrow({ album, updates }: Unit): boolean {
    const before = this.#album;
    this.#album = album === null ? null : { key: album, size: updates.length };
    return before?.key !== album || before?.size !== updates.length;
  }

  async #took(unit: Unit): Promise<boolean> {
    try {
      await this.#parts.intake.take(unit.updates);
      this.#album = null;
      this.#untaken = 0;
      return true;
    } catch (error) {
      const detail = error instanceof Error ? error.message : 'unknown';
      this.#parts.log.error('an update was not taken', { detail });
      // At once the first time: the store may only have been busy.
      this.#untaken++;
      this.#parts.condition.trouble(WORDS.notTaken);
      if (this.#untaken > 1) await this.#parts.patience.pause(backoffMs(this.#untaken - 1));
      return false;
    }
  }

  #advance(pending: ReadonlySet<number>, ids: readonly number[]): void {
    this.#offset = pending.size > 0 ? Math.min(...pending) : Math.max(...ids) + 1;
    for (const id of this.#done) if (id < this.#offset) this.#done.delete(id);
  }

  async #failed(words: string, trouble: Trouble | null): Promise<null> {
    this.#unanswered++;
    const { condition, patience } = this.#parts;
    const refused = trouble?.type === 'refused' ? trouble : null;
    if (refused && isTokenRefused(refused.code)) condition.kicked(words);
    else condition.trouble(words);
    await patience.pause(refused?.retryAfterMs ?? backoffMs(this.#unanswered));
    return null;
  }
}

export const isTokenRefused = (code: number): boolean => code === 401 || code === 404;

export function wordsFor(trouble: Trouble): string {
  if (trouble.type === 'network') return WORDS.network(trouble.code);
  if (isTokenRefused(trouble.code)) return WORDS.badToken;
  return trouble.code === 409 ? WORDS.conflict : WORDS.refused(inWords(trouble));
}

function idsOf(batch: readonly unknown[]): readonly number[] {
  return batch.flatMap((value) => {
    const id = typeof value === 'object' && value !== null && 'update_id' in value ? value.update_id : null;
    return Number.isSafeInteger(id) ? [id as number] : [];
  });
}
