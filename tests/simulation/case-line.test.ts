import { describe, expect, test } from 'vitest';
import { caseLine } from '../../src/simulation/case-line.ts';
import { aCase, anEvent, T0 } from '../support/cases.ts';

const print = (at: number): string => new Date(at).toISOString();

describe('a case as it is printed', () => {
  test('one group is group, several are groups', () => {
    expect(caseLine(aCase(1, { groups: ['g1'] }), [], print)).toMatchObject({ group: 'g1', groups: [] });
    expect(caseLine(aCase(1, { groups: ['g1', 'g2'] }), [], print)).toMatchObject({
      group: null,
      groups: ['g1', 'g2'],
    });
    expect(caseLine(aCase(1), [], print)).toMatchObject({ group: null, groups: [] });
  });

  test('a protected reporter is hidden under each name', () => {
    const who = '~abcdefghijklmnop';
    const value = aCase(1, {
      protected: true,
      reporters: [
        { who, message: null, behalf: null, via: 'bridge' },
        { who: 'lin', message: 'm2', behalf: null, via: 'bridge' },
      ],
    });
    const events = [
      { ...anEvent(value.number, 1), by: who },
      { ...anEvent(value.number, 2), by: 'lin' },
      { ...anEvent(value.number, 3), by: 'li' },
      { ...anEvent(value.number, 4), by: 'clock' },
    ];
    const line = caseLine(value, events, print);
    expect(line.reporters).toEqual([]);
    expect((line.events as readonly { by: string | null }[]).map(({ by }) => by)).toEqual([
      null,
      null,
      'li',
      'clock',
    ]);
    expect(JSON.stringify(line)).not.toContain(who);
  });

  test('who reported twice stands once; times are printed or null', () => {
    const reporter = { who: 'lin', message: 'm1', behalf: null, via: 'bridge' };
    const line = caseLine(aCase(1, { reporters: [reporter, reporter], dueAt: T0 }), [], print);
    expect(line).toMatchObject({ reporters: ['lin'], dueAt: print(T0), closedAt: null });
  });
});
