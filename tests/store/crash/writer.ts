/** A process that writes cases without end, three a group, and says how many are on disk: to be killed. */
import type { Step } from '../../../src/store/port.ts';
import { openSqliteStore } from '../../../src/store/sqlite/index.ts';
import { aCase, aDraft, anEvent, numberOf, T0 } from '../../support/cases.ts';

const store = openSqliteStore({ file: process.argv[2] ?? '', now: () => T0, owner: 'crash' });
const scope = { township: 't' };

const step: Step<number> = {
  load: { serialOf: [2026] },
  decide: ({ nextSerial }) => {
    const serial = nextSerial.get(2026) ?? 1;
    const number = numberOf(serial);
    return {
      answer: serial,
      cases: [{ value: aCase(serial), parts: [{ who: 'lin', role: 'reporter' }], nextAt: T0 }],
      events: [anEvent(number, 1), anEvent(number, 2)],
      outbox: [aDraft(serial)],
    };
  },
};

for (;;) {
  const results = await store.transact(scope, [step, step, step]);
  const last = results.at(-1);
  if (!last?.ok) throw last?.error ?? new Error('no result');
  process.stdout.write(`${last.answer}\n`);
}
