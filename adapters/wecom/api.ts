/** The calls over HTTP: the app's with its token, the group robots' with their keys. What is thrown is an `ApiError` or a `WireError`. */
import type { AdapterTimers, Wire, WireAnswer } from '@huiyin/core/kit';
import { type Redactor, WireError } from '@huiyin/core/kit';
import type { AppConfig, WecomOptions } from './config.ts';
import { MAX_DOWNLOAD_BYTES } from './config.ts';
import type { FileType } from './encode.ts';
import { ApiError, isStaleToken, unseen } from './outcome.ts';

export interface ApiParts {
  readonly wire: Wire;
  readonly options: Pick<WecomOptions, 'apiRoot' | 'clock'> & { readonly timers: AdapterTimers };
  readonly app: AppConfig | null;
  readonly redactor: Redactor;
}

type Json = Readonly<Record<string, unknown>>;
type Query = Readonly<Record<string, string>>;

interface Call {
  readonly path: string;
  readonly query: Query;
  /** Null: a GET. */
  readonly body: Json | FormData | null;
}

const CALL_MS = 15_000;
const FILE_MS = 60_000;
const MAX_ANSWER_BYTES = 1_000_000;
/** A token is renewed so long before its end that no message meets the end. */
const TOKEN_MARGIN_MS = 5 * 60_000;

export interface File {
  readonly bytes: Buffer;
  readonly name: string;
  readonly type: FileType;
}

export class Api {
  readonly #parts: ApiParts;
  readonly #underWay = new Set<AbortController>();
  #token: { readonly value: string; readonly until: number } | null = null;
  #fetching: Promise<string> | null = null;

  constructor(parts: ApiParts) {
    this.#parts = parts;
  }

  /** Whether the app's credentials are taken. */
  async signIn(): Promise<void> {
    await this.#accessToken();
  }

  /** The app's name as people see it. */
  async appName(): Promise<string | null> {
    const { agentId } = this.#app();
    return textAt(await this.#asApp('agent/get', { agentid: String(agentId) }, null), 'name');
  }

  /** @returns the message's id */
  async say(body: Json): Promise<string | null> {
    const answer = await this.#asApp('message/send', {}, body);
    const lost = ['invaliduser', 'unlicenseduser'].find((name) => textAt(answer, name) !== null);
    if (lost === undefined) return textAt(answer, 'msgid');
    // Sent with 0, and to nobody: there is one person to each message.
    throw new ApiError(200, NOBODY, lost);
  }

  async sayInChat(body: Json): Promise<void> {
    await this.#asApp('appchat/send', {}, body);
  }

  /** @returns the file's id, good for three days */
  async upload(file: File): Promise<string> {
    return mediaIdIn(
      await this.#asApp('media/upload', { type: file.type }, formOf(file)).catch(rethrowUnseen),
    );
  }

  async sayByRobot(key: string, body: Json): Promise<void> {
    await this.#call({ path: 'webhook/send', query: { key }, body });
  }

  async uploadByRobot(key: string, file: File): Promise<string> {
    const call = { path: 'webhook/upload_media', query: { key, type: file.type }, body: formOf(file) };
    return mediaIdIn(await this.#call(call).catch(rethrowUnseen));
  }

  async download(mediaId: string): Promise<{ bytes: Uint8Array; mime: string | null }> {
    const { bytes, headers } = await this.#withToken((token) =>
      this.#exchange(
        { path: 'media/get', query: { access_token: token, media_id: mediaId }, body: null },
        MAX_DOWNLOAD_BYTES,
      ),
    );
    return { bytes, mime: headers['content-type']?.split(';')[0]?.trim() ?? null };
  }

  /** Breaks off what is under way. */
  abandon(): void {
    for (const controller of this.#underWay) controller.abort();
  }

  #app(): AppConfig {
    const { app } = this.#parts;
    if (app === null) throw new Error('no app is configured');
    return app;
  }

  #asApp(path: string, query: Query, body: Call['body']): Promise<Json> {
    return this.#withToken((token) => this.#call({ path, query: { access_token: token, ...query }, body }));
  }

  /** Once more with a fresh token where WeCom no longer takes the one that is kept. */
  async #withToken<T>(run: (token: string) => Promise<T>): Promise<T> {
    try {
      return await run(await this.#accessToken());
    } catch (error) {
      if (!isStaleToken(error)) throw error;
      this.#token = null;
      return run(await this.#accessToken());
    }
  }

  /** One fetch at a time. One that failed leaves nothing: the next call fetches anew. */
  async #accessToken(): Promise<string> {
    const kept = this.#token;
    if (kept !== null && this.#parts.options.clock.now() < kept.until) return kept.value;
    this.#fetching ??= this.#fetchToken().finally(() => {
      this.#fetching = null;
    });
    return this.#fetching;
  }

  async #fetchToken(): Promise<string> {
    const { corpId, secret } = this.#app();
    const query = { corpid: corpId, corpsecret: secret };
    const answer = await this.#call({ path: 'gettoken', query, body: null }).catch(rethrowUnseen);
    const value = textAt(answer, 'access_token');
    if (value === null) throw new WireError('NO_TOKEN', false);
    this.#parts.redactor.learn(value);
    const { expires_in: seconds } = answer;
    const lasts = typeof seconds === 'number' && seconds > 0 ? seconds * 1_000 : 0;
    this.#token = { value, until: this.#parts.options.clock.now() + lasts - TOKEN_MARGIN_MS };
    return value;
  }

  async #call(call: Call): Promise<Json> {
    return answerIn(await this.#exchange(call, MAX_ANSWER_BYTES), this.#parts.redactor);
  }

  async #exchange({ path, query, body }: Call, maxBytes: number): Promise<WireAnswer> {
    const { wire, options, redactor } = this.#parts;
    const controller = new AbortController();
    const slow = body instanceof FormData || maxBytes > MAX_ANSWER_BYTES;
    const cancel = options.timers.after(slow ? FILE_MS : CALL_MS, () => controller.abort());
    this.#underWay.add(controller);
    try {
      const answer = await wire.exchange({
        url: `${options.apiRoot}/cgi-bin/${path}?${new URLSearchParams(query)}`,
        method: body === null ? 'GET' : 'POST',
        ...(await encoded(body)),
        signal: controller.signal,
        maxBytes,
      });
      // A file that can't be had is told with 200 too.
      const told = answer.headers['content-type']?.includes('json') === true;
      if (answer.status !== 200 || told) answerIn(answer, redactor);
      return answer;
    } finally {
      cancel();
      this.#underWay.delete(controller);
    }
  }
}

/** 81013: nobody of those named may be written to. */
const NOBODY = 81013;

const rethrowUnseen = (error: unknown): never => {
  throw unseen(error);
};

async function encoded(body: Call['body']) {
  if (body === null) return { body: null, headers: {} };
  if (!(body instanceof FormData)) return framed(Buffer.from(JSON.stringify(body)), 'application/json');
  const form = new Response(body);
  return framed(Buffer.from(await form.arrayBuffer()), form.headers.get('content-type') ?? '');
}

const framed = (body: Buffer, type: string) => ({
  body,
  headers: { 'Content-Type': type, 'Content-Length': String(body.length) },
});

function formOf({ bytes, name }: File): FormData {
  const form = new FormData();
  form.append('media', new Blob([new Uint8Array(bytes)]), name);
  return form;
}

/** @throws ApiError where WeCom refused, or answered with what is none of its answers */
function answerIn({ status, headers, bytes }: WireAnswer, redactor: Redactor): Json {
  const body = jsonOf(bytes);
  const code = typeof body?.errcode === 'number' ? body.errcode : null;
  if (body !== null && code === 0 && status === 200) return body;
  const detail = typeof body?.errmsg === 'string' ? redactor.clean(body.errmsg) : '';
  const seconds = headers['retry-after'] ?? '';
  const wait = /^\d{1,5}$/.test(seconds) ? Math.max(1, Number(seconds)) * 1_000 : null;
  throw new ApiError(status, code, detail, wait);
}

function jsonOf(bytes: Uint8Array): Json | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
  } catch {
    return null;
  }
}

function mediaIdIn(answer: Json): string {
  const id = textAt(answer, 'media_id');
  if (id === null) throw new WireError('NO_MEDIA_ID', false);
  return id;
}

function textAt(answer: Json, name: string): string | null {
  const value = answer[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
