/** Free words: what a message without tag, template or command word means, block by block. */
import { joinPieces } from './blocks.ts';
import { commandWords, NO_DETAILS } from './commands/details.ts';
import { certainRefs, refsInQuote } from './commands/refs.ts';
import { type ReporterWords, reporterWords } from './commands/reporter-words.ts';
import { orNull } from './commands/trim.ts';
import type { Judge } from './judge.ts';
import { readLandmark } from './landmark.ts';
import { readMatter } from './matter.ts';
import { NOWHERE, type Place } from './place.ts';
import type { IntakeContext, Matter } from './reading.ts';
import { headline, joinAlike, type Scene, told } from './report.ts';
import { combine, type Outcome } from './result.ts';
import { splitPieces } from './split.ts';
import { withoutEmoticons } from './summary.ts';
import { twins } from './twins.ts';

/** Categories of papers, benefits and rules: a question in them asks for advice. */
const ADVICE =
  /^(?:social|welfare|gov\.(?!other)|edu\.school|house\.homestead|house\.land|agri\.subsidy|agri\.tech|health\.visit)/u;
const ASKS =
  /什么(?!的)|啥(?!的)|哪|多久|多少|几时|几点|么子|怎么|咋|如何|能不能|可不可以|可以.{1,10}[吗么?]|吗[?]?$|是否/u;
/** Something went wrong, or somebody is to come: it is no mere question. */
const WRONG =
  /没(?:有)?(?:到|发|人|来|办|下来|批|收到|给)|不(?:给|管|办|到账|批|理)|坏|漏|欠|停发|停了|拖|态度|投诉|卡住|少发|克扣|打人|骗|被|上门|派人|来人|帮忙|[跑走]不动|行动不便/u;
/** Who tells another whom to ask does not ask us. */
const ADVISES = /你(?:们)?(?:可以|去|打|问|直接|先)/u;
/** What only the township pays out, insures or certifies: who asks about it asks the township. */
const PAPERS =
  /补贴|补助|津贴|低保|医保|社保|养老(?:金|保险|认证)|户口|宅基地|残疾证|优待证|合作医疗|新农合|粮补|特困|参保|建房|[建起]新?屋|居住证|结婚证|身份证/u;
/** A subject this sure needs no second sign that the township is asked. */
const SURE_SUBJECT = 0.9;
const FAINT = 0.1;
/** Enough where the bot itself is asked. */
const LIKELY_SUBJECT = 0.6;

function asks(text: string, category: string, judge: Judge): boolean {
  return judge.isQuestion(text) || (ADVICE.test(category) && ASKS.test(text) && !WRONG.test(text));
}

/** A general question: answered by advice, never sensitive, nowhere in particular. */
function consult(text: string, place: Place, scene: Scene): Outcome | null {
  const { context, judge, limits } = scene;
  const { category, confidence } = judge.classify(text, context.taxonomy);
  if (!asks(text, category, judge)) return null;
  const score = judge.reportScore(text, context.taxonomy);
  const known = confidence >= SURE_SUBJECT || PAPERS.test(text);
  const ours = score >= limits.consult || (score >= FAINT && known);
  const addressed = context.mentionsBot || context.direct;
  const perhaps = score >= FAINT || confidence >= LIKELY_SUBJECT;
  if (addressed ? !ours && !perhaps : !ours || ADVISES.test(text)) return null;
  const matter = readMatter({ text, before: place, explicit: false }, context, judge, limits);
  const urgency = matter.urgency === 'U1' ? 'U5' : matter.urgency;
  const about = matter.category === 'gov.other' ? 'gov.consult' : matter.category;
  return {
    intent: 'consult',
    confidence: 0.85,
    cases: [{ ...matter, category: about, urgency, missing: [], sensitive: false }],
  };
}

/** The case spoken of is the one numbered in the words, else the one quoted. */
function refsOf(text: string, context: IntakeContext): string[] {
  const own = certainRefs(text);
  return own.length > 0 ? own : refsInQuote(context.quoteText);
}

const toOutcome = (words: ReporterWords, text: string, context: IntakeContext): Outcome => ({
  intent: words.intent,
  confidence: words.confidence,
  command: commandWords(refsOf(text, context), { ...NO_DETAILS, text: orNull(text), score: words.score }),
});

/** From this score on a sentence states a problem of its own, though it also says that something works. */
const OWN_PROBLEM = 0.8;

/** 举报了 tells of nothing. */
const SHORTEST_TOLD = 10;

/** One block of free words; null where it says nothing to us. */
function readBlock(text: string, before: Place, scene: Scene, reporter: boolean): Outcome | null {
  const { context, judge, limits } = scene;
  const danger = judge.danger(text);
  const words = reporter ? reporterWords(text) : null;
  if (words?.pointsBack === true && (danger === null || words.intent !== 'reopen'))
    return toOutcome(words, text, context);
  const question = danger === null ? consult(text, before, scene) : null;
  if (question !== null) return question;
  const score = danger === null ? judge.reportScore(text, context.taxonomy) : 1;
  const own = words?.intent === 'rate' ? OWN_PROBLEM : limits.report;
  if (words !== null && danger === null && score < own) return toOutcome(words, text, context);
  // Who asks to stay hidden tells something on purpose.
  const hidden = text.length >= SHORTEST_TOLD && judge.privacy(text, 'gov.other', context.taxonomy).protected;
  const addressed = context.mentionsBot || context.direct || hidden;
  if (score < (addressed ? limits.reportAddressed : limits.report)) return null;
  const matter = readMatter({ text, before, explicit: false }, context, judge, limits);
  if (judge.privacy(text, matter.category, context.taxonomy).discipline)
    return { intent: 'discipline', confidence: 0.9 };
  return told(twins(matter, text, scene), danger === null ? Math.min(0.98, 0.35 + score * 0.6) : 0.95);
}

/** Where the next block stands, unless it says otherwise: a group once named holds on, a landmark does not. */
function placeAfter(matter: Matter | undefined, before: Place, head: Place): Place {
  if (matter === undefined) return before;
  const { village, zone, group, groups, neighborhood } = matter;
  return { village, zone, group, groups, neighborhood, landmark: head.landmark };
}

/** Each block is read by itself, then all are put together: the reports become one, in their order. */
export function readFreely(text: string, scene: Scene, reporter: boolean): Outcome | null {
  const { context, judge, limits } = scene;
  const blocks = joinPieces(splitPieces(withoutEmoticons(text)), judge, context, limits);
  const head = headline(blocks, scene);
  const outcomes: Outcome[] = [];
  let before = head.place;
  for (const block of head.rest) {
    // An item of a list that names its own place stands there, not where the item before it stood.
    const around = block.item && readLandmark(block.text) !== null ? head.place : before;
    const outcome = readBlock(block.text, around, scene, reporter);
    if (outcome === null) continue;
    outcomes.push(outcome);
    before = placeAfter(outcome.cases?.at(-1), before, head.place);
  }
  const all = blocks.map((block) => block.text).join(',');
  if (outcomes.length === 0) return blocks.length > 1 ? readBlock(all, head.place, scene, reporter) : null;
  return combine(oneReport(outcomes));
}

/** Well below `act`, so that it is asked about. */
const UNSURE = 0.3;
/** Who only names a subject says little more. */
const LONGEST_SUBJECT = 10;

/** "@小助手 路灯": too little to act on, too much to pass over where the bot itself was spoken to. */
export function readSubject(text: string, scene: Scene): Outcome | null {
  const { context, judge, limits } = scene;
  if (!context.mentionsBot && !context.direct) return null;
  const { category, confidence } = judge.classify(text, context.taxonomy);
  if (text.length > LONGEST_SUBJECT || category === 'gov.other' || confidence < limits.subject) return null;
  const matter = readMatter({ text, before: NOWHERE, explicit: false }, context, judge, limits);
  // Nobody is called out of bed for a word.
  return matter.urgency === 'U1' ? null : told([matter], UNSURE);
}

/** All reports of a message are one report of several cases, where the first of them stood. */
function oneReport(outcomes: readonly Outcome[]): Outcome[] {
  const reports = outcomes.filter((one) => one.intent === 'report');
  const first = reports[0];
  if (first === undefined) return [...outcomes];
  const whole: Outcome = {
    ...first,
    cases: joinAlike(reports.flatMap((one) => one.cases ?? [])),
    confidence: Math.min(...reports.map((one) => one.confidence)),
  };
  return outcomes
    .filter((one) => one === first || one.intent !== 'report')
    .map((one) => (one === first ? whole : one));
}
