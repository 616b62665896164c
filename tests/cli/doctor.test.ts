/** Single parts of `huiyin doctor`: each says in one line what is wrong and what to do. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { noteBackup } from '../../src/cli/backup-mark.ts';
import {
  backupVerdict,
  clockVerdict,
  configVerdict,
  fontVerdict,
  peopleVerdicts,
} from '../../src/cli/doctor-checks.ts';
import { placeOf } from '../../src/cli/place.ts';
import { withBindings } from '../../src/domain/binding.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { at, testPolicy } from '../support/world.ts';
import { ask, newFolder, TOWNSHIP } from './support.ts';

const NOW = at('2026-11-02 09:00');
const DAY = 86_400_000;
const policy = testPolicy();

const folder = (): string => mkdtempSync(join(tmpdir(), 'huiyin-doctor-'));
const placeIn = (cwd: string, yaml?: string) => {
  const config = join(cwd, 'huiyin.yaml');
  if (yaml !== undefined) writeFileSync(config, yaml);
  return placeOf({ config, db: join(cwd, 'bot.db'), township: TOWNSHIP });
};

describe('the clock', () => {
  test('before the program was written, or before the last entry, is wrong', () => {
    expect(clockVerdict(Date.UTC(2020, 0, 1), null, 'Asia/Shanghai')).toMatchObject({ mark: '✗' });
    expect(clockVerdict(NOW, NOW + DAY, 'Asia/Shanghai')).toMatchObject({
      mark: '✗',
      words: expect.stringContaining('自动对时'),
    });
    expect(clockVerdict(NOW, NOW + 60_000, 'Asia/Shanghai').mark).toBe('✓');
    expect(clockVerdict(NOW, null, 'Asia/Shanghai').words).toContain('2026-11-02 09:00');
  });
});

describe('the settings file', () => {
  test('that is not there, or names no platform, is to be seen to', async () => {
    const cwd = folder();
    const file = join(cwd, 'huiyin.yaml');
    expect(await configVerdict(file, await placeIn(cwd))).toMatchObject({ mark: '!' });
    expect(await configVerdict(file, await placeIn(cwd, 'adapters: {}\n'))).toMatchObject({ mark: '!' });
    expect(
      await configVerdict(file, await placeIn(cwd, 'adapters: { telegram: { enabled: false } }\n')),
    ).toMatchObject({
      mark: '!',
    });
    expect(await configVerdict(file, await placeIn(cwd, 'adapters: { telegram: {} }\n'))).toMatchObject({
      mark: '✓',
    });
  });

  test('with a mistake in it ends with 1 and says where', () => {
    const cwd = newFolder();
    writeFileSync(join(cwd, 'huiyin.yaml'), 'adapters:\n  telegram: { token: abc }\n');
    const { code, out, err } = ask(['doctor', '--township', TOWNSHIP], { cwd });
    expect([code, err]).toEqual([1, '']);
    expect(out).toMatch(/✗ .*\n?.*huiyin\.yaml:2: adapters\.telegram\.token/);
    expect(out).not.toContain('abc');
  });
});

describe('the backup', () => {
  test('is asked for where there is data, and again after a week', async () => {
    const cwd = folder();
    const place = await placeIn(cwd);
    expect((await backupVerdict(place, NOW)).mark).toBe('✓');
    writeFileSync(place.db, '');
    expect(await backupVerdict(place, NOW)).toMatchObject({
      mark: '!',
      words: expect.stringContaining('没有备份过'),
    });
    const copy = join(cwd, 'copy.db');
    writeFileSync(copy, '');
    await noteBackup(place.db, { at: NOW - 2 * DAY, file: copy });
    expect((await backupVerdict(place, NOW)).words).toContain('2 天前备份过');
    expect((await backupVerdict(place, NOW + 6 * DAY)).mark).toBe('!');
    // Taken to another machine, as it should be.
    rmSync(copy);
    expect((await backupVerdict(place, NOW)).mark).toBe('✓');
    expect(await backupVerdict(place, NOW + 6 * DAY)).toMatchObject({
      mark: '!',
      words: expect.stringContaining('已不在'),
    });
    writeFileSync(`${place.db}.backup.json`, 'nonsense');
    expect((await backupVerdict(place, NOW)).mark).toBe('!');
  });

  test('that was made is known to doctor', () => {
    const cwd = newFolder();
    ask(['start', '--adapter', 'bridge', '--township', TOWNSHIP], { cwd });
    expect(ask(['doctor', '--township', TOWNSHIP], { cwd }).out).toContain('没有备份过');
    ask(['backup', 'copies/one.db'], { cwd });
    expect(ask(['doctor', '--township', TOWNSHIP], { cwd }).out).toContain('今天备份过');
  });
});

describe('the font', () => {
  test('is there, or the charts have no words', async () => {
    expect((await fontVerdict()).mark).toBe('✓');
    const broken = join(folder(), 'font.ttf');
    expect((await fontVerdict(broken)).mark).toBe('✗');
    writeFileSync(broken, 'x'.repeat(200_000));
    expect(await fontVerdict(broken)).toMatchObject({ mark: '✗', words: expect.stringContaining('坏了') });
  });
});

describe('people and groups', () => {
  test('without an account or a binding are counted, with what to do; so are bindings of nobody', async () => {
    const cwd = folder();
    const place = await placeIn(cwd);
    const words = async () => {
      const bindings = { revision: 1, all: [] };
      return (await peopleVerdicts(place, policy, withBindings(policy, bindings)))
        .map(({ words }) => words)
        .join('\n');
    };
    expect(await words()).toContain('2 人在开着的平台上没有账号');
    expect(await words()).toContain('huiyin roster codes');
    const store = openSqliteStore({ file: place.db, now: () => NOW, owner: 'test' });
    const person = (external: string, who: string, account = 'telegram') =>
      ({ kind: 'person', account, external, person: who, at: NOW, by: null }) as const;
    const put = [person('1', 'wen'), person('2', 'gone'), person('u-x', 'lin', 'bridge')];
    await store.transact({ township: policy.roster.township.id }, [
      { load: {}, decide: () => ({ answer: null, bindings: { put } }) },
    ]);
    await store.close();
    expect(await words()).toMatch(/1 个绑定的人或村已不在/);
    expect(await words()).toMatch(/1 个绑定和乡镇文件写的不一样/);
  });
});
