/** What `huiyin doctor` says of Feishu: each part in one line, with what to do. Changes nothing. */
import type { Finding } from '@huiyin/core/kit';
import { createWire, Redactor } from '@huiyin/core/kit';
import { Api } from './api.ts';
import type { FeishuOptions } from './config.ts';
import { loadSdk, sdkLogger } from './connect.ts';
import type { Http } from './http.ts';
import { createHttp } from './http.ts';
import { wordsFor } from './outcome.ts';
import { missingScopes, SCOPES } from './scopes.ts';
import { WORDS } from './words.ts';

/** Deadlines and quiet hours are told by the machine's clock. */
const MOST_SKEW_MS = 120_000;

export type CheckupOptions = Omit<FeishuOptions, 'id' | 'log'>;

export async function checkup(options: CheckupOptions): Promise<readonly Finding[]> {
  const redactor = new Redactor(options.appSecret);
  const wire = createWire();
  const http = createHttp({ wire, timers: options.timers, redactor });
  const silent = (): void => undefined;
  const logger = sdkLogger({ info: silent, warn: silent, error: silent });
  try {
    const api = new Api({ sdk: await loadSdk(), options, instance: http.instance, logger });
    await api.me();
    const found = [{ mark: '✓', words: '飞书：机器人可用' } as const, ...clock(http, options)];
    return [...found, await scopes(api, options)];
  } catch (error) {
    return [{ mark: '✗', words: `飞书：${redactor.clean(wordsFor(error))}` }];
  } finally {
    wire.close();
  }
}

function clock(http: Http, options: CheckupOptions): readonly Finding[] {
  const server = http.serverTime();
  const skew = server === null ? 0 : Math.abs(server - options.clock.now());
  if (skew <= MOST_SKEW_MS) return [];
  return [{ mark: '✗', words: `本机时钟和飞书差 ${Math.round(skew / 60_000)} 分钟：打开自动对时` }];
}

async function scopes(api: Api, options: CheckupOptions): Promise<Finding> {
  const granted = await api.scopes().catch(() => null);
  if (granted === null) return { mark: '!', words: '飞书：查不到已开通的权限，照 docs/feishu.md 核对' };
  const missing = missingScopes(granted, options);
  if (missing.length > 0) return { mark: '✗', words: `飞书：${WORDS.scopes(missing)}` };
  if (!options.allGroupMessages && granted.includes(SCOPES.all)) {
    return {
      mark: '!',
      words: `飞书：已有权限 ${SCOPES.all}，可以把 allGroupMessages 设为 true，群里不用 @ 也读得到`,
    };
  }
  return { mark: '✓', words: '飞书：权限齐全' };
}
