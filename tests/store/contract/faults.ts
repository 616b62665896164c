import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChangeSet, Step } from '../../../src/store/port.ts';
import {
  aCase,
  aDraft,
  anEvent,
  aPrompt,
  aReminder,
  aVaultEntry,
  numberOf,
  T0,
} from '../../support/cases.ts';
import { answerOf, type Context, keyOf, snapshot, write, writing } from './context.ts';

const before: Omit<ChangeSet, 'answer'> = {
  cases: [{ value: aCase(1), parts: [{ who: 'lin', role: 'reporter' }], nextAt: T0 }],
  events: [anEvent(numberOf(1), 1)],
  outbox: [aReminder(1, 'due_soon')],
  prompts: { open: [aPrompt('p1')] },
  facts: { a: '1', b: '1' },
  vault: [aVaultEntry(numberOf(1), 'mobile')],
  serials: { 2026: 1 },
  contacts: [{ account: 'chat', chat: 'b', at: T0 }],
};

/** Touches every table, as new rows and as changed ones. */
const everything: ChangeSet<string> = {
  answer: 'written',
  inbound: { key: keyOf('m2'), at: T0, effect: 'done' },
  cases: [
    { value: aCase(1, { state: 'in_progress' }), parts: [{ who: 'li', role: 'assignee' }], nextAt: null },
    { value: aCase(2), parts: [{ who: 'lin', role: 'reporter' }], nextAt: T0 + 5 },
  ],
  events: [anEvent(numberOf(1), 2, 'x', 'm2'), anEvent(numberOf(2), 1, 'x', 'm2')],
  outbox: [aDraft(2), aReminder(2, 'overdue')],
  tasks: [{ key: 't', kind: 'digest', payload: {}, runAt: T0 }],
  audit: [{ at: T0, by: 'li', what: 'contact_read', case: numberOf(1), detail: {} }],
  prompts: { open: [aPrompt('p2')], close: ['p1'] },
  facts: { a: null, b: '2', c: '3' },
  contacts: [
    { account: 'chat', chat: 'a', at: T0 },
    { account: 'chat', chat: 'b', at: null },
  ],
  vault: [aVaultEntry(numberOf(2), 'mobile')],
  eraseVault: [numberOf(1)],
  serials: { 2026: 2 },
};

const load = {
  ...{ inbound: keyOf('m2'), prompts: ['lin'], parties: ['lin', 'li'], openCounts: ['li'] },
  contacts: [
    { account: 'chat', chat: 'a' },
    { account: 'chat', chat: 'b' },
  ],
};

interface Op {
  readonly type: 'report' | 'close' | 'remind' | 'prompt' | 'throw';
  readonly pick: number;
}

const people = ['li', 'chen', 'tan'];

/** A step whose outcome depends on all those before it. */
function stepOf({ type, pick }: Op): Step<string> {
  const key = keyOf(`m${pick}`);
  return {
    load: {
      inbound: key,
      serialOf: [2026 + (pick % 2)],
      openCounts: people,
      serials: [pick],
      facts: ['count'],
    },
    decide: (loaded, now): ChangeSet<string> => {
      const counted = { count: String(Number(loaded.facts.get('count') ?? 0) + 1) };
      const known = loaded.cases.get(loaded.found.get(`serial:${pick}`)?.[0] ?? '');
      if (type === 'throw') throw new Error(`at ${counted.count}`);
      if (type === 'prompt')
        return { answer: type, prompts: { open: [aPrompt(`p${pick}`)] }, facts: counted };
      if (type === 'close' && known) {
        const value = { ...known, state: 'closed' as const };
        return { answer: known.number, cases: [{ value, parts: [], nextAt: null }], facts: counted };
      }
      if (type === 'remind' && known)
        return { answer: type, outbox: [aReminder(pick, 'overdue', { guard: null })], facts: counted };
      if (type !== 'report' || loaded.seen) return { answer: 'nothing' };
      const year = 2026 + (pick % 2);
      const serial = loaded.nextSerial.get(year) ?? 1;
      const number = `LC${year}-${serial}`;
      const least = people.reduce((best, who) =>
        (loaded.openCounts.get(who) ?? 0) < (loaded.openCounts.get(best) ?? 0) ? who : best,
      );
      return {
        answer: `${number} ${least}`,
        inbound: { key, at: now, effect: 'done' },
        cases: [
          {
            value: aCase(serial, { number, year, assignee: least }),
            parts: [{ who: least, role: 'assignee' }],
            nextAt: now + pick,
          },
        ],
        events: [anEvent(number, 1, 'x', `m${pick}`)],
        outbox: [aDraft(serial, { case: number, cases: [number] })],
        facts: counted,
        serials: { [year]: serial },
      };
    },
  };
}

export function faultsContract(context: () => Context, runs: number): void {
  const numbered = (name: string) => ({
    ...context(),
    scope: { township: `${context().scope.township}-${name}` },
  });

  describe('all or nothing', () => {
    it('writes nothing when any statement of the step keeps failing', async () => {
      const { store, scope, faults } = context();
      await write(context(), before);
      const untouched = await snapshot(context(), load);
      let nth = 1;
      for (; nth < 200; nth += 1) {
        faults.arm(nth, Number.POSITIVE_INFINITY);
        const [result] = await store.transact(scope, [writing(everything, load)]);
        faults.disarm();
        if (!faults.fired()) break;
        expect(result?.ok, `statement ${nth}`).toBe(false);
        expect(await snapshot(context(), load), `statement ${nth}`).toEqual(untouched);
      }
      expect(nth).toBeGreaterThan(3);
      expect(nth).toBeLessThan(200);
      expect(await snapshot(context(), load)).not.toEqual(untouched);
    });

    it('writes everything once when a statement fails once, in a group or alone', async () => {
      const run = async (nth: number) => {
        const own = numbered(`once${nth}`);
        await write(own, before);
        own.faults.arm(nth, 1);
        const steps = [
          stepOf({ type: 'prompt', pick: 8 }),
          writing(everything, load),
          stepOf({ type: 'report', pick: 7 }),
        ];
        const results = await own.store.transact(own.scope, steps);
        own.faults.disarm();
        expect(results.map(answerOf), `statement ${nth}`).toEqual(['prompt', 'written', 'LC2027-1 li']);
        return { fired: own.faults.fired(), found: await snapshot(own, load) };
      };
      const { found: expected } = await run(0);
      for (let nth = 1; nth < 300; nth += 1) {
        const { fired, found } = await run(nth);
        expect(found, `statement ${nth}`).toEqual(expected);
        if (!fired) return;
      }
      throw new Error('the statements have no end');
    });
  });

  describe('groups', () => {
    it('give the same rows, numbers and messages as steps one by one', async () => {
      const op = fc.record({
        type: fc.constantFrom<Op['type']>('report', 'report', 'report', 'close', 'remind', 'prompt', 'throw'),
        pick: fc.integer({ min: 1, max: 6 }),
      });
      const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
      let run = 0;
      const property = fc.asyncProperty(fc.array(op, { maxLength: 18 }), sizes, async (ops, cuts) => {
        run += 1;
        const alone = numbered(`alone${run}`);
        const grouped = numbered(`grouped${run}`);
        const one: unknown[] = [];
        for (const each of ops) one.push(...(await alone.store.transact(alone.scope, [stepOf(each)])));
        const many: Promise<readonly unknown[]>[] = [];
        for (let at = 0, i = 0; at < ops.length; i += 1) {
          const size = cuts[i % cuts.length] ?? 1;
          many.push(grouped.store.transact(grouped.scope, ops.slice(at, at + size).map(stepOf)));
          at += size;
        }
        const answers = (results: readonly unknown[]) =>
          (results as { ok: boolean; answer?: string; error?: Error }[]).map(
            (each) => each.answer ?? each.error?.message,
          );
        expect(answers((await Promise.all(many)).flat())).toEqual(answers(one));
        expect(await snapshot(grouped, load)).toEqual(await snapshot(alone, load));
      });
      await fc.assert(property, { numRuns: runs });
    });
  });
}
