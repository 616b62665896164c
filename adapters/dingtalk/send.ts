/** Sends a message's parts in order and says what came of it. */
import { readFile } from 'node:fs/promises';
import type { Outbound, OutboundMedia, SendResult } from '@huiyin/core/port';
import type { Api } from './api.ts';
import type { DingtalkOptions } from './config.ts';
import { MAX_UPLOAD_BYTES } from './config.ts';
import { OUTSIDER } from './decode.ts';
import type { FilePart, Part, Said } from './encode.ts';
import { callOf, canBeSent, encode, saidFile, saidText } from './encode.ts';
import { ApiError, resultOf, unseen } from './outcome.ts';

/** Below the minute after which the outbox takes a message back. */
const MESSAGE_MS = 40_000;
/** Half-sent messages remembered; more of them at once means that nothing goes at all. */
const MOST_BEGUN = 1_000;

/** Thrown for a file that can't be sent; nothing of it has left by then. */
class FileTrouble extends Error {}

export interface SenderParts {
  readonly api: Api;
  readonly clock: DingtalkOptions['clock'];
  /** Told of each message that went (null) or did not, for health. */
  readonly told: (error: unknown) => void;
}

/** @property mediaIds of the parts that are ready, files uploaded; null for words */
interface Progress {
  readonly mediaIds: readonly (string | null)[];
  readonly done: number;
  readonly firstId: string | null;
}

const NOTHING: Progress = { mediaIds: [], done: 0, firstId: null };

export class Sender {
  readonly #parts: SenderParts;
  /** How far messages came that were deferred on their way: DingTalk drops no repeats. */
  readonly #begun = new Map<string, Progress>();

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** Never throws. */
  async send(message: Outbound): Promise<SendResult> {
    const parts = encode(message);
    if (parts.length === 0) {
      return { type: 'rejected', permanent: true, code: 'empty', detail: 'neither text nor a file' };
    }
    const until = this.#parts.clock.now() + MESSAGE_MS;
    let progress = this.#begun.get(message.id) ?? NOTHING;
    try {
      outsiderIn(message);
      while (progress.done < parts.length) {
        if (this.#parts.clock.now() >= until) return this.#later(message.id, progress);
        progress = await this.#step(message, parts, progress);
      }
    } catch (error) {
      this.#parts.told(error);
      return this.#failed(message.id, progress, parts.length, error);
    }
    this.#begun.delete(message.id);
    this.#parts.told(null);
    return { type: 'sent', messageId: progress.firstId };
  }

  /** All files are with DingTalk before anybody sees a word: what fails until then was not sent. */
  async #step(message: Outbound, parts: readonly Part[], progress: Progress): Promise<Progress> {
    const { mediaIds, done, firstId } = progress;
    const next = parts[mediaIds.length];
    if (next !== undefined) {
      return {
        ...progress,
        mediaIds: [...mediaIds, next.type === 'text' ? null : await this.#uploaded(next)],
      };
    }
    const id = await this.#parts.api.say(callOf(message), saidOf(parts, progress));
    return { ...progress, done: done + 1, firstId: firstId ?? id };
  }

  async #uploaded(part: FilePart): Promise<string> {
    const { file } = part;
    if (!canBeSent(part)) throw new FileTrouble(`DingTalk takes no file like ${file.name}`);
    const bytes = await bytesOf(file);
    try {
      return await this.#parts.api.upload(bytes, file.name, part.type);
    } catch (error) {
      throw unseen(error);
    }
  }

  #failed(id: string, progress: Progress, of: number, error: unknown): SendResult {
    const went = progress.done === 0 ? '' : ` (${progress.done} of ${of} parts went)`;
    if (error instanceof FileTrouble) {
      this.#begun.delete(id);
      return { type: 'rejected', permanent: true, code: 'no_file', detail: `${error.message}${went}` };
    }
    const result = resultOf(error);
    const again = result.type === 'deferred' || (result.type === 'rejected' && !result.permanent);
    if (again) this.#remember(id, progress);
    else this.#begun.delete(id);
    return result.type === 'deferred' ? result : { ...result, detail: `${result.detail}${went}` };
  }

  #later(id: string, progress: Progress): SendResult {
    this.#remember(id, progress);
    return { type: 'deferred', retryAfterMs: 1_000 };
  }

  #remember(id: string, progress: Progress): void {
    if (progress.done === 0 && progress.mediaIds.every((mediaId) => mediaId === null)) return;
    if (this.#begun.size >= MOST_BEGUN) this.#begun.clear();
    this.#begun.set(id, progress);
  }
}

function saidOf(parts: readonly Part[], { mediaIds, done }: Progress): Said {
  const part = parts[done];
  if (part === undefined) throw new Error('no part is left');
  return part.type === 'text' ? saidText(part.text) : saidFile(part, mediaIds[done] ?? '');
}

/** Whoever is not of the organisation has no id to which a robot could write. */
function outsiderIn({ chat }: Outbound): void {
  if (chat.kind === 'direct' && chat.id.startsWith(OUTSIDER)) {
    throw new ApiError(400, 'outsider', 'somebody outside the organisation');
  }
}

async function bytesOf({ path, name }: OutboundMedia): Promise<Uint8Array> {
  const bytes = path === null ? null : await readFile(path).catch(() => null);
  if (bytes === null) throw new FileTrouble(`the file ${name} can't be read`);
  if (bytes.length === 0) throw new FileTrouble(`the file ${name} is empty`);
  if (bytes.length > MAX_UPLOAD_BYTES) throw new FileTrouble(`the file ${name} is over 20 MB`);
  return bytes;
}
