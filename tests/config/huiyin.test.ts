import { describe, expect, it } from 'vitest';
import { formatErrors } from '../../src/config/errors.ts';
import type { Environment } from '../../src/config/huiyin.ts';
import { readHuiyin } from '../../src/config/huiyin.ts';

const REFERENCE = '$' + '{TELEGRAM_TOKEN}';

function read(yaml: string | null, env: Environment = {}) {
  const result = readHuiyin(yaml, 'huiyin.yaml', env);
  if (!result.ok) throw new Error(formatErrors(result.error));
  return result.value;
}

function errors(yaml: string, env: Environment = {}): string[] {
  const result = readHuiyin(yaml, 'huiyin.yaml', env);
  return result.ok ? [] : formatErrors(result.error).split('\n');
}

describe('huiyin.yaml', () => {
  it('may be missing: defaults and environment are enough', () => {
    expect(read(null)).toEqual({
      database: 'data/huiyin.db',
      dataDir: null,
      keyFile: null,
      townships: ['township.yaml'],
      adapters: {},
      areas: [],
      databases: {},
      secrets: [],
    });
  });

  it('gives way to the environment', () => {
    const env = {
      HUIYIN_DB: '/var/h.db',
      HUIYIN_KEY_FILE: '/etc/key',
      HUIYIN_TOWNSHIP: 'a.yaml',
    };
    const file = 'database: b.db\ntownships: [b.yaml, c.yaml]\n';
    expect(read(file, env)).toMatchObject({
      database: '/var/h.db',
      keyFile: '/etc/key',
      townships: ['a.yaml'],
    });
    expect(read(file).townships).toEqual(['b.yaml', 'c.yaml']);
  });

  it('resolves references in adapters and remembers what was secret', () => {
    const yaml = `adapters:\n  telegram: { token: "${REFERENCE}", polling: true }\n  second: { type: telegram, enabled: false }\n  bridge:\n`;
    const config = read(yaml, { TELEGRAM_TOKEN: 'abc:123' });
    expect(config.adapters).toEqual({
      telegram: { type: 'telegram', enabled: true, options: { token: 'abc:123', polling: true } },
      second: { type: 'telegram', enabled: false, options: {} },
      bridge: { type: 'bridge', enabled: true, options: {} },
    });
    expect(config.secrets).toEqual(['abc:123']);
  });

  it('refuses secrets written in clear, without repeating them', () => {
    const told = errors(
      'adapters:\n  wecom:\n    corpSecret: s3cr3t\n    encodingAESKey: k\ndatabase: postgres://h:pw@db/h\n',
    );
    expect(told.map((error) => error.split(' ', 2).join(' '))).toEqual([
      'huiyin.yaml:3: adapters.wecom.corpSecret:',
      'huiyin.yaml:4: adapters.wecom.encodingAESKey:',
      'huiyin.yaml:5: database:',
    ]);
    expect(told.join()).not.toMatch(/s3cr3t|pw@/);
  });

  it.each([
    [
      `adapters: { t: { token: "${REFERENCE}" } }`,
      'huiyin.yaml:1: adapters.t.token: 没有环境变量 TELEGRAM_TOKEN',
    ],
    ['databse: x', 'huiyin.yaml:1: databse: 不认识这个字段，是不是 database？'],
    [
      'adapters: { telegram: on }',
      'huiyin.yaml:1: adapters.telegram: 这里要写一组字段（字段: 值），现在是 "on"',
    ],
    ['townships: []', 'huiyin.yaml:1: townships: 至少写一个乡镇文件'],
    ['a: [', 'huiyin.yaml:1: 缩进不对，同一级要对齐'],
  ])('says what is wrong with %s', (yaml, error) => {
    expect(errors(yaml)).toEqual([error]);
  });

  it('checks areas: ids, parents and circles', () => {
    const area = (id: string, parent: string) => `  - { id: ${id}, name: ${id}, parent: ${parent} }\n`;
    expect(
      errors(
        `areas:\n${area('a', 'b')}${area('b', 'a')}${area('c', 'x')}${area('d', 'd')}${area('a', 'null')}`,
      ),
    ).toEqual([
      'huiyin.yaml:2: areas[0].parent: 上级绕成了一圈：a → b → a',
      'huiyin.yaml:3: areas[1].parent: 上级绕成了一圈：b → a → b',
      'huiyin.yaml:4: areas[2].parent: 找不到区域 "x"，请在 areas 里加上',
      'huiyin.yaml:5: areas[3].parent: 上级绕成了一圈：d → d',
      'huiyin.yaml:6: areas[4].id: 区域编号 "a" 重复，已用在 areas[0]',
    ]);
  });
});
