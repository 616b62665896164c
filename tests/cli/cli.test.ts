import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ask, begin, newFolder, TOWNSHIP } from './support.ts';

const as = (version: string): string =>
  `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`;

/** Prints each module file that was loaded, to see what a command costs. */
const SPY = `data:text/javascript,import{registerHooks}from'node:module';const seen=[];registerHooks({load(url,c,next){seen.push(url);return next(url,c)}});process.on('exit',()=>process.stderr.write('LOADED '+seen.join(' ')))`;

const report = (id: string): string =>
  JSON.stringify({
    type: 'message',
    id,
    chat: { id: 'g-ltw', kind: 'group' },
    from: { id: 'u-lin' },
    text: '#上报 3组王家桥路灯坏了两盏',
    at: '2026-11-02T08:30:00+08:00',
  });

describe('the command', () => {
  test('says in one readable line that Node is too old', () => {
    const { code, err, out } = ask(['--version'], { node: ['--import', as('20.11.1')] });
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toContain('20.11.1');
    expect(err).toContain('npm install');
  });

  test('asked wrongly, says what, that nothing changed and what next, and ends with 2', () => {
    for (const args of [['nonsense'], ['simulate', '-'], ['start', '--nonsense'], ['start']]) {
      const { code, err } = ask(args);
      expect(code).toBe(2);
      expect(err).toMatch(/什么都没有/);
      expect(err).toContain('下一步：');
    }
  });

  test('tells all errors of a township file with their lines, and ends with 2', () => {
    const cwd = newFolder();
    const text = readFileSync(TOWNSHIP, 'utf8')
      .replace('leader: wang', 'leader: nobody')
      .replace('officers: [chen]', 'officers: [no-one]');
    writeFileSync(join(cwd, 'township.yaml'), text);
    const { code, err, out } = ask(['simulate', '--township', 'township.yaml', '-'], { cwd });
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/township\.yaml:\d+: offices\[0\]\.leader: .*nobody/);
    expect(err).toMatch(/township\.yaml:\d+: offices\[1\]\.officers\[0\]: .*no-one/);
  });
});

describe('parse', () => {
  test('prints one answer a line, and an error for a bad one', () => {
    const input = '{"text":"3组王家桥路灯坏了两盏"}\n\nnonsense\n{"text":"满意"}\n';
    const { code, out } = ask(['parse', '--township', TOWNSHIP], { input });
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatchObject({ intent: 'report', cases: [{ category: 'power.lamp' }] });
    expect(lines[1]).toMatchObject({
      type: 'error',
      code: 'bad_line',
      detail: expect.stringContaining('line 3'),
    });
    expect(lines[2]).toMatchObject({ intent: 'rate' });
  });

  test('loads neither database nor web server nor platform', () => {
    const { err } = ask(['parse'], { input: '{"text":"好"}\n', node: ['--import', SPY] });
    expect(err).toContain('/src/intake/');
    expect(err).not.toMatch(/better-sqlite3|drizzle|hono|adapters|echarts|docx|wechaty|grammy/);
  });
});

describe('simulate', () => {
  test('reads stdin, prints to stdout, and loads nothing it has no use for', () => {
    const { code, out, err } = ask(['simulate', '--township', TOWNSHIP, '-'], {
      input: `${report('m1')}\n`,
      node: ['--import', SPY],
    });
    expect(code).toBe(0);
    expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toMatchObject({ type: 'summary', cases: 1 });
    expect(err).not.toMatch(/hono|echarts|docx|wechaty|grammy|adapters\/webchat/);
  });

  test('never touches a database that is not a simulation', () => {
    const cwd = newFolder();
    ask(['start', '--adapter', 'bridge', '--township', TOWNSHIP, '--db', 'real.db'], {
      cwd,
      input: `${report('m1')}\n`,
    });
    const { code, err } = ask(['simulate', '--township', TOWNSHIP, '--db', 'real.db', '-'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('不是模拟用的数据库');
  });
});

/** Its first line; a process that ends without one fails the test at once. */
const answered = (child: ReturnType<typeof begin>): Promise<unknown> =>
  Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => {
      throw new Error('it ended without an answer');
    }),
  ]);

describe('start', () => {
  const args = ['start', '--adapter', 'bridge', '--township', TOWNSHIP, '--db', 'data/bot.db'];

  test('answers on the bridge, remembers after a restart, keeps its data for itself', () => {
    const cwd = newFolder();
    const first = ask(args, { cwd, input: `${report('m1')}\n` });
    expect([first.code, first.err]).toEqual([0, '']);
    expect(first.out).toContain('"kind":"receipt"');
    const second = ask(args, { cwd, input: `${report('m1')}\n` });
    expect(second.out).toBe('{"type":"handled","id":"m1"}\n');
    expect(statSync(join(cwd, 'data/bot.db')).mode & 0o077).toBe(0);
  });

  test('finishes and ends with 0 when asked to stop', async () => {
    const cwd = newFolder();
    const child = begin(args, cwd);
    child.stdin.write(`${report('m1')}\n`);
    await answered(child);
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
  });

  test('ends quietly when its reader leaves', async () => {
    const cwd = newFolder();
    const child = begin(args, cwd);
    child.stdout.destroy();
    let complaint = '';
    child.stderr.on('data', (chunk) => {
      complaint += chunk;
    });
    child.stdin.on('error', () => undefined);
    child.stdin.write(`${report('m1')}\n`);
    const [code] = await once(child, 'exit');
    expect([code, complaint]).toEqual([0, '']);
  });

  test('says who has the database', async () => {
    const cwd = newFolder();
    const child = begin(args, cwd);
    child.stdin.write(`${report('m1')}\n`);
    await answered(child);
    const { code, err } = ask(args, { cwd });
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect(code).toBe(1);
    expect(err).toContain('另一个程序正在使用');
    expect(err).toContain(`process ${child.pid}`);
  });
});

describe('what keeps an installation', () => {
  test('a backup is whole, the owner’s alone, and overwrites nothing', () => {
    const cwd = newFolder();
    ask(['start', '--adapter', 'bridge', '--township', TOWNSHIP], { cwd, input: `${report('m1')}\n` });
    const { code, out } = ask(['backup', 'copies/one.db'], { cwd });
    expect([code, out]).toEqual([0, expect.stringContaining('密钥不在里面')]);
    expect(statSync(join(cwd, 'copies/one.db')).mode & 0o077).toBe(0);
    // One file that can be carried away.
    expect(readdirSync(join(cwd, 'copies'))).toEqual(['one.db']);
    expect(ask(['backup', 'copies/one.db'], { cwd }).code).toBe(2);
    expect(ask(['backup', 'other.db', '--db', 'missing.db'], { cwd }).code).toBe(2);
  });

  test('a roster goes to a spreadsheet and back', () => {
    const cwd = newFolder();
    writeFileSync(join(cwd, 'township.yaml'), readFileSync(TOWNSHIP));
    expect(ask(['roster', 'export', 'roster.xlsx'], { cwd }).code).toBe(0);
    expect(ask(['roster', 'export', 'roster.xlsx'], { cwd }).code).toBe(2);
    const dry = ask(['roster', 'import', 'roster.xlsx', '--dry-run'], { cwd });
    expect([dry.code, existsSync(join(cwd, 'township.yaml.bak'))]).toEqual([0, false]);
    const { code, out } = ask(['roster', 'import', 'roster.xlsx'], { cwd });
    expect([code, out]).toEqual([0, expect.stringContaining('新增：无；去掉：无')]);
    expect(existsSync(join(cwd, 'township.yaml.bak'))).toBe(true);
  });

  test('doctor, jobs and adapters say what there is', () => {
    const cwd = newFolder();
    const { code, out } = ask(['doctor', '--township', TOWNSHIP], { cwd });
    expect([code, out]).toEqual([0, expect.stringContaining('鸬鹚渡镇')]);
    expect(ask(['doctor', '--township', 'missing.yaml'], { cwd }).code).toBe(1);
    expect(ask(['jobs', '--township', TOWNSHIP], { cwd })).toMatchObject({ code: 0, err: '' });
    expect(ask(['adapters'], { cwd }).out).toContain('bridge');
  });
});
