/** What went wrong with a call: gRPC's closed set of numbers decides, never the words. */
import type { SendResult } from '@huiyin/core/port';
import { NoAnswer } from './puppet.ts';

/** https://grpc.io/docs/guides/status-codes/ */
const GRPC = { permissionDenied: 7, unimplemented: 12, unavailable: 14, unauthenticated: 16 } as const;

export function codeOf(error: unknown): number | null {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'number' ? code : null;
}

export const isBadToken = (error: unknown): boolean => {
  const code = codeOf(error);
  return code === GRPC.unauthenticated || code === GRPC.permissionDenied;
};

export const isUnreachable = (error: unknown): boolean => codeOf(error) === GRPC.unavailable;

/** Puppets throw errors whose only content is words; what they mean for the message is unknown then. */
export function resultOf(error: unknown): Exclude<SendResult, { type: 'sent' | 'deferred' }> {
  if (error instanceof NoAnswer) return { type: 'unknown', detail: 'no answer in time' };
  const code = codeOf(error);
  const detail = inWords(error);
  if (isBadToken(error)) return { type: 'rejected', permanent: false, code: 'bad_token', detail };
  if (code === GRPC.unimplemented) return { type: 'rejected', permanent: true, code: 'unsupported', detail };
  return { type: 'unknown', detail };
}

/** For logs and details: one line, short. */
export function inWords(error: unknown): string {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const line = message.split('\n', 1)[0]?.slice(0, 200) ?? '';
  return code === null ? line : `gRPC ${code} ${line}`;
}
