/** What holds for every message whatever its parameters: never a throw, never a secret in a group, the number first. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CASE_STATES } from '../../src/domain/case.ts';
import type { Brief, Say } from '../../src/domain/messages.ts';
import { type WordsContext, wordsContext } from '../../src/replies/context.ts';
import { shortNumber } from '../../src/replies/reference.ts';
import { render } from '../../src/replies/render.ts';
import { brief as aBrief, allSamples, NOW } from './samples.ts';
import { policy, roster } from './township.ts';

const LOCALES = ['zh-CN', 'en'] as const;
const SECRETS = ['王大爷', '13800138001', '43092219560102331X', '心脏病', '窃窃私语'];
const NAMES = roster.people.map(({ name }) => name);
const DAY = 86_400_000;

const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const instant = fc.integer({ min: NOW - 400 * DAY, max: NOW + 400 * DAY });
const office = fc.constantFrom('cunjian', 'gongdian', 'minzheng', 'gone');
const person = fc.constantFrom(...roster.people.map(({ id }) => id), '~p1', '@bridge:u-77');
const number = fc
  .tuple(fc.constantFrom('2611', '2512', '2601'), fc.integer({ min: 1, max: 12_345 }))
  .map(([month, serial]) => `LC${month}-${String(serial).padStart(4, '0')}`);

/** Words of people: a secret somewhere, among all that a phone can send. */
const words = fc
  .tuple(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.constantFrom(...SECRETS, ...NAMES),
    fc.constantFrom('', '\n', '‏', '😀', '…'.repeat(500)),
  )
  .map(([text, secret, odd]) => `${text}${secret}${odd}`);

const brief: fc.Arbitrary<Brief> = fc.record({
  number,
  state: fc.constantFrom(...CASE_STATES),
  category: fc.constantFrom(
    'power.lamp',
    'power.outage',
    'safety.fire',
    'welfare.dibao',
    'gov.other',
    'gone.away',
  ),
  urgency: fc.constantFrom('U1', 'U2', 'U3', 'U4', 'U5'),
  village: orNull(fc.constantFrom('ltw', 'gone')),
  groups: fc.subarray(['ltw-g2', 'ltw-g3', 'ltw-g5', 'ltw-g6', 'gone']),
  neighborhood: orNull(fc.constant('ltw-g3-7')),
  place: orNull(fc.constantFrom('王家桥', '村部门口路灯', '', '王大爷家', '3组\n桥头')),
  households: orNull(fc.nat(500)),
  since: orNull(fc.constantFrom('2026-11-01', '2025-12-31', '上个月')),
  summary: words,
  office: orNull(office),
  assignee: orNull(person),
  firstOffice: orNull(office),
  dueAt: orNull(instant),
  reviewAt: orNull(instant),
  outcome: orNull(
    fc.constantFrom(
      'fixed',
      'partly_fixed',
      'explained',
      'self_handled',
      'withdrawn',
      'duplicate',
      'not_township',
    ),
  ),
  receivedAt: instant,
  sensitive: fc.boolean(),
  protected: fc.boolean(),
  level: fc.constantFrom('village', 'township', 'county'),
});

interface Draw {
  readonly brief: Brief;
  readonly words: string;
  readonly person: string;
  readonly office: string;
  readonly at: number;
  readonly count: number;
  readonly flag: boolean;
  readonly number: string;
}
const draw: fc.Arbitrary<Draw> = fc.record({
  brief,
  words,
  person,
  office,
  at: instant,
  count: fc.nat(30),
  flag: fc.boolean(),
  number,
});

/** Said by officials for everybody: policy cards, planned outages, figures. */
const PUBLIC = new Set(['policy', 'receipt_known', 'digest']);
const WORDS = new Set([
  'text',
  'reason',
  'ground',
  'answer',
  'summary',
  'word',
  'keyword',
  'detail',
  'sender',
  'name',
  'account',
  'chat',
]);
const PEOPLE = new Set(['reporter', 'by', 'person', 'deputy', 'assignee']);
const OFFICES = new Set(['from', 'office']);
const BRIEFS = new Set(['brief', 'into', 'with', 'candidates']);

/** A sample with other values of the same kinds; what chooses the wording stays. */
function vary(key: string, value: unknown, d: Draw): unknown {
  if (Array.isArray(value)) {
    if (key === 'history') return [d.words];
    return value.map((one) => vary(key, one, d));
  }
  if (value !== null && typeof value === 'object') {
    if ('receivedAt' in value) return BRIEFS.has(key) ? d.brief : value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, vary(name, one, d)]));
  }
  return varyPlain(key, value, d);
}

function varyPlain(key: string, value: unknown, d: Draw): unknown {
  if (WORDS.has(key)) return d.words;
  if (PEOPLE.has(key)) return key === 'deputy' && d.flag ? null : d.person;
  if (OFFICES.has(key) && typeof value === 'string' && !/^\d/.test(value)) return d.office;
  if (['until', 'reviewAt', 'date', 'responseDueAt'].includes(key) && typeof value === 'number') return d.at;
  if (typeof value === 'number') return d.count;
  if (typeof value === 'boolean') return d.flag;
  return key === 'number' && value !== null ? d.number : value;
}

const cases = allSamples();
const varied = fc.tuple(fc.constantFrom(...cases), draw).map(([{ name, say }, d]) => ({
  name,
  say: { template: say.template, params: vary('', say.params, d) } as Say,
}));

const context = fc.tuple(fc.constantFrom(...LOCALES), fc.constantFrom(NOW, NOW + 60 * DAY)).map(
  ([locale, now]) =>
    (inGroup: boolean): WordsContext =>
      wordsContext(policy, now, inGroup, locale),
);

describe('every message', () => {
  it('is said, whatever its parameters', () => {
    fc.assert(
      fc.property(varied, context, fc.boolean(), ({ name, say }, ctx, inGroup) => {
        const text = render(say, ctx(inGroup));
        expect(text.trim(), name).not.toBe('');
        expect(text, name).not.toMatch(/undefined|\[object|NaN|\bnull\b/);
      }),
      { numRuns: 4_000 },
    );
  });

  it('says nothing personal in a group', () => {
    fc.assert(
      fc.property(varied, context, ({ name, say }, ctx) => {
        if (PUBLIC.has(say.template)) return;
        const text = render(say, ctx(true));
        for (const secret of [...SECRETS, ...NAMES]) expect(text, name).not.toContain(secret);
      }),
      { numRuns: 6_000 },
    );
  });

  it('says nothing of a private matter in a group, not even its category, place or office', () => {
    fc.assert(
      fc.property(varied, context, ({ name, say }, ctx) => {
        const { params } = say;
        if (!('brief' in params) || params.brief === null) return;
        if (say.template === 'merged' || say.template === 'merge_proposed' || say.template === 'reclassified')
          return;
        const hidden = {
          ...params.brief,
          sensitive: true,
          place: '王家桥',
          category: 'welfare.dibao',
          office: 'minzheng',
          groups: ['ltw-g3'],
          firstOffice: 'minzheng',
        };
        const text = render({ ...say, params: { ...params, brief: hidden } } as Say, ctx(true));
        expect(text, name).not.toMatch(/低保|王家桥|民政办|3组(?!桥头|倒树|桥头)|allowance/i);
      }),
      { numRuns: 3_000 },
    );
  });

  it('that is about one case names it in its first line', () => {
    fc.assert(
      fc.property(varied, context, fc.boolean(), ({ name, say }, ctx, inGroup) => {
        const about = numberOf(say);
        if (about === null) return;
        const [first] = render(say, ctx(inGroup)).split('\n');
        expect(first, name).toContain(shortNumber(about));
      }),
      { numRuns: 4_000 },
    );
  });
});

/** The one case of a message; null for lists and for what is about none. */
function numberOf(say: Say): string | null {
  const { params } = say;
  if ('items' in params) return params.items.length === 1 ? (params.items[0]?.brief.number ?? null) : null;
  if ('brief' in params) return params.brief?.number ?? null;
  return 'number' in params ? params.number : null;
}

/** Two half-width characters take the room of one Chinese one. */
const width = (text: string): number =>
  [...text].reduce((sum, char) => sum + (char.charCodeAt(0) < 0x100 ? 0.5 : 1), 0);

describe('lengths', () => {
  const ctx = wordsContext(policy, NOW, false);
  const usual = fc.record({
    village: fc.constant('ltw'),
    groups: fc.subarray(['ltw-g2', 'ltw-g3', 'ltw-g5'], { maxLength: 2 }),
    place: orNull(
      fc.constantFrom('王家桥', '村部门口老供销社对面', '一二三四五六七八九十一二三四五六七八九十'),
    ),
    dueAt: orNull(fc.integer({ min: NOW, max: NOW + 50 * DAY })),
    office: orNull(fc.constantFrom('cunjian', 'gongdian')),
    sensitive: fc.boolean(),
  });

  it('a receipt has at most 60 Chinese characters', () => {
    fc.assert(
      fc.property(brief, usual, fc.boolean(), fc.boolean(), (any, plain, known, fromPost) => {
        const of = {
          ...any,
          ...plain,
          number: 'LC2611-0042',
          category: 'power.lamp',
          place: fromPost ? null : plain.place,
          protected: false,
        };
        const text = render(
          { template: 'receipt', params: { brief: of, known, fromPost: fromPost && !known } },
          ctx,
        );
        expect(width(text), text).toBeLessThanOrEqual(60);
      }),
      { numRuns: 3_000 },
    );
  });

  it('lists and summaries have at most 15 lines', () => {
    const many = Array.from({ length: 40 }, () => ({ ...aBrief, summary: '很长'.repeat(300) }));
    const all: Say[] = [
      {
        template: 'status',
        params: { items: many.map((brief) => ({ brief, answer: null, rating: null })), more: 9 },
      },
      {
        template: 'reminder',
        params: { items: many.map((brief) => ({ brief, step: 'overdue', as: 'leader' })) },
      },
      {
        template: 'supervision_proposed',
        params: { items: many.map((brief) => ({ brief, step: 'proposal_1', as: 'secretary' })) },
      },
      {
        template: 'decision_preview',
        params: { items: many.map((brief) => ({ brief, office: null, until: null, text: '' })) },
      },
      { template: 'ask_which_case', params: { command: 'resolve', candidates: many, numbered: true } },
      {
        template: 'digest',
        params: { period: '2026-10', lines: Array.from({ length: 30 }, (_, i) => `第${i}行`) },
      },
      {
        template: 'help',
        params: { roles: ['neighbor_head', 'officer', 'leader', 'dispatcher', 'secretary', 'admin'] },
      },
    ];
    for (const locale of LOCALES) {
      for (const say of all) {
        const text = render(say, wordsContext(policy, NOW, false, locale));
        expect(text.split('\n').length, text).toBeLessThanOrEqual(15);
      }
    }
  });

  it('cuts what people wrote, however long it is', () => {
    const huge = '水'.repeat(1_000_000);
    const draw = {
      words: huge,
      person: 'lin',
      office: 'cunjian',
      at: NOW,
      count: 3,
      flag: true,
      number: 'LC2611-0042',
    };
    const params = { ...draw, brief: { ...aBrief, summary: huge } };
    for (const { name, say } of cases) {
      if (PUBLIC.has(say.template)) continue;
      const long = { template: say.template, params: vary('', say.params, params) } as Say;
      for (const locale of LOCALES)
        expect(render(long, wordsContext(policy, NOW, false, locale)).length, name).toBeLessThan(3_000);
    }
  });
});
