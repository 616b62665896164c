/** The program as a township runs it: lines with photos in, a copy for the officer out; then a backup of it. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ask, TOWNSHIP } from '../cli/support.ts';
import { jpeg, page, planted, png } from './pictures.ts';

interface Line {
  readonly type: string;
  readonly kind?: string;
  readonly chat?: { readonly id: string };
  readonly text?: string;
  readonly media?: readonly { readonly name: string; readonly mime: string; readonly path: string }[];
}

const AT = '2026-11-02T09:00:00+08:00';

const message = (id: string, text: string, paths: readonly string[]) =>
  JSON.stringify({
    ...{ type: 'message', id, chat: { id: 'g-ltw', kind: 'group' }, from: { id: 'u-lin' }, text, at: AT },
    media: paths.map((path) => ({ kind: 'image', name: path, mime: 'image/jpeg', path })),
  });

const linesOf = (out: string): readonly Line[] =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);

/** Told at any hour: the machine's own clock runs here, and it may be night. */
const FIRE = '#上报 3组王家桥起火了';

function place(): { readonly cwd: string; readonly input: string } {
  const cwd = mkdtempSync(join(tmpdir(), 'huiyin-bridge-'));
  mkdirSync(join(cwd, 'in'));
  writeFileSync(join(cwd, 'in', 'a.jpg'), jpeg());
  writeFileSync(join(cwd, 'in', 'b.jpg'), png());
  // A page under a photo's name.
  writeFileSync(join(cwd, 'in', 'c.jpg'), page());
  return { cwd, input: `${message('m1', FIRE, ['a.jpg', 'b.jpg', 'c.jpg'])}\n` };
}

const start = ['start', '--adapter', 'bridge', '--township', TOWNSHIP, '--db', 'data/bot.db'];
const withFiles = (lines: readonly Line[]) => lines.filter(({ media }) => (media?.length ?? 0) > 0);

describe('huiyin start --media-dir', () => {
  it('shows the officer copies; the backup holds what is kept, sealed', () => {
    const { cwd, input } = place();
    const { code, out, err } = ask([...start, '--media-dir', 'in'], { cwd, input });
    expect([code, err]).toEqual([0, '']);
    const [shown, ...more] = withFiles(linesOf(out));
    expect(more).toEqual([]);
    expect(shown).toMatchObject({ kind: 'notice', text: expect.stringMatching(/^#0001 现场照片2张$/) });
    expect(shown?.chat?.id).toMatch(/^u-/);
    for (const { path } of shown?.media ?? []) {
      expect(planted(readFileSync(path))).toEqual([]);
      expect(statSync(path).mode & 0o777).toBe(0o600);
    }
    const backup = ask(['backup', 'copy.db', '--db', 'data/bot.db'], { cwd });
    expect(backup.out).toContain('照片等附件2个');
    const kept = readdirSync(join(cwd, 'copy.db-media'), { recursive: true, encoding: 'utf8' })
      .map((name) => join(cwd, 'copy.db-media', name))
      .filter((name) => statSync(name).isFile());
    expect(kept).toHaveLength(2);
    for (const name of kept) expect(planted(readFileSync(name))).toEqual([]);
  });

  it('left out, says the same as of a message without files', () => {
    const { cwd, input } = place();
    const plain = { cwd: place().cwd, input: `${message('m1', FIRE, [])}\n` };
    const told = (out: string) => linesOf(out).map(({ type, kind, chat }) => [type, kind, chat?.id]);
    expect(told(ask(start, { cwd, input }).out)).toEqual(told(ask(start, plain).out));
    expect(readdirSync(join(cwd, 'data')).filter((name) => name === 'media')).toEqual([]);
  });
});

describe('huiyin simulate', () => {
  const run = (cwd: string, ...args: readonly string[]) =>
    ask(['simulate', '--township', TOWNSHIP, ...args, 'in/story.jsonl'], { cwd });

  it('with --out writes the copies there, the same each time; without, keeps nothing', () => {
    const { cwd, input } = place();
    writeFileSync(join(cwd, 'in', 'story.jsonl'), input);
    const first = run(cwd, '--out', 'out');
    expect(first.code).toBe(0);
    const [shown] = withFiles(linesOf(first.out));
    expect(shown?.media?.map(({ name, mime }) => [name, mime])).toEqual([
      ['照片1.jpg', 'image/jpeg'],
      ['照片2.png', 'image/png'],
    ]);
    for (const { path } of shown?.media ?? [])
      expect(planted(readFileSync(join(cwd, 'out', path)))).toEqual([]);
    expect(run(cwd, '--out', 'again').out).toBe(first.out);
    expect(withFiles(linesOf(run(cwd).out))).toEqual([]);
  });

  it('whose photos are not there says no more than without them', () => {
    const { cwd } = place();
    const story = (paths: readonly string[]): string =>
      `${message('m1', '#上报 3组王家桥路灯不亮', paths)}\n`;
    const said = (paths: readonly string[]): readonly unknown[] => {
      const end = { type: 'clock', at: '2026-11-02T16:00:00+08:00' };
      writeFileSync(join(cwd, 'in', 'story.jsonl'), `${story(paths)}${JSON.stringify(end)}\n`);
      return linesOf(run(cwd, '--out', 'out').out).map(({ type, kind, chat }) => [type, kind, chat?.id]);
    };
    expect(said(['nowhere.jpg'])).toEqual(said([]));
  });
});
