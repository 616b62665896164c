/** What `huiyin doctor` says of WeCom: each part in one line, with what to do. Changes nothing. */
import type { Finding } from '@huiyin/core/kit';
import { createWire, Redactor } from '@huiyin/core/kit';
import { Api } from './api.ts';
import type { WecomOptions } from './config.ts';
import { wordsFor } from './outcome.ts';
import { secretsOf } from './secrets.ts';

/** Calls are refused after five minutes, and deadlines are told by the machine's clock. */
const MOST_SKEW_MS = 120_000;

export type CheckupOptions = Omit<WecomOptions, 'id' | 'log' | 'stateFile'>;

export async function checkup(options: CheckupOptions): Promise<readonly Finding[]> {
  return [...bot(options), ...(await app(options)), ...robots(options)];
}

/** A connection of doctor's would throw out the one that runs. */
function bot({ aibot }: CheckupOptions): readonly Finding[] {
  if (aibot === null) return [];
  const words = '企业微信：智能机器人已配置；doctor 不试连（会把正在运行的挤下线），启动后看运行状态';
  return [{ mark: '✓', words }];
}

async function app(options: CheckupOptions): Promise<readonly Finding[]> {
  if (options.app === null) return [];
  const redactor = new Redactor(...secretsOf(options));
  const wire = createWire();
  try {
    const api = new Api({ wire, options, app: options.app, redactor });
    const name = await api.appName();
    const found: Finding = { mark: '✓', words: `企业微信：自建应用${name === null ? '' : `“${name}”`}可用` };
    return [found, ...clock(wire.serverTime(), options), ...callback(options)];
  } catch (error) {
    return [{ mark: '✗', words: `企业微信：${redactor.clean(wordsFor(error))}` }];
  } finally {
    wire.close();
  }
}

function clock(server: number | null, options: CheckupOptions): readonly Finding[] {
  const skew = server === null ? 0 : Math.abs(server - options.clock.now());
  if (skew <= MOST_SKEW_MS) return [];
  return [{ mark: '✗', words: `本机时钟和企业微信差 ${Math.round(skew / 60_000)} 分钟：打开自动对时` }];
}

function callback({ app }: CheckupOptions): readonly Finding[] {
  if (app === null || app.callback !== null) return [];
  return [{ mark: '!', words: '企业微信：没有写 callback，应用只能发，收不到私聊，也没有按钮' }];
}

function robots({ webhooks }: CheckupOptions): readonly Finding[] {
  const count = Object.keys(webhooks).length;
  if (count === 0) return [];
  return [{ mark: '✓', words: `企业微信：${count} 个群有群机器人（key 对不对，要发一条才知道）` }];
}
