/** Sends a message's parts in order and says what came of it. */
import { readFile } from 'node:fs/promises';
import type { Redact } from '@huiyin/core/kit';
import type { Outbound, OutboundMedia, SendResult } from '@huiyin/core/port';
import { InputFile } from 'grammy';
import type { Chats } from './chats.ts';
import type { Client } from './client.ts';
import type { TelegramOptions } from './config.ts';
import { MAX_PHOTO_BYTES, MAX_UPLOAD_BYTES } from './config.ts';
import type { Part, Target } from './encode.ts';
import { encode, methodOf } from './encode.ts';
import type { Trouble } from './outcome.ts';
import { resultOf, troubleOf } from './outcome.ts';
import type { Payload } from './payload.ts';

/** Below the minute after which the outbox takes a message back, uploads of all parts included. */
const MESSAGE_MS = 40_000;
const PART_MS = 30_000;
/** Half-sent messages remembered; more of them at once means that nothing goes at all. */
const MOST_BEGUN = 1_000;

export interface SendParts {
  readonly client: Client;
  readonly chats: Chats;
  readonly clock: TelegramOptions['clock'];
  readonly redact: Redact;
}

interface Progress {
  readonly parts: number;
  readonly firstId: number | null;
}

type PartResult =
  | { readonly ok: true; readonly id: number | null }
  | { readonly ok: false; readonly trouble: Trouble };

/** Thrown for a file that can't be sent; nothing has left by then. */
class FileTrouble extends Error {}

export class Sender {
  readonly #parts: SendParts;
  /** How far messages came that were deferred between two parts: what people have seen is not sent again. */
  readonly #begun = new Map<string, Progress>();

  constructor(parts: SendParts) {
    this.#parts = parts;
  }

  /** Never throws. */
  async send(message: Outbound): Promise<SendResult> {
    try {
      return await this.#send(message);
    } catch (error) {
      if (!(error instanceof FileTrouble)) return { type: 'unknown', detail: 'the adapter failed' };
      return { type: 'rejected', permanent: true, code: 'no_file', detail: error.message };
    }
  }

  async #send(message: Outbound): Promise<SendResult> {
    const { chats, clock, redact } = this.#parts;
    const chat = message.chat.id;
    const parts = encode(message, targetOf(message, chats));
    if (parts.length === 0) {
      return { type: 'rejected', permanent: true, code: 'empty', detail: 'neither text nor a file' };
    }
    const until = clock.now() + MESSAGE_MS;
    let { parts: done, firstId } = this.#begun.get(message.id) ?? { parts: 0, firstId: null };
    for (const part of parts.slice(done)) {
      const left = Math.min(PART_MS, until - clock.now());
      const result = left > 0 ? await this.#part(part, chat, left) : OUT_OF_TIME;
      if (!result.ok) {
        return this.#failed(message, { parts: done, firstId }, parts.length, result.trouble, redact);
      }
      done++;
      firstId ??= result.id;
    }
    this.#begun.delete(message.id);
    return { type: 'sent', messageId: firstId === null ? null : chats.messageIdOf(chat, firstId) };
  }

  #failed(message: Outbound, progress: Progress, of: number, trouble: Trouble, redact: Redact): SendResult {
    const result = resultOf(trouble);
    this.#begun.delete(message.id);
    if (result.type === 'deferred' || (result.type === 'rejected' && !result.permanent)) {
      if (progress.parts > 0) this.#remember(message.id, progress);
    }
    if (result.type === 'deferred') return result;
    const went = progress.parts === 0 ? '' : ` (${progress.parts} of ${of} parts went)`;
    return { ...result, detail: redact(`${result.detail}${went}`) };
  }

  #remember(id: string, progress: Progress): void {
    if (this.#begun.size >= MOST_BEGUN) this.#begun.clear();
    this.#begun.set(id, progress);
  }

  /** After a 400 nothing was sent, so a plainer form may be tried: a topic or a quoted message may be gone. */
  async #part(part: Part, chat: string, milliseconds: number): Promise<PartResult> {
    const refusals: Trouble[] = [];
    for (const form of formsOf(part)) {
      const result = await this.#call(form, milliseconds);
      if (result.ok) return result;
      const { trouble } = result;
      if (trouble.type !== 'refused' || trouble.code !== 400) return result;
      if (trouble.migratedTo !== null) return this.#moved(part, chat, trouble.migratedTo, milliseconds);
      refusals.push(trouble);
    }
    const [first] = refusals;
    return { ok: false, trouble: first ?? { type: 'network', code: 'UNKNOWN', sent: true } };
  }

  async #moved(part: Part, chat: string, to: number, milliseconds: number): Promise<PartResult> {
    const from = Number(chat);
    if (Number.isSafeInteger(from)) await this.#parts.chats.learn(from, to);
    const { reply_parameters: _gone, ...payload } = part.payload;
    return this.#call({ ...part, payload: { ...payload, chat_id: to } } as Part, milliseconds);
  }

  async #call(part: Part, milliseconds: number): Promise<PartResult> {
    const files = 'files' in part ? await Promise.all(part.files.map(inputOf)) : [];
    try {
      return { ok: true, id: await dispatch(this.#parts.client, part, files, milliseconds) };
    } catch (error) {
      return { ok: false, trouble: troubleOf(error) };
    }
  }
}

const OUT_OF_TIME: PartResult = { ok: false, trouble: { type: 'network', code: 'OUT_OF_TIME', sent: false } };

/** Always to the chat that the core named: an address only adds the topic, and only in its own chat. */
function targetOf({ chat, address, replyTo }: Outbound, chats: Chats): Target {
  const { chatId, threadId } = address ?? {};
  const here = typeof chatId === 'number' && chats.nameOf(chatId).id === chat.id;
  return {
    chatId: chats.idOf(chat.id),
    threadId: here && typeof threadId === 'number' ? threadId : null,
    replyTo: replyTo === null ? null : chats.messageNumber(chat.id, replyTo),
  };
}

/** As meant; as a document; without the quote; without the topic. */
function formsOf(part: Part): readonly Part[] {
  const { reply_parameters: reply, message_thread_id: topic, ...plain } = part.payload;
  const forms: Part[] = [part];
  if (part.method === 'sendPhoto') forms.push({ ...part, method: 'sendDocument' });
  const withTopic = topic === undefined ? plain : { ...plain, message_thread_id: topic };
  if (reply !== undefined) forms.push({ ...part, payload: withTopic } as Part);
  if (topic !== undefined) forms.push({ ...part, payload: plain } as Part);
  return forms;
}

interface Input {
  readonly file: InputFile;
  readonly bytes: number;
}

async function inputOf({ path, name }: OutboundMedia): Promise<Input> {
  const bytes = path === null ? null : await readFile(path).catch(() => null);
  if (bytes === null) throw new FileTrouble(`the file ${name} can't be read`);
  if (bytes.length === 0) throw new FileTrouble(`the file ${name} is empty`);
  if (bytes.length > MAX_UPLOAD_BYTES) throw new FileTrouble(`the file ${name} is over 50 MB`);
  // grammY writes the name unquoted into a header.
  return { file: new InputFile(bytes, name.replace(/[\r\n";\\]/g, '_')), bytes: bytes.length };
}

/** @returns the id of the (first) message; null where Telegram told none */
async function dispatch(
  client: Client,
  part: Part,
  inputs: readonly Input[],
  milliseconds: number,
): Promise<number | null> {
  const sent: unknown = await client.within(milliseconds, (raw, signal): Promise<unknown> => {
    if (part.method === 'sendMessage') return raw.sendMessage(part.payload as Payload<'sendMessage'>, signal);
    const [first] = inputs;
    if (part.method === 'sendMediaGroup' || !first) {
      const type = part.files.every((file) => methodOf(file) === 'sendPhoto') ? 'photo' : 'document';
      const media = inputs.map(({ file }) => ({ type, media: file }));
      return raw.sendMediaGroup({ ...part.payload, media } as Payload<'sendMediaGroup'>, signal);
    }
    return part.method === 'sendPhoto' && first.bytes <= MAX_PHOTO_BYTES
      ? raw.sendPhoto({ ...part.payload, photo: first.file } as Payload<'sendPhoto'>, signal)
      : raw.sendDocument({ ...part.payload, document: first.file } as Payload<'sendDocument'>, signal);
  });
  const message: unknown = Array.isArray(sent) ? sent[0] : sent;
  const id =
    typeof message === 'object' && message !== null && 'message_id' in message ? message.message_id : null;
  return Number.isSafeInteger(id) ? (id as number) : null;
}
