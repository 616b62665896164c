/** The sweep over what is overdue, as many due cases in a register of a million as in one of ten thousand. */
import { join } from 'node:path';
import { runDue } from '../../src/schedule/due.ts';
import { type Bot, startBot } from './bot.ts';
import { bulk, copier, fill, type Played, played } from './large.ts';
import { alternate, rounded, timed } from './measure.ts';
import type { BenchSettings } from './row.ts';
import { benchClock, benchTownship } from './township.ts';

const DUE = 200;
const YEAR = 2026;

export async function overdue({ folder, pairs, small }: BenchSettings): Promise<object> {
  const sizes = small ? { few: 300, many: 3_000 } : { few: 10_000, many: 1_000_000 };
  const few = await openRegister(join(folder, 'few.db'), sizes.few, DUE);
  const many = await openRegister(join(folder, 'many.db'), sizes.many, DUE);
  const result = await alternate(small ? 1 : pairs, { few: few.sweep, many: many.sweep });
  await few.close();
  await many.close();
  return {
    ...{ sizes, due: DUE },
    sweepMs: {
      few: rounded((1000 * DUE) / result.exactly('few')),
      many: rounded((1000 * DUE) / result.exactly('many')),
    },
    cpuMs: { few: result.cpuMs('few'), many: result.cpuMs('many') },
    manyToFew: rounded(1 / result.ratio('many', 'few')),
    aims: { manyToFew: 3 },
  };
}

async function openRegister(file: string, cases: number, due: number) {
  const templates = await played(file);
  fill(file, templates, cases);
  const bot = await startBot(file, benchTownship());
  return {
    sweep: async () => {
      const numbers = plant(file, templates.open, due);
      const done = await timed(due, () => runDue(bot.house.due, benchClock.now(), () => undefined));
      await settled(bot, numbers);
      putAside(file);
      return done;
    },
    close: () => bot.stop(),
  };
}

const MINUTE = 60_000;

/** Reports that nobody has taken on, of several officers: for each the first answer became late a minute ago. */
function plant(file: string, open: readonly Played[], count: number): readonly string[] {
  const db = bulk(file, 'WAL');
  const copy = copier(db);
  const last = Number(db.prepare('SELECT max(serial) FROM cases WHERE year = ?').pluck().get(YEAR));
  const write = db.transaction(() =>
    Array.from({ length: count }, (_, n) => {
      const one = open[n % open.length];
      if (one === undefined) throw new Error('nothing is open');
      const shift = benchClock.now() - MINUTE - Number(one.row.next_at);
      return copy(one, { year: YEAR, serial: last + 1 + n, shift, events: true });
    }),
  );
  const numbers = write();
  db.close();
  return numbers;
}

/** A sweep that left a case as it was would be quick and worth nothing. */
async function settled(bot: Bot, numbers: readonly string[]): Promise<void> {
  await bot.house.dispatcher.flush();
  await bot.settled();
  const { id: township } = benchTownship().policy.roster.township;
  const events = await bot.store.events({ township }, numbers);
  const late = new Set(events.filter(({ type }) => type === 'overdue_told').map((event) => event.case));
  if (late.size !== numbers.length) throw new Error(`${late.size} of ${numbers.length} cases were swept`);
}

/** As in the other rows: what one slice made is not to be counted in the next. */
function putAside(file: string): void {
  const db = bulk(file, 'WAL');
  db.exec('UPDATE cases SET open = 0, next_at = NULL WHERE next_at IS NOT NULL');
  db.close();
}
