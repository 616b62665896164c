/** What `huiyin.yaml` may set of DingTalk, what the composition root gives, and the platform's numbers. */
import type { AdapterLog, AdapterTimers } from '@huiyin/core/kit';
import type { Capabilities } from '@huiyin/core/port';
import { z } from 'zod';

/** Plain http only to this machine: the app's secret goes over it. */
const SAFE_ROOT = /^(?:https:\/\/[^/?#@]+|http:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?)\/?$/;

const root = (name: string, usual: string) =>
  z
    .string()
    .regex(SAFE_ROOT, `${name} 要写成 https://…`)
    .default(usual)
    .transform((url) => url.replace(/\/+$/, ''));

const WHERE = '开发者后台 → 应用 → 凭证与基础信息';

/** The adapter's own part of `huiyin.yaml`. */
export const dingtalkConfig = z
  .strictObject({
    /** Once called AppKey. */
    clientId: z
      .string({ error: `缺少 clientId：${WHERE}` })
      .regex(/^[\w-]{8,128}$/, `clientId 不完整：从${WHERE}原样复制（旧称 AppKey）`),
    /** Once called AppSecret. */
    clientSecret: z
      .string({ error: `缺少 clientSecret：${WHERE}` })
      .regex(/^[\w-]{16,256}$/, `clientSecret 不完整：从${WHERE}原样复制（旧称 AppSecret）`),
    /** For robots made long ago, whose code is not the app's id. */
    robotCode: z
      .string()
      .regex(/^[\w-]{4,128}$/, 'robotCode 不完整：开发者后台 → 机器人，原样复制')
      .optional(),
    apiRoot: root('apiRoot', 'https://api.dingtalk.com'),
    /** The old API's: files are still uploaded there. */
    oapiRoot: root('oapiRoot', 'https://oapi.dingtalk.com'),
  })
  .transform(({ robotCode, ...rest }) => ({ ...rest, robotCode: robotCode ?? rest.clientId }));
export type DingtalkConfig = z.output<typeof dingtalkConfig>;

export interface DingtalkOptions extends DingtalkConfig {
  readonly id: string;
  readonly clock: { now(): number };
  readonly timers: AdapterTimers;
  readonly log: AdapterLog;
}

/** oapi `media/upload`: "图片 20MB", "普通文件 20MB". */
export const MAX_UPLOAD_BYTES = 20_000_000;
/** More than this no report's photo has. */
export const MAX_DOWNLOAD_BYTES = 50_000_000;
/** robot/groupMessages/send: `msgParam` up to 15,000 bytes; JSON writes a line's end and a quote in two. */
const MAX_TEXT_BYTES = 7_000;

/**
 * A robot's webhook takes 20 a minute and then nothing for ten; of the API no number for one chat is published, so
 * the same is kept to. An app may call 20 times a second in DingTalk's free edition:
 * https://open.dingtalk.com/document/development/how-to-process-api-throttling-on-the-dingtalk-server
 * Half of each, since the outbox lets as many again go while a first lot is counted.
 */
const LIMITS: Capabilities['limits'] = {
  perChat: { count: 10, perMs: 60_000 },
  global: { count: 10, perMs: 1_000 },
  jitterMs: null,
};

export const DINGTALK_CAPABILITIES: Capabilities = {
  // "群里需要 AT 机器人的消息才能被接收"
  groupVisibility: 'mention',
  dm: true,
  proactive: 'always',
  windowMs: null,
  // The id of what is quoted comes with some messages only, and in two kinds.
  quoteIn: 'text',
  quoteOut: false,
  mentionOut: false,
  // Cards whose taps come back need a template that is made in the console: see docs/dingtalk.md.
  buttons: false,
  markdown: false,
  maxTextBytes: MAX_TEXT_BYTES,
  mediaIn: true,
  mediaOut: true,
  edits: false,
  recalls: false,
  memberEvents: false,
  returnsMessageId: true,
  nativeIdempotency: false,
  stableUserIds: true,
  limits: LIMITS,
};
