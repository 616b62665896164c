/** How dates, times and phone numbers are written; shared by everything read from files. */
import { addDays, isDate, isTimezone, localDateTime } from '../kernel/zone.ts';

export { isDate, isTimezone };

export function isTimeOfDay(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** The day after an ISO date. */
export function nextDay(date: string): string {
  return addDays(date, 1);
}

/** Township local time `YYYY-MM-DDTHH:MM` of an instant. */
export function localTime(instant: number, timezone: string): string {
  const { date, time } = localDateTime(instant, timezone);
  return `${date}T${time}`;
}

const PHONES = [
  /^(\+?86)?1[3-9]\d{9}$/, // mobile
  /^(\+?86)?0\d{9,11}(转\d{1,6})?$/, // landline with its area code
  /^[48]00\d{7}$/, // service numbers
  /^\d{3,8}$/, // 119, 12345, short numbers, a landline without area code
  /^\+(?!86)\d{6,15}$/, // abroad
];

/** The ways numbers are written in a township's lists, with spaces, dashes and brackets. */
export function isPhone(text: string): boolean {
  const bare = text.replace(/[\s()（）-]/g, '');
  return PHONES.some((form) => form.test(bare));
}
