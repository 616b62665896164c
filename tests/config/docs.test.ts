import { readFileSync } from 'node:fs';
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
