/** `huiyin slip` and `huiyin letter`: a paper about one case, from the database as it is. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { CaseRecord } from '../digest/facts.ts';
import { isOpen } from '../domain/case.ts';
import type { Policy } from '../domain/policy.ts';
import { systemClock } from '../kernel/clock.ts';
import { wordsContext } from '../replies/context.ts';
import { CliError } from './failure.ts';
import { type PlaceOptions, placeOf } from './place.ts';
import { openReader, type Reader } from './reader.ts';
import { loadTownship, policyOf } from './township.ts';

export interface PaperOptions extends PlaceOptions {
  /** `LC2610-0042` or its serial in the newest year that has it. */
  readonly number: string;
  readonly out: string;
}

const PAPERS = {
  slip: {
    name: '交办单',
    make: async (record: CaseRecord, policy: Policy, now: number) => {
      const { assignmentSlip } = await import('../digest/documents/slip.ts');
      return assignmentSlip({ record, roster: policy.roster, ctx: wordsContext(policy, now, false) });
    },
  },
  letter: {
    name: '工作提醒函（草稿）',
    make: async (record: CaseRecord, policy: Policy, now: number) => {
      const { reminderLetter } = await import('../digest/documents/letter.ts');
      const { roster, calendar } = policy;
      const { dueAt } = record.value;
      const late = dueAt === null ? 0 : calendar.workingDaysBetween(dueAt, now);
      return reminderLetter({ record, roster, late, ctx: wordsContext(policy, now, false) });
    },
  },
} as const;

export async function paper(kind: keyof typeof PAPERS, options: PaperOptions): Promise<void> {
  const place = await placeOf(options);
  const policy = policyOf(await loadTownship(place.township), 1);
  const store = await openReader(place.db);
  try {
    const record = await find(store, policy.roster.township.id, options.number);
    const { name, make } = PAPERS[kind];
    if (kind === 'letter' && !isOpen(record.value.state))
      throw new CliError(2, {
        what: `${record.value.number} 已经了结，没有什么要提醒的。`,
        safe: '什么都没有写。',
        next: '查对编号；要留一份纸面的，用 huiyin slip。',
      });
    const bytes = await make(record, policy, systemClock.now());
    await mkdir(resolve(options.out), { recursive: true });
    const path = join(options.out, `${record.value.number}${name}.docx`);
    await writeFile(path, bytes);
    process.stdout.write(`${path}\n`);
  } finally {
    await store.close();
  }
}

const PAGE = 1000;

async function find(store: Reader, township: string, number: string): Promise<CaseRecord> {
  const serial = /^\d+$/.test(number) ? Number(number) : null;
  let found: CaseRecord['value'] | null = null;
  let after = { year: 0, serial: 0 };
  for (;;) {
    const cases = await store.cases({ township }, { limit: PAGE, after });
    found = cases.findLast((c) => c.number === number || c.serial === serial) ?? found;
    const last = cases.at(-1);
    if (last === undefined || cases.length < PAGE) break;
    after = { year: last.year, serial: last.serial };
  }
  if (found === null)
    throw new CliError(2, {
      what: `没有 ${number} 这个案件。`,
      safe: '什么都没有改动。',
      next: '查对编号。',
    });
  return { value: found, events: await store.events({ township }, [found.number]) };
}
