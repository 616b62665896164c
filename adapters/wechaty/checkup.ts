/** What `huiyin doctor` says of wechaty. It signs nobody in: a second session would end the running one. */
import { access } from 'node:fs/promises';
import { connect } from 'node:net';
import type { AdapterTimers, Finding } from '@huiyin/core/kit';
import type { WechatyOptions } from './config.ts';
import { isLoopback } from './config.ts';
import { missingPackage } from './packages.ts';
import { missingWords, puppetName, RISK, UNSTABLE, WORDS } from './words.ts';

export type CheckupOptions = Omit<WechatyOptions, 'id' | 'log' | 'print'>;

const CONNECT_MS = 5_000;

export async function checkup(
  options: CheckupOptions,
  missing: string | null = missingPackage(options),
): Promise<readonly Finding[]> {
  const risk: Finding = { mark: '!', words: RISK };
  if (missing !== null) {
    const { what, next } = missingWords(missing);
    return [{ mark: '✗', words: `${what}${next}` }, risk];
  }
  const found: Finding[] = [{ mark: '✓', words: `微信：装好了 wechaty 和 ${puppetName(options.puppet)}` }];
  if (options.puppet === 'service') found.push(...(await service(options)));
  if (options.puppet === 'wechat4u') found.push({ mark: '!', words: UNSTABLE });
  return [...found, risk];
}

async function service({ endpoint, caFile, timers }: CheckupOptions): Promise<readonly Finding[]> {
  if (endpoint === null) return [];
  const reachable = await answers(endpoint, timers);
  const found: Finding[] = reachable
    ? [{ mark: '✓', words: `令牌服务 ${endpoint} 连得上（有没有登录，启动后才知道）` }]
    : [{ mark: '✗', words: WORDS.network(endpoint) }];
  const readable =
    caFile === null ||
    (await access(caFile)
      .then(() => true)
      .catch(() => false));
  if (!readable) found.push({ mark: '✗', words: WORDS.noCa(caFile ?? '') });
  if (caFile === null && !isLoopback(endpoint))
    found.push({
      mark: '!',
      words: 'wechaty 自带的证书谁都能冒充：令牌服务不在本机时，换自己的证书（caFile），或走 VPN、SSH 隧道',
    });
  return found;
}

function answers(endpoint: string, timers: AdapterTimers): Promise<boolean> {
  const at = endpoint.lastIndexOf(':');
  const host = endpoint.slice(0, at).replace(/^\[|\]$/g, '');
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host, port: Number(endpoint.slice(at + 1)) });
  const done = (reached: boolean): void => {
    cancel();
    socket.destroy();
    resolve(reached);
  };
  const cancel = timers.after(CONNECT_MS, () => done(false));
  socket.once('connect', () => done(true));
  socket.once('error', () => done(false));
  return promise;
}
