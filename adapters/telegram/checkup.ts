/** What `huiyin doctor` says of Telegram: each part in one line, with what to do. Changes nothing. */
import type { Finding } from '@huiyin/core/kit';
import { Chats } from './chats.ts';
import type { Client } from './client.ts';
import { createClient } from './client.ts';
import { Condition } from './condition.ts';
import type { TelegramOptions } from './config.ts';
import { standingOf } from './decode.ts';
import { troubleOf } from './outcome.ts';
import { wordsFor } from './poll.ts';
import { redactor } from './redact.ts';

const PATIENCE_MS = 15_000;
/** Telegram signs nothing by the clock, but deadlines and quiet hours here are told by it. */
const MOST_SKEW_MS = 120_000;

export type CheckupOptions = Omit<TelegramOptions, 'id' | 'log'>;

export async function checkup(options: CheckupOptions): Promise<readonly Finding[]> {
  const client = createClient(options);
  const redact = redactor(options);
  try {
    const found = await findings(client, options);
    return found.map(({ mark, words }) => ({ mark, words: redact(words) }));
  } finally {
    client.close();
  }
}

async function findings(client: Client, options: CheckupOptions): Promise<readonly Finding[]> {
  try {
    const me = await client.within(PATIENCE_MS, (raw, signal) => raw.getMe(signal));
    return [
      { mark: '✓', words: `Telegram：机器人 @${me.username}` },
      ...clock(client, options),
      await delivery(client, options),
      ...(await groups(client, me, options)),
    ];
  } catch (error) {
    return [{ mark: '✗', words: `Telegram：${wordsFor(troubleOf(error))}` }];
  }
}

function clock(client: Client, options: CheckupOptions): readonly Finding[] {
  const server = client.serverTime();
  const skew = server === null ? 0 : Math.abs(server - options.clock.now());
  if (skew <= MOST_SKEW_MS) return [];
  const minutes = Math.round(skew / 60_000);
  return [{ mark: '✗', words: `本机时钟和 Telegram 差 ${minutes} 分钟：打开自动对时` }];
}

/** Only one way of delivery can be on: a webhook set by another program takes all messages away. */
async function delivery(client: Client, { webhook }: CheckupOptions): Promise<Finding> {
  const info = await client.within(PATIENCE_MS, (raw, signal) => raw.getWebhookInfo(signal));
  const waiting = info.pending_update_count > 0 ? `，有 ${info.pending_update_count} 条在等` : '';
  if (webhook === null) {
    return info.url
      ? { mark: '!', words: `Telegram：还设着 webhook（${hostOf(info.url)}），启动时会取消它，改用长轮询` }
      : { mark: '✓', words: `Telegram：长轮询${waiting}` };
  }
  if (info.url !== webhook.url) return { mark: '!', words: 'Telegram：webhook 还没有设上，启动时会设' };
  if (info.last_error_message === undefined) return { mark: '✓', words: `Telegram：webhook 通${waiting}` };
  return { mark: '✗', words: `Telegram 打不到 webhook：${info.last_error_message}${waiting}` };
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '未知');

interface Me {
  readonly id: number;
  readonly can_read_all_group_messages?: boolean;
}

async function groups(client: Client, me: Me, options: CheckupOptions): Promise<readonly Finding[]> {
  const condition = new Condition((text) => text, options.groups);
  condition.online();
  condition.privacy(me.can_read_all_group_messages !== true);
  await lookAround(client, me.id, new Chats(options.stateFile), condition, options.groups());
  const { lastError } = condition.health();
  if (lastError !== null) return [{ mark: '!', words: `Telegram：${lastError}` }];
  return [{ mark: '✓', words: `Telegram：${options.groups().length} 个群都读得到` }];
}

/** How the bot stands in each group that it should read. What can't be asked now is left open. */
export async function lookAround(
  client: Client,
  me: number,
  chats: Chats,
  condition: Condition,
  watched: readonly string[],
): Promise<void> {
  for (const group of watched) {
    try {
      const member = await client.within(PATIENCE_MS, (raw, signal) =>
        raw.getChatMember({ chat_id: chats.idOf(group), user_id: me }, signal),
      );
      condition.standing(group, standingOf(member));
    } catch (error) {
      const trouble = troubleOf(error);
      // 400: no such chat for this bot; 403: it was kicked. Both: it is not in there.
      if (trouble.type === 'refused' && [400, 403].includes(trouble.code)) condition.standing(group, 'out');
    }
  }
}
