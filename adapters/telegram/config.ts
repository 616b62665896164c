/** What `huiyin.yaml` may set of Telegram, what the composition root gives, and the platform's numbers. */
import type { AdapterLog, AdapterTimers } from '@huiyin/core/kit';
import type { Capabilities } from '@huiyin/core/port';
import { z } from 'zod';

const httpUrl = z.url({ protocol: /^https?$/, error: '要写成 http://… 或 https://…' });

const webhook = z.strictObject({
  /** The public address that Telegram calls: https only, ports 443, 80, 88 or 8443 (Bot API, setWebhook). */
  url: z.url({ protocol: /^https$/, error: 'webhook 的 url 要写成 https://…' }),
  host: z.string().trim().min(1).default('127.0.0.1'),
  port: z.number().int('端口要写整数').min(0).max(65_535, '端口从 0 到 65535').default(8443),
  secret: z
    .string({ error: 'webhook 要有 secret：没有它，谁都能冒充 Telegram' })
    .regex(/^[A-Za-z0-9_-]{16,256}$/, 'secret 用 16 到 256 个字母、数字、- 或 _'),
});

/** The adapter's own part of `huiyin.yaml`. */
export const telegramConfig = z.strictObject({
  token: z
    .string({ error: '缺少 token：向 @BotFather 要' })
    .regex(/^\d{1,20}:[\w-]{30,}$/, 'token 不完整：应像 123456789:AA… ，从 @BotFather 原样复制'),
  /** An HTTP proxy; without one Telegram can't be reached from mainland China. */
  proxy: httpUrl.nullable().default(null),
  /** A Bot API server of one's own. */
  apiRoot: httpUrl.default('https://api.telegram.org').transform((url) => url.replace(/\/+$/, '')),
  /** Null: long polling, which needs no public address. */
  webhook: webhook.nullable().default(null),
});
export type TelegramConfig = z.output<typeof telegramConfig>;

export interface TelegramOptions extends TelegramConfig {
  readonly id: string;
  readonly clock: { now(): number };
  readonly timers: AdapterTimers;
  readonly log: AdapterLog;
  /** Where ids of upgraded groups are kept over restarts; null keeps them in memory. */
  readonly stateFile: string | null;
  /** Ids of the groups that belong to villages and offices: where the bot must be able to read. */
  readonly groups: () => readonly string[];
}

/** https://core.telegram.org/bots/api#sendmessage: characters of a text, of a caption. */
export const MAX_TEXT = 4096;
export const MAX_CAPTION = 1024;
/** https://core.telegram.org/bots/api#inlinekeyboardbutton */
export const MAX_CALLBACK_BYTES = 64;
/** https://core.telegram.org/bots/api#sending-files and #getfile */
export const MAX_PHOTO_BYTES = 10_000_000;
export const MAX_UPLOAD_BYTES = 50_000_000;
export const MAX_DOWNLOAD_BYTES = 20_000_000;

/** https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this */
export const LIMITS = {
  global: { count: 30, perMs: 1_000 },
  chat: { count: 1, perMs: 1_000 },
  group: { count: 20, perMs: 60_000 },
} as const;

/**
 * The contract has one limit a chat and Telegram two. Three at once and 18 a minute keep to 20 a minute in any
 * minute (burst − 1 + rate); the short burst over 1/s is what the FAQ allows.
 */
const PER_CHAT = { count: 3, perMs: 10_000 };

/** What the bot can do where privacy mode is off or it is an administrator. */
export const CAPABILITIES: Capabilities = {
  groupVisibility: 'all',
  dm: true,
  // A person must have pressed Start once; before it Telegram answers 403.
  proactive: 'after-contact',
  windowMs: null,
  quoteIn: 'id',
  quoteOut: true,
  mentionOut: false,
  buttons: true,
  markdown: false,
  // Longer texts go in parts; four parts of Chinese text are as much as anybody reads.
  maxTextBytes: 48_000,
  mediaIn: true,
  mediaOut: true,
  edits: true,
  // Bots are not told of deletions.
  recalls: false,
  memberEvents: true,
  returnsMessageId: true,
  nativeIdempotency: false,
  stableUserIds: true,
  limits: { perChat: PER_CHAT, global: LIMITS.global, jitterMs: null },
};
