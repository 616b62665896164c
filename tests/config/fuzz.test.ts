import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHuiyin } from '../../src/config/huiyin.ts';
import { readTownship } from '../../src/config/township.ts';
import { GOOD } from './samples.ts';

const lines = GOOD.split('\n');
const scrap = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    ': ',
    '- ',
    '[',
    ']',
    '{',
    '}',
    '&a ',
    '*a',
    '!!int ',
    '<<: ',
    '? ',
    '|',
    '>',
    '\t',
    '---\n',
    '#',
    '"',
    "'",
    '\u0000',
    '\uFEFF',
    '0x1F',
    '~',
    'null',
    '.nan',
    '2026-11-02',
    '__proto__: ',
  ),
);

/** The sample with pieces put in, cut out and lines swapped. */
const spoiled = fc
  .array(fc.tuple(fc.nat(GOOD.length), fc.nat(20), scrap), { minLength: 1, maxLength: 6 })
  .map((edits) =>
    edits.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), GOOD),
  );
const shuffled = fc.shuffledSubarray(lines).map((some) => some.join('\n'));

describe('whatever is in the file', () => {
  it('is read or refused with words and places, never thrown at', () => {
    fc.assert(
      fc.property(fc.oneof(spoiled, shuffled, fc.string({ unit: 'binary' })), (text) => {
        const result = readTownship(text, 't.yaml');
        if (result.ok) return;
        expect(result.error.length).toBeGreaterThan(0);
        for (const { line, message } of result.error) {
          expect(line).toBeGreaterThan(0);
          expect(message).toMatch(/\p{Script=Han}/u);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('holds for huiyin.yaml too', () => {
    fc.assert(
      fc.property(fc.oneof(spoiled, fc.json(), fc.string()), (text) => {
        const result = readHuiyin(text, 'huiyin.yaml', {});
        expect(result.ok || result.error.length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('takes a whole county’s roster in a moment', () => {
    const people = Array.from(
      { length: 8000 },
      (_, i) => `  - { id: p${i}, name: 人${i}, accounts: { bridge: b${i} } }`,
    );
    const text = GOOD.replace('people:\n', `people:\n${people.join('\n')}\n`).replace(
      '[li, chen]',
      `[${'nobody, '.repeat(3000)}li]`,
    );
    const result = readTownship(text, 't.yaml');
    expect(result.ok ? 0 : result.error.length).toBe(3000);
  }, 10_000);
});
