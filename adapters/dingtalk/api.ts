/** The calls that are made; what they throw is an `ApiError` or a `WireError`. */
import type { Redactor } from '@huiyin/core/kit';
import type { DingtalkOptions } from './config.ts';
import { MAX_DOWNLOAD_BYTES } from './config.ts';
import type { Json } from './decode-content.ts';
import { textIn } from './decode-content.ts';
import type { Call, Said } from './encode.ts';
import type { Http } from './http.ts';
import { ApiError, isStaleToken } from './outcome.ts';
import { Tokens } from './tokens.ts';

export interface ApiParts {
  readonly options: Pick<
    DingtalkOptions,
    'clientId' | 'clientSecret' | 'robotCode' | 'apiRoot' | 'oapiRoot' | 'clock'
  >;
  readonly http: Http;
  readonly redactor: Redactor;
}

export interface Subscription {
  readonly type: string;
  readonly topic: string;
}

export class Api {
  readonly #parts: ApiParts;
  readonly #tokens: Tokens;

  constructor(parts: ApiParts) {
    this.#parts = parts;
    this.#tokens = new Tokens(parts);
  }

  /** Whether id and secret are good. */
  async signIn(): Promise<void> {
    await this.#tokens.get();
  }

  /**
   * Where to open the stream; good for one connection within 90 seconds.
   * https://open-dingtalk.github.io/developerpedia/docs/learn/stream/protocol
   */
  async openStream(subscriptions: readonly Subscription[]): Promise<string> {
    const { options, http, redactor } = this.#parts;
    const { clientId, clientSecret, apiRoot } = options;
    const answer = await http.json({
      url: `${apiRoot}/v1.0/gateway/connections/open`,
      method: 'POST',
      body: { clientId, clientSecret, subscriptions, ua: 'huiyin' },
    });
    const endpoint = textIn(answer, 'endpoint');
    const ticket = textIn(answer, 'ticket');
    redactor.learn(ticket);
    if (ticket === '' || !URL.canParse(endpoint)) malformed();
    const address = new URL(endpoint);
    const safe = address.protocol === 'wss:' || (isLoopback(apiRoot) && isLoopback(address.href));
    if (!safe) throw new ApiError(200, null, 'an address that is not safe');
    address.searchParams.set('ticket', ticket);
    return address.href;
  }

  /** @returns the key by which a message can be found again; null where none was told */
  async say({ path, to }: Call, said: Said): Promise<string | null> {
    const answer = await this.#withToken((token) => this.#post(path, token, { ...to, ...said }));
    refusedIn(answer);
    return textIn(answer, 'processQueryKey') || null;
  }

  /** @returns the file's mediaId, which stays good */
  async upload(file: Uint8Array, name: string, type: 'image' | 'file'): Promise<string> {
    const { http, options } = this.#parts;
    const answer = await this.#withToken((token) => {
      const body = new FormData();
      body.append('type', type);
      body.append('media', new Blob([new Uint8Array(file)]), name);
      const query = new URLSearchParams({ access_token: token, type });
      return http.json({ url: `${options.oapiRoot}/media/upload?${query}`, method: 'POST', body });
    });
    return textIn(answer, 'media_id') || malformed();
  }

  /** @param code one that `decode` gave as a reference */
  async download(code: string): Promise<{ bytes: Uint8Array; mime: string | null }> {
    const { http, options } = this.#parts;
    const path = '/v1.0/robot/messageFiles/download';
    const answer = await this.#withToken((token) => this.#post(path, token, { downloadCode: code }));
    const url = safeFileUrl(textIn(answer, 'downloadUrl'), isLoopback(options.apiRoot));
    if (url === null) throw new ApiError(200, null, 'an address that is not safe');
    return http.file(url, MAX_DOWNLOAD_BYTES);
  }

  #post(path: string, token: string, body: Json): Promise<Json> {
    const { http, options } = this.#parts;
    return http.json({
      url: `${options.apiRoot}${path}`,
      method: 'POST',
      headers: { 'x-acs-dingtalk-access-token': token },
      body: { robotCode: options.robotCode, ...body },
    });
  }

  /** Once more with a fresh token where DingTalk no longer takes the one that is kept. */
  async #withToken<T>(run: (token: string) => Promise<T>): Promise<T> {
    const token = await this.#tokens.get();
    try {
      return await run(token);
    } catch (error) {
      if (!isStaleToken(error)) throw error;
      this.#tokens.forget(token);
      return run(await this.#tokens.get());
    }
  }
}

/** Taken, but not for the person: told with 200. Only one is ever written to at a time. */
function refusedIn(answer: Json): void {
  const named = (field: string): boolean => {
    const list = answer[field];
    return Array.isArray(list) && list.length > 0;
  };
  if (named('invalidStaffIdList')) throw new ApiError(200, 'invalidStaff', 'no such person');
  if (named('filteredStaffIdList')) throw new ApiError(200, 'filteredStaff', 'not visible to the person');
  if (named('flowControlledStaffIdList')) throw new ApiError(200, 'flowControlled', 'too often');
}

function malformed(): never {
  throw new ApiError(200, null, 'an answer without what was asked for');
}

const isLoopback = (url: string): boolean =>
  URL.canParse(url) && ['127.0.0.1', 'localhost'].includes(new URL(url).hostname);

/**
 * Files lie with other hosts than the API, and their addresses come from DingTalk: encrypted, by a public name, and
 * never on this machine or its net. Without a token: the address itself holds a signature.
 * @returns null where it is none of these
 */
export function safeFileUrl(given: string, loopback: boolean): string | null {
  if (!URL.canParse(given)) return null;
  const url = new URL(given);
  if (loopback && isLoopback(given)) return url.href;
  if (url.protocol === 'http:') url.protocol = 'https:';
  const named =
    /^(?:[a-z0-9-]+\.)+[a-z]{2,}$/i.test(url.hostname) && !/\.local(?:host)?$/i.test(url.hostname);
  const plain = url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';
  return named && plain ? url.href : null;
}
