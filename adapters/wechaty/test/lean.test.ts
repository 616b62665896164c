/**
 * A lean installation (`npm install --omit=dev --include-workspace-root -w src -w adapters/telegram`) has none of
 * wechaty's 300 packages. Here: a copy of the program whose node_modules lacks what only this adapter asks for.
 */
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { INSTALL, RISK } from '../words.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const OWN = /^(?:wechaty(?:-.*)?|file-box|qrcode)$/;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-lean-'));
  const source = (path: string): boolean => !/\/(?:node_modules|test)$/.test(path);
  for (const part of ['bin', 'src', 'adapters', 'seeds', 'package.json'])
    await cp(join(ROOT, part), join(folder, part), { recursive: true, filter: source });
  await mkdir(join(folder, 'node_modules/@huiyin'), { recursive: true });
  await symlink(join(folder, 'src'), join(folder, 'node_modules/@huiyin/core'));
  for (const name of await readdir(join(ROOT, 'node_modules'))) {
    if (name.startsWith('.') || name === '@huiyin' || OWN.test(name)) continue;
    await symlink(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  }
  await cp(join(ROOT, 'seeds/township.yaml'), join(folder, 'township.yaml'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function ask(args: readonly string[], settings = '') {
  await writeFile(join(folder, 'huiyin.yaml'), settings);
  const env = {
    ...process.env,
    XDG_CONFIG_HOME: join(folder, 'config'),
    HOME: folder,
    HUIYIN_LOG: 'silent',
    WECHATY_TOKEN: 'insecure_7f3a2c91e5d84b06',
  };
  const bin = join(folder, 'bin/huiyin.mjs');
  const ran = spawnSync(process.execPath, [bin, ...args], { cwd: folder, input: '', env });
  return { code: ran.status, out: ran.stdout.toString(), err: ran.stderr.toString() };
}

const WECHAT = `adapters:
  wechaty: { token: "\${WECHATY_TOKEN}", endpoint: "127.0.0.1:1" }
`;

describe('without wechaty’s packages', () => {
  test('the program starts on other platforms', async () => {
    expect(await ask(['start', '--adapter', 'bridge'])).toMatchObject({ code: 0 });
  });

  test('the demonstration is made', async () => {
    const { code, err } = await ask(['demo']);
    expect(err).not.toContain('wechaty');
    expect(code).toBe(0);
  });

  test('the platforms are listed', async () => {
    const { code, out } = await ask(['adapters']);
    expect(code).toBe(0);
    expect(out).toContain('wechaty');
  });

  test('choosing it says in words how to install it', async () => {
    const { code, err } = await ask(['start'], WECHAT);
    expect(code).toBe(2);
    expect(err).toContain('没有装 wechaty');
    expect(err).toContain('什么都没有启动');
    expect(err).toContain(INSTALL);
    expect(err).not.toContain('ERR_MODULE_NOT_FOUND');
  });

  test('doctor says so too, and what is at risk', async () => {
    const { code, out } = await ask(['doctor'], WECHAT);
    expect(code).toBe(1);
    expect(out).toContain(`✗ 没有装 wechaty`);
    expect(out).toContain(INSTALL);
    expect(out).toContain(`! ${RISK}`);
  });
});

test('what is told to be installed is what package.json has', async () => {
  const root = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    workspaces: string[];
    allowScripts: Record<string, boolean>;
  };
  const own = JSON.parse(await readFile(join(ROOT, 'adapters/wechaty/package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  expect(root.workspaces).toEqual(expect.arrayContaining(['src', 'adapters/*']));
  // Prebuilt: nothing of theirs needs to run at install time.
  expect(root.allowScripts).toMatchObject({ '@swc/core': false, leveldown: false });
  const versions = Object.entries(own.dependencies);
  expect(versions.filter(([name]) => OWN.test(name)).length).toBeGreaterThan(4);
  for (const [name, version] of versions) expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
});
