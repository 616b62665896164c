/** `huiyin jobs`: what comes round, and when next. */
import { systemClock } from '../kernel/clock.ts';
import { printed } from '../kernel/zone.ts';
import { JOBS } from '../schedule/jobs.ts';
import { type PlaceOptions, placeOf } from './place.ts';
import { loadTownship, policyOf } from './township.ts';

export async function listJobs(options: PlaceOptions): Promise<void> {
  const { township } = await placeOf(options);
  const policy = policyOf(await loadTownship(township), 1);
  const now = systemClock.now();
  for (const job of JOBS) {
    const at = job.next(now, policy);
    const when =
      at === null ? '没有开' : printed(at, policy.roster.township.timezone).slice(0, 16).replace('T', ' ');
    process.stdout.write(`${job.name.padEnd(20)}${when}  ${job.about}\n`);
  }
  process.stdout.write('每分钟醒一次：到期的提醒、寻呼、结案和要发的消息，随到随办。\n');
}
