/** One job a step of the meeting. */
import type { Job } from '../../schedule/job.ts';
import { MEETING_STEPS, type MeetingStep, meetingOf, nextStep } from './dates.ts';

const ABOUT: Readonly<Record<MeetingStep, string>> = {
  freeze: '民情分析会：锁定上会的事（settings.meeting）',
  sheets: '民情分析会：每个单位一张表，写怎么办、什么时候办好',
  confirm: '民情分析会：分管领导看一遍本单位的答复',
  page: '民情分析会：发给书记一页，要他定的几件',
  minutes: '民情分析会：纪要草稿',
  heard: '民情分析会：看反映人是不是都听到了',
};

export const meetingJobs: readonly Job[] = MEETING_STEPS.map((step) => ({
  name: `meeting_${step}`,
  about: ABOUT[step],
  next: (after, policy) => nextStep(step, after, policy)?.at ?? null,
  tasks(at, policy) {
    const date = meetingOf(step, at, policy);
    if (date === null) return [];
    return [{ key: `meeting:${date}:${step}`, kind: 'meeting', payload: { step, date }, runAt: at }];
  },
}));
