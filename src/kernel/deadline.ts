/**
 * Deadlines: the words of the taxonomy (`即时`, `4h`, `15wd`, `24h先避险/15wd`) and the arithmetic of the
 * two clocks. Source: docs/understanding.md, "Clocks".
 *
 * - `h` is natural hours for U1 and U2, working hours for U3–U5.
 * - `wd` is working days, the first day not counted, due at the end of working hours of that day.
 * - `即时` is at once: paging is its clock, no reminder is planned; as a deadline it is due after two hours.
 */
import type { Calendar } from './calendar.ts';
import { err, ok, type Result } from './result.ts';
import { HOUR, type Instant, MINUTE } from './zone.ts';

export type UrgencyLevel = 'U1' | 'U2' | 'U3' | 'U4' | 'U5';

/** A length of time in one of the three units that are never mixed. */
export type Span =
  | { readonly kind: 'now' }
  | { readonly kind: 'hours'; readonly n: number }
  | { readonly kind: 'workdays'; readonly n: number };

/** What has to be done first, while the rest may take longer. */
export interface Interim {
  readonly within: Span;
  /** In the taxonomy's words: 先避险. */
  readonly measure: string;
}

/** A duration of the taxonomy: the span that the clock runs, an interim measure, a remark that has no effect. */
export type Duration = Span & { readonly interim: Interim | null; readonly remark: string | null };

export interface BadDuration {
  readonly code: 'bad_duration';
  /** The words as they were written. */
  readonly words: string;
  readonly detail: string;
}

/** `即时` as a deadline is due this long after the report, on any clock. */
export const AT_ONCE = 2 * HOUR;
/** Share of the clock's time that remains when the officer is told; a township may set its own. */
export const DUE_SOON_SHARE = 0.25;

const SPAN = /^(?:即时|([1-9]\d{0,2})(h|wd))(.*)$/u;
/** A remark begins with a bracket or a word that is not Latin: `4hours` is a typing error, not four hours. */
const REMARK = /^(?:[（(].*[)）]|\p{Script=Han}.*)?$/u;

/** Reads a duration as the taxonomy writes it; the error names the words. */
export function parseDuration(words: string): Result<Duration, BadDuration> {
  const bad = (detail: string): Result<Duration, BadDuration> => err({ code: 'bad_duration', words, detail });
  const text = words.normalize('NFKC').replaceAll(/\s+/gu, '').toLowerCase();
  const parts = splitOutsideBrackets(text);
  const last = readSpan(parts.at(-1) ?? '');
  if (!last) return bad(`"${words}" is not a duration: 即时, 4h, 15wd or 24h先避险/15wd`);
  if (parts.length === 1) return ok({ ...last.span, interim: null, remark: last.remark });
  const first = readSpan(parts[0] ?? '');
  if (parts.length !== 2 || !first?.remark?.startsWith('先'))
    return bad(`"${words}" has two durations: the first must say what comes first, as in 24h先避险/15wd`);
  return ok({
    ...last.span,
    interim: { within: first.span, measure: first.remark },
    remark: last.remark,
  });
}

/** True where a span runs on the clock on the wall and not in working time. */
export function isNaturalTime(span: Span, urgency: UrgencyLevel): boolean {
  return span.kind === 'now' || (span.kind === 'hours' && (urgency === 'U1' || urgency === 'U2'));
}

/** When something that runs from `from` is due. */
export function due(from: Instant, span: Span, urgency: UrgencyLevel, calendar: Calendar): Instant {
  switch (span.kind) {
    case 'now':
      return from + AT_ONCE;
    case 'workdays':
      return calendar.addWorkingDays(from, span.n);
    case 'hours':
      return isNaturalTime(span, urgency)
        ? from + span.n * HOUR
        : calendar.addWorkingMinutes(from, span.n * 60);
  }
}

/** When the first response is due; null for 即时, where paging is the clock. */
export function firstResponseDue(
  from: Instant,
  span: Span,
  urgency: UrgencyLevel,
  calendar: Calendar,
): Instant | null {
  return hasReminders(span) ? due(from, span, urgency, calendar) : null;
}

/** False for 即时: no `due_soon` and no `overdue`, paging is its clock. */
export function hasReminders(span: Span): boolean {
  return span.kind !== 'now';
}

/**
 * How long the resolution clock runs from `a` to `b`, in milliseconds: natural time for hours of U1 and
 * U2 and for 即时, working time for everything else.
 */
export function clockTime(
  a: Instant,
  b: Instant,
  span: Span,
  urgency: UrgencyLevel,
  calendar: Calendar,
): number {
  return isNaturalTime(span, urgency) ? b - a : calendar.workingMinutesBetween(a, b) * MINUTE;
}

export interface DueSoonOptions {
  /** Share of the clock's time that remains, 0…1; a quarter by default. */
  readonly share?: number;
  /**
   * Milliseconds of `clockTime` for which the clock stood still between `startedAt` and `dueAt`, so that
   * a pause does not lengthen the time of which the share is taken.
   */
  readonly paused?: number;
}

/**
 * When a quarter of the resolution clock's time remains: the earliest instant with no more than that
 * left, never before `startedAt`. For `wd` deadlines at least half an ordinary working day is left.
 * Null for 即时. `dueAt` is the deadline in force, after extensions and pauses.
 */
export function dueSoonAt(
  startedAt: Instant,
  dueAt: Instant,
  span: Span,
  urgency: UrgencyLevel,
  calendar: Calendar,
  { share = DUE_SOON_SHARE, paused = 0 }: DueSoonOptions = {},
): Instant | null {
  if (!hasReminders(span)) return null;
  const total = Math.max(0, clockTime(startedAt, dueAt, span, urgency, calendar) - paused);
  const left = Math.round(total * share);
  if (isNaturalTime(span, urgency)) return Math.max(startedAt, dueAt - left);
  const least = span.kind === 'workdays' ? (calendar.minutesPerDay / 2) * MINUTE : 0;
  return Math.max(startedAt, calendar.subtractWorkingMinutes(dueAt, Math.max(left, least) / MINUTE));
}

/** A stretch in which the resolution clock stood still: deferred, or waiting for the reporter. */
export interface Pause {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * The deadline after one pause: what remained when the clock stopped remains when it runs again.
 * For `wd` the result is rounded up to the end of working hours of its day, so that a deadline in days
 * stays one. A pause outside working time (a night, a weekend) moves a working clock by nothing.
 *
 * Several pauses of one clock go through `dueAfterPauses`, or each would be rounded up by itself.
 */
export function shiftForPause(
  dueAt: Instant,
  pausedAt: Instant,
  resumedAt: Instant,
  span: Span,
  urgency: UrgencyLevel,
  calendar: Calendar,
): Instant {
  return dueAfterPauses(dueAt, [{ from: pausedAt, to: resumedAt }], span, urgency, calendar);
}

export interface ShiftedDue {
  readonly dueAt: Instant;
  /** What rounding up gave, in milliseconds of `clockTime`: the next pause takes it first. */
  readonly slack: number;
}

/**
 * The same pause by pause, as they come: `slack` is what the one before has left, so that ten questions of a minute
 * give an officer ten minutes' day and not ten days. Equal to `dueAfterPauses` of them all.
 */
export function shiftWithSlack(
  { dueAt, slack }: ShiftedDue,
  { from, to }: Pause,
  span: Span,
  urgency: UrgencyLevel,
  calendar: Calendar,
): ShiftedDue {
  const exact = slack > 0 ? calendar.subtractWorkingMinutes(dueAt, slack / MINUTE) : dueAt;
  const stood = clockTime(from, to, span, urgency, calendar);
  if (stood === 0) return { dueAt, slack };
  const shifted = shiftForPause(exact, from, to, span, urgency, calendar);
  if (span.kind !== 'workdays') return { dueAt: shifted, slack: 0 };
  const moved = calendar.addWorkingMinutes(exact, stood / MINUTE);
  return { dueAt: shifted, slack: calendar.workingMinutesBetween(moved, shifted) * MINUTE };
}

/**
 * The deadline after all pauses of one clock, moved by their `clockTime` together and rounded once.
 *
 * @param dueAt the deadline as it was before the first of them
 * @param pauses not overlapping, in any order
 */
export function dueAfterPauses(
  dueAt: Instant,
  pauses: readonly Pause[],
  span: Span,
  urgency: UrgencyLevel,
  calendar: Calendar,
): Instant {
  const stood = pauses.reduce((sum, { from, to }) => {
    if (to < from) throw new RangeError(`a pause ends before it begins: ${from} to ${to}`);
    return sum + clockTime(from, to, span, urgency, calendar);
  }, 0);
  if (stood === 0) return dueAt;
  if (isNaturalTime(span, urgency)) return dueAt + stood;
  const moved = calendar.addWorkingMinutes(dueAt, stood / MINUTE);
  if (span.kind !== 'workdays') return moved;
  // One millisecond less: hours that end at 24:00 end on the day they belong to, not on the next.
  return calendar.endOfWorkingHours(calendar.dateOf(moved - 1));
}

function readSpan(text: string): { span: Span; remark: string | null } | null {
  const match = SPAN.exec(text);
  if (!match) return null;
  const [, digits, unit, rest = ''] = match;
  if (!REMARK.test(rest)) return null;
  const remark = rest === '' ? null : rest;
  if (digits === undefined) return { span: { kind: 'now' }, remark };
  return { span: { kind: unit === 'h' ? 'hours' : 'workdays', n: Number(digits) }, remark };
}

/** Splits at `/`, but not inside brackets: `即时(120/122)` is one duration. */
function splitOutsideBrackets(text: string): string[] {
  return text.split(/\/(?![^(]*\))/u);
}
