/** Which cases a line is about, and what it says of them. */
import type { IntakeContext } from '../reading.ts';
import { readScore } from './extras.ts';
import { handlesCases } from './posts.ts';
import { leadingRefs, refsInQuote } from './refs.ts';
import { trimMarks } from './trim.ts';
import { verbAt } from './verbs.ts';

/** What a line is about: numbers at its beginning, certain ones within, those of the quoted message. */
export interface About {
  readonly body: string;
  /** The words without the numbers at their beginning. */
  readonly rest: string;
  readonly lead: readonly string[];
  readonly quoted: readonly string[];
  /** Written so that it can only be a case number. */
  readonly formal: boolean;
}

/** Words after which the number of the case stands: 满意 12, 收到 12、13, 不满意 12 没人来过. */
const BEFORE_REFS =
  /^(?:(?:很|非常|不太?|基本|比较)?满意|没(?:有)?解决|没修好|收到|已收到|好的|明白|接了|可以)(?=[ :,]?[#\d])[ :,]?/u;

/** The words before and after the number, without it. */
function afterWord(body: string): { refs: readonly string[]; rest: string } | null {
  const word = BEFORE_REFS.exec(body)?.[0];
  const lead = word === undefined ? null : leadingRefs(body.slice(word.length));
  if (word === undefined || lead?.apart !== true) return null;
  const rest = trimMarks(lead.rest);
  return { refs: lead.refs, rest: `${trimMarks(word)}${rest === '' ? '' : ','}${rest}` };
}

/** "1 满意" answers the rating question with its number and its word; no case is named. */
function isRating(refs: readonly string[], rest: string): boolean {
  const score = readScore(rest);
  if (refs.length !== 1) return false;
  return (score !== null && refs[0] === String(score)) || (refs[0] === '3' && UNSOLVED.test(rest));
}

/** 52满意: the word after the digits rates a case. */
const RATED = /^(?:很|非常|基本|比较|不)?满意|^(?:没|未)(?:有)?解决/u;
/** 3 根本没人来过: the third answer, with what is wrong. */
const UNSOLVED = /^(?:根本|没人|完全|压根)/u;

/** "42好了" may count something; digits without a mark are a number where a command word or an official follows. */
export function readAbout(text: string, context: IntakeContext): About {
  const body = trimMarks(text).replace(/^(?:请)?(?:把|将|对)[ ]?(?=#?\d|[A-Z])/u, '');
  const quoted = refsInQuote(context.quoteText);
  const named = afterWord(body);
  if (named !== null) return { body, rest: named.rest, lead: named.refs, quoted, formal: false };
  const lead = leadingRefs(body);
  const rest = lead === null ? body : trimMarks(lead.rest).replace(/^(?:进行|一起|一并)/u, '');
  const meant =
    lead !== null &&
    !isRating(lead.refs, rest) &&
    (lead.apart || RATED.test(rest) || handlesCases(context) || (verbAt(rest, true)?.word.length ?? 0) > 1);
  return meant
    ? { body, rest, lead: lead.refs, quoted, formal: lead.formal }
    : { body, rest: body, lead: [], quoted, formal: false };
}
