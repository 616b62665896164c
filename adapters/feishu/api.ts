/** The calls that are made, through the official SDK; what it throws is an `ApiError` or a `WireError`. */
import type { Cache, Client, HttpInstance, Logger } from '@larksuiteoapi/node-sdk';
import type { FeishuOptions } from './config.ts';
import type { Sdk } from './connect.ts';
import { readRef } from './decode-content.ts';
import type { Part } from './encode.ts';
import { ApiError, isStaleToken } from './outcome.ts';

export interface ApiParts {
  readonly sdk: Sdk;
  readonly options: Pick<FeishuOptions, 'appId' | 'appSecret' | 'domain' | 'clock'>;
  readonly instance: HttpInstance;
  readonly logger: Logger;
}

export interface Whereabouts {
  readonly chat: string;
  readonly sender: string;
}

export class Api {
  readonly #client: Client;
  readonly #tokens: Tokens;

  constructor({ sdk, options, instance, logger }: ApiParts) {
    this.#tokens = new Tokens(options.clock);
    this.#client = new sdk.Client({
      appId: options.appId,
      appSecret: options.appSecret,
      domain: options.domain,
      httpInstance: instance,
      cache: this.#tokens,
      loggerLevel: sdk.LoggerLevel.warn,
      logger,
    });
  }

  /** The bot's open_id. */
  async me(): Promise<string> {
    const answer: unknown = await this.#call(() =>
      this.#client.request({ method: 'GET', url: '/open-apis/bot/v3/info' }),
    );
    return textAt(answer, 'bot', 'open_id') ?? malformed();
  }

  /** Scopes granted to the app. */
  async scopes(): Promise<readonly string[]> {
    const answer = await this.#call(() => this.#client.application.v6.scope.list({}));
    return (answer.data?.scopes ?? [])
      .filter(({ grant_status: status }) => status === GRANTED)
      .map(({ scope_name: name }) => name);
  }

  /** @returns the new message's id */
  async say({ type, uuid, target }: Part, content: string): Promise<string | null> {
    const data = { msg_type: type, content, uuid };
    const { replyTo, inTopic } = target;
    const answer = await this.#call(() =>
      replyTo === null
        ? this.#client.im.v1.message.create({
            params: { receive_id_type: target.idType },
            data: { ...data, receive_id: target.id },
          })
        : this.#client.im.v1.message.reply({
            path: { message_id: segment(replyTo) },
            data: inTopic ? { ...data, reply_in_thread: true } : data,
          }),
    );
    return textAt(answer, 'data', 'message_id');
  }

  /** @returns the picture's key */
  async uploadImage(image: Buffer): Promise<string> {
    const answer: unknown = await this.#call(() =>
      this.#client.im.v1.image.create({ data: { image_type: 'message', image } }),
    );
    return textAt(answer, 'image_key') ?? malformed();
  }

  /** @returns the file's key */
  async uploadFile(file: Buffer, name: string, type: FileType): Promise<string> {
    const answer: unknown = await this.#call(() =>
      this.#client.im.v1.file.create({ data: { file_type: type, file_name: name, file } }),
    );
    return textAt(answer, 'file_key') ?? malformed();
  }

  /** @param ref one that `decode` gave */
  async download(ref: string): Promise<{ bytes: Uint8Array; mime: string | null }> {
    const wanted = readRef(ref);
    if (wanted === null) throw new Error('no reference of ours');
    const { message, key, type } = wanted;
    const answer = await this.#call(() =>
      this.#client.im.v1.messageResource.get({
        path: { message_id: segment(message), file_key: segment(key) },
        params: { type },
      }),
    );
    const pieces: Uint8Array[] = [];
    for await (const piece of answer.getReadableStream() as AsyncIterable<Uint8Array>) pieces.push(piece);
    const mime = textAt(answer.headers, 'content-type')?.split(';')[0]?.trim() ?? null;
    return { bytes: Buffer.concat(pieces), mime };
  }

  async withdraw(message: string): Promise<void> {
    await this.#call(() => this.#client.im.v1.message.delete({ path: { message_id: segment(message) } }));
  }

  /** Also of a message that was withdrawn: Feishu then keeps its text back, not where it stood. */
  async whereabouts(message: string): Promise<Whereabouts | null> {
    const answer = await this.#call(() =>
      this.#client.im.v1.message.get({ path: { message_id: segment(message) } }),
    );
    const [item] = answer.data?.items ?? [];
    const { chat_id: chat, sender } = item ?? {};
    return chat && sender?.id_type === 'open_id' ? { chat, sender: sender.id } : null;
  }

  async isDirect(chat: string): Promise<boolean> {
    const answer = await this.#call(() => this.#client.im.v1.chat.get({ path: { chat_id: segment(chat) } }));
    return answer.data?.chat_mode === 'p2p';
  }

  /** Once more with a fresh token where Feishu no longer takes the one that the SDK keeps. */
  async #call<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (!isStaleToken(error)) throw error;
      this.#tokens.forget();
      return run();
    }
  }
}

type FileType = Parameters<Client['im']['v1']['file']['create']>[0] extends infer P
  ? NonNullable<P> extends { data: { file_type: infer F } }
    ? F
    : never
  : never;

const GRANTED = 1;

/** The SDK puts ids into the path as they are. */
const segment = (id: string): string => encodeURIComponent(id);

function malformed(): never {
  throw new ApiError(200, null, 'an answer without what was asked for', null);
}

function textAt(value: unknown, ...path: readonly string[]): string | null {
  const found = path.reduce<unknown>(
    (at, name) =>
      typeof at === 'object' && at !== null ? (at as Readonly<Record<string, unknown>>)[name] : undefined,
    value,
  );
  return typeof found === 'string' && found !== '' ? found : null;
}

/**
 * Where the SDK keeps the tenant token. Its own cache is one for the whole process and can't be told that Feishu
 * revoked a token. A fetch that failed leaves nothing here: the next call fetches anew.
 */
class Tokens implements Cache {
  readonly #clock: { now(): number };
  readonly #kept = new Map<string | symbol, { value: unknown; until: number }>();

  constructor(clock: { now(): number }) {
    this.#clock = clock;
  }

  readonly set: Cache['set'] = async (key, value, until) => {
    this.#kept.set(key as string | symbol, { value, until: until ?? Number.POSITIVE_INFINITY });
    return true;
  };

  readonly get: Cache['get'] = async (key) => {
    const kept = this.#kept.get(key as string | symbol);
    return kept !== undefined && kept.until > this.#clock.now() ? kept.value : undefined;
  };

  forget(): void {
    this.#kept.clear();
  }
}
