import { describe, expect, test } from 'vitest';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { checkup, feishuConfig } from '../index.ts';
import { APP_ID, FakeFeishu, SECRET } from './fake-feishu.ts';
import { optionsFor, TOKENS } from './harness.ts';

onlyLoopback();

async function found(prepare: (fake: FakeFeishu) => void, over = {}): Promise<string> {
  const fake = await FakeFeishu.open();
  try {
    prepare(fake);
    const options = { ...optionsFor(fake.root).options, clock: { now: () => Date.now() }, ...over };
    const findings = await checkup(options);
    return findings.map(({ mark, words }) => `${mark} ${words}`).join('\n');
  } finally {
    await fake.close();
  }
}

describe('doctor', () => {
  test('finds everything well', async () => {
    expect(await found(() => undefined)).toBe('✓ 飞书：机器人可用\n✓ 飞书：权限齐全');
  });

  test('says which scope is missing, and which is there unused', async () => {
    expect(await found((fake) => (fake.scopes = []))).toContain('✗ 飞书：缺少权限 im:message.group_at_msg');
    expect(await found((fake) => fake.scopes.push('im:message.group_msg'))).toContain('allGroupMessages');
    expect(await found(() => undefined, { allGroupMessages: true })).toContain(
      '缺少权限 im:message.group_msg',
    );
  });

  test('says what else is wrong', async () => {
    const noBot = { status: 400, body: { code: 230006, msg: 'no bot' } };
    expect(await found((fake) => fake.fail('GET /open-apis/bot/v3/info', noBot))).toContain('没有开启机器人');
    const wrong = { status: 200, body: { code: 10014, msg: 'app secret invalid' } };
    expect(await found((fake) => fake.fail(TOKENS, wrong))).toContain('不认这对 appId 和 appSecret');
    expect(await found((fake) => fake.fail(TOKENS, 'drop'))).toContain('连不上飞书（ECONNRESET）');
    const late = { clock: { now: () => Date.now() + 600_000 } };
    expect(await found(() => undefined, late)).toContain('本机时钟和飞书差 10 分钟');
    const unknown = { status: 404, body: { code: 404, msg: 'no such call' } };
    expect(await found((fake) => fake.fail('GET /open-apis/application/v6/scopes', unknown))).toContain(
      '查不到',
    );
  });
});

describe('huiyin.yaml', () => {
  const config = (over: object) => feishuConfig.safeParse({ appId: APP_ID, appSecret: SECRET, ...over });

  test('needs no more than id and secret', () => {
    expect(config({}).data).toEqual({
      appId: APP_ID,
      appSecret: SECRET,
      domain: 'https://open.feishu.cn',
      allGroupMessages: false,
    });
  });

  test.each([
    [{ appId: 'cli_123' }, 'cli_'],
    [{ appId: undefined }, '缺少 appId'],
    [{ appSecret: undefined }, '缺少 appSecret'],
    [{ appSecret: 'x y' }, 'appSecret 不完整'],
    // The secret would go over the net in the clear.
    [{ domain: 'http://open.feishu.cn' }, 'https'],
    [{ domain: 'http://127.0.0.1:80@evil.example' }, 'https'],
    [{ encryptKey: 'x' }, 'encryptKey'],
  ])('says what is wrong with %j', (over, words) => {
    expect(JSON.stringify(config(over).error?.issues)).toContain(words);
  });
});
