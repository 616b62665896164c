/**
 * 回访: which closed cases somebody is called back about. Each closing that answered a reporter leaves a small
 * fact; the list takes those facts up. So nothing has to look through all that was ever closed.
 */
import { hashShare } from '../kernel/ids.ts';
import type { Case, Instant } from './case.ts';
import type { CaseEvent } from './events.ts';
import type { FollowUpSettings } from './settings.ts';

/** `followup:<number>`: closed, and not called back yet. */
export const FOLLOW_UPS = 'followup:';

const LISTED = 'listed:';

export interface FollowUp {
  readonly number: string;
  readonly closedAt: Instant;
  /** Stood in a list of a morning already. */
  readonly listed: boolean;
}

export const followUpKey = (number: string): string => `${FOLLOW_UPS}${number}`;

export const followUpValue = ({ closedAt, listed }: FollowUp): string =>
  listed ? `${LISTED}${closedAt}` : String(closedAt);

/** Oldest first; closed at one instant, by number. */
export function followUpsIn(facts: Iterable<readonly [string, string]>): readonly FollowUp[] {
  const all = [...facts].flatMap(([key, value]) =>
    key.startsWith(FOLLOW_UPS)
      ? [
          {
            number: key.slice(FOLLOW_UPS.length),
            closedAt: Number(value.replace(LISTED, '')),
            listed: value.startsWith(LISTED),
          },
        ]
      : [],
  );
  return all.sort((a, b) => a.closedAt - b.closedAt || (a.number < b.number ? -1 : 1));
}

/** What events leave for the list: who mended it himself, or was called when it closed, is not called. */
export function followUpFacts(events: readonly CaseEvent[]): Readonly<Record<string, string>> {
  const facts: Record<string, string> = {};
  for (const event of events) {
    if (event.type !== 'case_closed') continue;
    const { why } = event.data;
    if (why === 'self_handled' || why === 'followed_up') continue;
    const closed = { number: event.case, closedAt: event.at, listed: false };
    facts[followUpKey(event.case)] = followUpValue(closed);
  }
  return facts;
}

/** By setting everyone; else all who were not content, all who are protected, and a share that anyone can draw again. */
export function isCalledBack(c: Case, { mode, share, seed }: FollowUpSettings): boolean {
  if (c.state !== 'closed' || c.outcome === 'self_handled') return false;
  if (mode === 'all' || c.protected || c.rating === 'unsatisfied' || c.unsatisfied > 0) return true;
  return hashShare(c.number, seed) < share;
}

/** Somebody was reached since the case last came to an answer. */
export function wasReached(events: readonly CaseEvent[]): boolean {
  const answered = events.findLastIndex(({ type }) => type === 'case_resolved' || type === 'case_explained');
  return events.some((event, at) => at > answered && event.type === 'case_followed_up' && event.data.reached);
}
