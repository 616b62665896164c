/** The order in which a message is read: the first reader that understands it answers. */

import { isAnnounced } from './announced.ts';
import { commandWords, NO_DETAILS, readDetails } from './commands/details.ts';
import { readCommandLines } from './commands/lines.ts';
import { isBareAcceptance } from './commands/officer-words.ts';
import { handlesCases, isOfficial } from './commands/posts.ts';
import { refsInQuote } from './commands/refs.ts';
import { orNull } from './commands/trim.ts';
import { readFreely, readSubject } from './free.ts';
import { mayMatter } from './gate.ts';
import { readTags } from './hashtags.ts';
import type { Judge } from './judge.ts';
import { judgeOfMessage } from './judged.ts';
import { readTemplate } from './labels.ts';
import { clean, normalise } from './normalise.ts';
import { isChainLetter, isChainReply, isNotice, isPlanned, isPraise, isSweeping } from './notices.ts';
import { type OriginFound, originIn } from './origin.ts';
import { asWritten, recutFrom } from './original.ts';
import { type MaskedText, maskAll } from './personal.ts';
import { partQuote } from './quoted.ts';
import type { IntakeContext, Intent, Reading } from './reading.ts';
import { readTaggedReport, readTemplateReport, type Scene } from './report.ts';
import { combine, type Outcome, reading } from './result.ts';
import { readSelfHandled } from './self-handled.ts';
import { splitPieces } from './split.ts';
import { withoutEmoticons } from './summary.ts';
import { DEFAULT_THRESHOLDS, MAX_TEXT, type Thresholds } from './thresholds.ts';
import { asksForHelp, complainsOfBot } from './to-the-bot.ts';

const CHATTER: Outcome = { intent: 'chatter', confidence: 0.9 };
const THANKS =
  /^(?:收到|好的?|好嘞|行|可以|嗯+|明白|知道了?|谢谢|感谢|多谢|辛苦|辛苦了|ok|OK|Ok|是的?|对的?|没问题|赞|给力|点赞|加油)+(?:书记|领导|大家|您|你们?|了|镇里|组长|主任|啊|哈|呢|的|收到|谢谢|辛苦)*$/u;
const BARE_NUMBER = /^(?:选|选择|回复?|我选|评价?)?(\d{1,6})(?:号|分)?$/u;
const MAY_SWEEP = new Set(['dispatcher', 'secretary', 'admin']);

/** The words without marks and pictures: what a bare answer consists of. */
const bareOf = (text: string): string =>
  withoutEmoticons(text).replace(/[\s,.。!?~、;:…·"“”'()[\]【】#^*_-]/gu, '');

function readNumber(bare: string, context: IntakeContext): Outcome | null {
  const digits = BARE_NUMBER.exec(bare)?.[1];
  if (digits === undefined) return null;
  const bareNumber = Number(digits);
  if (bareNumber >= 1 && bareNumber <= 3) {
    const score = bareNumber === 1 ? 1 : bareNumber === 2 ? 2 : 3;
    return {
      intent: 'rate',
      confidence: 0.9,
      command: commandWords([], { ...NO_DETAILS, score }),
      bareNumber,
    };
  }
  const asked = context.direct || context.mentionsBot || context.quoteText !== null;
  return asked
    ? {
        intent: 'status',
        confidence: 0.7,
        command: commandWords([String(bareNumber)], NO_DETAILS),
        bareNumber,
      }
    : { ...CHATTER, bareNumber };
}

/** 👌 and [抱拳] from an officer are as good as 收到. */
const NOD = /👌|👍|🙏|🫡|✅|\[(?:OK|ok|好的|强|抱拳|收到|握手)\]/u;

function readNod(text: string, context: IntakeContext): Outcome {
  if (!handlesCases(context) || !NOD.test(text)) return CHATTER;
  return {
    intent: 'accept',
    confidence: 0.7,
    command: commandWords(refsInQuote(context.quoteText), NO_DETAILS),
    bareWord: true,
  };
}

/** 收到, 好的: from one who handles cases an acceptance, from others politeness. */
function readBareWord(bare: string, text: string, context: IntakeContext): Outcome | null {
  if (handlesCases(context) && (isBareAcceptance(bare) || isBareAcceptance(text))) {
    const refs = refsInQuote(context.quoteText);
    return {
      intent: 'accept',
      confidence: 0.85,
      command: commandWords(refs, { ...NO_DETAILS, text: orNull(text) }),
      bareWord: true,
    };
  }
  // In private 好了 says that it works; in a group it ends a conversation.
  if (context.direct && /^(?:已经|都|现在)?好了/u.test(bare)) return null;
  return THANKS.test(bare) ? { ...CHATTER, confidence: 0.97, bareWord: true } : null;
}

function readSpecial(text: string, context: IntakeContext): Outcome | null {
  if (isSweeping(text) && !context.roles.some((role) => MAY_SWEEP.has(role)))
    return { intent: 'unauthorized', confidence: 0.95 };
  if (isChainReply(text)) return { ...CHATTER, confidence: 0.97 };
  if ((context.mentionsBot || context.direct) && asksForHelp(text))
    return { intent: 'help', confidence: 0.9 };
  return complainsOfBot(text) ? { intent: 'complain', confidence: 0.85 } : null;
}

function readExplicitReport(text: string, scene: Scene): Outcome | null {
  const tagged = readTags(text);
  if (tagged?.kinds.has('chain') === true) return { ...CHATTER, confidence: 0.97 };
  const intent = tagged?.kinds.has('self_handle') === true ? 'self_handle' : 'report';
  const template = readTemplate(tagged?.text ?? text);
  if (template !== null && (template.fields.size > 0 || template.rest !== '')) {
    if (template.fields.size === 0)
      return readTaggedReport({ kinds: new Set(['report']), text: template.rest }, scene, intent);
    return readTemplateReport(template, scene, intent);
  }
  if (tagged === null) return null;
  if (tagged.kinds.has('report') || tagged.kinds.has('self_handle'))
    return readTaggedReport(tagged, scene, intent);
  if (tagged.kinds.has('consult')) return readFreely(`请问${tagged.text}`, scene, false);
  return topicReport(tagged.text, text, scene);
}

/** A topic is a word or two; a longer tag is a sentence of its own. */
const LONGEST_TOPIC = 8;
/** Nobody puts more topics on one matter. */
const MOST_TOPICS = 6;

/** #路灯 …: a topic tag of our field makes a report; #美食 does not. */
function topicReport(words: string, text: string, scene: Scene): Outcome | null {
  const tags = [...new Set([...text.matchAll(/#[ ]?([^\s#]{1,24})/gu)].map((match) => match[1] ?? ''))].slice(
    0,
    MOST_TOPICS,
  );
  const sure = Math.max(
    0,
    ...tags
      .filter((tag) => tag.length <= LONGEST_TOPIC)
      .map((tag) => scene.judge.classify(tag, scene.context.taxonomy))
      .map((topic) => (topic.category === 'gov.other' ? 0 : topic.confidence)),
  );
  const told = scene.judge.reportScore(words, scene.context.taxonomy);
  const known = sure >= scene.limits.topic || (sure > 0 && told >= scene.limits.topicTold);
  return known
    ? readTaggedReport({ kinds: new Set(['report']), text: words }, scene, 'report')
    : readFreely(words, scene, true);
}

const REPORTS: ReadonlySet<Intent> = new Set<Intent>(['report', 'self_handle']);

/** Who called, by name and telephone: 王大爷(电话 138****78), 邹奶奶打电话来. Where he lives is said before. */
const CALLER =
  /^((?:第?\d{1,2}(?:组|邻)的?){0,2})[^,。:()\d]{0,12}?(?:\([^)]{0,40}\)(?:来电|电话)?|(?:打(?:来)?)?(?:电话|来电|上门|当面|打来|口头)(?:来|过来)?)(?:说|反映|讲|告知|报)?[:,]?[ ]?/u;

/** 代报 … and 自办 … are commands that carry matters. What is told of a named caller is about somebody. */
function reportOnBehalf(outcome: Outcome, scene: Scene): Outcome {
  const whole = outcome.command?.text ?? '';
  const words = whole.replace(CALLER, '$1');
  const told = readTaggedReport({ kinds: new Set(['report']), text: words }, scene, outcome.intent);
  const { judge, context } = scene;
  const cases = (told.cases ?? []).map((one) => ({
    ...one,
    sensitive: one.sensitive || judge.privacy(whole, one.category, context.taxonomy).sensitive,
  }));
  return { ...told, cases, command: outcome.command ?? null };
}

/** 42 满意；另外8组又停水了: a command for a case, and after a turn a matter of its own. */
function withMore(command: Outcome, text: string, scene: Scene): Outcome {
  if (isOfficial(scene.context) || command.intent === 'mixed') return command;
  const parts = splitPieces(text);
  const turn = parts.findIndex((piece, i) => i > 0 && piece.fresh);
  if (turn < 0) return command;
  const join = (from: number, to: number): string =>
    parts
      .slice(from, to)
      .map((piece) => piece.text)
      .join(',');
  const more = readFreely(join(turn, parts.length), scene, true);
  const first = readCommandLines(join(0, turn), scene.context);
  if (first === null || more === null || (more.cases ?? []).length === 0) return command;
  return combine([first.outcome, ...(more.intent === 'mixed' ? (more.parts ?? []) : [more])]) ?? command;
}

/** What an office plans is a known matter, so that nobody need report it. */
function known(text: string, context: IntakeContext): Outcome {
  const details = readDetails('known_matter', '', text, context.at, context.roster);
  return { intent: 'known_matter', confidence: 0.8, command: commandWords([], details) };
}

function readPlain(text: string, scene: Scene): Outcome | null {
  const { context, judge } = scene;
  const danger = judge.danger(text);
  if (isPlanned(text) && danger === null && isOfficial(context) && !/[办延挂转退]/u.test(text.slice(0, 2)))
    return known(text, context);
  const command = readCommandLines(text, context);
  if (command?.explicit === true && REPORTS.has(command.outcome.intent))
    return reportOnBehalf(command.outcome, scene);
  if (command?.explicit === true) return withMore(command.outcome, text, scene);
  // Who has dealt with it tells of the danger that was: 树枝搭在线上，已剪枝送电.
  const dealt = command?.outcome.intent === 'resolve';
  if (command !== null && handlesCases(context) && (danger === null || dealt)) return command.outcome;
  const privacy = judge.privacy(text, judge.classify(text, context.taxonomy).category, context.taxonomy);
  if (danger === null && privacy.discipline) return { intent: 'discipline', confidence: 0.9 };
  if (danger === null && privacy.privateFact) return { intent: 'sensitive', confidence: 0.9 };
  if (isChainLetter(text) || (danger === null && isPraise(text))) return CHATTER;
  if (isNotice(text)) return { intent: 'notice', confidence: 0.9 };
  if (isAnnounced(text) && !isOfficial(context))
    return readTaggedReport({ kinds: new Set(['report']), text }, scene, 'report');
  const own = danger === null && !handlesCases(context) ? readSelfHandled(text, scene) : null;
  if (own !== null) return own;
  const free = readFreely(text, scene, !isOfficial(context) || context.roles.includes('cadre'));
  if (free !== null) return free;
  return command?.outcome ?? readSubject(text, scene);
}

function outcomeOf(whole: string, context: IntakeContext, judge: Judge, limits: Thresholds): Outcome {
  const text = whole.replace(ADDRESS, '');
  const bare = bareOf(text);
  if (bare === '') return readNod(text, context);
  const short = readNumber(bare, context) ?? (bare.length <= 24 ? readBareWord(bare, text, context) : null);
  if (short !== null) return short;
  const scene: Scene = { context, judge: judgeOfMessage(judge, context.roster, context.taxonomy), limits };
  return readSpecial(text, context) ?? readExplicitReport(text, scene) ?? readPlain(text, scene) ?? CHATTER;
}

/** The bot's name before the message. */
const ADDRESS = /^(?:@[^\s,:]{1,20}[\s,:]*)+/u;

/** Of a matter for the discipline bodies nothing is kept, not even masked. */
const FORGOTTEN: MaskedText = { masked: '', personal: [], pii: [] };

/** Reads one message. Pure and total: any text gives a reading. */
export function read(
  raw: string,
  given: IntakeContext,
  judge: Judge,
  limits: Thresholds = DEFAULT_THRESHOLDS,
): Reading {
  const whole = clean(raw.slice(0, MAX_TEXT));
  const origin = originIn(whole, given.roles);
  const text = origin?.rest ?? whole;
  const masked = maskAll(text);
  if (!mayMatter(text, given, judge)) return reading(CHATTER, masked);
  const parted = partQuote(masked.masked);
  if (parted.forwarded) return reading(CHATTER, masked);
  const context =
    parted.quote === null || given.quoteText !== null ? given : { ...given, quoteText: parted.quote };
  const normal = normalise(parted.own);
  const outcome = asWritten(outcomeOf(normal, context, judge, limits), recutFrom(normal, parted.own));
  if (outcome.intent === 'discipline') return reading(outcome, FORGOTTEN);
  return origin === null ? reading(outcome, masked) : withOrigin(outcome, masked, origin);
}

function withOrigin(outcome: Outcome, text: MaskedText, { source, number, said }: OriginFound): Reading {
  const { command = null } = outcome;
  const extra = { ...command?.extra, origin: { source, number } };
  const told = command === null ? outcome : { ...outcome, command: { ...command, extra } };
  return reading(told, { ...text, masked: `${text.masked.trim()} ${said}` });
}
