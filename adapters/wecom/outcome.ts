/** What went wrong with a call: WeCom's numbers, never its words, decide. https://developer.work.weixin.qq.com/document/path/90313 */
import { WireError } from '@huiyin/core/kit';
import type { SendResult } from '@huiyin/core/port';
import { WORDS } from './words.ts';

/** WeCom answered, and refused: over HTTP or on the long connection. */
export class ApiError extends Error {
  readonly status: number;
  /** The `errcode`; null where the answer was none of WeCom's. */
  readonly code: number | null;
  readonly retryAfterMs: number | null;
  /** Our own address, where WeCom tells it. */
  readonly address: string | null;

  constructor(status: number, code: number | null, detail: string, retryAfterMs: number | null = null) {
    super(`${code ?? `HTTP ${status}`} ${detail.replace(/,? hint:.*/s, '')}`.trim().slice(0, 160));
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
    this.address = /from ip: ([\d.a-f:]+)/.exec(detail)?.[1]?.replace(/[.:]$/, '') ?? null;
  }
}

/** -1: busy; 6000: two at once; 45009: too often, counted by the minute; 45033: too many at once. */
const WAITS: Readonly<Record<number, number>> = { [-1]: 5_000, 6000: 2_000, 45009: 60_000, 45033: 5_000 };

/** 90313: the token is none, or it ran out before its time. */
const STALE_TOKEN = new Set([40014, 41001, 42001]);
const BAD_SECRET = new Set([40001, 40013, 41002, 41004]);
const BAD_AGENT = new Set([40056, 41011, 48002, 301002]);
const BAD_ADDRESS = new Set([60020]);
/** The request that is answered is over, was answered, or came by a connection that is gone. */
const STALE_REQUEST = new Set([846604, 846605, 846608]);
/** A card with this task id has been sent before. */
const TASK_EXISTS = 42014;

const REFUSALS: Readonly<Record<number, string>> = {
  40003: 'unreachable',
  40031: 'unreachable',
  60111: 'unreachable',
  81013: 'unreachable',
  86001: 'unreachable',
  86003: 'unreachable',
  93001: 'unreachable',
  93006: 'unreachable',
  93008: 'unreachable',
  93000: 'bad_webhook',
  40006: 'too_large',
  40009: 'too_large',
  45001: 'too_large',
  45002: 'too_long',
};

const DEFAULT_RETRY_MS = 5_000;

const has = (codes: ReadonlySet<number>, error: unknown): boolean =>
  error instanceof ApiError && error.code !== null && codes.has(error.code);

export const isStaleToken = (error: unknown): boolean => has(STALE_TOKEN, error);
export const isStaleRequest = (error: unknown): boolean => has(STALE_REQUEST, error);
export const isBadSecret = (error: unknown): boolean => has(BAD_SECRET, error);
export const isKnownTask = (error: unknown): boolean =>
  error instanceof ApiError && error.code === TASK_EXISTS;

/** Null where it was no matter of frequency. */
export function waitOf(error: unknown): number | null {
  if (!(error instanceof ApiError)) return null;
  const known = error.code === null ? undefined : WAITS[error.code];
  if (known === undefined && error.status !== 429) return null;
  return error.retryAfterMs ?? known ?? DEFAULT_RETRY_MS;
}

/** For calls that nobody sees (a token, an upload): however they failed, no message was sent. */
export function unseen(error: unknown): unknown {
  if (error instanceof WireError) return new WireError(error.code, false);
  const broken = error instanceof ApiError && (error.status >= 500 || error.code === null);
  return broken && waitOf(error) === null ? new WireError(`HTTP ${error.status}`, false) : error;
}

export function resultOf(error: unknown): Exclude<SendResult, { type: 'sent' }> {
  if (error instanceof WireError) {
    if (!error.sent) return { type: 'deferred', retryAfterMs: DEFAULT_RETRY_MS };
    return { type: 'unknown', detail: error.code };
  }
  if (!(error instanceof ApiError)) return { type: 'unknown', detail: 'the adapter failed' };
  const wait = waitOf(error);
  if (wait !== null) return { type: 'deferred', retryAfterMs: wait };
  const detail = error.message;
  const mendable = mendableCode(error);
  if (mendable !== null) return { type: 'rejected', permanent: false, code: mendable, detail };
  const code = error.code === null ? undefined : REFUSALS[error.code];
  if (code !== undefined) return { type: 'rejected', permanent: true, code, detail };
  // RFC 9110: 503, the server did not handle it. After 500, 502 and 504 it may have.
  if (error.status === 503) return { type: 'deferred', retryAfterMs: error.retryAfterMs ?? DEFAULT_RETRY_MS };
  if (error.status >= 500 || error.code === null) return { type: 'unknown', detail };
  return { type: 'rejected', permanent: true, code: 'refused', detail };
}

/** What the admin can put right while the message waits. */
function mendableCode(error: ApiError): string | null {
  if (isStaleToken(error)) return 'bad_token';
  if (isBadSecret(error)) return 'bad_secret';
  if (has(BAD_AGENT, error)) return 'bad_agent';
  return has(BAD_ADDRESS, error) ? 'address_not_trusted' : null;
}

/** For health and doctor. */
export function wordsFor(error: unknown): string {
  if (error instanceof WireError) return WORDS.network(error.code);
  if (!(error instanceof ApiError)) return WORDS.malformed;
  if (isBadSecret(error)) return WORDS.badSecret;
  if (has(BAD_AGENT, error)) return WORDS.badAgent;
  if (has(BAD_ADDRESS, error)) return WORDS.badAddress(error.address);
  if (waitOf(error) !== null) return WORDS.throttled;
  if (error.code === 93000) return WORDS.badWebhook;
  return error.code === null ? WORDS.malformed : WORDS.refused(error.message);
}

/** Whether it says something of the set-up and not of one message. */
export const isTrouble = (error: unknown): boolean =>
  error instanceof WireError ||
  (error instanceof ApiError && (mendableCode(error) !== null || error.code === 93000));
