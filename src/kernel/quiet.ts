/** Quiet hours: what nobody asked for waits until the morning, also on rest days, and is never dropped. */
import { addDays, type Instant, instantOf, localDateTime, secondsOf } from './zone.ts';

export interface QuietHours {
  /** `HH:MM`; quiet from this minute on. */
  readonly from: string;
  /** `HH:MM`; no longer quiet at this minute. */
  readonly to: string;
}

/** 21:00–07:30: docs/understanding.md, "Clocks". */
export const DEFAULT_QUIET: QuietHours = { from: '21:00', to: '07:30' };

/** `at` itself outside quiet hours, else the end of the quiet stretch it lies in. Equal ends: never quiet. */
export function outOfQuiet(at: Instant, quiet: QuietHours, timezone: string): Instant {
  const { date, minutes } = localDateTime(at, timezone);
  const from = secondsOf(quiet.from) / 60;
  const to = secondsOf(quiet.to) / 60;
  if (from === to) return at;
  const overMidnight = from > to;
  const inQuiet = overMidnight ? minutes >= from || minutes < to : minutes >= from && minutes < to;
  if (!inQuiet) return at;
  const endsTomorrow = overMidnight && minutes >= from;
  // Where the clocks go back in the night, `to` may name a time that came before `at` for the first time.
  return Math.max(at, instantOf(endsTomorrow ? addDays(date, 1) : date, quiet.to, timezone));
}
