/** What reporters said of the answers. Silence is never satisfaction. Pure. */
import type { Instant } from '../domain/case.ts';
import { type CaseRecord, closedUnrated, ratingIn, standingOf } from './facts.ts';
import { within } from './period.ts';
import { type Exclusion, type Rate, rateOf } from './rate.ts';

export interface Ratings {
  readonly satisfied: number;
  readonly basically: number;
  readonly unsatisfied: number;
  readonly unrated: number;
  /** 甄别 found that the complaint was not the office's to answer: counted apart, in no rate. */
  readonly screenedOut: number;
  readonly selfHandled: number;
  /** Satisfied or basically satisfied ÷ rated. */
  readonly content: Rate;
  /** Unsatisfied ÷ rated. */
  readonly discontent: Rate;
}

/** Each case counts once, by the last word on it in [from, cut). @param records as they were at `cut` */
export function ratingsOf(records: readonly CaseRecord[], from: Instant, cut: Instant): Ratings {
  const said = records.flatMap((record) => ratingIn(record, from, cut) ?? []);
  const valid = said.filter(({ screenedOut }) => !screenedOut);
  const count = (rating: string): number => valid.filter((one) => one.rating === rating).length;
  const [satisfied, basically, unsatisfied] = [count('satisfied'), count('basically'), count('unsatisfied')];
  // Each counts once: who was not content with the first answer and silent on the second has spoken.
  const unrated = records.filter(
    (record) => closedUnrated(record.value, from, cut) && ratingIn(record, from, cut) === null,
  ).length;
  const selfHandled = records.filter(
    ({ value }) => standingOf(value) === 'self_handled' && within(value.receivedAt, from, cut),
  ).length;
  const screenedOut = said.length - valid.length;
  const left: readonly Exclusion[] = [
    ...many('unrated', unrated),
    ...many('screened_out', screenedOut),
    ...many('self_handled', selfHandled),
  ];
  return {
    ...{ satisfied, basically, unsatisfied, unrated, screenedOut, selfHandled },
    content: rateOf(satisfied + basically, valid.length, left),
    discontent: rateOf(unsatisfied, valid.length, left),
  };
}

const many = (why: Exclusion, count: number): readonly Exclusion[] => Array(count).fill(why);
