/** `huiyin jobs`: what comes round, when it ran last, when next; from the database as it is, also while the bot runs. */
import type { Policy } from '../domain/policy.ts';
import { systemClock } from '../kernel/clock.ts';
import { type Instant, printed } from '../kernel/zone.ts';
import type { Job } from '../schedule/job.ts';
import { JOBS } from '../schedule/jobs.ts';
import { type PlaceOptions, placeOf } from './place.ts';
import { readerIfAny } from './reader.ts';
import { loadTownship, policyOf } from './township.ts';

/** What a database says of its jobs. */
export interface JobRecords {
  /** Up to when a job's times are done; null where it never stood there. */
  doneUntil(job: string): Instant | null;
  lastRun(job: string): Instant | null;
  /** Tasks that failed and are tried again. */
  readonly failing: number;
}

/** A bot that has not been started yet. */
const NONE: JobRecords = { doneUntil: () => null, lastRun: () => null, failing: 0 };

export async function listJobs(options: PlaceOptions): Promise<void> {
  const place = await placeOf(options);
  const policy = { ...policyOf(await loadTownship(place.township), 1), areas: place.config.areas };
  const reader = await readerIfAny(place.db);
  try {
    const records = reader === null ? NONE : await reader.jobs(policy.roster.township.id);
    for (const line of jobLines(JOBS, policy, records, systemClock.now())) process.stdout.write(`${line}\n`);
  } finally {
    await reader?.close();
  }
}

export function jobLines(
  jobs: readonly Job[],
  policy: Policy,
  records: JobRecords,
  now: Instant,
): readonly string[] {
  const { timezone } = policy.roster.township;
  const day = (at: Instant): string => printed(at, timezone).slice(0, 16).replace('T', ' ');
  const lines = jobs.map((job) => {
    const last = records.lastRun(job.name);
    // From where it stands in the database: what is due today has not been done by being looked at.
    const next = job.next(records.doneUntil(job.name) ?? now, policy);
    const when = next === null ? '没有开' : next <= now ? '该做了，启动后补做' : day(next);
    return `${job.name.padEnd(20)}上次 ${last === null ? '还没有' : day(last)}  下次 ${when}  ${job.about}`;
  });
  const failing = records.failing === 0 ? [] : [`有 ${records.failing} 项没做成，正在重试；原因看日志。`];
  return [...lines, ...failing, '每分钟醒一次：到期的提醒、寻呼、结案和要发的消息，随到随办。'];
}
