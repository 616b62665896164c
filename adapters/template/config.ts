/** What `huiyin.yaml` may set, what the composition root gives, and the platform's numbers with their source. */
import type { AdapterLog, AdapterTimers } from '@huiyin/core/kit';
import type { Capabilities } from '@huiyin/core/port';
import { z } from 'zod';

/** Plain http only to this machine: the token goes over it. */
const SAFE = /^(?:https:\/\/[^/?#]+|http:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?)$/;

/** Each message says what is wrong and where to find what is right. */
export const templateConfig = z.strictObject({
  server: z.string({ error: '缺少 server：平台的地址' }).regex(SAFE, 'server 要写成 https://…，末尾不要斜杠'),
  token: z.string({ error: '缺少 token：平台后台 → 机器人' }).regex(/^[\w-]{16,128}$/, 'token 不完整'),
});

export interface TemplateOptions extends z.output<typeof templateConfig> {
  /** The entry's name in `huiyin.yaml`: the account that the roster knows. */
  readonly id: string;
  readonly clock: { now(): number };
  readonly timers: AdapterTimers;
  readonly log: AdapterLog;
}

/** Below the minute after which the outbox takes a message back. */
export const CALL_MS = 15_000;
export const LONG_POLL_SECONDS = 30;
export const MAX_BYTES = 20_000_000;

/** True to the platform: the core keeps the limits, and asks for nothing that is false here. */
export const CAPABILITIES: Capabilities = {
  groupVisibility: 'all',
  dm: true,
  proactive: 'always',
  windowMs: null,
  quoteIn: 'id',
  quoteOut: true,
  mentionOut: false,
  buttons: true,
  markdown: false,
  maxTextBytes: 10_000,
  mediaIn: true,
  mediaOut: true,
  edits: true,
  recalls: true,
  memberEvents: false,
  returnsMessageId: true,
  nativeIdempotency: true,
  stableUserIds: true,
  limits: { perChat: { count: 20, perMs: 60_000 }, global: { count: 10, perMs: 1_000 }, jitterMs: null },
};
