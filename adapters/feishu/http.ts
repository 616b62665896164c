/** What the SDK gets as its `httpInstance`: our wire, with deadlines, and Feishu's refusals as `ApiError`. */
import { Readable } from 'node:stream';
import type { AdapterTimers, Redactor, Wire, WireAnswer } from '@huiyin/core/kit';
import type { HttpInstance } from '@larksuiteoapi/node-sdk';
import { MAX_DOWNLOAD_BYTES } from './config.ts';
import { ApiError, unseen } from './outcome.ts';

export interface HttpParts {
  readonly wire: Wire;
  readonly timers: AdapterTimers;
  readonly redactor: Redactor;
}

export interface Http {
  /** `HttpInstance` of the SDK. */
  readonly instance: HttpInstance;
  /** Feishu's clock at the last answer, epoch milliseconds. */
  serverTime(): number | null;
  /** Breaks off what is under way. */
  abandon(): void;
}

type Options = Parameters<HttpInstance['request']>[0];
type Headers = Readonly<Record<string, string>>;

const TOKEN_PATH = '/open-apis/auth/v3/';
const CALL_MS = 15_000;
/** Files, up or down. */
const FILE_MS = 60_000;
/** Far above any answer that is no file. */
const MAX_ANSWER_BYTES = 2_000_000;

export function createHttp(parts: HttpParts): Http {
  const underWay = new Set<AbortController>();
  let serverTime: number | null = null;

  async function request(options: Options): Promise<unknown> {
    const controller = new AbortController();
    underWay.add(controller);
    const file = isFile(options);
    const cancel = parts.timers.after(file ? FILE_MS : CALL_MS, () => controller.abort());
    try {
      const { body, headers } = await encoded(options);
      const answer = await parts.wire.exchange({
        url: urlOf(options),
        method: (options.method ?? 'GET').toUpperCase(),
        headers,
        body,
        signal: controller.signal,
        maxBytes: options.responseType === 'stream' ? MAX_DOWNLOAD_BYTES : MAX_ANSWER_BYTES,
      });
      const date = Date.parse(answer.headers.date ?? '');
      serverTime = Number.isNaN(date) ? serverTime : date;
      return read(answer, options, parts.redactor);
    } catch (error) {
      // The SDK fetches the token within the call that needs it; that call then never began.
      throw options.url?.includes(TOKEN_PATH) ? unseen(error) : error;
    } finally {
      cancel();
      underWay.delete(controller);
    }
  }

  const verb =
    (method: string) =>
    <T, R = T>(url: string, options?: Options): Promise<R> =>
      request({ ...options, url, method }) as Promise<R>;
  const verbWithBody =
    (method: string) =>
    <T, R = T, D = unknown>(url: string, data?: D, options?: Options): Promise<R> =>
      request({ ...options, url, data, method }) as Promise<R>;
  return {
    instance: {
      request: <T, R = T>(options: Options) => request(options) as Promise<R>,
      get: verb('GET'),
      delete: verb('DELETE'),
      head: verb('HEAD'),
      options: verb('OPTIONS'),
      post: verbWithBody('POST'),
      put: verbWithBody('PUT'),
      patch: verbWithBody('PATCH'),
    },
    serverTime: () => serverTime,
    abandon() {
      for (const controller of underWay) controller.abort();
    },
  };
}

const isForm = ({ headers }: Options): boolean => headers?.['Content-Type'] === 'multipart/form-data';
const isFile = (options: Options): boolean => options.responseType === 'stream' || isForm(options);

function urlOf({ url = '', params }: Options): string {
  const target = new URL(url);
  for (const [name, value] of Object.entries(params ?? {})) {
    if (value !== undefined && value !== null) target.searchParams.append(name, String(value));
  }
  return target.href;
}

async function encoded(options: Options): Promise<{ body: Uint8Array | null; headers: Headers }> {
  const given = Object.entries(options.headers ?? {}).flatMap(([name, value]) =>
    value === undefined || name === 'Content-Type' ? [] : [[name, String(value)]],
  );
  const headers: Record<string, string> = Object.fromEntries(given);
  const data: unknown = options.data;
  const empty = typeof data !== 'object' || data === null || Object.keys(data).length === 0;
  if (empty || options.method?.toUpperCase() === 'GET') return { body: null, headers };
  if (!isForm(options)) return framed(Buffer.from(JSON.stringify(data)), JSON_TYPE, headers);
  const form = new Response(formOf(data));
  const body = new Uint8Array(await form.arrayBuffer());
  return framed(body, form.headers.get('content-type') ?? '', headers);
}

const JSON_TYPE = 'application/json; charset=utf-8';

const framed = (body: Uint8Array, type: string, headers: Headers) => ({
  body,
  headers: { ...headers, 'Content-Type': type, 'Content-Length': String(body.length) },
});

/** Bytes become a file, named by the field `file_name` where there is one. */
function formOf(data: object): FormData {
  const form = new FormData();
  const name = 'file_name' in data ? String(data.file_name) : 'image';
  for (const [field, value] of Object.entries(data)) {
    if (value instanceof Uint8Array) form.append(field, new Blob([new Uint8Array(value)]), name);
    else form.append(field, String(value));
  }
  return form;
}

/** @throws ApiError where Feishu refused, or answered with what is none of its answers */
function read(answer: WireAnswer, options: Options, redactor: Redactor): unknown {
  const { status, headers, bytes } = answer;
  // A file that can't be had is told with 200 too: only the type gives it away.
  const told = headers['content-type']?.includes('json') === true;
  const file = options.responseType === 'stream' && status === 200;
  const body = file && !told ? null : jsonOf(bytes);
  if (file && typeof body?.code !== 'number') return { data: Readable.from([bytes]), headers };
  const code = typeof body?.code === 'number' ? body.code : null;
  if (body !== null && code === 0 && status < 400) {
    learn(body, redactor);
    return body;
  }
  const detail = typeof body?.msg === 'string' ? redactor.clean(body.msg) : '';
  throw new ApiError(status, code, detail, waitIn(headers));
}

/** In seconds: https://open.feishu.cn/document/ukTMukTMukTM/uUzN04SN3QjL1cDN */
function waitIn(headers: Headers): number | null {
  const seconds = headers['x-ogw-ratelimit-reset'] ?? headers['retry-after'] ?? '';
  return /^\d{1,6}$/.test(seconds) ? Math.max(1, Number(seconds)) * 1_000 : null;
}

type Json = Readonly<Record<string, unknown>>;

function jsonOf(bytes: Uint8Array): Json | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
  } catch {
    return null;
  }
}

/** What Feishu gives us to keep: the tenant token, and in the long connection's address a key and a ticket. */
function learn({ tenant_access_token: token, data }: Json, redactor: Redactor): void {
  if (typeof token === 'string') redactor.learn(token);
  const url = typeof data === 'object' && data !== null && 'URL' in data ? data.URL : null;
  if (typeof url !== 'string' || !URL.canParse(url)) return;
  for (const [name, value] of new URL(url).searchParams) {
    if (/key|ticket|token|secret/i.test(name)) redactor.learn(value);
  }
}
