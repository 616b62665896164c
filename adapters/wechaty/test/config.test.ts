/** What an admin may write, and what doctor says of it. */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryCard } from 'memory-card';
import { describe, expect, test } from 'vitest';

import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { memoryOf } from '../connect.ts';
import { capabilitiesOf, checkup, missingPackage, wechatyConfig } from '../index.ts';
import { installOf, RISK } from '../words.ts';
import { optionsFor } from './harness.ts';
import { TOKEN } from './service.ts';

onlyLoopback();

const given = (over: Readonly<Record<string, unknown>> = {}) =>
  wechatyConfig.safeParse({ token: TOKEN, endpoint: '127.0.0.1:18788', ...over });
const said = (over: Readonly<Record<string, unknown>>): string =>
  given(over)
    .error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`)
    .join('\n') ?? '';

describe('the settings', () => {
  test('are few where the service runs on this machine', () => {
    expect(given().data).toMatchObject({
      puppet: 'service',
      tls: true,
      acceptFriends: false,
      acceptInvites: false,
    });
    expect(given({ puppet: 'wechat4u', token: null, endpoint: null }).success).toBe(true);
    expect(given({ puppet: 'padlocal', token: 'puppet_padlocal_0123456789', endpoint: null }).success).toBe(
      true,
    );
    expect(given({ tls: false }).success).toBe(true);
  });

  test('always name the service: nobody else is asked where it is', () => {
    expect(said({ endpoint: null })).toContain('缺少 endpoint');
    expect(said({ endpoint: 'wechaty:///insecure_1' })).toContain('endpoint 要写成');
    expect(said({ endpoint: 'https://api.chatie.io' })).toContain('endpoint 要写成');
  });

  test('let no token over the network in clear', () => {
    expect(said({ tls: false, endpoint: 'wechat.example.org:18788' })).toContain('只能用在本机');
    expect(given({ tls: false, endpoint: '[::1]:18788' }).success).toBe(true);
  });

  test('are told in words where they are wrong, without the token', () => {
    expect(said({ token: 'short' })).toContain('token 不完整');
    expect(said({ token: null })).toContain('要有 token');
    expect(said({ token: '0123456789abcdef' })).toContain('serverName');
    expect(given({ token: '0123456789abcdef', serverName: 'insecure' }).success).toBe(true);
    expect(said({ puppet: 'padlocal', token: null, endpoint: null })).toContain('要有 token');
    expect(said({ puppet: 'xp' })).toContain('puppet 只能写');
    expect(said({ unknown: 1 })).not.toContain(TOKEN);
  });

  test('say truly whether people keep their ids', () => {
    const stable = (puppet: 'service' | 'wechat4u' | 'padlocal', stableIds = true) =>
      capabilitiesOf({ puppet, stableIds }).stableUserIds;
    expect([stable('service'), stable('service', false), stable('wechat4u'), stable('padlocal')]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  test('keep to what a careful person would send', () => {
    expect(capabilitiesOf({ puppet: 'service', stableIds: true }).limits).toEqual({
      perChat: { count: 6, perMs: 60_000 },
      global: { count: 20, perMs: 60_000 },
      jitterMs: { min: 3_000, max: 8_000 },
    });
  });
});

describe('the session that is kept', () => {
  test('lies beside the state file, for the bot’s own user alone, and outlives a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'huiyin-wechaty-memory-'));
    try {
      const stateFile = join(folder, 'adapter-wechaty.json');
      const { name = '' } = await memoryOf({ puppet: 'wechat4u', stateFile });
      // The place where wechaty keeps it is a name's own.
      const file = `${name}.memory-card.json`;
      expect(await readdir(folder)).toEqual(['adapter-wechaty.memory-card.json']);
      expect((await stat(file)).mode & 0o077).toBe(0);
      const memory = new MemoryCard(name);
      await memory.load();
      await memory.set('session', 'cookie');
      await memory.save();
      expect((await stat(file)).mode & 0o077).toBe(0);
      await memoryOf({ puppet: 'wechat4u', stateFile });
      expect(await readFile(file, 'utf8')).toContain('cookie');
      expect(await memoryOf({ puppet: 'service', stateFile })).toEqual({});
      expect(await memoryOf({ puppet: 'padlocal', stateFile: null })).toEqual({});
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('doctor', () => {
  const words = async (over: Parameters<typeof optionsFor>[1], missing: string | null = null) =>
    (await checkup(optionsFor({ port: 1 }, over).options, missing)).map(
      ({ mark, words: text }) => `${mark} ${text}`,
    );

  test('tells a service that answers from one that does not, and always of the risk', async () => {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const endpoint = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    try {
      expect((await words({ endpoint })).join('\n')).toContain(`✓ 令牌服务 ${endpoint} 连得上`);
    } finally {
      server.close();
    }
    const found = await words({ endpoint: '127.0.0.1:1' });
    expect(found.join('\n')).toContain('✗ 连不上令牌服务 127.0.0.1:1');
    expect(found).toContain(`! ${RISK}`);
  });

  test('names a file that can not be read, and an address that never answers ends', async () => {
    expect((await words({ endpoint: '127.0.0.1:1', caFile: '/nowhere/ca.pem' })).join()).toContain(
      '/nowhere/ca.pem',
    );
    expect((await words({ puppet: 'wechat4u' })).join()).toContain('都会变');
  });

  test('gives the command where a package is missing', async () => {
    const found = await words({ puppet: 'padlocal' }, 'wechaty-puppet-padlocal');
    expect(found[0]).toContain('npm i -w adapters/wechaty wechaty-puppet-padlocal');
    expect(installOf('qrcode')).toContain('-w adapters/wechaty');
    expect(missingPackage({ puppet: 'padlocal' }, (name) => !name.includes('padlocal'))).toBe(
      'wechaty-puppet-padlocal',
    );
    expect(missingPackage({ puppet: 'service' })).toBeNull();
    expect(missingPackage({ puppet: 'wechat4u' })).toBeNull();
    // Nobody keeps it up, so nobody gets it without asking.
    expect(missingPackage({ puppet: 'padlocal' })).toBe('wechaty-puppet-padlocal');
  });
});
