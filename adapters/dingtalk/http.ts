/** JSON over our wire, with deadlines, and DingTalk's refusals as `ApiError`. */
import type { AdapterTimers, Redactor, Wire, WireAnswer } from '@huiyin/core/kit';
import type { Json } from './decode-content.ts';
import { objectOf, textIn } from './decode-content.ts';
import { ApiError, PUNISHED } from './outcome.ts';

export interface HttpParts {
  readonly wire: Wire;
  readonly timers: AdapterTimers;
  readonly redactor: Redactor;
}

export interface Request {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or a form. */
  readonly body?: Json | FormData;
}

export interface Http {
  /** @throws ApiError, WireError */
  json(request: Request): Promise<Json>;
  /** @throws ApiError, WireError */
  file(url: string, maxBytes: number): Promise<{ readonly bytes: Uint8Array; readonly mime: string | null }>;
  /** Breaks off what is under way. */
  abandon(): void;
}

const CALL_MS = 15_000;
/** Files, up or down. */
const FILE_MS = 60_000;
/** Far above any answer that is no file. */
const MAX_ANSWER_BYTES = 1_000_000;

export function createHttp({ wire, timers, redactor }: HttpParts): Http {
  const underWay = new Set<AbortController>();

  async function exchange(request: Request, milliseconds: number, maxBytes: number): Promise<WireAnswer> {
    const controller = new AbortController();
    underWay.add(controller);
    const cancel = timers.after(milliseconds, () => controller.abort());
    try {
      const { body, headers } = await encoded(request);
      const { url, method } = request;
      return await wire.exchange({ url, method, headers, body, signal: controller.signal, maxBytes });
    } finally {
      cancel();
      underWay.delete(controller);
    }
  }

  return {
    async json(request) {
      const long = request.body instanceof FormData;
      return read(await exchange(request, long ? FILE_MS : CALL_MS, MAX_ANSWER_BYTES), redactor);
    },
    async file(url, maxBytes) {
      const answer = await exchange({ url, method: 'GET' }, FILE_MS, maxBytes);
      // Also a redirect: the file would come from a host that nobody named.
      if (answer.status !== 200) throw new ApiError(answer.status, null, 'no file');
      const mime = answer.headers['content-type']?.split(';')[0]?.trim() || null;
      return { bytes: answer.bytes, mime };
    },
    abandon() {
      for (const controller of underWay) controller.abort();
    },
  };
}

async function encoded({ body, headers = {} }: Request) {
  // Without it the gateway answers in XML.
  const given = { Accept: 'application/json', ...headers };
  if (body === undefined) return { body: null, headers: given };
  const form = body instanceof FormData ? new Response(body) : null;
  const bytes = form ? new Uint8Array(await form.arrayBuffer()) : Buffer.from(JSON.stringify(body));
  const type = form?.headers.get('content-type') ?? 'application/json; charset=utf-8';
  return {
    body: bytes,
    headers: { ...given, 'Content-Type': type, 'Content-Length': String(bytes.length) },
  };
}

function read({ status, headers, bytes }: WireAnswer, redactor: Redactor): Json {
  const text = Buffer.from(bytes).toString('utf8');
  const body = jsonOf(text);
  const code = body === null ? firewallOf(status) : codeOf(body);
  if (body !== null && code === null && status >= 200 && status < 300) return body;
  const detail = textIn(body ?? {}, 'message') || textIn(body ?? {}, 'errmsg');
  throw new ApiError(status, code, redactor.clean(detail), waitIn(headers));
}

/** "限流不会返回对应的错误码，返回的是一个html页面": a page that refuses, and not DingTalk's API. */
const firewallOf = (status: number): string | null => (status === 403 || status === 405 ? PUNISHED : null);

/** The new API's `code` is a word, the old one's `errcode` a number, 0 where all is well. */
function codeOf(body: Json): string | null {
  if (body.punish === 'deny') return PUNISHED;
  if (typeof body.code === 'string' && body.code !== '') return body.code.slice(0, 100);
  if (typeof body.errcode !== 'number' || body.errcode === 0) return null;
  // 88: the old gateway passes on what stands in `sub_code`.
  const sub = body.sub_code;
  const inner = typeof sub === 'string' || typeof sub === 'number' ? String(sub).slice(0, 100) : '';
  return body.errcode === 88 && inner !== '' ? inner : String(body.errcode);
}

function waitIn(headers: Readonly<Record<string, string>>): number | null {
  const seconds = headers['retry-after'] ?? '';
  return /^\d{1,6}$/.test(seconds) ? Math.max(1, Number(seconds)) * 1_000 : null;
}

function jsonOf(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? objectOf(value) : null;
  } catch {
    return null;
  }
}
