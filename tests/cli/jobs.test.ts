/** What `huiyin jobs` and `huiyin doctor` say of what comes round, from a database as it is. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { calendarVerdict } from '../../src/cli/doctor.ts';
import { type JobRecords, jobLines } from '../../src/cli/jobs.ts';
import { openReader } from '../../src/cli/reader.ts';
import { JOBS } from '../../src/schedule/jobs.ts';
import { Whole } from '../support/house.ts';
import { at, testPolicy } from '../support/world.ts';
import { ask, newFolder, TOWNSHIP } from './support.ts';

const policy = testPolicy();
const of = (records: Partial<JobRecords>, now: string): string =>
  jobLines(
    JOBS,
    policy,
    { doneUntil: () => null, lastRun: () => null, failing: 0, ...records },
    at(now),
  ).join('\n');

describe('huiyin jobs', () => {
  test('shows last and next runs; on the day itself, before its time, the digest is due today', () => {
    const since = { doneUntil: () => at('2026-11-02 09:00'), lastRun: () => at('2026-11-02 09:00') };
    expect(of(since, '2026-12-01 08:00')).toMatch(
      /monthly_digest +上次 2026-11-02 09:00 {2}下次 2026-12-01 09:00/,
    );
    expect(of(since, '2026-12-01 10:00')).toMatch(/monthly_digest .*下次 该做了，启动后补做/);
    // A bot that begins on the day has seen nothing of the month before.
    expect(of({}, '2026-12-01 08:00')).toMatch(/monthly_digest +上次 还没有 {2}下次 2027-01-04 09:00/);
    expect(of({}, '2026-11-02 08:00')).toMatch(/weekly_digest .*没有开/);
    expect(of({ failing: 2 }, '2026-11-02 08:00')).toContain('有 2 项没做成');
  });

  test('reads them from a database beside the running bot', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'huiyin-jobs-')), 'story.db');
    const whole = await new Whole({ start: '2026-11-02 08:00', file }).open();
    await whole.until('2026-11-03 12:00');
    const reader = await openReader(file);
    const records = await reader.jobs(whole.scope.township);
    const lines = jobLines(JOBS, policy, records, whole.clock.now()).join('\n');
    expect(lines).toMatch(/follow_up +上次 2026-11-03 08:30 {2}下次 2026-11-04 08:30/);
    expect(lines).toMatch(/monthly_digest +上次 还没有 {2}下次 2026-12-01 09:00/);
    await reader.close();
    await whole.close();
  });

  test('works before anything was started', () => {
    const { code, out } = ask(['jobs', '--township', TOWNSHIP], { cwd: newFolder() });
    expect(code).toBe(0);
    expect(out).toContain('follow_up');
  });
});

describe('huiyin doctor', () => {
  test('says how far the holidays are known, warns near the end and beyond it', () => {
    const say = (today: string) => calendarVerdict(policy.calendar, today);
    expect(say('2026-06-01').mark).toBe('✓');
    expect(say('2026-11-02')).toMatchObject({ mark: '!', words: expect.stringContaining('只到 2026-12-31') });
    expect(say('2027-01-05')).toMatchObject({ mark: '!', words: expect.stringContaining('就完了') });
  });
});
