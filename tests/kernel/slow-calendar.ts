/**
 * The arithmetic of the working calendar once more, as slowly and plainly as possible: walk minute by
 * minute (or day by day) and ask of each whether it is worked. Shares no code with src/kernel: days come
 * from chinese-days, Shanghai is eight hours ahead of UTC.
 */
import chineseDays from 'chinese-days';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const SHANGHAI = 8 * 60 * MINUTE;

/** `2026-11-02 08:30` in Shanghai, seconds optional. */
export function shanghai(text: string): number {
  const [date = '', time = '00:00'] = text.split(' ');
  return Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}+08:00`);
}

export function inShanghai(at: number): string {
  const wall = new Date(at + SHANGHAI).toISOString();
  const seconds = wall.slice(17, 19) === '00' ? '' : wall.slice(16, 19);
  return `${wall.slice(0, 10)} ${wall.slice(11, 16)}${seconds}`;
}

/** After 2026 the package knows nothing; the feasts with a date of their own are known all the same. */
const isWorked = (date: string): boolean =>
  chineseDays.isWorkday(date) && !(date > '2026-12-31' && /-(?:01-01|05-0[12]|10-0[1-3])$/u.test(date));

export function isOpen(minute: number): boolean {
  const wall = inShanghai(minute);
  const time = wall.slice(11, 16);
  const inHours = (time >= '08:30' && time < '12:00') || (time >= '14:30' && time < '17:30');
  return inHours && isWorked(wall.slice(0, 10));
}

/** Whole minutes only. */
export function slowAddMinutes(from: number, minutes: number): number {
  let at = from;
  for (let left = minutes; left > 0; at += MINUTE) if (isOpen(at)) left--;
  return at;
}

export function slowMinutesBetween(from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += MINUTE) if (isOpen(at)) sum++;
  return sum;
}

/** 17:30 of the nth working day after the day of `from`. */
export function slowAddDays(from: number, n: number): number {
  let date = inShanghai(from).slice(0, 10);
  for (let left = n; left > 0; ) {
    date = inShanghai(shanghai(date) + DAY).slice(0, 10);
    if (isWorked(date)) left--;
  }
  return shanghai(`${date} 17:30`);
}

/** The first minute at which no more than `minutes` of working time are left until `to`. */
export function slowSubtractMinutes(to: number, minutes: number): number {
  let left = 0;
  let at = to;
  while (left + (isOpen(at - MINUTE) ? 1 : 0) <= minutes) {
    at -= MINUTE;
    if (isOpen(at)) left++;
  }
  return at;
}
