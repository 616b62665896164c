import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readHuiyin } from '../../src/config/huiyin.ts';
import { COLUMNS } from '../../src/config/roster-sheets.ts';
import { good } from './samples.ts';

const page = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
const example = (text: string) => /```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? '';

describe('the examples in the documentation', () => {
  it('of the township file read as they stand', () => {
    const file = good(example(page('township-file.md')));
    expect(file.roster.people).toHaveLength(12);
    expect(file.policies).toHaveLength(1);
  });

  it('of the sheets name every column', () => {
    const text = page('township-file.md');
    for (const [sheet, columns] of Object.entries(COLUMNS)) {
      const row = new RegExp(`^\\| ${sheet} \\| (.*) \\|$`, 'm').exec(text)?.[1] ?? '';
      const named = row.replace(/\([^)]*\)/g, '').split(/[\s,]+/);
      expect(named).toEqual(expect.arrayContaining([...columns]));
    }
  });

  it('of huiyin.yaml read as they stand', () => {
    const env = { TELEGRAM_TOKEN: 'a', SECOND_TOKEN: 'b' };
    expect(readHuiyin(example(page('configuration.md')), 'huiyin.yaml', env)).toMatchObject({ ok: true });
  });
});

describe('the pages', () => {
  const root = new URL('../../', import.meta.url);
  const pages = readdirSync(new URL('docs/', root)).filter((name) => name.endsWith('.md'));
  const linksOf = (text: string) =>
    [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, to = '']) => to).filter((to) => !to.includes(':'));

  it.each(['README.md', 'README.zh-CN.md'])('are all found from %s', (name) => {
    const links = linksOf(readFileSync(new URL(name, root), 'utf8'));
    expect(pages.length).toBeGreaterThan(15);
    expect(links).toEqual(expect.arrayContaining(pages.map((page) => `docs/${page}`)));
  });

  it('lead to files that are there', () => {
    const texts = [
      ...['README.md', 'README.zh-CN.md', 'CHANGELOG.md', 'CONTRIBUTING.md'].map(
        (name) => new URL(name, root),
      ),
      ...pages.map((name) => new URL(`docs/${name}`, root)),
    ];
    const dead = texts.flatMap((file) =>
      linksOf(readFileSync(file, 'utf8')).filter((to) => !existsSync(new URL(to, file))),
    );
    expect(dead).toEqual([]);
  });
});
