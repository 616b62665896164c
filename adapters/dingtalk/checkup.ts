/** What `huiyin doctor` says of DingTalk: each part in one line, with what to do. Changes nothing. */
import type { Finding } from '@huiyin/core/kit';
import { createWire, Redactor } from '@huiyin/core/kit';
import { Api } from './api.ts';
import type { DingtalkOptions } from './config.ts';
import { createHttp } from './http.ts';
import { wordsFor } from './outcome.ts';

/** Deadlines and quiet hours are told by the machine's clock. */
const MOST_SKEW_MS = 120_000;

export type CheckupOptions = Omit<DingtalkOptions, 'id' | 'log'>;

export async function checkup(options: CheckupOptions): Promise<readonly Finding[]> {
  const redactor = new Redactor(options.clientSecret);
  const wire = createWire();
  const http = createHttp({ wire, timers: options.timers, redactor });
  try {
    await new Api({ options, http, redactor }).signIn();
    const found: Finding = { mark: '✓', words: '钉钉：clientId 和 clientSecret 可用' };
    return [found, ...clock(wire.serverTime(), options)];
  } catch (error) {
    return [{ mark: '✗', words: `钉钉：${redactor.clean(wordsFor(error))}` }];
  } finally {
    wire.close();
  }
}

function clock(server: number | null, options: CheckupOptions): readonly Finding[] {
  const skew = server === null ? 0 : Math.abs(server - options.clock.now());
  if (skew <= MOST_SKEW_MS) return [];
  return [{ mark: '✗', words: `本机时钟和钉钉差 ${Math.round(skew / 60_000)} 分钟：打开自动对时` }];
}
