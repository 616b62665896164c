/**
 * Which messages a second reader may be asked about, and what of them it may see. Pure: asking is done elsewhere.
 * What is dangerous, private, a command or a stranger's is decided by the rules alone.
 */
import type { Taxonomy } from '../domain/category.ts';
import { classify, danger, privacy, reportScore } from './classify/index.ts';
import { normalise } from './normalise.ts';
import { isSweeping } from './notices.ts';
import { withoutNames } from './place.ts';
import { partQuote } from './quoted.ts';
import type { IntakeContext, Intent, PiiKind, Reading } from './reading.ts';
import { DEFAULT_THRESHOLDS, type Thresholds } from './thresholds.ts';

/** What the rules doubt of a message. */
export interface Doubts {
  /** Is it a report, a question for the township, or small talk? */
  readonly intent: boolean;
  /** Of what kind is the matter? */
  readonly category: boolean;
}

const NONE: Doubts = { intent: false, category: false };

/** Readings that another reader may see differently. */
export const OPEN_TO_DOUBT: ReadonlySet<Intent> = new Set<Intent>(['report', 'consult', 'chatter']);

/** From this share of the threshold on, a line that was passed over may still have been a report. */
const BELOW = 0.5;
/** Up to so much above it, a report may still have been small talk. */
const ABOVE = 0.1;
/** 在吗 says nothing to any reader, and nobody tells a matter in more than this. */
const SHORTEST = 4;
const LONGEST = 500;
/** Whoever writes these writes of one person's affairs; a number to call belongs to any report. */
const ABOUT_A_PERSON: ReadonlySet<PiiKind> = new Set<PiiKind>([
  'named_person',
  'minor',
  'health',
  'id_card',
  'bank_card',
]);

/** Nothing, where the message is not for another reader's eyes. */
export function doubts(
  reading: Reading,
  context: IntakeContext,
  limits: Thresholds = DEFAULT_THRESHOLDS,
): Doubts {
  const text = normalise(reading.masked);
  if (!isPlain(reading, context) || !isPublic(reading, text, context.taxonomy)) return NONE;
  if (text.length < SHORTEST || text.length > LONGEST || isSweeping(text)) return NONE;
  const [matter] = reading.cases;
  const category =
    matter !== undefined && (matter.category === 'gov.other' || matter.confidence < limits.category);
  return { intent: isNear(reading, text, context, limits), category };
}

/** The predicate for those who only ask whether to ask. */
export function unsure(
  reading: Reading,
  context: IntakeContext,
  limits: Thresholds = DEFAULT_THRESHOLDS,
): boolean {
  const found = doubts(reading, context, limits);
  return found.intent || found.category;
}

/** One matter at most, in free words of somebody whom the roster knows, about nothing said before. */
function isPlain(reading: Reading, context: IntakeContext): boolean {
  const { intent, command, parts, cases, bareNumber, bareWord, masked } = reading;
  if (!OPEN_TO_DOUBT.has(intent) || command !== null || parts.length > 0 || cases.length > 1) return false;
  if (bareNumber !== null || bareWord || context.roles.length === 0 || context.quoteText !== null)
    return false;
  const { quote, forwarded } = partQuote(masked);
  return quote === null && !forwarded;
}

/** Told of nobody in particular, accusing nobody, in no danger: under each category that it may turn out to be. */
function isPublic({ cases, pii }: Reading, text: string, taxonomy: Taxonomy): boolean {
  if (pii.some((kind) => ABOUT_A_PERSON.has(kind)) || danger(text) !== null) return false;
  if (cases.some((one) => one.sensitive || one.protected || one.urgency === 'U1')) return false;
  const likely = classify(text, taxonomy).candidates.map(({ category }) => category);
  const personal = taxonomy.categories.find(({ sensitive }) => sensitive === 'may')?.id ?? 'gov.other';
  return [personal, ...likely, ...cases.map(({ category }) => category)].every((category) => {
    const found = privacy(text, category, taxonomy);
    return !(found.sensitive || found.protected || found.discipline || found.privateFact);
  });
}

/** As sure as a tag, a template or a chain reply: these say themselves what they are. */
const SAID = 0.97;

function isNear(reading: Reading, text: string, context: IntakeContext, limits: Thresholds): boolean {
  const { intent, confidence } = reading;
  if (intent === 'consult' || confidence >= SAID) return false;
  const from = context.direct || context.mentionsBot ? limits.reportAddressed : limits.report;
  const score = reportScore(withoutNames(text, context.roster), context.taxonomy);
  if (intent === 'chatter') return score >= from * BELOW && score < from;
  return confidence < limits.act || score < from + ABOVE;
}
