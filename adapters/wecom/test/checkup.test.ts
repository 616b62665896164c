import { expect, test } from 'vitest';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { checkup } from '../index.ts';
import { FakeWecom } from './fake-wecom.ts';
import type { Setup } from './harness.ts';
import { all, app, onlyApp, onlyBot, optionsFor } from './harness.ts';

onlyLoopback();

async function found(setup: Setup, prepare: (fake: FakeWecom) => void = () => undefined, skew = 0) {
  const fake = await FakeWecom.open();
  try {
    prepare(fake);
    const clock = { now: () => Date.now() + skew };
    const findings = await checkup({ ...optionsFor(fake, setup).options, clock });
    expect(fake.frames).toEqual([]);
    expect(fake.said).toEqual([]);
    return findings.map(({ mark, words }) => `${mark} ${words}`).join('\n');
  } finally {
    await fake.close();
  }
}

test('doctor does not throw the running bot out', async () => {
  expect(await found(onlyBot)).toBe(
    '✓ 企业微信：智能机器人已配置；doctor 不试连（会把正在运行的挤下线），启动后看运行状态',
  );
});

test('doctor finds app and robots well', async () => {
  const words = await found(all);
  expect(words).toContain('✓ 企业微信：自建应用“回音”可用');
  expect(words).toContain('✓ 企业微信：1 个群有群机器人');
  expect(words).not.toMatch(/[✗!]/);
});

test('doctor says what is wrong', async () => {
  expect(await found(onlyApp)).toContain('! 企业微信：没有写 callback');
  expect(await found(() => ({ app: app({ secret: 'x'.repeat(20) }) }))).toContain(
    '✗ 企业微信：企业微信不认这个 corpId',
  );
  const errmsg = 'not allow to access from your ip, from ip: 203.0.113.9';
  const untrusted = await found(onlyApp, (fake) => fake.fail('gettoken', { errcode: 60020, errmsg }));
  expect(untrusted).toContain('203.0.113.9 不在可信 IP 里');
  expect(await found(onlyApp, (fake) => fake.fail('agent/get', { errcode: 301002 }))).toContain(
    '不认这个 agentId',
  );
  expect(await found(onlyApp, (fake) => fake.fail('gettoken', 'drop'))).toContain(
    '连不上企业微信（ECONNRESET）',
  );
  expect(await found(onlyApp, () => undefined, 600_000)).toContain('✗ 本机时钟和企业微信差 10 分钟');
});
