/**
 * The one place where jobs and the work they plan are registered.
 * A job's own file is imported here; the work behind a task is imported when it is first done, so that
 * charts and documents cost nothing at start-up.
 */
import { areaDigest, monthlyDigest, officeBulletins, weeklyDigest } from '../digest/jobs.ts';
import { meetingJobs } from '../digest/meeting/jobs.ts';
import { calendarEnd, tellCalendarEnd } from './calendar-end.ts';
import { followUp } from './follow-up.ts';
import type { Job } from './job.ts';
import { mediaSweep } from './media-sweep.ts';
import type { TaskHandler } from './tasks.ts';

export const JOBS: readonly Job[] = [
  monthlyDigest,
  officeBulletins,
  areaDigest,
  weeklyDigest,
  followUp,
  ...meetingJobs,
  calendarEnd,
  mediaSweep,
];

/** Kinds that wait for a platform's answer. */
export const BESIDE: ReadonlySet<string> = new Set(['media', 'media_wait']);

/** By the task's kind. */
export const TASK_HANDLERS: Readonly<Record<string, () => Promise<TaskHandler>>> = {
  digest: async () => (await import('../digest/task.ts')).sendDigest,
  bulletin: async () => (await import('../digest/task.ts')).sendBulletin,
  area: async () => (await import('../digest/area-task.ts')).sendArea,
  follow_up: async () => (await import('./follow-up-task.ts')).sendFollowUps,
  calendar_end: async () => tellCalendarEnd,
  letter: async () => (await import('../digest/letter-task.ts')).sendLetter,
  media: async () => (await import('./media-fetch.ts')).fetchMedia,
  media_wait: async () => (await import('./media-wait.ts')).fetchWaiting,
  media_drop: async () => (await import('./media-wait.ts')).dropWaiting,
  media_show: async () => (await import('./media-show.ts')).showMedia,
  media_forget: async () => (await import('./media-sweep.ts')).forgetMedia,
  media_sweep: async () => (await import('./media-sweep.ts')).sweepMedia,
  meeting: async () => (await import('../digest/meeting/task.ts')).meetingStep,
};
