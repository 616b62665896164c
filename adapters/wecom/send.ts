/** Finds the road of a message, sends its parts in order and says what came of it. */
import { readFile } from 'node:fs/promises';
import type { AdapterLog } from '@huiyin/core/kit';
import type { Outbound, OutboundMedia, SendResult } from '@huiyin/core/port';
import type { Api, File } from './api.ts';
import type { Carrier } from './carriers.ts';
import { byApp, byAppchat, byBot, byWebhook } from './carriers.ts';
import type { Condition, Side } from './condition.ts';
import type { WecomOptions } from './config.ts';
import { MAX_IMAGE_BYTES, MAX_UPLOAD_BYTES, MIN_UPLOAD_BYTES } from './config.ts';
import type { Link } from './connect.ts';
import type { Contacts } from './contacts.ts';
import type { Part } from './encode.ts';
import { encode, isPicture } from './encode.ts';
import { isKnownTask, isTrouble, resultOf, wordsFor } from './outcome.ts';
import type { Road } from './roads.ts';
import { roadsFor } from './roads.ts';

/** Below the minute after which the outbox takes a message back. */
const MESSAGE_MS = 40_000;
/** Half-sent messages remembered; more of them at once means that nothing goes at all. */
const MOST_BEGUN = 1_000;

export interface SendParts {
  readonly options: Pick<WecomOptions, 'app' | 'webhooks' | 'clock'>;
  readonly link: Link | null;
  readonly api: Api;
  readonly contacts: Contacts;
  readonly condition: Condition;
  readonly log: AdapterLog;
}

interface Progress {
  readonly road: Road;
  readonly parts: number;
  readonly messageId: string | null;
}

type Ready = Exclude<Part, { type: 'file' }> | { readonly type: 'file'; readonly file: File };

/** Thrown for a file that can't be sent; nothing has left by then. */
class FileTrouble extends Error {}

const SIDES: Readonly<Record<Road, Side>> = {
  aibot: 'aibot',
  app: 'app',
  appchat: 'app',
  webhook: 'webhook',
};

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
    const files = await readAll(message.media);
    const begun = this.#begun.get(message.id);
    const roads = begun === undefined ? this.#roadsFor(message) : [begun.road];
    if (typeof roads === 'string') {
      return { type: 'rejected', permanent: true, code: roads, detail: 'no road leads there now' };
    }
    let result: SendResult = EMPTY;
    for (const road of roads) {
      result = await this.#along({ road, parts: 0, messageId: null, ...begun }, message, files);
      // Where the one can't reach the chat, the next may; after anything else it might be said twice.
      if (!isClosed(result) || this.#begun.has(message.id)) return result;
    }
    return result;
  }

  #roadsFor({ chat, address }: Outbound): readonly Road[] | 'unreachable' | 'window_closed' {
    const { options, link, contacts } = this.#parts;
    return roadsFor(chat, {
      answer: address?.road === 'aibot',
      bot: link && { online: link.online, open: contacts.isOpen(chat.id, address, options.clock.now()) },
      app: options.app !== null,
      appchats: options.app?.chats ?? [],
      webhooks: Object.keys(options.webhooks),
    });
  }

  #carrier(road: Road, { chat, address }: Outbound): Carrier {
    const { options, link, api } = this.#parts;
    const request = typeof address?.request === 'string' ? address.request : null;
    if (road === 'aibot' && link) return byBot(link, chat, request);
    if (road === 'app' && options.app) {
      return byApp(api, chat.id, options.app.agentId, options.app.callback !== null);
    }
    return road === 'webhook' ? byWebhook(api, options.webhooks[chat.id] ?? '') : byAppchat(api, chat.id);
  }

  async #along(begun: Progress, message: Outbound, files: readonly File[]): Promise<SendResult> {
    const { clock } = this.#parts.options;
    const carrier = this.#carrier(begun.road, message);
    const parts = readyParts(encode(message, carrier), files);
    const until = clock.now() + MESSAGE_MS;
    let progress = begun;
    for (const part of parts.slice(begun.parts)) {
      if (clock.now() >= until) return this.#failed(message, progress, OUT_OF_TIME);
      const told = await this.#part(part, carrier, progress);
      if ('type' in told) return this.#failed(message, progress, told);
      progress = { ...progress, parts: progress.parts + 1, messageId: progress.messageId ?? told.id };
    }
    this.#begun.delete(message.id);
    return parts.length === 0 ? EMPTY : { type: 'sent', messageId: progress.messageId };
  }

  async #part(
    part: Ready,
    carrier: Carrier,
    { road, parts }: Progress,
  ): Promise<{ readonly id: string | null } | SendResult> {
    const { condition, log } = this.#parts;
    const side = SIDES[road];
    try {
      const id = await say(part, carrier);
      if (side !== 'aibot') condition.online(side);
      return { id };
    } catch (error) {
      if (part.type === 'card' && isKnownTask(error)) return { id: null };
      // The link tells of itself.
      if (side !== 'aibot' && isTrouble(error)) condition.trouble(side, wordsFor(error));
      const result = resultOf(error);
      const spare = part.type === 'card' && parts > 0 && result.type !== 'deferred';
      if (!spare) return result;
      // The words have gone, and say all that the buttons do.
      log.warn('the buttons of a message were not shown', { road, result: result.type });
      return { id: null };
    }
  }

  #failed(message: Outbound, progress: Progress, result: SendResult): SendResult {
    const again = result.type === 'deferred' || (result.type === 'rejected' && !result.permanent);
    if (again && progress.parts > 0) this.#remember(message.id, progress);
    else this.#begun.delete(message.id);
    if (!('detail' in result) || progress.parts === 0) return result;
    const detail = `${result.detail} (${progress.parts} parts went)`;
    // Part of it was seen: another road would say it again.
    return isClosed(result) ? { ...result, code: 'cut_short', detail } : { ...result, detail };
  }

  #remember(id: string, progress: Progress): void {
    if (this.#begun.size >= MOST_BEGUN) this.#begun.clear();
    this.#begun.set(id, progress);
  }
}

const OUT_OF_TIME: SendResult = { type: 'deferred', retryAfterMs: 1_000 };
const EMPTY: SendResult = {
  type: 'rejected',
  permanent: true,
  code: 'empty',
  detail: 'neither text nor a file',
};

const ELSEWHERE = new Set(['unreachable', 'bad_webhook']);

const isClosed = (result: SendResult): result is Extract<SendResult, { type: 'rejected' }> =>
  result.type === 'rejected' && ELSEWHERE.has(result.code);

async function say(part: Ready, carrier: Carrier): Promise<string | null> {
  if (part.type === 'text') return carrier.text(part.text, part.id);
  await (part.type === 'card' ? carrier.card(part.card) : carrier.file(part.file));
  return null;
}

function readyParts(parts: readonly Part[], files: readonly File[]): readonly Ready[] {
  const words = parts.filter((part) => part.type !== 'file');
  return [...words, ...files.map((file) => ({ type: 'file', file }) as const)];
}

const readAll = (media: readonly OutboundMedia[]): Promise<readonly File[]> =>
  Promise.all(media.filter(({ path }) => path !== null).map(fileOf));

async function fileOf(file: OutboundMedia): Promise<File> {
  const bytes = file.path === null ? null : await readFile(file.path).catch(() => null);
  if (bytes === null) throw new FileTrouble(`the file ${file.name} can't be read`);
  if (bytes.length < MIN_UPLOAD_BYTES) throw new FileTrouble(`the file ${file.name} is empty`);
  if (bytes.length > MAX_UPLOAD_BYTES) throw new FileTrouble(`the file ${file.name} is over 20 MB`);
  const picture = isPicture(file) && bytes.length <= MAX_IMAGE_BYTES;
  return { bytes, name: file.name, type: picture ? 'image' : 'file' };
}
