import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedSettings, exportTownship } from '../../src/config/export.ts';
import { readTownship } from '../../src/config/township.ts';
import { defaultSettings } from '../../src/domain/settings.ts';
import { townshipFiles } from './roster-arbitrary.ts';
import { good } from './samples.ts';

describe('export as YAML', () => {
  it('reads back as the same values, whatever the names', () => {
    fc.assert(
      fc.property(townshipFiles, (file) => {
        expect(readTownship(exportTownship(file), 't.yaml')).toEqual({ ok: true, value: file });
      }),
      { numRuns: 300 },
    );
  });

  it.each(['../../seeds/township.yaml', '../../../shared/check/township.yaml'])('reads %s back', (path) => {
    const url = new URL(path, import.meta.url);
    if (!existsSync(url)) return;
    const file = good(readFileSync(url, 'utf8'));
    expect(good(exportTownship(file))).toEqual(file);
  });

  it('puts a person in a line and leaves defaults out', () => {
    const text = exportTownship(good());
    expect(text).toContain(
      '\n  - { id: lin, name: 林秀英, phone: "13800000001", accounts: { bridge: u-lin, telegram: "501" } }\n',
    );
    expect(text).not.toContain('settings');
    expect(text).not.toContain('null');
  });

  it('writes the settings that differ and no others', () => {
    const rating = { ...defaultSettings.rating, windowDays: 4 };
    expect(changedSettings({ ...defaultSettings, rating })).toEqual({ rating: { windowDays: 4 } });
  });
});
