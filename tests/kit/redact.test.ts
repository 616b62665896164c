/** No secret in words that leave an adapter, whatever the order in which they became known. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Redactor, redactedLog } from '../../src/kit/index.ts';
import { logTo } from '../adapters/support.ts';

const REMOVED = '[removed]';

describe('a redactor', () => {
  test.each([
    [['abcdef'], 'x abcdef y', 'x [removed] y'],
    [['abcdef'], 'abcdefabcdef', '[removed][removed]'],
    // The longer is no rest of the shorter, whichever is named first.
    [['abc', 'abcdef'], 'abcdef', '[removed]'],
    [['abcdef', 'abc'], 'abcdef', '[removed]'],
    [['abcdef', 'defghi'], 'abcdefghi', '[removed]'],
    [['abcabc'], 'abcabcabc', '[removed]'],
    [['', 'abcdef'], 'nothing', 'nothing'],
    [['p@ss/word'], 'http://user:p%40ss%2Fword@proxy', 'http://user:[removed]@proxy'],
    [['say "so"'], '{"x":"say \\"so\\""}', '{"x":"[removed]"}'],
  ])('of %j makes of %j %j', (secrets, text, clean) => {
    expect(new Redactor(...secrets).clean(text)).toBe(clean);
  });

  /** Of few letters, so that they overlap, repeat and contain each other. */
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 6 });
  const said = fc
    .array(fc.oneof(word, fc.string({ maxLength: 3 })), { maxLength: 8 })
    .map((words) => words.join(''));

  test('leaves no letter of any secret that stood in the text, in any order, and all that is none', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), said, (secrets, text) => {
        const clean = new Redactor(...secrets).clean(text);
        expect(new Redactor(...secrets.toReversed()).clean(text)).toBe(clean);
        const hidden = new Set<number>();
        for (const secret of secrets) {
          for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + 1)) {
            for (let i = 0; i < secret.length; i++) hidden.add(at + i);
          }
        }
        const left = [...text.split('').keys()].filter((i) => !hidden.has(i)).map((i) => text[i]);
        expect(clean.split(REMOVED).join('')).toBe(left.join('').split(REMOVED).join(''));
      }),
      { numRuns: 2_000 },
    );
  });

  test('whose secrets overlap with what was learnt later leaves nothing of either', () => {
    const token = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 6, maxLength: 12 });
    fc.assert(
      fc.property(token, fc.array(token, { maxLength: 5 }), (given, learnt) => {
        const redactor = new Redactor(given);
        for (const secret of learnt) redactor.learn(secret);
        for (const secret of [given, ...learnt]) {
          const words = redactor.clean(`<${secret}> ${given}${secret} ${secret}${given}`);
          expect(words.replaceAll(REMOVED, '')).toBe('<>  ');
        }
      }),
    );
  });

  test('keeps the newest tokens, and what it was given for good', () => {
    const redactor = new Redactor('given-secret');
    for (let i = 0; i < 200; i++) redactor.learn(`token-number-${i}`);
    redactor.learn('short');
    expect(redactor.clean('given-secret token-number-199 token-number-0 short')).toBe(
      '[removed] [removed] token-number-0 short',
    );
    // One that is given anew is new.
    for (let i = 200; i < 240; i++) redactor.learn(`token-number-${i}`);
    redactor.learn('token-number-199');
    for (let i = 240; i < 280; i++) redactor.learn(`token-number-${i}`);
    expect(redactor.clean('token-number-199')).toBe(REMOVED);
  });
});

describe('a redacted log', () => {
  test('says no secret: not in its words, nor in its fields, however deep', () => {
    const lines: string[] = [];
    const { clean } = new Redactor('planted-secret');
    const log = redactedLog(logTo(lines), clean);
    const error = Object.assign(new Error('of planted-secret'), { config: { token: 'planted-secret' } });
    const deep = { a: { b: { c: { d: { e: 'planted-secret' } } } } };
    const bytes = Buffer.from('planted-secret');
    const list = [['planted-secret'], { 'planted-secret': 1 }];
    for (const write of [log.info, log.warn, log.error]) {
      write('planted-secret said', {
        plain: 'planted-secret',
        error,
        deep,
        list,
        bytes,
        code: 7,
        none: null,
      });
    }
    log.info('without fields');
    expect(lines.join('\n')).not.toContain('planted');
    expect(lines[0]).toContain('"error":"Error: of [removed]"');
    expect(lines[0]).toContain('"bytes":"…","code":7,"none":null');
    expect(lines).toHaveLength(4);
  });
});
