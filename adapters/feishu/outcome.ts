/** What went wrong with a call: Feishu's closed set of numbers, never its words, decides. */

import { WireError } from '@huiyin/core/kit';
import type { SendResult } from '@huiyin/core/port';
import { WORDS } from './words.ts';

/** Feishu answered, and refused. */
export class ApiError extends Error {
  readonly status: number;
  /** The `code` of the answer; null where the answer was no JSON of Feishu's. */
  readonly code: number | null;
  readonly retryAfterMs: number | null;

  constructor(status: number, code: number | null, detail: string, retryAfterMs: number | null) {
    super(`${code ?? `HTTP ${status}`} ${detail}`.trim().slice(0, 200));
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * 99991400: the API's limit. 11232: pushes pile up on the hour and half hour ("建议避开整点及半点").
 * 11233, 230020: too often to one chat. 230049: the same uuid is on its way.
 * https://open.feishu.cn/document/ukTMukTMukTM/uUzN04SN3QjL1cDN
 */
const WAITS: Readonly<Record<number, number>> = {
  99991400: 5_000,
  11232: 60_000,
  11233: 60_000,
  230020: 5_000,
  230049: 2_000,
};

/** These, and a 429 of the gateway without a code, are about the whole app: other chats are refused as well. */
const WHOLE_APP = new Set([99991400, 11232]);

/** The tenant token ran out or was revoked before its time: fetched anew, the call may succeed. */
const STALE_TOKEN = new Set([99991661, 99991663, 99991664, 99991668, 99991671]);
/** auth/v3/tenant_access_token/internal: wrong or unknown app id, wrong secret; 514 is the long connection's. */
const BAD_SECRET = new Set([10003, 10005, 10012, 10014, 10015, 514]);
/** The quoted message was withdrawn, deleted or lies in a topic that is gone: the answer goes without it. */
const QUOTE_GONE = new Set([230011, 230019, 230050, 230110, 231003]);

const REFUSALS: Readonly<Record<number, string>> = {
  230001: 'bad_request',
  230006: 'no_bot',
  230015: 'external_chat',
  230017: 'not_owner',
  230025: 'too_long',
  230027: 'no_permission',
  230028: 'content_refused',
  230038: 'other_tenant',
  234006: 'too_large',
  234007: 'no_bot',
  234010: 'empty_file',
  99991672: 'missing_scope',
  99991679: 'missing_scope',
};

/**
 * Nobody may write there, now or ever: not a member of the chat, the app not open to the person, no right to
 * speak, left the company, no such receiver, no such chat, the person stopped the bot, the chat disbanded.
 */
const UNREACHABLE = new Set([230002, 230013, 230018, 230029, 230034, 230035, 230045, 230053, 232009]);

const DEFAULT_RETRY_MS = 5_000;

/** For calls that nobody sees (a token, an upload): however they failed, no message was sent. */
export function unseen(error: unknown): unknown {
  if (error instanceof WireError) return new WireError(error.code, false);
  const broken = error instanceof ApiError && (error.status >= 500 || error.code === null);
  return broken && waitOf(error) === null ? new WireError(`HTTP ${error.status}`, false) : error;
}

export const isStaleToken = (error: unknown): boolean => error instanceof ApiError && has(STALE_TOKEN, error);
export const isBadSecret = (error: unknown): boolean => error instanceof ApiError && has(BAD_SECRET, error);
export const isQuoteGone = (error: unknown): boolean => error instanceof ApiError && has(QUOTE_GONE, error);
export const isMissingScope = (error: unknown): boolean =>
  error instanceof ApiError && error.code !== null && REFUSALS[error.code] === 'missing_scope';

const has = (codes: ReadonlySet<number>, { code }: ApiError): boolean => code !== null && codes.has(code);

/** Null where it was no matter of frequency. */
export function waitOf(error: unknown): number | null {
  if (!(error instanceof ApiError)) return null;
  const known = error.code === null ? undefined : WAITS[error.code];
  if (known === undefined && error.status !== 429) return null;
  return error.retryAfterMs ?? known ?? DEFAULT_RETRY_MS;
}

export function resultOf(error: unknown): Exclude<SendResult, { type: 'sent' }> {
  if (error instanceof WireError) {
    if (!error.sent) return { type: 'deferred', retryAfterMs: DEFAULT_RETRY_MS };
    return { type: 'unknown', detail: error.code };
  }
  if (!(error instanceof ApiError)) return { type: 'unknown', detail: 'the adapter failed' };
  const wait = waitOf(error);
  if (wait !== null) {
    const whole = error.code === null || has(WHOLE_APP, error) || WAITS[error.code] === undefined;
    return { type: 'deferred', retryAfterMs: wait, ...(whole ? { scope: 'account' } : {}) };
  }
  const detail = error.message;
  if (isStaleToken(error)) return { type: 'rejected', permanent: false, code: 'bad_token', detail };
  if (isBadSecret(error)) return { type: 'rejected', permanent: false, code: 'bad_secret', detail };
  if (has(UNREACHABLE, error)) return { type: 'rejected', permanent: true, code: 'unreachable', detail };
  const code = error.code === null ? undefined : REFUSALS[error.code];
  if (code !== undefined) return { type: 'rejected', permanent: true, code, detail };
  // RFC 9110: 503, the server did not handle it. After 500, 502 and 504 it may have.
  if (error.status === 503) return { type: 'deferred', retryAfterMs: error.retryAfterMs ?? DEFAULT_RETRY_MS };
  if (error.status >= 500 || error.code === null) return { type: 'unknown', detail };
  return { type: 'rejected', permanent: true, code: 'refused', detail };
}

/** https://open.feishu.cn/document/server-docs/event-subscription-guide: codes of the connection's endpoint. */
const TOO_MANY_CONNECTIONS = 1_000_040_350;

/** For health and doctor. */
export function wordsFor(error: unknown): string {
  if (error instanceof WireError) return WORDS.network(error.code);
  if (!(error instanceof ApiError)) return WORDS.malformed;
  if (isBadSecret(error)) return WORDS.badSecret;
  if (waitOf(error) !== null) return WORDS.throttled;
  if (error.code === TOO_MANY_CONNECTIONS) return WORDS.tooManyConnections;
  if (error.code === 403) return WORDS.noLongConnection;
  if (error.code !== null && ['no_bot'].includes(REFUSALS[error.code] ?? '')) return WORDS.noBot;
  return WORDS.refused(error.message);
}

/** Only a person can help: the secret, or another program that took the connection. */
export const isKicked = (error: unknown): boolean =>
  isBadSecret(error) || (error instanceof ApiError && error.code === TOO_MANY_CONNECTIONS);
