/**
 * What a second reader may change of a reading, and no more: whether unsure words are a report, a question or
 * small talk, and of what kind. Its words go nowhere; the rules read the message again as it proposes, so place,
 * urgency and privacy stay theirs.
 */
import type { Urgency } from '../domain/category.ts';
import type { Classified, Judge } from './judge.ts';
import type { Question } from './outgoing.ts';
import { read } from './reader.ts';
import type { IntakeContext, Matter, Reading } from './reading.ts';
import { DEFAULT_THRESHOLDS, type Thresholds } from './thresholds.ts';
import { JUDGE } from './understand.ts';
import { type Doubts, OPEN_TO_DOUBT } from './unsure.ts';

export const PROPOSED_INTENTS = ['report', 'consult', 'chatter'] as const;

export interface Proposal {
  readonly intent: (typeof PROPOSED_INTENTS)[number];
  /** A sub-category's id; null where none fits. */
  readonly category: string | null;
}

/** Asks somebody else what a message means; null where nothing usable came back. Never throws. */
export type SecondReader = (question: Question) => Promise<Proposal | null>;

export interface Doubted {
  readonly text: string;
  readonly context: IntakeContext;
  readonly doubts: Doubts;
  readonly limits?: Thresholds;
}

/** `reading` with what of the proposal the rules allow; the same value where that is nothing. */
export function withProposal(reading: Reading, proposal: Proposal, about: Doubted): Reading {
  const { doubts, limits = DEFAULT_THRESHOLDS } = about;
  if (!OPEN_TO_DOUBT.has(reading.intent) || reading.cases.some(isSettled)) return reading;
  if (proposal.intent === 'chatter')
    return doubts.intent && reading.intent === 'report' ? doubted(reading, limits) : reading;
  const [matter, ...more] = asProposed(proposal, about, limits).cases;
  if (matter === undefined || more.length > 0 || isSettled(matter)) return reading;
  if (reading.intent === 'chatter')
    return doubts.intent
      ? { ...reading, ...madeOf(matter), intent: proposal.intent, confidence: limits.act }
      : reading;
  const kind = doubts.category ? recast(reading, matter) : reading;
  return doubts.intent ? { ...kind, intent: proposal.intent } : kind;
}

/** Danger and privacy are the rules' alone: neither is made nor undone by a proposal. */
const isSettled = (matter: Matter): boolean =>
  matter.urgency === 'U1' || matter.sensitive || matter.protected;

/** Never dropped: so unsure that it is asked about where the bot was spoken to, and passed over elsewhere. */
const doubted = (reading: Reading, limits: Thresholds): Reading => ({
  ...reading,
  confidence: Math.min(reading.confidence, Math.max(0, limits.act - 0.01)),
});

const madeOf = (matter: Matter): Pick<Reading, 'cases' | 'missing'> => ({
  cases: [matter],
  missing: matter.missing,
});

/** The kind of the matter anew, with what depends on it; never less urgent than it was. */
function recast(reading: Reading, proposed: Matter): Reading {
  const [own] = reading.cases;
  if (own === undefined || proposed.category === 'gov.other' || own.category === proposed.category)
    return reading;
  const { category, confidence, missing } = proposed;
  const urgency = moreUrgent(own.urgency, proposed.urgency);
  return { ...reading, ...madeOf({ ...own, category, confidence, urgency, missing }) };
}

/** U1 is before U2. */
const moreUrgent = (a: Urgency, b: Urgency): Urgency => (a < b ? a : b);

/** The rules' own reading of the message as a report of the proposed kind. */
function asProposed({ category }: Proposal, { text, context }: Doubted, limits: Thresholds): Reading {
  const judge = category === null ? JUDGE : judgeOf(category, limits);
  return read(`#上报 ${text}`, { ...context, quoteText: null }, judge, limits);
}

/** The shipped judge, but for the one question that was put to somebody else. */
function judgeOf(category: string, limits: Thresholds): Judge {
  return {
    ...JUDGE,
    classify: (text, taxonomy): Classified => {
      const own = JUDGE.classify(text, taxonomy);
      const chosen = taxonomy.categories.find(({ id }) => id === category);
      // A category of danger is no danger yet: only the rules call people out of bed.
      if (chosen === undefined || chosen.urgency === 'U1' || category === 'gov.other') return own;
      // Just as sure as it must be for a case to go to its office.
      return {
        ...own,
        category,
        urgency: chosen.urgency,
        confidence: Math.max(own.confidence, limits.category),
      };
    },
  };
}
