import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { ask, newFolder, TOWNSHIP } from './support.ts';

const cwd = newFolder();
const db = join(cwd, 'kept.db');
const common = ['--township', TOWNSHIP, '--db', db];
const AT = Date.parse('2026-11-02T09:30:00+08:00');

async function write(facts: Readonly<Record<string, string | null>>): Promise<void> {
  const store = openSqliteStore({ file: db, now: () => AT, owner: 'test' });
  await store.transact({ township: 'lucidu' }, [{ load: {}, decide: () => ({ answer: null, facts }) }]);
  await store.close();
}

const fact = (text: string, category: string): string =>
  JSON.stringify({ text, category, by: 'duty', at: AT });

describe('huiyin corrections', () => {
  test('says that there are none yet', async () => {
    await write({});
    expect(ask(['corrections', ...common], { cwd })).toMatchObject({
      code: 0,
      out: expect.stringMatching(/还没有/),
    });
  });

  test('lists number, category, words, who and when, beside a running bot too', async () => {
    await write({
      'correction:LC2611-0042': fact('3组那台老机子又不转了', 'water.irrigation'),
      'correction:LC2611-0050': fact('桥头那盏不亮', 'power.lamp'),
    });
    const running = openSqliteStore({ file: db, now: () => AT, owner: 'the bot' });
    const { code, out } = ask(['corrections', ...common], { cwd });
    const refused = ask(['corrections', '--remove', '42', ...common], { cwd });
    await running.close();
    expect(code).toBe(0);
    expect(out).toMatch(/^LC2611-0042\t[^\t]+\t3组那台老机子又不转了\t[^\t]+\t2026-11-02 09:30$/m);
    expect(out.trim().split('\n')).toHaveLength(2);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('撤销改类 42');
  });

  test('takes one back, and only once', () => {
    const { code, out } = ask(['corrections', '--remove', 'LC2611-0042', ...common], { cwd });
    expect([code, out]).toEqual([0, expect.stringContaining('收回了：LC2611-0042')]);
    expect(ask(['corrections', ...common], { cwd }).out).not.toContain('0042');
    const again = ask(['corrections', '--remove', '42', ...common], { cwd });
    expect(again.code).toBe(2);
    expect(again.err).toContain('什么都没有改动');
  });
});
