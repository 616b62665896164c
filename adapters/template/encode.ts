/** From the core's `Outbound` to the platform's request, and from its answer to a `SendResult`. Pure. */
import { type WireAnswer, WireError } from '@huiyin/core/kit';
import type { Outbound, SendResult } from '@huiyin/core/port';

/** The platform answered, and refused. */
export class Refused extends Error {
  readonly answer: WireAnswer;

  constructor(answer: WireAnswer) {
    super(`refused with ${answer.status}`);
    this.answer = answer;
  }
}

/**
 * By `id` the platform drops what it has had. The text repeats words of residents: where these could call people
 * (`@all`) or be markup, they are tamed here.
 * @param files ids of uploaded files
 */
export function bodyOf({ id, chat, text, replyTo, buttons }: Outbound, files: readonly string[]): string {
  const to = chat.kind === 'direct' ? { person: chat.id } : { group: chat.id };
  return JSON.stringify({ id, to, text, answers: replyTo, files, buttons });
}

export const LATER = { type: 'deferred', retryAfterMs: 5_000 } as const;

/** By numbers alone, never by words. What people may have seen is `unknown`, or they would see it twice. */
export function resultOf(error: unknown): Exclude<SendResult, { type: 'sent' }> {
  if (error instanceof WireError && !error.sent) return LATER;
  if (!(error instanceof Refused)) {
    return { type: 'unknown', detail: error instanceof WireError ? error.code : 'the adapter failed' };
  }
  const { message: detail, answer } = error;
  const { status, headers } = answer;
  const seconds = Number(/^[1-9]\d{0,4}$/.exec(headers['retry-after'] ?? '')?.[0] ?? 5);
  // RFC 9110: 503, not handled. After 500, 502 and 504 it may have been.
  if (status === 429 || status === 503) return { type: 'deferred', retryAfterMs: seconds * 1_000 };
  if (status >= 500) return { type: 'unknown', detail };
  // 401 is over once the token is replaced. 403: whoever left or shut the bot out; the core looks for another way.
  const code = { 401: 'bad_token', 403: 'unreachable' }[status] ?? 'refused';
  return { type: 'rejected', permanent: status !== 401, code, detail };
}
