import { describe, expect, it } from 'vitest';
import type { ChangeSet, Loaded, Need, Step } from '../../../src/store/port.ts';
import { aCase, aDraft, anEvent, numberOf, T0 } from '../../support/cases.ts';
import { answerOf, type Context, keyOf, look, snapshot, write, writing } from './context.ts';

/** Takes the next serial of a year and gives the case to whoever has the fewest. */
function reporting(message: string, year = 2026): Step<string> {
  return {
    load: { inbound: keyOf(message), serialOf: [year], openCounts: ['li', 'chen'] },
    decide: (loaded, now) => {
      if (loaded.seen) return { answer: 'seen' };
      const serial = loaded.nextSerial.get(year) ?? 1;
      const load = (who: string): number => loaded.openCounts.get(who) ?? 0;
      const assignee = load('chen') < load('li') ? 'chen' : 'li';
      const number = `LC${year - 2000}01-${serial}`;
      return {
        answer: `${number} ${assignee}`,
        inbound: { key: keyOf(message), at: now, effect: 'done' },
        cases: [{ value: aCase(serial, { number, year, assignee }), parts: [], nextAt: null }],
        serials: { [year]: serial },
      };
    },
  };
}

const throwing = (message: string): Step<string> => ({
  load: {},
  decide: () => {
    throw new Error(message);
  },
});

export function transactContract(context: () => Context): void {
  describe('transact', () => {
    it('gives one event one effect, however often it arrives', async () => {
      const { store, scope } = context();
      const [first] = await store.transact(scope, [reporting('m1')]);
      const again = await store.transact(scope, [reporting('m1'), reporting('m1')]);
      expect(answerOf(first)).toBe('LC2601-1 li');
      expect(again.map(answerOf)).toEqual(['seen', 'seen']);
      expect(await store.cases(scope, {})).toHaveLength(1);
    });

    it('refuses the second effect even of a step that did not ask', async () => {
      const { store, scope } = context();
      const taken = { key: keyOf('m1'), at: T0, effect: 'done' } as const;
      const step = writing({ answer: null, inbound: taken, facts: { a: '1' } });
      const results = await store.transact(scope, [step, step]);
      expect(results.map(({ ok }) => ok)).toEqual([true, false]);
    });

    it('lets each decision see those before it, in one group', async () => {
      const { store, scope } = context();
      const steps = ['m1', 'm2', 'm3', 'm4', 'm5'].map((message) => reporting(message));
      const answers = (await store.transact(scope, steps)).map(answerOf);
      expect(answers).toEqual([
        'LC2601-1 li',
        'LC2601-2 chen',
        'LC2601-3 li',
        'LC2601-4 chen',
        'LC2601-5 li',
      ]);
    });

    it('counts serials anew each year', async () => {
      const { store, scope } = context();
      const steps = [reporting('a'), reporting('b', 2027), reporting('c'), reporting('d', 2027)];
      const answers = (await store.transact(scope, steps)).map(answerOf);
      expect(answers.map((answer) => answer.split(' ')[0])).toEqual([
        'LC2601-1',
        'LC2701-1',
        'LC2601-2',
        'LC2701-2',
      ]);
    });

    it('keeps the order of more steps than a group holds', async () => {
      const { store, scope } = context();
      const steps = Array.from({ length: 230 }, (_, i) => reporting(`m${i}`));
      const answers = (await store.transact(scope, steps)).map(answerOf);
      expect(answers.map((answer) => answer.split(/[- ]/)[1])).toEqual(steps.map((_, i) => String(i + 1)));
    });

    it('loads more for a decision that needs it, six times and no more', async () => {
      const { store, scope } = context();
      await write(context(), { facts: { k1: 'one', k2: 'two' } });
      const rounds = (count: number): Step<number> => {
        let asked = 0;
        const decide = (loaded: Loaded): ChangeSet<number> | Need => {
          if (loaded.facts.size === 0) asked = 0;
          if (asked === count) return { answer: loaded.facts.size };
          asked += 1;
          return { need: { facts: [`k${asked}`] } };
        };
        return { load: {}, decide };
      };
      const results = await store.transact(scope, [rounds(2), rounds(6), rounds(7)]);
      expect(results.map((result) => (result.ok ? result.answer : result.error.message))).toEqual([
        2,
        2,
        'a step asked for more than 6 rounds of loading',
      ]);
    });

    it('writes nothing of a step that throws, and all of its neighbours', async () => {
      const { store, scope } = context();
      const steps = [reporting('m1'), throwing('no such thing'), reporting('m2')];
      const results = await store.transact(scope, steps);
      expect(results.map((result) => (result.ok ? result.answer : result.error.message))).toEqual([
        'LC2601-1 li',
        'no such thing',
        'LC2601-2 chen',
      ]);
      expect((await store.cases(scope, {})).map(({ number }) => number)).toEqual(['LC2601-1', 'LC2601-2']);
    });

    it('gives up a step only after three tries alone', async () => {
      const { store, scope } = context();
      let tries = 0;
      const step = (fail: number): Step<string> => ({
        load: {},
        decide: () => {
          tries += 1;
          if (tries <= fail) throw new Error('not yet');
          return { answer: `try ${tries}` };
        },
      });
      expect((await store.transact(scope, [step(2)])).map(answerOf)).toEqual(['try 3']);
      tries = 0;
      const [given] = await store.transact(scope, [step(9)]);
      expect(given).toMatchObject({ ok: false, error: { message: 'not yet' } });
      expect(tries).toBe(3);
    });

    it('writes nothing of a change that breaks a rule of the tables', async () => {
      const { store, scope } = context();
      await write(context(), {
        cases: [{ value: aCase(1), parts: [], nextAt: null }],
        events: [anEvent(numberOf(1), 1)],
      });
      const before = await snapshot(context());
      const bad: readonly Omit<ChangeSet, 'answer'>[] = [
        { facts: { a: '1' }, events: [anEvent(numberOf(1), 1)] },
        { facts: { a: '1' }, events: [anEvent(numberOf(99), 1)] },
        { facts: { a: '1' }, cases: [{ value: aCase(1, { number: 'other' }), parts: [], nextAt: null }] },
      ];
      for (const change of bad) {
        const [result] = await store.transact(scope, [writing({ answer: null, ...change })]);
        expect(result?.ok).toBe(false);
      }
      expect(await snapshot(context())).toEqual(before);
    });

    it('keeps townships apart', async () => {
      const { store, scope } = context();
      const other = { township: `${scope.township}-other` };
      const [here, there] = await Promise.all([
        store.transact(scope, [reporting('m1'), reporting('m2')]),
        store.transact(other, [reporting('m1')]),
      ]);
      expect(here.map(answerOf)).toEqual(['LC2601-1 li', 'LC2601-2 chen']);
      expect(there.map(answerOf)).toEqual(['LC2601-1 li']);
      expect(await store.cases(other, {})).toHaveLength(1);
      expect(
        await store.claimOutbox(other, {
          accounts: ['bridge'],
          owner: 'a',
          limit: 9,
          now: T0,
          until: T0 + 1,
        }),
      ).toEqual([]);
    });

    it('gives the rows it queued, with the time of the decision', async () => {
      const { store, scope, clock } = context();
      clock.jumpTo(T0 + 5);
      const [result] = await store.transact(scope, [
        writing({ answer: null, outbox: [aDraft(1), aDraft(2)] }),
      ]);
      const rows = result?.ok ? result.outbox : [];
      expect(
        rows.map(({ status, fence, attempts, createdAt, interrupted }) => [
          status,
          fence,
          attempts,
          createdAt,
          interrupted,
        ]),
      ).toEqual([
        ['queued', 0, 0, T0 + 5, false],
        ['queued', 0, 0, T0 + 5, false],
      ]);
      expect(rows[1]?.id).toBeGreaterThan(rows[0]?.id ?? Number.POSITIVE_INFINITY);
      expect(rows.map(({ say }) => say)).toEqual([aDraft(1).say, aDraft(2).say]);
    });

    it('settles with nothing to do', async () => {
      expect(await context().store.transact(context().scope, [])).toEqual([]);
      expect((await look(context(), {})).cases.size).toBe(0);
    });

    it('serves two handles one after the other', async () => {
      const { store, second, scope } = context();
      const from = (handle: typeof store, name: string) =>
        Array.from({ length: 15 }, (_, i) => handle.transact(scope, [reporting(`${name}${i}`)]));
      const results = await Promise.all([...from(store, 'a'), ...from(second, 'b')]);
      const answers = results.flat().map(answerOf);
      const serials = answers.map((answer) => Number(answer.split(/[- ]/)[1])).sort((a, b) => a - b);
      expect(serials).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
      const assignees = answers.map((answer) => answer.split(' ')[1]);
      expect(assignees.filter((who) => who === 'li')).toHaveLength(15);
    });
  });
}
