/** Every command may be refused for every reason: each time a sentence that says what happened and what to do. */
import { describe, expect, it } from 'vitest';
import type { RefusalCode, RefusalParams } from '../../src/domain/messages.ts';
import { INTENTS } from '../../src/intake/reading.ts';
import { wordsContext } from '../../src/replies/context.ts';
import { render } from '../../src/replies/render.ts';
import { NOW } from './samples.ts';
import { policy } from './township.ts';

/** A code that is missing here does not compile. */
const CODES = Object.keys({
  not_yours: 0,
  no_such_case: 0,
  wrong_state: 0,
  already_done: 0,
  too_late: 0,
  too_early: 0,
  past_date: 0,
  needs_reason: 0,
  needs_date: 0,
  needs_words: 0,
  needs_office: 0,
  unknown_office: 0,
  unknown_person: 0,
  unknown_category: 0,
  limit_reached: 0,
  own_work: 0,
  nothing_waits: 0,
  private_only: 0,
  not_for_you: 0,
  accused_office: 0,
  same_office: 0,
  no_higher_tier: 0,
  already_urged: 0,
  no_contact: 0,
  unauthorized: 0,
  needs_reference: 0,
  not_possible_here: 0,
} satisfies Record<RefusalCode, 0>) as RefusalCode[];

const COMMANDS = [...INTENTS, 'screen', null] as const;
const STATES = [
  'reported',
  'assigned',
  'in_progress',
  'resolved',
  'closed',
  'deferred',
  'cancelled',
  null,
] as const;
const TURNS = ['dispatcher', 'officer', 'leader', 'secretary', 'reporter', null] as const;

const params = (
  code: RefusalCode,
  command: string | null,
  more: Partial<RefusalParams> = {},
): RefusalParams => ({
  code,
  command,
  number: 'LC2611-0042',
  state: 'in_progress',
  turnTo: null,
  candidates: [],
  date: null,
  word: null,
  ...more,
});

const LIMIT = { 'zh-CN': 120, en: 320 } as const;

for (const locale of ['zh-CN', 'en'] as const) {
  const ctx = wordsContext(policy, NOW, false, locale);
  const words = (of: RefusalParams) => render({ template: 'refused', params: of }, ctx);

  describe(`refusals in ${locale}`, () => {
    it('say something of every command for every reason, in one line', () => {
      for (const code of CODES) {
        for (const command of COMMANDS) {
          const text = words(params(code, command));
          expect(text, `${code} ${command}`).toMatch(/#0042/);
          expect(text, `${code} ${command}`).not.toMatch(/undefined|null|NaN|\n| {2}|。。|，，/);
          expect([...text].length, `${code} ${command}: ${text}`).toBeLessThan(LIMIT[locale]);
          const bare = words(params(code, command, { number: null, state: null }));
          expect(bare, `${code} ${command}`).not.toMatch(/#\d|undefined|null|NaN|^[\s，,]/);
        }
      }
    });

    it('stay short with candidates, a date, a word, in every state and to whomever they point', () => {
      const more = {
        candidates: ['村建办', '供电所', '便民服务中心', '综合执法队'],
        date: NOW,
        word: '一个很长很长的没有人知道的单位名称',
      };
      for (const code of CODES) {
        for (const state of STATES) {
          for (const turnTo of TURNS) {
            const text = words(params(code, 'transfer', { ...more, state, turnTo }));
            expect([...text].length, text).toBeLessThan(LIMIT[locale]);
          }
        }
      }
    });

    it('read well', async () => {
      const shown = ['resolve', 'rate', 'request_extension', 'assign', 'supervise', 'contact', null];
      const grid = CODES.flatMap((code) => [
        `== ${code}`,
        ...shown.map((command) => words(params(code, command))),
        '',
      ]);
      const states = STATES.map((state) => words(params('wrong_state', 'accept', { state })));
      const over = STATES.map((state) => words(params('already_done', 'accept', { state })));
      const turns = TURNS.map((turnTo) => words(params('not_for_you', 'transfer', { turnTo })));
      const all = [
        ...grid,
        '== wrong_state, each',
        ...states,
        '',
        '== already_done, each',
        ...over,
        '',
        '== turnTo, each',
        ...turns,
      ];
      await expect(`${all.join('\n')}\n`).toMatchFileSnapshot(`./golden/${locale}.refused.txt`);
    });
  });
}
