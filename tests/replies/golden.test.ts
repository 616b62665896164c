/** The words themselves, to be read: change them, run with -u, read the difference aloud. */
import { describe, expect, it } from 'vitest';
import { wordsContext } from '../../src/replies/context.ts';
import { render } from '../../src/replies/render.ts';
import { allSamples, NOW } from './samples.ts';
import { policy } from './township.ts';

const HOLES = /undefined|null|\[object|NaN|Infinity|\$\{|\}\}|\{\{|Invalid/;

for (const locale of ['zh-CN', 'en'] as const) {
  describe(`the words in ${locale}`, () => {
    for (const inGroup of [false, true]) {
      const file = `golden/${locale}.${inGroup ? 'group' : 'private'}.txt`;
      it(`match ${file}`, async () => {
        const ctx = wordsContext(policy, NOW, inGroup, locale);
        const all = allSamples().map(({ name, say }) => ({ name, text: render(say, ctx) }));
        for (const { name, text } of all) {
          expect(text.trim(), name).toBe(text);
          expect(text, name).not.toBe('');
          expect(text, name).not.toMatch(HOLES);
          expect(text, name).not.toMatch(/\n\n|。。|，，|，。|：。| \n|！。/);
        }
        await expect(
          `${all.map(({ name, text }) => `== ${name}\n${text}`).join('\n\n')}\n`,
        ).toMatchFileSnapshot(`./${file}`);
      });
    }
  });
}
