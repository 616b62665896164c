/** One command from one line: an explicit command word, a reference with a plain sentence, or a plain sentence. */
import type { Role } from '../../domain/roster.ts';
import type { CommandExtra, CommandWords, IntakeContext, Intent } from '../reading.ts';
import { type About, readAbout } from './about.ts';
import { readBehalf } from './behalf.ts';
import { commandWords, type Details, NO_DETAILS, readDetails } from './details.ts';
import { readScore } from './extras.ts';
import { isBareAcceptance, officerWords } from './officer-words.ts';
import { officialWords } from './official-words.ts';
import { handlesCases, isOfficial } from './posts.ts';
import { allRefs, certainRefs, leadingRefs, trailingRefs } from './refs.ts';
import { reporterWords } from './reporter-words.ts';
import { orNull, trimMarks } from './trim.ts';
import { type VerbMatch, verbAt } from './verbs.ts';
import { takeDate } from './when.ts';

export interface CommandReading {
  readonly intent: Intent;
  readonly confidence: number;
  readonly command: CommandWords;
  /** Said with a command word or a number, so that nothing else can be meant. */
  readonly explicit: boolean;
}

const made = (
  intent: Intent,
  confidence: number,
  refs: readonly string[],
  details: Details,
  explicit: boolean,
): CommandReading => ({
  intent,
  confidence,
  command: commandWords(refs, details),
  explicit,
});

/** 同意 alone answers an officer's leader; a secretary's decides on deferrals; the words may say which. */
function approvalIntent(intent: Intent, rest: string, context: IntakeContext): Intent {
  if (intent !== 'decide_extension' || /延期/u.test(rest)) return intent;
  const deferral =
    /挂账/u.test(rest) || (context.roles.includes('secretary') && !context.roles.includes('leader'));
  return deferral ? 'decide_deferral' : intent;
}

const DISPATCHES: ReadonlySet<Role> = new Set<Role>(['dispatcher', 'secretary', 'admin']);

/** 改为 corrects a reporter's own words; from who dispatches it changes the category. */
function commandIntent(match: VerbMatch, rest: string, context: IntakeContext): Intent {
  const reclassifies = match.verb.intent === 'correct' && /^改[为成]?$/u.test(match.word);
  if (reclassifies && context.roles.some((role) => DISPATCHES.has(role))) return 'reclassify';
  return approvalIntent(match.verb.intent, match.word + rest, context);
}

/** Their numbers are periods and dates, never cases. */
const WITHOUT_REFS: ReadonlySet<Intent> = new Set<Intent>([
  'digest',
  'register',
  'absence',
  'policy',
  'help',
  'complain',
  'known_matter',
  'self_handle',
]);

/** 42 延期不批: the word of the request, and what was decided on it. */
const DECIDED = /^[ ,:]*(不同意|不批准|不批|不准|同意|批准|准了)/u;

function fromVerb(match: VerbMatch, leading: readonly string[], context: IntakeContext): CommandReading {
  const after =
    leading.length > 0 || WITHOUT_REFS.has(match.verb.intent)
      ? null
      : leadingRefs(trimMarks(match.rest).replace(/^(?:案件|件|编号)[ ]?/u, ''));
  const free = leading.length === 0 && !WITHOUT_REFS.has(match.verb.intent);
  const last = free && after === null ? trailingRefs(match.rest) : null;
  const rest = last?.rest ?? (after === null || after.refs.length === 0 ? match.rest : after.rest);
  const found = leading.length > 0 ? leading : (after?.refs ?? last?.refs ?? []);
  const refs = match.verb.intent === 'merge' ? [...new Set([...found, ...allRefs(rest)])] : found;
  const intent = commandIntent(match, rest, context);
  if (intent === 'request_extension' && DECIDED.test(rest))
    return fromVerb(
      {
        ...match,
        verb: { ...match.verb, intent: 'decide_extension' },
        word: DECIDED.exec(rest)?.[1] ?? '',
        rest,
      },
      refs,
      context,
    );
  const known = intent === 'known_matter' && match.word !== '已知事项' ? match.word + rest : rest;
  const details = readDetails(intent, match.word, known, context.at, context.roster);
  const numbered = refs.length > 0 || WITHOUT_REFS.has(intent) ? refs : certainRefs(rest);
  return made(intent, refs.length > 0 ? 0.98 : 0.92, numbered, details, true);
}

function detailsOf(
  intent: Intent,
  text: string,
  to: string | null,
  score: 1 | 2 | 3 | null,
  context: IntakeContext,
): Details {
  if (intent === 'request_extension' || intent === 'defer') {
    const dated = takeDate(text, context.at);
    return {
      ...NO_DETAILS,
      until: dated.until,
      reason: orNull(dated.rest),
      extra: dated.extra,
    };
  }
  if (intent === 'explain' || intent === 'return' || intent === 'transfer')
    return { ...NO_DETAILS, to, reason: orNull(text) };
  return { ...NO_DETAILS, to, text: orNull(text), score };
}

/** A plain sentence, read as its speaker's post lets it be meant. */
function fromWords(text: string, refs: readonly string[], context: IntakeContext): CommandReading | null {
  const explicit = refs.length > 0;
  const official = officialWords(text, context);
  if (official !== null)
    return made(
      official.intent,
      official.confidence,
      official.refs ?? refs,
      readDetails(official.intent, '', official.words ?? text, context.at, context.roster),
      true,
    );
  if (handlesCases(context)) {
    if (explicit && isBareAcceptance(text))
      return made('accept', 0.95, refs, { ...NO_DETAILS, text: orNull(text) }, true);
    const words = officerWords(text);
    if (words !== null)
      return made(
        words.intent,
        words.confidence,
        refs,
        detailsOf(words.intent, text, words.to, null, context),
        explicit,
      );
  }
  if (isOfficial(context) && !explicit) return null;
  const words = reporterWords(text, explicit || context.quoteText !== null || context.direct);
  if (words === null) return null;
  return made(
    words.intent,
    words.confidence,
    refs,
    detailsOf(words.intent, text, null, words.score, context),
    explicit,
  );
}

/** Reads one line; null where it is no command. `text` is normalised and masked. */
export function readCommand(text: string, context: IntakeContext): CommandReading | null {
  const line = readAbout(text, context);
  const behalf = readBehalf(line.body);
  if (behalf !== null)
    return withExtra(behalfCommand(behalf.line, behalf.intent, context), { behalf: behalf.behalf });
  const certain = line.lead.length > 0 || line.quoted.length > 0;
  const verb = verbAt(line.rest, certain) ?? verbAt(line.body, certain);
  const plainly = verb?.verb.needs === 'ref' && handlesCases(context) ? officerWords(line.rest) : null;
  const weak = plainly !== null && plainly.intent !== verb?.verb.intent;
  const read = verb !== null && !weak ? fromVerb(verb, line.lead, context) : fromSentence(line, context);
  return read === null || read.command.refs.length > 0 || WITHOUT_REFS.has(read.intent)
    ? read
    : withRefs(read, line.quoted);
}

/** 这个件定黄牌，52: who acts on cases may name them last. */
const NAMED_LAST = /[件案单][^\d]{0,16}[, ]\d{1,6}$/u;

function fromSentence(line: About, context: IntakeContext): CommandReading | null {
  const certain = line.lead.length > 0 ? line.lead : certainRefs(line.body);
  const last =
    certain.length === 0 && isOfficial(context) && NAMED_LAST.test(line.body)
      ? trailingRefs(line.body)
      : null;
  const refs = last?.refs ?? certain;
  return fromWords(line.rest, refs, context) ?? aboutCase(line, refs, context);
}

/** Words about a case that fit nothing else: from its officer progress, from others a supplement. */
function aboutCase(line: About, refs: readonly string[], context: IntakeContext): CommandReading | null {
  const handler = handlesCases(context);
  const named = refs.length > 0 && (handler || line.formal || line.lead.length === 0);
  if (line.rest.length < 2 || !(named || line.quoted.length > 0)) return null;
  return made(
    handler ? 'progress' : 'supplement',
    0.6,
    refs,
    { ...NO_DETAILS, text: orNull(line.rest) },
    named,
  );
}

function behalfCommand(line: string, intent: Intent, context: IntakeContext): CommandReading {
  const lead = leadingRefs(line);
  const rest = lead === null ? line : lead.rest;
  const details = readDetails(intent, '', rest, context.at, context.roster);
  return made(
    intent,
    0.97,
    lead?.refs ?? [],
    intent === 'rate' ? { ...details, score: readScore(rest) } : details,
    true,
  );
}

const withRefs = (read: CommandReading, refs: readonly string[]): CommandReading => ({
  ...read,
  command: { ...read.command, refs },
});

const withExtra = (read: CommandReading, extra: CommandExtra): CommandReading => ({
  ...read,
  command: { ...read.command, extra: { ...read.command.extra, ...extra } },
});
