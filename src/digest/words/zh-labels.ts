/** The digest's short words in Chinese: what things are called, in the chat and on paper alike. */
import type { Period } from '../period.ts';
import { short } from './numbers.ts';

export const sources = {
  group: '群里',
  private: '私聊',
  phone: '电话',
  visit: '来访',
  meeting: '会上',
  walk: '走访',
  '12345': '12345',
  superior: '上级转来',
} as const;

export const tiers = { village: '村', township: '镇', county: '县' } as const;

export const exclusions = {
  withdrawn: '撤回、重复或不归镇里',
  self_handled: '邻长自办',
  deferred: '挂账',
  not_due_yet: '未到期',
  redo_running: '退回重办未到期',
  no_due_date: '没有定时限',
  unrated: '没有评价',
  screened_out: '甄别后不计',
  not_resolved: '未办结',
} as const;

export const needs = {
  twice_unsatisfied: '两次没解决',
  broken_promise: '说了日子没办到',
  several_offices: '涉及几个单位',
  money: '要钱',
  supervised: '督办中',
  returned: '退回两次以上',
} as const;

export const became = {
  done: '办好了',
  explained: '已说明办不了',
  deferred: '挂账',
  overdue: '超期',
  open: '在办',
  withdrawn: '已撤',
} as const;

export const bulletin = {
  answered: '已答复',
  explained: '已说明办不了',
  deferred: '挂账',
  overdue: '超期未答复',
  open: '在办',
  redo: '退回重办',
} as const;

/** 2026年10月; 2026年第45周（11月2日至11月8日） */
export function periodName({ name, kind, first, last }: Period): string {
  const [year = '', month = ''] = first.split('-');
  if (kind === 'month') return `${year}年${Number(month)}月`;
  const days = [first, last].map((date) => `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`);
  return kind === 'week'
    ? `${year}年第${Number(name.slice(6))}周（${days.join('至')}）`
    : `${year}年${days.join('至')}`;
}

/** Numbers of cases, as many as a cell or a line holds: a place may have come back ten thousand times. */
export const some = (numbers: readonly string[], most = 12): string =>
  `${numbers.slice(0, most).join('、')}${numbers.length > most ? `等${numbers.length}件` : ''}`;

/** Hours as people say them: 3.5小时, 2.1天. */
export const lasting = (hours: number): string =>
  hours < 1 ? '1小时' : hours < 48 ? `${short(hours)}小时` : `${short(hours / 24)}天`;
