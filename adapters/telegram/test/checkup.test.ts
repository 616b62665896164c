/** What doctor says, and the way through a proxy. */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { START } from '../../../tests/adapters/support.ts';
import type { TelegramOptions } from '../index.ts';
import { checkup, telegramConfig } from '../index.ts';
import { BOT, FakeTelegram, TOKEN } from './fake-telegram.ts';
import { optionsFor, SECRET } from './harness.ts';

onlyLoopback();

async function said(
  prepare: (fake: FakeTelegram) => void,
  over: Partial<TelegramOptions> = {},
): Promise<string> {
  const fake = await FakeTelegram.open();
  fake.date = new Date(START).toUTCString();
  prepare(fake);
  const findings = await checkup(optionsFor(fake.root, over).options);
  await fake.close();
  return findings.map(({ mark, words }) => `${mark} ${words}`).join('\n');
}

const WEBHOOK = { url: 'https://bot.example.org/telegram', host: '127.0.0.1', port: 0, secret: SECRET };

describe('doctor', () => {
  test('all is well', async () => {
    const words = await said((fake) => fake.members.set('-1', 'member'), { groups: () => ['-1'] });
    expect(words).toBe('✓ Telegram：机器人 @huiyin_bot\n✓ Telegram：长轮询\n✓ Telegram：1 个群都读得到');
  });

  test.each<[string, (fake: FakeTelegram) => void, Partial<TelegramOptions>, string]>([
    [
      'a wrong token',
      () => undefined,
      { token: `987654321:${'x'.repeat(35)}` },
      '✗ Telegram：Telegram 不认这个 token',
    ],
    ['no network', (fake) => fake.fail('getMe', 'drop'), {}, '✗ Telegram：连不上 Telegram（ECONNRESET）'],
    ['privacy mode', (fake) => (fake.me = BOT), {}, '! Telegram：隐私模式开着'],
    ['a group without the bot', () => undefined, { groups: () => ['-9'] }, '! Telegram：不在群里：-9'],
    [
      'a clock off',
      (fake) => (fake.date = new Date(START - 600_000).toUTCString()),
      {},
      '✗ 本机时钟和 Telegram 差 10 分钟',
    ],
    [
      'a foreign webhook',
      (fake) => (fake.webhook = { url: 'https://other.example/secret-path', pending_update_count: 0 }),
      {},
      '! Telegram：还设着 webhook（other.example）',
    ],
    [
      'messages waiting',
      (fake) => (fake.webhook = { url: '', pending_update_count: 3 }),
      {},
      '✓ Telegram：长轮询，有 3 条在等',
    ],
    ['a webhook not set yet', () => undefined, { webhook: WEBHOOK }, '! Telegram：webhook 还没有设上'],
    [
      'a webhook that works',
      (fake) => (fake.webhook = { url: WEBHOOK.url, pending_update_count: 0 }),
      { webhook: WEBHOOK },
      '✓ Telegram：webhook 通',
    ],
    [
      'a webhook out of reach',
      (fake) =>
        (fake.webhook = {
          url: WEBHOOK.url,
          pending_update_count: 2,
          last_error_message: 'Connection refused',
        }),
      { webhook: WEBHOOK },
      '✗ Telegram 打不到 webhook：Connection refused，有 2 条在等',
    ],
  ])('%s', async (_, prepare, over, words) => {
    expect(await said(prepare, over)).toContain(words);
  });
});

/** A forwarding proxy; tunnels are refused, so that nothing leaves. */
async function proxy() {
  const seen: string[] = [];
  const server = createServer((incoming, outgoing) => {
    seen.push(`${incoming.method} ${new URL(incoming.url ?? '').pathname.replace(TOKEN, 'TOKEN')}`);
    const { method, headers } = incoming;
    const onwards = request(incoming.url ?? '', { method: method ?? 'GET', headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onwards);
  });
  server.on('connect', (incoming, socket) => {
    seen.push(`CONNECT ${incoming.url} ${incoming.headers['proxy-authorization']}`);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = (server.address() as AddressInfo).port;
  return { seen, port, close: () => server.close() };
}

describe('through a proxy', () => {
  test('go the calls, and the files', async () => {
    const { seen, port, close } = await proxy();
    const words = await said(() => undefined, { proxy: `http://127.0.0.1:${port}` });
    expect(words).toContain('✓ Telegram：机器人 @huiyin_bot');
    expect(seen[0]).toBe('POST /botTOKEN/getMe');
    close();
  });

  test('to Telegram itself goes a tunnel, with the name and password given', async () => {
    const { seen, port, close } = await proxy();
    const over = { apiRoot: 'https://api.telegram.org', proxy: `http://user:planted-pw@127.0.0.1:${port}` };
    const words = await said(() => undefined, over);
    expect(seen).toEqual([`CONNECT api.telegram.org:443 Basic ${btoa('user:planted-pw')}`]);
    expect(words).toContain('连不上 Telegram（ERR_PROXY_TUNNEL）');
    expect(words).not.toContain('planted');
    close();
  });
});

describe('the settings', () => {
  const refused = (given: unknown): string => {
    const result = telegramConfig.safeParse(given);
    return result.success ? '' : JSON.stringify(result.error.issues);
  };

  test('a token alone is enough', () => {
    expect(telegramConfig.parse({ token: TOKEN })).toEqual({
      token: TOKEN,
      proxy: null,
      apiRoot: 'https://api.telegram.org',
      webhook: null,
    });
  });

  test.each([
    ['no token', {}, 'BotFather'],
    ['half a token', { token: '123456789' }, 'BotFather'],
    ['a proxy of another kind', { token: TOKEN, proxy: 'socks5://127.0.0.1:1080' }, 'http://'],
    ['a webhook without a secret', { token: TOKEN, webhook: { url: 'https://x.example' } }, 'secret'],
    [
      'a webhook with a short one',
      { token: TOKEN, webhook: { url: 'https://x.example', secret: 'short' } },
      '16',
    ],
    [
      'a webhook without TLS',
      { token: TOKEN, webhook: { url: 'http://x.example', secret: SECRET } },
      'https',
    ],
    ['a word unknown', { token: TOKEN, tokn: 1 }, 'tokn'],
  ])('%s is refused in words', (_, given, words) => {
    expect(refused(given)).toContain(words);
  });
});
