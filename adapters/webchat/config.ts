/** What the composition root says to the web chat, and what `huiyin.yaml` may set of it. */

import { z } from 'zod';
import type { WebchatHistory } from './history.ts';

/** The adapter's own part of `huiyin.yaml`. */
export const webchatConfig = z.strictObject({
  host: z.string().trim().default('127.0.0.1'),
  port: z
    .number()
    .int('端口要写整数')
    .min(0, '端口从 0 到 65535')
    .max(65_535, '端口从 0 到 65535')
    .default(8790),
});

export interface WebchatChat {
  readonly external: string;
  readonly title: string;
  readonly kind: 'heads' | 'residents' | 'officers';
  /** The village's name, for people to read. */
  readonly village: string | null;
}

export interface WebchatPerson {
  readonly account: string;
  readonly name: string;
  /** What people call the post: `龙塘湾村 3组 7邻 邻长`. The page sorts people by the post in it. */
  readonly title: string;
  /** External ids of the groups they sit in. */
  readonly groups: readonly string[];
}

/** A line of the small board: plain words only, nothing personal. */
export interface BoardRow {
  readonly number: string;
  /** In plain words: 路灯. */
  readonly category: string;
  readonly place: string | null;
  readonly office: string | null;
  /** The case's state as the core names it (`assigned`); the page has the words. */
  readonly state: string;
  /** Epoch milliseconds. */
  readonly due: number | null;
}

export interface WebchatLog {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

export interface WebchatTimers {
  /** Runs each `milliseconds`; the answer stops it. */
  every(milliseconds: number, run: () => void): () => void;
}

export interface WebchatOptions {
  readonly id: string;
  readonly host: string;
  /** 0 takes any free one; `address()` tells which. */
  readonly port: number;
  readonly demo: boolean;
  readonly chats: readonly WebchatChat[];
  readonly people: () => readonly WebchatPerson[];
  readonly history: WebchatHistory;
  readonly clock: { now(): number };
  readonly timers: WebchatTimers;
  readonly log: WebchatLog;
  readonly board?: () => Promise<readonly BoardRow[]>;
  /** The township's name in the page's head. */
  readonly township?: string;
  /** IANA name; all times on the page are told in it. */
  readonly timezone?: string;
  /** The language the page opens in; the visitor may switch. */
  readonly locale?: 'zh-CN' | 'en';
}

export const BOT_NAME = '回音';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** Why the adapter must not start; null where it may. */
export function refusalToStart(options: Pick<WebchatOptions, 'demo' | 'host'>): string | null {
  if (!options.demo) {
    return '网页聊天里可以扮演任何人，所以只在演示数据库里打开。请用 huiyin demo 启动，或改用别的聊天平台。';
  }
  if (!LOOPBACK.has(options.host)) {
    return `网页聊天只在本机打开：host 要写 127.0.0.1，不能写 ${options.host}。`;
  }
  return null;
}
