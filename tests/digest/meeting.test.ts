/** What each paper of the meeting holds, and whether everybody has heard what it decided. */
import { describe, expect, test } from 'vitest';
import type { CaseRecord } from '../../src/digest/facts.ts';
import { minutesOf, sheetsOf, unheardOf } from '../../src/digest/meeting/plan.ts';
import type { Case } from '../../src/domain/case.ts';
import type { OutboxRecord } from '../../src/store/port.ts';
import { aReporter } from '../support/cases.ts';
import { at, testPolicy } from '../support/world.ts';
import { dated, event, plain } from './support.ts';

const policy = testPolicy();
const MORNING = at('12-18 00:00');
const DECIDED = at('12-18 10:00');
const NOW = at('12-23 09:00');

describe('the sheets', () => {
  test('what has no office yet stands on the dispatchers’, last', () => {
    const records = plain([
      dated(1, { office: null, state: 'reported' }),
      dated(2, { office: 'gongdian' }),
      dated(3, { office: 'cunjian' }),
      dated(4, { office: null, state: 'cancelled', outcome: 'withdrawn' }),
    ]);
    const sheets = sheetsOf(records, null, policy, at('12-11 09:00'), at('12-11 09:00'));
    expect(
      sheets.map(({ office, people, items }) => [
        office,
        people,
        items.map(({ matter }) => matter.brief.number),
      ]),
    ).toEqual([
      ['cunjian', ['wang'], ['LC2611-0003']],
      ['gongdian', ['hu'], ['LC2611-0002']],
      [null, ['duty'], ['LC2611-0001']],
    ]);
  });
});

describe('three days after', () => {
  const decided = (c: Case, more: CaseRecord['events'] = []): CaseRecord => {
    const data = { office: 'cunjian', dueAt: null, text: '先立警示牌', by: 'xiong', at: DECIDED };
    return { value: c, events: [event(c, 1, 'decision_recorded', DECIDED, data), ...more] };
  };
  const failed = (c: Case, chat: string, createdAt = DECIDED): OutboxRecord =>
    ({ kind: 'decision', case: c.number, chat: { id: chat, kind: 'direct' }, createdAt }) as OutboxRecord;
  const unheard = (records: readonly CaseRecord[], rows: readonly OutboxRecord[] = []) =>
    unheardOf(minutesOf(records, MORNING, NOW), rows, policy, ['bridge'], MORNING);

  const both = dated(1, { reporters: [aReporter('lin', 1), aReporter('wen', 1)] });

  test('who has no account has not heard; who was written to has', () => {
    expect(unheard([decided(both)])).toEqual([{ number: both.number, person: 'wen' }]);
  });

  test('nor has somebody whose message did not go, of this meeting and not of an earlier one', () => {
    const one = dated(2);
    expect(unheard([decided(one)], [failed(one, 'u-lin')])).toEqual([{ number: one.number, person: 'lin' }]);
    expect(unheard([decided(one)], [failed(one, 'u-lin', at('11-20 10:00'))])).toEqual([]);
    expect(unheard([decided(one)], [failed(both, 'u-lin')])).toEqual([]);
  });

  test('a protected reporter is a number without a name', () => {
    const hidden = dated(3, { protected: true, reporters: [{ ...aReporter('~abc', 3) }] });
    expect(unheard([decided(hidden)], [failed(hidden, '~abc')])).toEqual([
      { number: hidden.number, person: null },
    ]);
  });

  test('who was called and reached since then has heard; who was not reached, or called before, has not', () => {
    const called = (when: string, reached: boolean) =>
      decided(both, [event(both, 2, 'case_followed_up', at(when), { reached, solved: null, rating: null })]);
    expect(unheard([called('12-19 09:00', true)])).toEqual([]);
    expect(unheard([called('12-19 09:00', false)])).toHaveLength(1);
    expect(unheard([called('12-17 09:00', true)])).toHaveLength(1);
  });

  test('what the meeting did not decide concerns nobody', () => {
    expect(unheard(plain([both]))).toEqual([]);
  });
});
