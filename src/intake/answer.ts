/** The answer to the bot's one question back: in which group, where, what is it about. */
import { readCommand } from './commands/command.ts';
import type { Judge } from './judge.ts';
import { clean, normalise } from './normalise.ts';
import { recutFrom } from './original.ts';
import { maskAll } from './personal.ts';
import { readLabelledPlace } from './place.ts';
import { partQuote } from './quoted.ts';
import type { IntakeContext, Missing } from './reading.ts';
import { summarise, withoutEmoticons } from './summary.ts';
import { MAX_TEXT } from './thresholds.ts';

export interface Answer {
  readonly place?: string;
  readonly village?: string;
  readonly zone?: string;
  readonly group?: string;
  readonly groups?: readonly string[];
  readonly neighborhood?: string;
  readonly category?: string;
  readonly matter?: string;
  /** The person can't say: the dispatcher calls instead, and the question is not put again. */
  readonly unknown?: true;
}

const UNKNOWN =
  /^(?:具体|详细|确切)?(?:的)?(?:在)?(?:哪里|哪儿|哪|什么地方|位置|地点|地方|地址)?[ ,]?(?:我)?(?:也)?(?:还)?(?:真)?(?:(?:说|讲|搞|弄|记)不(?:太)?(?:清|好|准|明白|懂|上来|出来)|不(?:太|大)?(?:清楚|知道|晓得|了解|记得|好说|好讲|确定)|(?:没|冇)(?:有)?(?:注意|看清|看见|问))/u;
const POLITE = /^(?:就|是|就是|在|应该|大概|好像|应该在|位置|地点|地址|具体|那个)*(?:是|在)?[ ,:]*/u;
const ENDING = /(?:那里|那边|那块|这里|这边)?(?:的|了|呢|啊|咯|哒|吧|哈)*[。.!~ ]*$/u;
/** A name of a place is short and no sentence. */
const LONGEST_PLACE = 16;
const NO_PLACE_WORDS =
  /[?]|^(?:收到|好的?|谢谢|知道|嗯|哦|行|可以|没有|不用|算了|等|你|我)|(?:吗|呢|吧)$|什么|怎么|谢谢/u;
const SURE = 0.3;

function placeAnswer(text: string, context: IntakeContext): Answer {
  const value = text.replace(POLITE, '').replace(ENDING, '');
  const place = readLabelledPlace(value, context.roster);
  const area =
    place.group !== null ||
    place.groups.length > 0 ||
    place.neighborhood !== null ||
    place.village !== null ||
    place.zone !== null;
  const landmark = place.landmark?.replace(POLITE, '').replace(ENDING, '') ?? '';
  const named = landmark.length >= 2 && landmark.length <= LONGEST_PLACE && !NO_PLACE_WORDS.test(landmark);
  if (!area && !named) return {};
  return {
    ...(named ? { place: landmark } : {}),
    ...(place.village === null ? {} : { village: place.village }),
    ...(place.zone === null ? {} : { zone: place.zone }),
    ...(place.group === null ? {} : { group: place.group }),
    ...(place.groups.length === 0 ? {} : { groups: place.groups }),
    ...(place.neighborhood === null ? {} : { neighborhood: place.neighborhood }),
  };
}

/**
 * Reads `text` as the answer to a question for `missing`; null where it answers nothing and is
 * to be read as a message of its own (a command, another report, politeness).
 */
export function answerWith(
  judge: Judge,
  raw: string,
  missing: readonly Missing[],
  context: IntakeContext,
): Answer | null {
  const { own } = partQuote(maskAll(clean(raw.slice(0, MAX_TEXT))).masked);
  const normal = normalise(own);
  const text = withoutEmoticons(normal).trim();
  if (text === '' || text.startsWith('#')) return null;
  if (UNKNOWN.test(text)) return { unknown: true };
  const command = readCommand(text, { ...context, quoteText: null });
  if (command?.explicit === true) return null;
  const read = judge.classify(text, context.taxonomy);
  const where = missing.includes('place') ? placeAnswer(text, context) : {};
  const about = read.category !== 'gov.other' && read.confidence >= SURE;
  const what: Answer = {
    ...(missing.includes('category') && about ? { category: read.category } : {}),
    ...(missing.includes('matter') && (about || text.length >= 4)
      ? { matter: recutFrom(normal, own)(summarise(text)), ...(about ? { category: read.category } : {}) }
      : {}),
  };
  const answer = { ...where, ...what };
  return Object.keys(answer).length === 0 ? null : answer;
}
