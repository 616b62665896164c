import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ephemeralKey, type KeyError, keyPlace, loadMasterKey } from '../../src/vault/key.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huiyin-key-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (env: Record<string, string>, platform = 'linux') => ({ env, platform, home: folder });

describe('the place of the master key', () => {
  it.each([
    [{ HUIYIN_KEY_FILE: '/run/k', CREDENTIALS_DIRECTORY: '/c' }, 'linux', '/run/k', false],
    [
      { CREDENTIALS_DIRECTORY: '/run/credentials/huiyin' },
      'linux',
      '/run/credentials/huiyin/huiyin.key',
      false,
    ],
    [{ XDG_CONFIG_HOME: '/x' }, 'linux', '/x/huiyin/master.key', true],
    [{}, 'darwin', '/home/a/.config/huiyin/master.key', true],
    [{ APPDATA: 'C:\\R' }, 'win32', 'C:\\R\\huiyin\\master.key', true],
  ])('%j on %s is %s', (env, platform, path, mayCreate) => {
    expect(keyPlace({ env, platform, home: '/home/a' })).toEqual({ path, mayCreate });
  });
});

describe('the master key', () => {
  it('is made once, for the owner alone, and read afterwards', () => {
    const first = loadMasterKey(at({}));
    expect(first).toMatchObject({ created: true, exposed: false });
    expect(first.key).toHaveLength(32);
    expect(statSync(first.path).mode & 0o777).toBe(0o600);
    const second = loadMasterKey(at({}));
    expect(second).toMatchObject({ created: false, exposed: false, path: first.path });
    expect(Buffer.from(second.key)).toEqual(Buffer.from(first.key));
  });

  it.each([
    ['raw bytes', Buffer.alloc(32, 9)],
    ['hexadecimal', `${'09'.repeat(32)}\n`],
    ['base64', `${Buffer.alloc(32, 9).toString('base64')}\n`],
  ])('is read as %s', (_, content) => {
    const path = join(folder, 'k');
    writeFileSync(path, content, { mode: 0o600 });
    expect(Buffer.from(loadMasterKey(at({ HUIYIN_KEY_FILE: path })).key)).toEqual(Buffer.alloc(32, 9));
  });

  it('is told to be exposed where others can read it', () => {
    const path = join(folder, 'k');
    writeFileSync(path, Buffer.alloc(32, 9), { mode: 0o644 });
    expect(loadMasterKey(at({ HUIYIN_KEY_FILE: path })).exposed).toBe(true);
  });

  it('is never replaced where a place was named, and never guessed from something else', () => {
    const path = join(folder, 'k');
    const load = () => loadMasterKey(at({ HUIYIN_KEY_FILE: path }));
    expect(load).toThrow(expect.objectContaining({ code: 'missing' }) as KeyError);
    writeFileSync(path, 'not a key');
    expect(load).toThrow(expect.objectContaining({ code: 'malformed' }) as KeyError);
  });

  it('differs for each run of a simulation', () => {
    expect(ephemeralKey()).not.toEqual(ephemeralKey());
  });
});
