/** The digest's short words in English. */
import type { Period } from '../period.ts';
import { short } from './numbers.ts';

export const sources = {
  group: 'group',
  private: 'private chat',
  phone: 'phone',
  visit: 'at the desk',
  meeting: 'meeting',
  walk: 'on a walk',
  '12345': '12345',
  superior: 'from above',
} as const;

export const tiers = { village: 'village', township: 'township', county: 'county' } as const;

export const exclusions = {
  withdrawn: 'withdrawn, duplicate or not ours',
  self_handled: 'handled by the head',
  deferred: 'deferred',
  not_due_yet: 'not due yet',
  redo_running: 'redo not due yet',
  no_due_date: 'without a due time',
  unrated: 'not rated',
  screened_out: 'screened out',
  not_resolved: 'not resolved',
} as const;

export const needs = {
  twice_unsatisfied: 'twice not solved',
  broken_promise: 'promised date gone by',
  several_offices: 'several offices',
  money: 'money',
  supervised: 'supervised',
  returned: 'returned twice',
} as const;

export const became = {
  done: 'done',
  explained: 'explained why not',
  deferred: 'deferred',
  overdue: 'overdue',
  open: 'under way',
  withdrawn: 'withdrawn',
} as const;

export const bulletin = {
  answered: 'answered',
  explained: 'explained why not',
  deferred: 'deferred',
  overdue: 'overdue, no answer',
  open: 'under way',
  redo: 'to be done again',
} as const;

/** The name itself: `2026-10`; a week with its days. */
export function periodName({ name, kind, first, last }: Period): string {
  return kind === 'week' ? `${name} (${first} to ${last})` : name;
}

/** Hours as people say them: 3.5 h, 2.1 days. */
export const lasting = (hours: number): string =>
  hours < 1 ? '1 h' : hours < 48 ? `${short(hours)} h` : `${short(hours / 24)} days`;
