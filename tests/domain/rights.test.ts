import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Case } from '../../src/domain/case.ts';
import { COMMANDS } from '../../src/domain/command.ts';
import { decide, type SingleCommand } from '../../src/domain/decide/index.ts';
import { type Actor, handledByVillage, maySee, reporterName, standing } from '../../src/domain/rights.ts';
import { type ActorName, aCommand, anActor, BEHALF, ctxOf, folded, POLICY, SITUATIONS } from './cases.ts';

const EVERYBODY: readonly ActorName[] = [
  'reporter',
  'other head',
  'head elsewhere',
  'zone head',
  'cadre',
  'assignee',
  'other officer',
  'leader',
  'dispatcher',
  'secretary',
  'recorder',
  'stranger',
];
const seers = (c: Case): readonly ActorName[] =>
  EVERYBODY.filter((name) => maySee(c, standing(POLICY, c, anActor(name))));

describe('who may see a case', () => {
  const plain = folded(SITUATIONS.assigned);
  const officials = ['assignee', 'leader', 'dispatcher', 'secretary', 'recorder'];

  it('heads and cadres of its village see a plain one', () => {
    expect(seers(plain)).toEqual(['reporter', 'other head', 'zone head', 'cadre', ...officials]);
  });

  it('of heads only the reporter sees a sensitive one', () => {
    expect(seers({ ...plain, sensitive: true })).toEqual(['reporter', 'cadre', ...officials]);
  });

  it('nobody of the village sees a protected one but its reporter, under the alias', () => {
    const c = {
      ...plain,
      protected: true,
      reporters: [{ who: '~reporter', message: null, behalf: null, via: 'bridge' }],
    };
    expect(seers(c)).toEqual(['reporter', ...officials]);
    expect(standing(POLICY, c, anActor('reporter')).reporter).toBe(true);
  });

  it('only the dispatcher learns who reported a protected one', () => {
    const c = { ...plain, protected: true };
    for (const name of EVERYBODY) {
      const s = standing(POLICY, c, anActor(name));
      expect(reporterName(c, s)).toBe(name === 'dispatcher' ? 'lin' : null);
    }
    expect(reporterName(plain, { dispatcher: false })).toBe('lin');
  });
});

describe('a protected reporter', () => {
  const ALIAS = '~abcdefghijklmnop';
  const actor: Actor = { who: 'lin', person: 'lin', alias: ALIAS, deputyFor: [] };
  const SINGLE = COMMANDS.filter((name): name is SingleCommand => name !== 'merge' && name !== 'contact');

  it('appears in nothing that is written or said, whatever they do', () => {
    const situations = fc.constantFrom(...Object.values(SITUATIONS));
    fc.assert(
      fc.property(
        situations,
        fc.constantFrom(...SINGLE),
        fc.constantFrom(1 as const, 3 as const),
        (events, name, score) => {
          const reporters = [{ who: ALIAS, message: null, behalf: null, via: 'bridge' }];
          const c = { ...folded(events), protected: true, reporters };
          const done = decide(c, aCommand(name, { score }), ctxOf(actor));
          if (!done.ok) return;
          expect(JSON.stringify([done.events, done.notices])).not.toMatch(/"lin"/);
          for (const event of done.events) expect(event.by).toBe(ALIAS);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the own work', () => {
  const done = folded(SITUATIONS.resolved);
  const rates = (c: Case, actor: Actor, behalf = false) => {
    const result = decide(c, aCommand('rate'), ctxOf(actor, { behalf: behalf ? BEHALF : null }));
    return result.ok ? 'rated' : result.refusal.code;
  };

  it('is not rated by the officer, though he reported it', () => {
    const c = { ...done, reporters: [{ who: 'zeng', message: null, behalf: null, via: 'bridge' }] };
    expect(rates(c, anActor('assignee'))).toBe('own_work');
  });

  it('is not rated by a member of the office that did it through others', () => {
    const c = {
      ...done,
      handlers: ['huanwei'],
      assignee: null,
      reporters: [{ who: 'hao', message: null, behalf: null, via: 'bridge' }],
    };
    expect(rates(c, anActor('leader'))).toBe('own_work');
  });

  it('of a village is not rated by its cadre for others', () => {
    const c = { ...done, office: 'fl-cun', handlers: ['fl-cun'], assignee: 'long' };
    expect(handledByVillage(POLICY, c)).toBe('fl');
    expect(rates(c, anActor('cadre'), true)).toBe('own_work');
    expect(rates(c, anActor('dispatcher'), true)).toBe('rated');
    expect(rates(c, anActor('reporter'))).toBe('rated');
  });
});
