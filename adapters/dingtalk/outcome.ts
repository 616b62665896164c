/** What went wrong with a call: DingTalk's codes, never its words, decide. */
import { WireError } from '@huiyin/core/kit';
import type { SendResult } from '@huiyin/core/port';
import { WORDS } from './words.ts';

/** DingTalk answered, and refused. */
export class ApiError extends Error {
  readonly status: number;
  /** `code` of the new API, `errcode` of the old one; null where the answer was none of DingTalk's. */
  readonly code: string | null;
  readonly retryAfterMs: number | null;

  constructor(status: number, code: string | null, detail: string, retryAfterMs: number | null = null) {
    super(`${code ?? `HTTP ${status}`} ${detail}`.trim().slice(0, 200));
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** In place of a code where a firewall of DingTalk's answered, which forbids this address for five minutes. */
export const PUNISHED = 'x5';
const DENIED = 'Forbidden.AccessDenied';

interface Wait {
  readonly ms: number;
  /** `account`: of all that this app or this machine does. */
  readonly scope: 'chat' | 'account';
}

/**
 * "因为qps限流限制时间是1秒 … sleep 1秒"; a minute's limit (90005, 90006), the month's (90020), an address' (5 min).
 * https://open.dingtalk.com/document/development/how-to-process-api-throttling-on-the-dingtalk-server
 */
const WAITS: Readonly<Record<string, Wait>> = {
  [`${DENIED}.QpsLimitForApi`]: { ms: 2_000, scope: 'account' },
  [`${DENIED}.QpsLimitForAppkeyAndApi`]: { ms: 2_000, scope: 'account' },
  90002: { ms: 2_000, scope: 'account' },
  90018: { ms: 2_000, scope: 'account' },
  90019: { ms: 2_000, scope: 'account' },
  90005: { ms: 60_000, scope: 'account' },
  90006: { ms: 60_000, scope: 'account' },
  [PUNISHED]: { ms: 300_000, scope: 'account' },
  // Until somebody buys more, or the first of the month.
  [`${DENIED}.ApiCountLimitForOrg`]: { ms: 3_600_000, scope: 'account' },
  90020: { ms: 3_600_000, scope: 'account' },
  // oapi: "系统繁忙".
  '-1': { ms: 5_000, scope: 'chat' },
  flowControlled: { ms: 60_000, scope: 'chat' },
};

const OUT_OF_QUOTA = new Set([`${DENIED}.ApiCountLimitForOrg`, '90020']);
/** 40014 "不合法的access_token", 42001 "access_token已过期"; the new API has one code for both. */
const STALE_TOKEN = new Set(['InvalidAuthentication', '40014', '42001']);
/** `oauth2/accessToken`, and `gateway/connections/open`. */
const BAD_SECRET = new Set(['invalidClientIdOrSecret', 'authFailed', '40089']);
const NO_PERMISSION = new Set([`${DENIED}.AccessTokenPermissionDenied`, '60011', '60020']);

/** What nobody can write to, as the core calls it; and what else is refused for good. */
const REFUSALS: Readonly<Record<string, string>> = {
  'staffId.notExisted': 'unreachable',
  'invalidParameter.userIds.invalid': 'unreachable',
  invalidStaff: 'unreachable',
  filteredStaff: 'unreachable',
  outsider: 'unreachable',
  'invalidParameter.openConversationId.invalid': 'unreachable',
  'invalid.openConversationId': 'unreachable',
  'group.disbanded': 'unreachable',
  'group.diaband': 'unreachable',
  'resource.not.found': 'no_robot',
  'invalidParameter.robotCode.notExsit': 'no_robot',
  'invalidParameter.robotCode.invalid': 'no_robot',
  'invalidParameter.robotCode.empty': 'no_robot',
  'invalidParameter.robotCode.auth': 'no_robot',
  'bot.stopped': 'no_robot',
};

const DEFAULT_RETRY_MS = 5_000;

/** For calls that nobody sees (a token, an upload): however they failed, no message was sent. */
export function unseen(error: unknown): unknown {
  if (error instanceof WireError) return new WireError(error.code, false);
  const broken = error instanceof ApiError && (error.status >= 500 || error.code === null);
  return broken && waitOf(error) === null ? new WireError(`HTTP ${error.status}`, false) : error;
}

export const isStaleToken = (error: unknown): boolean => isOne(STALE_TOKEN, error);
export const isBadSecret = (error: unknown): boolean => isOne(BAD_SECRET, error);
export const isOutOfQuota = (error: unknown): boolean => isOne(OUT_OF_QUOTA, error);
export const lacksPermission = (error: unknown): boolean => isOne(NO_PERMISSION, error);

const isOne = (codes: ReadonlySet<string>, error: unknown): boolean =>
  error instanceof ApiError && error.code !== null && codes.has(error.code);

/** Null where it was no matter of frequency. */
export function waitOf(error: unknown): Wait | null {
  if (!(error instanceof ApiError)) return null;
  const { code, status, retryAfterMs } = error;
  const known = code !== null && Object.hasOwn(WAITS, code) ? WAITS[code] : undefined;
  const throttled = known !== undefined || status === 429 || code?.startsWith('Throttling') === true;
  if (!throttled) return null;
  return { ms: retryAfterMs ?? known?.ms ?? DEFAULT_RETRY_MS, scope: known?.scope ?? 'chat' };
}

export function resultOf(error: unknown): Exclude<SendResult, { type: 'sent' }> {
  if (error instanceof WireError) {
    if (!error.sent) return { type: 'deferred', retryAfterMs: DEFAULT_RETRY_MS };
    return { type: 'unknown', detail: error.code };
  }
  if (!(error instanceof ApiError)) return { type: 'unknown', detail: 'the adapter failed' };
  const wait = waitOf(error);
  if (wait !== null) return { type: 'deferred', retryAfterMs: wait.ms, scope: wait.scope };
  const { message: detail, status } = error;
  if (isStaleToken(error)) return { type: 'rejected', permanent: false, code: 'bad_token', detail };
  if (isBadSecret(error)) return { type: 'rejected', permanent: false, code: 'bad_secret', detail };
  if (lacksPermission(error)) return { type: 'rejected', permanent: false, code: 'no_permission', detail };
  const code = refusalOf(error);
  if (code !== null) return { type: 'rejected', permanent: true, code, detail };
  // RFC 9110: 503, the server did not handle it. After 500, 502 and 504 it may have.
  if (status === 503) return { type: 'deferred', retryAfterMs: error.retryAfterMs ?? DEFAULT_RETRY_MS };
  if (status >= 500 || error.code === null) return { type: 'unknown', detail };
  return { type: 'rejected', permanent: true, code: 'refused', detail };
}

const refusalOf = ({ code }: ApiError): string | null =>
  code !== null && Object.hasOwn(REFUSALS, code) ? (REFUSALS[code] ?? null) : null;

/** For health and doctor. */
export function wordsFor(error: unknown): string {
  if (error instanceof WireError) return WORDS.network(error.code);
  if (!(error instanceof ApiError) || (error.code === null && error.status < 400)) return WORDS.malformed;
  if (isBadSecret(error)) return WORDS.badSecret;
  if (isOutOfQuota(error)) return WORDS.quota;
  if (waitOf(error) !== null) return WORDS.throttled;
  if (lacksPermission(error)) return WORDS.permission;
  if (refusalOf(error) === 'no_robot') return WORDS.noRobot;
  return WORDS.refused(error.message);
}
