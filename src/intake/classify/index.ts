import type { Taxonomy, Urgency } from '../../domain/category.ts';
import { type Compiled, compiled } from './compile.ts';
import { recall } from './corrections.ts';
import { danger } from './danger.ts';
import { type Evidence, evidence } from './evidence.ts';
import { liken } from './likeness.ts';

export {
  type Correction,
  correctionsOf,
  isRecognisable,
  withCorrections,
  withoutCorrections,
} from './corrections.ts';
export { danger, raises } from './danger.ts';
export { type PrivacyReading, privacy } from './privacy.ts';
export { isQuestion } from './question.ts';
export { reportScore } from './report.ts';

export interface Classified {
  category: string;
  confidence: number;
  urgency: Urgency;
  candidates: readonly { category: string; score: number }[];
}

interface Candidate {
  category: string;
  score: number;
}

interface Ranked extends Candidate {
  /** The share of the score that words of the lexicon gave; the rest is likeness. */
  readonly stated: number;
}

const SHOWN = 5;

/** A problem clearly stated outweighs any number of words about something else around it. */
const CLEAR = 3.9;
const SAID = 2;

/** How much likeness weighs beside what is stated; measured: 0.2 to 1 do the same. */
const LIKENESS = 0.3;
/** The same for what takes the rest. */
const HELD = 0.45;
/** Below this score a text without a known word is like nothing of ours. */
const FAINT = 4;

/** What takes the rest yields to any real subject: 关于公交的建议 is about buses. */
const RESIDUAL: Readonly<Record<string, number>> = {
  'gov.other': 0.8,
  'gov.consult': 1.2,
  'gov.suggest': 1.9,
};

/** 建议在村口装反光镜: whoever begins with it and tells of nothing wrong proposes something. */
const PROPOSAL =
  /^(?:我|我们)?(?:想)?(?:提(?:一?个)?|有个)?小?(?:建议|提议)[ ,:]?(?:能不能|能否|可以|还是)?(?:在|给|把|村里|镇里|组里|多|再)/u;
const SUGGEST = 'gov.suggest';

/** Officials who are spoken to are not spoken of: 请村干部来看一下水管 is about the pipe. */
const ADDRESSED =
  /(?:请|麻烦|谢谢|感谢|望|求|报告|@)?(?:村|镇|乡|驻村|社区|包村)?(?:干部|书记|主任|领导|支书|镇长|乡长|组长|片长|所长|站长)们?(?=来|派|安排|帮|看|处理|解决|重视|过来|下来|抽空|[,，:：!！。\s]|$)/gu;

/** Houses by which people say where it is: 卫生室门口的井盖. */
const LANDMARK =
  /(?:卫生室|卫生院|学校|小学|中学|幼儿园|敬老院|养老院|医院|派出所|政府|村部|村委会|水库|山塘|小区|广场|超市|加油站|垃圾站|公厕|水塔|供销社|祠堂|银行|信用社|市场)(?=门口|旁边|边上|对面|后面|前面|附近|那边|门前|背后|外面|路口|的路|里(?:停|没))/gu;

/** The words that likeness may be read from: without those who are addressed and where it is. */
function matterOf(text: string): string {
  return text.replace(ADDRESSED, ' ').replace(LANDMARK, ' ').replaceAll('一下', ' ');
}

/**
 * The category of one matter, the most specific that its words carry, with the next ones.
 * `text` is normalised (simplified, NFKC). Danger goes before all; a remembered correction
 * before the lexicon. Where nothing fits: `gov.other` with a confidence of 0.2.
 */
export function classify(text: string, taxonomy: Taxonomy): Classified {
  const book = compiled(taxonomy);
  const ranked = rank(evidence(text, book), liken(matterOf(text), book.likeness), book);
  const known = recall(text, book.remembered);
  const acute = danger(text);
  if (acute) return answer(acute.category, 0.95, 'U1', ranked);
  if (known) return answer(known.category, known.likeness, urgencyOf(taxonomy, known.category), ranked);
  const first = ranked[0];
  if (!first || (first.stated <= 0 && first.score < FAINT))
    return answer('gov.other', 0.2, urgencyOf(taxonomy, 'gov.other'), ranked);
  const proposed =
    PROPOSAL.test(text) && !ranked.some((each) => each.category !== SUGGEST && each.stated >= CLEAR);
  if (proposed && taxonomy.categories.some(({ id }) => id === SUGGEST))
    return answer(SUGGEST, 0.8, urgencyOf(taxonomy, SUGGEST), ranked);
  return answer(first.category, confidence(ranked), urgencyOf(taxonomy, first.category), ranked);
}

function answer(
  category: string,
  sure: number,
  urgency: Urgency,
  candidates: readonly Candidate[],
): Classified {
  return {
    category,
    confidence: Math.round(sure * 100) / 100,
    urgency,
    candidates: candidates.slice(0, SHOWN),
  };
}

function urgencyOf(taxonomy: Taxonomy, id: string): Urgency {
  return taxonomy.categories.find((category) => category.id === id)?.urgency ?? 'U4';
}

/** What the words state and what they are like, together; the best first, by id where equal. */
function rank(found: Evidence | null, alike: Float64Array, book: Compiled): Ranked[] {
  const list: Ranked[] = [];
  book.ids.forEach((id, index) => {
    const stated = found === null ? 0 : statedBy(found, index);
    const held = RESIDUAL[id];
    const like = LIKENESS * (alike[index] ?? 0);
    const score = held === undefined ? stated + like : Math.min(stated, held) + HELD * like;
    if (score > 0.3) list.push({ category: id, score: Math.round(score * 100) / 100, stated });
  });
  return list.sort((a, b) => b.score - a.score || (a.category < b.category ? -1 : 1));
}

/** A statement of a problem counts in full, further ones for a third, the mere subject for some. */
function statedBy(found: Evidence, index: number): number {
  const problem = (found.problem[index] ?? 0) + 0.3 * Math.min(found.further[index] ?? 0, 8);
  const topic = 0.6 * Math.min(found.topic[index] ?? 0, 6);
  const hint = (problem > 0 ? 0.15 : 0.7) * Math.min(found.hint[index] ?? 0, 2.5);
  const clear = problem >= CLEAR ? SAID : 0;
  return problem + clear + topic + hint - (found.against[index] ?? 0);
}

/** Sure where words state the matter and the next category is far; likeness alone stays below 0.5. */
function confidence(ranked: readonly Ranked[]): number {
  const best = ranked[0]?.score ?? 0;
  const next = ranked[1]?.score ?? 0;
  const lead = best === 0 ? 0 : (best - next) / best;
  if ((ranked[0]?.stated ?? 0) <= 0.5) return Math.min(0.48, 0.2 + 0.3 * lead + best / 60);
  return Math.min(0.99, (best / (best + 1.5)) * (0.65 + 0.5 * lead) + 0.1);
}
