/** What `huiyin.yaml` may set of wechaty, what the composition root gives, and the numbers we keep to. */
import type { AdapterLog, AdapterTimers } from '@huiyin/core/kit';
import type { Capabilities } from '@huiyin/core/port';
import { z } from 'zod';

/** Like `127.0.0.1:18788`. No `wechaty://…`: that form asks a stranger's directory where the service is. */
const ENDPOINT = /^(?:\[[0-9a-f:]+\]|[\w.-]+):\d{1,5}$/i;
const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\]):/;
const HOST = /^[\w-]+(?:\.[\w-]+)*(?::\d{1,5})?$/;

export const isLoopback = (endpoint: string): boolean => LOOPBACK.test(endpoint);

const fields = z.strictObject({
  puppet: z
    .enum(['service', 'wechat4u', 'padlocal'], { error: 'puppet 只能写 service、wechat4u 或 padlocal' })
    .default('service'),
  token: z
    .string()
    .regex(/^[\w.-]{8,256}$/, 'token 不完整：从令牌服务商那里原样复制')
    .nullable()
    .default(null),
  /** Of the token service. Without it the client asks api.chatie.io, and tells it the token. */
  endpoint: z
    .string()
    .regex(ENDPOINT, 'endpoint 要写成 主机:端口，例如 127.0.0.1:18788')
    .nullable()
    .default(null),
  tls: z.boolean().default(true),
  /** A PEM file. The certificate that comes with wechaty has a private key that everybody can download. */
  caFile: z.string().min(1).nullable().default(null),
  serverName: z
    .string()
    .regex(/^[\w.-]{1,100}$/, 'serverName 是证书上的名字')
    .nullable()
    .default(null),
  /** Whether the service gives a person the same id in each session. Most do; ask the provider. */
  stableIds: z.boolean().default(true),
  /** Hosts that photos and files may be fetched from, where the service gives only their addresses. */
  mediaHosts: z
    .array(z.string().regex(HOST, 'mediaHosts 只写主机名，例如 files.example.com'))
    .max(20)
    .default([]),
  /** Off: whoever befriends the account can make it write; WeChat counts quick acceptances against it. */
  acceptFriends: z.boolean().default(false),
  /** Off: a group that nobody has bound to a village must not begin to receive answers by an invitation. */
  acceptInvites: z.boolean().default(false),
});

/** The adapter's own part of `huiyin.yaml`. */
export const wechatyConfig = fields.superRefine((given, context) => {
  const wrong = (path: string, message: string): void =>
    context.addIssue({ code: 'custom', path: [path], message });
  const { puppet, token, endpoint, tls, serverName } = given;
  if (puppet !== 'wechat4u' && token === null) wrong('token', `puppet 是 ${puppet} 时要有 token`);
  if (puppet !== 'service') return;
  if (endpoint === null) wrong('endpoint', '缺少 endpoint：令牌服务的 主机:端口，例如 127.0.0.1:18788');
  if (endpoint !== null && !tls && !isLoopback(endpoint))
    wrong('tls', 'tls: false 只能用在本机（127.0.0.1）：不加密时 token 和聊天内容路上谁都看得见');
  // The client takes the name of the certificate from what stands before the token's last underscore.
  if (token !== null && serverName === null && token.lastIndexOf('_') < 1)
    wrong('token', 'token 没有“前缀_”：改用带前缀的 token，或写上 serverName（一般是 insecure）');
});
export type WechatyConfig = z.output<typeof wechatyConfig>;

/** Time, and where to write what the admin should know. */
export interface Around {
  readonly clock: { now(): number };
  readonly timers: AdapterTimers;
  readonly log: AdapterLog;
}

export interface WechatyOptions extends WechatyConfig, Around {
  readonly id: string;
  /** Beside it the session is kept that saves scanning anew; null keeps it in memory. */
  readonly stateFile: string | null;
  /** The admin's terminal, for the QR code: stderr. */
  readonly print: (text: string) => void;
}

/** WeChat takes 25 MB of a photo and 100 MB of a file from people; what a bot says is never that much. */
export const MAX_UPLOAD_BYTES = 20_000_000;
export const MAX_DOWNLOAD_BYTES = 50_000_000;

/**
 * Tencent publishes none, and bans by its own judgement; these are a careful person's. GCRA lets `count` go at
 * once, but the jitter puts a pause after each message of the account, so that nothing ever goes in a burst.
 */
const LIMITS: Capabilities['limits'] = {
  perChat: { count: 6, perMs: 60_000 },
  global: { count: 20, perMs: 60_000 },
  jitterMs: { min: 3_000, max: 8_000 },
};

export const capabilitiesOf = ({
  puppet,
  stableIds,
}: Pick<WechatyConfig, 'puppet' | 'stableIds'>): Capabilities => ({
  groupVisibility: 'all',
  dm: true,
  // To friends and groups, at the account's risk.
  proactive: 'always',
  windowMs: null,
  // A quote comes as a block of text before the answer.
  quoteIn: 'text',
  quoteOut: false,
  mentionOut: false,
  buttons: false,
  markdown: false,
  // The web protocol cuts at about 2,000 characters.
  maxTextBytes: 6_000,
  mediaIn: true,
  mediaOut: true,
  edits: false,
  recalls: true,
  memberEvents: true,
  // Some puppets answer a send with nothing, and not every one lets us hear our own words.
  returnsMessageId: false,
  nativeIdempotency: false,
  // The web protocol gives people and groups new ids at each sign-in.
  stableUserIds: puppet === 'service' ? stableIds : puppet === 'padlocal',
  limits: LIMITS,
});
