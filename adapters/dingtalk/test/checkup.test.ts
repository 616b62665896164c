import { describe, expect, test } from 'vitest';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { checkup, dingtalkConfig } from '../index.ts';
import { CLIENT, FakeDingtalk, SECRET, TOKENS } from './fake-dingtalk.ts';
import { optionsFor } from './harness.ts';

onlyLoopback();

async function found(prepare: (fake: FakeDingtalk) => void, over = {}): Promise<string> {
  const fake = await FakeDingtalk.open();
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
    expect(await found(() => undefined)).toBe('✓ 钉钉：clientId 和 clientSecret 可用');
  });

  test('says what is wrong', async () => {
    const wrong = { clientSecret: `${SECRET}x` };
    expect(await found(() => undefined, wrong)).toContain('✗ 钉钉：钉钉不认这对 clientId 和 clientSecret');
    expect(await found((fake) => fake.fail(TOKENS, 'drop'))).toContain('连不上钉钉（ECONNRESET）');
    const quota = { status: 403, body: { code: 'Forbidden.AccessDenied.ApiCountLimitForOrg' } };
    expect(await found((fake) => fake.fail(TOKENS, quota))).toContain('调用量用完了');
    const late = { clock: { now: () => Date.now() + 600_000 } };
    expect(await found(() => undefined, late)).toContain('本机时钟和钉钉差 10 分钟');
  });
});

describe('huiyin.yaml', () => {
  const config = (over: object) =>
    dingtalkConfig.safeParse({ clientId: CLIENT, clientSecret: SECRET, ...over });

  test('needs no more than id and secret; the robot’s code is the app’s id', () => {
    expect(config({}).data).toEqual({
      clientId: CLIENT,
      clientSecret: SECRET,
      robotCode: CLIENT,
      apiRoot: 'https://api.dingtalk.com',
      oapiRoot: 'https://oapi.dingtalk.com',
    });
    expect(config({ robotCode: 'dingold00code' }).data?.robotCode).toBe('dingold00code');
  });

  test.each([
    [{ clientId: undefined }, '缺少 clientId'],
    [{ clientId: 'x y' }, 'clientId 不完整'],
    [{ clientSecret: undefined }, '缺少 clientSecret'],
    [{ clientSecret: 'short' }, 'clientSecret 不完整'],
    [{ robotCode: '机器人' }, 'robotCode 不完整'],
    // The secret would go over the net in the clear.
    [{ apiRoot: 'http://api.dingtalk.com' }, 'https'],
    [{ apiRoot: 'http://127.0.0.1:80@evil.example' }, 'https'],
    [{ oapiRoot: 'https://user@oapi.example' }, 'https'],
    [{ aesKey: 'x' }, 'aesKey'],
  ])('says what is wrong with %j', (over, words) => {
    expect(JSON.stringify(config(over).error?.issues)).toContain(words);
  });
});
