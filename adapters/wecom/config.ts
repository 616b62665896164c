/** What `huiyin.yaml` may set of WeCom, what the composition root gives, and the platform's numbers. */
import type { AdapterLog, AdapterTimers } from '@huiyin/core/kit';
import type { Capabilities } from '@huiyin/core/port';
import { z } from 'zod';

/** Plain http and ws only to this machine: secrets go over it. */
const SAFE_API = /^(?:https:\/\/[^/?#@]+|http:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?)\/?$/;
const SAFE_SOCKET = /^(?:wss:\/\/[^?#@]+|ws:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?(?:\/[^?#@]*)?)$/;
/** Groups' addresses are copied whole from the chat; only the key in them is theirs. */
const WEBHOOK_ADDRESS = /^https:\/\/qyapi\.weixin\.qq\.com\/cgi-bin\/webhook\/send\?key=/;

/** The bot: a long connection, for what people write and for answers within a day. */
const aibot = z.strictObject({
  botId: z
    .string({ error: '缺少 botId：工作台 → 智能机器人 → API 模式' })
    .trim()
    .min(1, '缺少 botId：工作台 → 智能机器人 → API 模式')
    .max(128, 'botId 太长：从机器人的设置页原样复制'),
  secret: z
    .string({ error: '缺少 aibot 的 secret：机器人的设置页，长连接方式的 Secret' })
    .trim()
    .min(8, 'aibot 的 secret 不完整：从机器人的设置页原样复制'),
  /** The bot's name as the group shows it, where it has a space in it or stands elsewhere than in front. */
  name: z.string().trim().min(1).max(64).nullable().default(null),
  wsUrl: z.string().regex(SAFE_SOCKET, 'wsUrl 要写成 wss://…').default('wss://openws.work.weixin.qq.com'),
  /** Photos are fetched from hosts of these endings alone: their addresses come with messages. */
  mediaHosts: z.array(z.string().trim().min(3)).default(['.myqcloud.com', '.qq.com', '.qpic.cn']),
});

/** Without it the app only pushes: what people write to the app, and their buttons, come nowhere. */
const callback = z.strictObject({
  token: z
    .string({ error: 'callback 要有 token：应用 → 接收消息 → 设置 API 接收' })
    .regex(/^[A-Za-z0-9]{3,32}$/, 'token 是 3 到 32 个字母和数字，和后台填的一样'),
  encodingAesKey: z
    .string({ error: 'callback 要有 encodingAesKey：应用 → 接收消息 → 设置 API 接收' })
    .regex(/^[A-Za-z0-9]{43}$/, 'encodingAesKey 是 43 个字母和数字，和后台填的一样'),
  host: z.string().trim().min(1).default('127.0.0.1'),
  port: z.number().int('端口要写整数').min(0).max(65_535, '端口从 0 到 65535').default(8792),
});

const AGENT_ID = 'agentId 是一个整数：管理后台 → 应用管理 → 自建应用';
/** From the environment it comes as text. */
const agentId = z
  .union([z.number(), z.string().regex(/^\d{1,12}$/, AGENT_ID)], { error: AGENT_ID })
  .transform(Number)
  .pipe(z.number().int(AGENT_ID).positive(AGENT_ID));

/** The company's own app: pushes to persons at any time. */
const app = z.strictObject({
  corpId: z
    .string({ error: '缺少 corpId：管理后台 → 我的企业 → 企业信息 → 企业 ID' })
    .regex(/^\w{6,64}$/, 'corpId 不完整：从管理后台 → 我的企业 → 企业信息里原样复制'),
  agentId,
  secret: z
    .string({ error: '缺少 app 的 secret：管理后台 → 应用管理 → 自建应用' })
    .regex(/^[\w-]{16,128}$/, 'app 的 secret 不完整：从自建应用的设置页原样复制'),
  /** Groups that the app itself made (appchat): it may write there at any time. */
  chats: z.array(z.string().trim().min(1)).default([]),
  callback: callback.nullable().default(null),
});

const webhookKey = z
  .string({ error: '缺少群机器人的 secret：群里机器人的 Webhook 地址，或地址里 key= 后面的那一串' })
  .transform((given) => given.trim().replace(WEBHOOK_ADDRESS, ''))
  .pipe(z.string().regex(/^[\w-]{16,64}$/, '群机器人的 key 不完整：复制整条 Webhook 地址也行'));

/** Whoever has the key may write in the group: the field's name keeps it out of the file. */
const webhook = z.strictObject({ secret: webhookKey }).transform(({ secret }) => secret);

/** The adapter's own part of `huiyin.yaml`. */
export const wecomConfig = z
  .strictObject({
    aibot: aibot.nullable().default(null),
    app: app.nullable().default(null),
    /** The group's id → the key of the group robot in it. */
    webhooks: z.record(z.string().min(1), webhook).default({}),
    apiRoot: z
      .string()
      .regex(SAFE_API, 'apiRoot 要写成 https://…')
      .default('https://qyapi.weixin.qq.com')
      .transform((url) => url.replace(/\/+$/, '')),
  })
  .refine((given) => given.aibot !== null || given.app !== null, {
    error: '要写 aibot（智能机器人）或 app（自建应用），或者两样都写；只有 webhooks 的话收不到消息',
  });
export type WecomConfig = z.output<typeof wecomConfig>;
export type AibotConfig = NonNullable<WecomConfig['aibot']>;
export type AppConfig = NonNullable<WecomConfig['app']>;
export type CallbackConfig = NonNullable<AppConfig['callback']>;

export interface WecomOptions extends WecomConfig {
  readonly id: string;
  readonly clock: { now(): number };
  readonly timers: AdapterTimers;
  readonly log: AdapterLog;
  /** Where it is kept over restarts which chats wrote to the bot when; null keeps it in memory. */
  readonly stateFile: string | null;
}

/** 101463: "收到消息回调后，24小时内可以往该会话回复消息". */
export const WINDOW_MS = 24 * 60 * 60_000;

/** What one message of a road may hold. 101463: markdown 20480 bytes; 90236 and 91770: text 2048 bytes. */
export const TEXT_BYTES = { aibot: 20_000, app: 2_000, appchat: 2_000, webhook: 2_000 } as const;
/** 101463, 90253: pictures 10 MB, files 20 MB, nothing of 5 bytes or less; 91770: a group robot's picture 2 MB. */
export const MAX_IMAGE_BYTES = 10_000_000;
export const MAX_HOOK_IMAGE_BYTES = 2_000_000;
export const MAX_UPLOAD_BYTES = 20_000_000;
export const MIN_UPLOAD_BYTES = 6;
export const MAX_DOWNLOAD_BYTES = 50_000_000;
/** Of the card's list of buttons. */
export const MAX_BUTTONS = 6;

/**
 * To one chat 30 a minute and 1,000 an hour through the bot (101463), to one person 30 a minute and 1,000 an hour
 * through the app (90236), 20 a minute through a group robot (91770). Ten at once and ten a minute keep to all.
 */
const LIMITS: Capabilities['limits'] = {
  perChat: { count: 10, perMs: 60_000 },
  global: { count: 20, perMs: 1_000 },
  jitterMs: null,
};

/**
 * With an app persons can be written to at any time; a group that has no robot of its own then still closes after
 * a day, which `send` says. Without one all is as the bot has it.
 */
export const capabilitiesOf = ({ aibot, app }: Pick<WecomConfig, 'aibot' | 'app'>): Capabilities => ({
  groupVisibility: aibot === null ? 'none' : 'mention',
  dm: true,
  proactive: app === null ? 'window' : 'always',
  windowMs: app === null ? WINDOW_MS : null,
  quoteIn: aibot === null ? 'none' : 'text',
  quoteOut: false,
  mentionOut: false,
  buttons: aibot !== null || (app !== null && app.callback !== null),
  markdown: false,
  // Through the app in eight messages: more than anybody reads.
  maxTextBytes: 16_000,
  mediaIn: aibot !== null || (app !== null && app.callback !== null),
  mediaOut: true,
  edits: false,
  recalls: false,
  memberEvents: false,
  returnsMessageId: false,
  nativeIdempotency: false,
  stableUserIds: true,
  limits: LIMITS,
});
