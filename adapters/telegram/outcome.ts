/** What went wrong with a call, in our words: never Telegram's address, hence never the token. */

import { WireError } from '@huiyin/core/kit';
import type { SendResult } from '@huiyin/core/port';
import { GrammyError, HttpError } from 'grammy';

export type Trouble =
  /** Telegram answered, and refused. */
  | {
      readonly type: 'refused';
      readonly code: number;
      readonly detail: string;
      readonly retryAfterMs: number | null;
      readonly migratedTo: number | null;
    }
  /** No usable answer. */
  | { readonly type: 'network'; readonly code: string; readonly sent: boolean };

/** Bot API: ResponseParameters has `retry_after` in seconds and `migrate_to_chat_id`. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof GrammyError && Number.isInteger(error.error_code)) {
    const { retry_after: seconds, migrate_to_chat_id: migratedTo } = error.parameters;
    return {
      type: 'refused',
      code: error.error_code,
      detail: String(error.description).slice(0, 200),
      retryAfterMs: typeof seconds === 'number' ? seconds * 1_000 : null,
      migratedTo: typeof migratedTo === 'number' ? migratedTo : null,
    };
  }
  const cause = error instanceof HttpError ? error.error : error;
  if (cause instanceof WireError) {
    return { type: 'network', code: statusOr(cause), sent: cause.sent && cause.status !== UNAVAILABLE };
  }
  return { type: 'network', code: 'UNKNOWN', sent: true };
}

/** RFC 9110: the server did not handle the request. After 500, 502 and 504 it may have. */
const UNAVAILABLE = 503;

const statusOr = ({ code, status }: WireError): string => (status === null ? code : `HTTP ${status}`);

export const inWords = (trouble: Trouble): string =>
  trouble.type === 'refused' ? `${trouble.code} ${trouble.detail}` : trouble.code;

const DEFAULT_RETRY_MS = 5_000;

/**
 * Telegram does not say whether it throttles a chat or the bot. A group's limit is counted in a minute
 * (core.telegram.org/bots/faq): who is to wait longer than that has outrun the limit of the whole bot.
 */
const LONGEST_CHAT_MS = 60_000;

/** By the numeric code alone: Telegram rewords its descriptions without notice. */
export function resultOf(trouble: Trouble): Exclude<SendResult, { type: 'sent' }> {
  if (trouble.type === 'network') {
    return trouble.sent
      ? { type: 'unknown', detail: trouble.code }
      : { type: 'deferred', retryAfterMs: DEFAULT_RETRY_MS };
  }
  const { code, retryAfterMs } = trouble;
  if (code === 429 || code === UNAVAILABLE) {
    const wait = { type: 'deferred', retryAfterMs: retryAfterMs ?? DEFAULT_RETRY_MS } as const;
    return wait.retryAfterMs > LONGEST_CHAT_MS ? { ...wait, scope: 'account' } : wait;
  }
  if (code >= 500) return { type: 'unknown', detail: inWords(trouble) };
  return { type: 'rejected', ...(REFUSALS[code] ?? REFUSED), detail: inWords(trouble) };
}

const REFUSED = { permanent: true, code: 'refused' };

const REFUSALS: Readonly<Record<number, { readonly permanent: boolean; readonly code: string }>> = {
  400: { permanent: true, code: 'bad_request' },
  // A revoked or mistyped token: everything else is right and may go once it is replaced.
  401: { permanent: false, code: 'bad_token' },
  404: { permanent: false, code: 'bad_token' },
  // Kicked from the group, blocked by the person, or never started by them.
  403: { permanent: true, code: 'unreachable' },
  409: { permanent: false, code: 'conflict' },
  413: { permanent: true, code: 'too_large' },
};
