/** What we tell people to write is understood when they write it, and quoting us names the right case. */
import { describe, expect, it } from 'vitest';
import { photoRefsIn } from '../../src/desk/photos.ts';
import type { Role } from '../../src/domain/roster.ts';
import { refsInQuote } from '../../src/intake/commands/refs.ts';
import type { IntakeContext, Reading } from '../../src/intake/reading.ts';
import { understand } from '../../src/intake/understand.ts';
import { wordsContext } from '../../src/replies/context.ts';
import { render } from '../../src/replies/render.ts';
import { TYPED_COMMANDS, typedCommand } from '../../src/replies/typed-commands.ts';
import { shippedTaxonomy } from '../../src/taxonomy/index.ts';
import { allSamples, NOW } from './samples.ts';
import { policy, roster } from './township.ts';

const ctx = wordsContext(policy, NOW, false);

/** What the desk takes before it asks what words mean: in a group `照片 1` is the caption of a photo. */
const atTheDesk = (text: string): readonly string[] => photoRefsIn(text);

const ROLE_OF: Readonly<Record<string, Role>> = {
  officer: 'officer',
  leader: 'leader',
  secretary: 'secretary',
  dispatcher: 'dispatcher',
  reporter: 'neighbor_head',
};

function readAs(text: string, role: Role): Reading {
  const scene: IntakeContext = {
    roles: [role],
    mentionsBot: false,
    quoteText: null,
    at: '2026-11-02T09:00',
    roster,
    taxonomy: shippedTaxonomy,
    direct: true,
  };
  return understand(text, scene);
}

/** Reasons and texts for which a phrase stands instead of what a person would write. */
const FILLED: Readonly<Record<string, string>> = { 做了什么: '换了灯泡', 原因: '不归我们管', 单位: '村建办' };

/** Where one word has two readings, the desk decides by what waits. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  decide_deferral: ['decide_extension'],
  reopen: ['rate'],
  mixed: ['report'],
  screen: ['follow_up'],
};
/** Not typed as a command: readings of other messages, or what only the desk names. */
const NOT_TYPED = new Set(['sensitive', 'discipline', 'unauthorized', 'chatter', 'notice']);

describe('the examples in refusals', () => {
  for (const command of TYPED_COMMANDS.filter((name) => !NOT_TYPED.has(name))) {
    const { who, usage } = typedCommand(command);
    const text = usage('42', ctx);
    it(`${command}: ${text}`, () => {
      if (command === 'photos') return expect(atTheDesk(text)).toEqual(['42']);
      const { intent, command: words } = readAs(text, ROLE_OF[who] ?? 'officer');
      expect([command, ...(ALSO[command] ?? [])]).toContain(intent);
      if (text.includes('42')) expect(words?.refs).toContain('42');
    });
  }
});

const QUOTED = /“([^”]+)”/gu;

describe('what messages tell people to write', () => {
  for (const { name, say } of allSamples()) {
    if (
      [
        'help',
        'policy',
        'ask_confirm_report',
        'voice_hint',
        'ask_matter',
        'reclassified',
        'absence_set',
      ].includes(say.template)
    )
      continue;
    const phrases = [...render(say, ctx).matchAll(QUOTED)]
      .map((match) => match[1] ?? '')
      .filter((phrase) => /42/.test(phrase));
    for (const phrase of new Set(phrases)) {
      it(`${name}: ${phrase}`, () => {
        const text = Object.entries(FILLED).reduce((words, [from, to]) => words.replace(from, to), phrase);
        const role = /交办|改类|甄别|回访|并案/.test(text)
          ? 'dispatcher'
          : /督办|销账|同意/.test(text)
            ? 'secretary'
            : 'officer';
        const reporters =
          /没解决|好了|撤回|补充|更正|满意$/.test(text) && role === 'officer' ? 'neighbor_head' : role;
        if (atTheDesk(text).includes('42')) return;
        const { intent, command } = readAs(text, reporters);
        expect(intent).not.toBe('chatter');
        expect(intent).not.toBe('report');
        expect(command?.refs).toContain('42');
      });
    }
  }
});

describe('quoting us', () => {
  it('names the one case the message is about, also one of an earlier year', () => {
    for (const { name, say } of allSamples()) {
      const { params } = say;
      if (!('brief' in params) || params.brief === null || say.template.startsWith('merge')) continue;
      const old = { ...params, brief: { ...params.brief, number: 'LC2512-0007' } } as typeof params;
      for (const locale of ['zh-CN', 'en'] as const) {
        const words = wordsContext(policy, NOW, false, locale);
        expect(refsInQuote(render(say, words)), name).toEqual([
          String(Number(params.brief.number.slice(-4))),
        ]);
        expect(refsInQuote(render({ ...say, params: old } as typeof say, words)), name).toEqual([
          'LC2512-0007',
        ]);
      }
    }
  });
});
