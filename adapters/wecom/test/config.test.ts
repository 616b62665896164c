/** What the admin writes, and what is said where it is wrong. */
import { describe, expect, test } from 'vitest';
import { WINDOW_MS } from '../config.ts';
import { capabilitiesOf, wecomConfig } from '../index.ts';
import { APP_SECRET, BOT_SECRET, CORP_ID, HOOK_KEY } from './fake-wecom.ts';
import { CALLBACK } from './harness.ts';

const aibot = { botId: 'aib1', secret: BOT_SECRET };
const app = { corpId: CORP_ID, agentId: 1_000_002, secret: APP_SECRET };

const wrong = (given: unknown): string =>
  (wecomConfig.safeParse(given).error?.issues ?? [])
    .map(({ path, message }) => `${path.join('.')}: ${message}`)
    .join();

test('either the bot or the app will do', () => {
  expect(wecomConfig.parse({ aibot })).toMatchObject({
    aibot: { wsUrl: 'wss://openws.work.weixin.qq.com', name: null },
    app: null,
    webhooks: {},
    apiRoot: 'https://qyapi.weixin.qq.com',
  });
  expect(wecomConfig.parse({ app: { ...app, agentId: '1000002' } }).app?.agentId).toBe(1_000_002);
  expect(wrong({ webhooks: { g: { secret: HOOK_KEY } } })).toContain('收不到消息');
});

test('a robot’s whole address is as good as its key', () => {
  const address = `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${HOOK_KEY}`;
  expect(wecomConfig.parse({ aibot, webhooks: { g: { secret: address } } }).webhooks).toEqual({
    g: HOOK_KEY,
  });
});

test.each([
  [{ aibot: { botId: 'a' } }, 'aibot.secret: 缺少 aibot 的 secret'],
  [{ app: { ...app, agentId: 'x' } }, 'agentId 是一个整数'],
  [{ app: { ...app, callback: { token: 't' } } }, 'token 是 3 到 32 个字母和数字'],
  [{ app: { ...app, callback: { ...CALLBACK, encodingAesKey: 'short' } } }, '43 个字母和数字'],
  [{ aibot, webhooks: { g: { secret: 'https://evil.example/send?key=x' } } }, '群机器人的 key 不完整'],
  [{ aibot, apiRoot: 'http://evil.example' }, 'apiRoot 要写成 https'],
  [{ aibot, apiRoot: 'https://a@evil.example' }, 'apiRoot 要写成 https'],
  [{ aibot: { ...aibot, wsUrl: 'ws://evil.example' } }, 'wsUrl 要写成 wss'],
  [{ aibot, appp: {} }, 'appp'],
])('%j is told what to do', (given, words) => {
  expect(wrong(given)).toContain(words);
});

describe('what the account can', () => {
  const of = (given: unknown) => capabilitiesOf(wecomConfig.parse(given));

  test('is the bot’s, for a day', () => {
    expect(of({ aibot })).toMatchObject({
      groupVisibility: 'mention',
      proactive: 'window',
      windowMs: WINDOW_MS,
      quoteIn: 'text',
      buttons: true,
      mediaIn: true,
    });
  });

  test('is the app’s, at any time and one way only without a callback', () => {
    expect(of({ app })).toMatchObject({
      groupVisibility: 'none',
      proactive: 'always',
      windowMs: null,
      quoteIn: 'none',
      buttons: false,
      mediaIn: false,
    });
    expect(of({ app: { ...app, callback: CALLBACK } })).toMatchObject({ buttons: true, mediaIn: true });
  });

  test('is both, where both are', () => {
    expect(of({ aibot, app })).toMatchObject({
      groupVisibility: 'mention',
      proactive: 'always',
      buttons: true,
    });
  });
});
