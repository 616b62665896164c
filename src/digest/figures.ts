/**
 * The month in numbers: one pure function from cases and their events. What happened in the period is counted as it
 * stood at its end, so that the same month gives the same numbers whenever it is asked for; the lists of open
 * matters are as they stand now, since a meeting speaks of today.
 */
import type { Case, Instant } from '../domain/case.ts';
import { type BulletinState, bulletinOf, type OfficeBulletin } from './bulletin.ts';
import { type DecisionOutcome, decisionsOf, type NeedsSecretary, needsOf } from './decisions.ts';
import { type DueRates, dueBy, dueRates, judgedIn } from './due.ts';
import { type CaseRecord, recordAt, standingOf } from './facts.ts';
import { type Spotted, spottedOf } from './history.ts';
import { type Incident, type IncidentRules, incidentsIn } from './incidents.ts';
import { type Matters, mattersOf } from './matters.ts';
import { known, nowIn, type Past, pastOf, spansOf } from './past.ts';
import { type Period, within } from './period.ts';
import { type Repeat, repeatsIn } from './places.ts';
import { type Count, type Rate, rateOf } from './rate.ts';
import { type Ratings, ratingsOf } from './ratings.ts';
import {
  type Monthly,
  mainOf,
  meansOf,
  movementOf,
  type Order,
  type Received,
  type Rise,
  receivedOf,
  risesOf,
  SOURCES,
  TIERS,
  trendOf,
} from './received.ts';
import { type Times, timesOf } from './times.ts';

export type { BulletinState };

export interface FiguresInput {
  readonly period: Period;
  /** Now: nothing later is known. */
  readonly asOf: Instant;
  readonly timezone: string;
  readonly order: Order;
  /** All that came in, fell due, was answered, rated or decided in the period, and all that is open. */
  readonly records: readonly CaseRecord[];
  /** What else came in within the 90 days before the period. */
  readonly before?: readonly Spotted[];
  /** The counts of the time before; left out, the cases serve. */
  readonly past?: Past;
  /** How many matters the secretary's page takes. */
  readonly pageMatters: number;
  /** Which reports are of one event. */
  readonly incidents: IncidentRules;
}

export interface Part {
  readonly key: string;
  readonly rates: DueRates;
}

export interface Figures {
  readonly period: Period;
  readonly asOf: Instant;
  /** The end of the period, or now where it still runs. */
  readonly cut: Instant;
  /** False for a time that ended before anybody had reported anything: its zeros say nothing of the township. */
  readonly begun: boolean;
  readonly received: Received;
  readonly due: DueRates;
  readonly dueByTier: readonly Part[];
  readonly dueBySource: readonly Part[];
  readonly dueByMain: readonly Part[];
  /** Closed by the end of the period ÷ received in it and not struck out. */
  readonly closedOfReceived: Rate;
  readonly sourceShares: readonly { readonly key: string; readonly rate: Rate }[];
  readonly ratings: Ratings;
  readonly times: Times;
  readonly trend: readonly Monthly[];
  /** Every sub-category beside its mean of the three periods before; empty in the bot's first period. */
  readonly means: readonly Rise[];
  readonly rises: readonly Rise[];
  readonly repeats: readonly Repeat[];
  readonly incidents: readonly Incident[];
  readonly matters: Matters;
  readonly decisions: readonly DecisionOutcome[];
  readonly needs: readonly NeedsSecretary[];
  readonly bulletin: readonly OfficeBulletin[];
}

/** All that the cases of the period say by themselves. */
export type Counted = Omit<Figures, 'repeats'>;

export const figures = (input: FiguresInput): Figures => withRepeats(countedOf(input), input);

/** Where a matter came again is seen beside what came before the period. */
export const withRepeats = (
  counted: Counted,
  input: Pick<FiguresInput, 'records' | 'before' | 'period'>,
): Figures => ({
  ...counted,
  repeats: repeatsIn(spottedIn(input), input.period.from, counted.cut),
});

const spottedIn = ({
  records,
  before = [],
}: Pick<FiguresInput, 'records' | 'before'>): readonly Spotted[] => [
  ...before,
  ...records.map(({ value }) => spottedOf(value)),
];

/** @param input `before` is asked only where the counts of the time before are left out */
export function countedOf(input: FiguresInput): Counted {
  const { period, asOf, timezone, order } = input;
  const cut = Math.min(period.to, asOf);
  const { from } = period;
  const atCut = input.records.flatMap((record) => recordAt(record, cut) ?? []);
  const atNow = input.records.flatMap((record) => recordAt(record, asOf) ?? []);
  const came = atCut.map(({ value }) => value).filter(({ receivedAt }) => within(receivedAt, from, cut));
  const past = input.past ?? pastOf(spottedIn(input), spansOf(period, cut, timezone));
  const means = meansOf(past, period, cut, timezone);
  const matters = mattersOf(atNow, from, cut, asOf);
  return {
    ...{ period, asOf, cut, begun: known(past, nowIn(period, cut)) },
    received: receivedOf(came, order, movementOf(past, period, cut, timezone)),
    ...dueParts(atCut, from, cut),
    closedOfReceived: closedOf(came),
    sourceShares: sourceSharesOf(came),
    ratings: ratingsOf(atCut, from, cut),
    times: timesOf(atCut, from, cut),
    trend: trendOf(past, period, cut, timezone),
    ...{ means, rises: risesOf(means) },
    incidents: incidentsIn(came, input.incidents),
    matters,
    decisions: decisionsOf(atNow, from, asOf),
    needs: needsOf(matters.open, matters.twiceUnsatisfied, input.pageMatters),
    bulletin: bulletinOf(input.records, atCut, from, cut, order.offices),
  };
}

type DueFigures = Pick<Figures, 'due' | 'dueByTier' | 'dueBySource' | 'dueByMain'>;

function dueParts(records: readonly CaseRecord[], from: Instant, cut: Instant): DueFigures {
  const judged = judgedIn(records, from, cut);
  const mains = [...new Set(judged.map(({ value }) => mainOf(value.category)))].toSorted();
  return {
    due: dueRates(judged),
    dueByTier: dueBy(judged, ({ level }) => level, TIERS),
    dueBySource: dueBy(judged, ({ source }) => source, SOURCES),
    dueByMain: dueBy(judged, ({ category }) => mainOf(category), mains),
  };
}

const registered = (came: readonly Case[]): readonly Case[] =>
  came.filter((c) => standingOf(c) !== 'withdrawn');

function closedOf(came: readonly Case[]): Rate {
  const counted = registered(came);
  const left = Array<'withdrawn'>(came.length - counted.length).fill('withdrawn');
  return rateOf(counted.filter(({ state }) => state === 'closed').length, counted.length, left);
}

/** The share of each source in what was registered: 953 of 996 found by patrol. */
function sourceSharesOf(came: readonly Case[]): Figures['sourceShares'] {
  const counted = registered(came);
  const left = Array<'withdrawn'>(came.length - counted.length).fill('withdrawn');
  return SOURCES.flatMap((key) => {
    const count = counted.filter(({ source }) => source === key).length;
    return count === 0 ? [] : [{ key, rate: rateOf(count, counted.length, left) }];
  });
}

export type { Count };
