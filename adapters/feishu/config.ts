/** What `huiyin.yaml` may set of Feishu, what the composition root gives, and the platform's numbers. */
import type { AdapterLog, AdapterTimers } from '@huiyin/core/kit';
import type { Capabilities } from '@huiyin/core/port';
import { z } from 'zod';

/** Plain http only to this machine: the app's secret goes over it. */
const SAFE_DOMAIN = /^(?:https:\/\/[^/?#]+|http:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?)\/?$/;

/** The adapter's own part of `huiyin.yaml`. */
export const feishuConfig = z.strictObject({
  /** The SDK's long connection refuses any other form, and only logs that it did. */
  appId: z
    .string({ error: '缺少 appId：开发者后台 → 凭证与基础信息' })
    .regex(/^cli_[0-9a-fA-F]{16}$/, 'appId 应像 cli_ 加 16 位十六进制，从开发者后台原样复制'),
  appSecret: z
    .string({ error: '缺少 appSecret：开发者后台 → 凭证与基础信息' })
    .regex(/^[\w-]{16,128}$/, 'appSecret 不完整：从开发者后台原样复制'),
  domain: z
    .string()
    .regex(SAFE_DOMAIN, 'domain 要写成 https://…')
    .default('https://open.feishu.cn')
    .transform((url) => url.replace(/\/+$/, '')),
  /** Whether the app was granted `im:message.group_msg`; without it the bot is told of mentions alone. */
  allGroupMessages: z.boolean().default(false),
});
export type FeishuConfig = z.output<typeof feishuConfig>;

export interface FeishuOptions extends FeishuConfig {
  readonly id: string;
  readonly clock: { now(): number };
  readonly timers: AdapterTimers;
  readonly log: AdapterLog;
}

/** im/v1/images and im/v1/files: "不能超过 10 MB", "不得超过 30 MB", no empty ones. */
export const MAX_IMAGE_BYTES = 10_000_000;
export const MAX_UPLOAD_BYTES = 30_000_000;
/** Feishu hands out files of 100 MB; more than this no report's photo has. */
export const MAX_DOWNLOAD_BYTES = 50_000_000;
/** im/v1/messages/create: a card's content has 30 KB, with its frame and JSON's escapes. */
const MAX_TEXT_BYTES = 20_000;

/** im/v1/messages/create: 5 a second to one person, 5 a second for all bots of a group; 1,000 a minute, 50 a second. */
const LIMITS: Capabilities['limits'] = {
  perChat: { count: 3, perMs: 1_000 },
  global: { count: 15, perMs: 1_000 },
  jitterMs: null,
};

export const capabilitiesOf = ({
  allGroupMessages,
}: Pick<FeishuConfig, 'allGroupMessages'>): Capabilities => ({
  groupVisibility: allGroupMessages ? 'all' : 'mention',
  dm: true,
  proactive: 'always',
  windowMs: null,
  quoteIn: 'id',
  quoteOut: true,
  mentionOut: false,
  buttons: true,
  markdown: false,
  maxTextBytes: MAX_TEXT_BYTES,
  mediaIn: true,
  mediaOut: true,
  // Feishu pushes no event when a message is edited.
  edits: false,
  recalls: true,
  memberEvents: true,
  returnsMessageId: true,
  // By `uuid`, within one hour.
  nativeIdempotency: true,
  stableUserIds: true,
  limits: LIMITS,
});
