/** The pieces of a message put together to blocks, one block a matter. */

import { reporterWords } from './commands/reporter-words.ts';
import type { Judge } from './judge.ts';
import { findLandmarks } from './landmark.ts';
import type { IntakeContext } from './reading.ts';
import { type Piece, saysFine } from './split.ts';
import type { Thresholds } from './thresholds.ts';

export interface Block {
  readonly text: string;
  readonly item: boolean;
}

const main = (category: string): string => category.split('.')[0] ?? category;
const OWN_PLACE = /\d{1,2}(?:组|邻)/u;
const SURE = 0.7;

/** Says a piece by itself that something is wrong, and surely about what? */
function stands(text: string, judge: Judge, context: IntakeContext, limits: Thresholds): string | null {
  if (judge.danger(text) !== null) return 'danger';
  if (judge.reportScore(text, context.taxonomy) < limits.report) return null;
  const read = judge.classify(text, context.taxonomy);
  return read.confidence >= SURE && read.category !== 'gov.other' ? read.category : null;
}

const placed = (text: string): boolean =>
  OWN_PLACE.test(text) || findLandmarks(text).some((landmark) => landmark.named);
/** Asks and consequences belong to the matter before them: 请管一下, 冰箱里的肉都臭了. */
const BELONGS =
  /^(?:请|麻烦|希望|望|恳请|求|快|赶紧|尽快|搞得|弄得|害得|导致|以致|结果|冰箱|做不了|煮饭|洗澡|走路|晚上|老人|小孩|孩子|大家|我们)/u;

/**
 * A clause of another field is another matter, even without a word that turns to it, where both
 * say where (3组路灯坏了，5组停水了), or where a sentence ends and neither does.
 */
function opensAnother(
  piece: Piece,
  before: string,
  judge: Judge,
  context: IntakeContext,
  limits: Thresholds,
): boolean {
  const here = placed(piece.text);
  const words = reporterWords(before);
  const told = words?.pointsBack === true;
  // 没修好，一开就跳闸: what follows says how it is unsolved.
  if (words?.score === 3 && !here) return false;
  if (words?.intent === 'supplement' || words?.intent === 'correct') return false;
  if (BELONGS.test(piece.text) && !OWN_PLACE.test(piece.text)) return false;
  if (!told && !(here && placed(before)) && !(/[。!?]$/u.test(before) && !here && !placed(before)))
    return false;
  const own = stands(piece.text, judge, context, limits);
  if (own === null || own === 'danger') return false;
  if (told) return here || judge.reportScore(before, context.taxonomy) < limits.report;
  const other = stands(before, judge, context, limits);
  return other !== null && other !== 'danger' && main(own) !== main(other);
}

/** What a clause is held against: of a long block its ends, or a message would be read once for each clause. */
const NEAR = 100;
const near = (text: string): string =>
  text.length <= 2 * NEAR ? text : `${text.slice(0, NEAR)},${text.slice(-NEAR)}`;

/** Joins pieces; clauses that say all is well are left out. */
export function joinPieces(
  pieces: readonly Piece[],
  judge: Judge,
  context: IntakeContext,
  limits: Thresholds,
): Block[] {
  const blocks: { text: string; item: boolean }[] = [];
  for (const piece of pieces) {
    if (saysFine(piece.text)) continue;
    const last = blocks.at(-1);
    if (last === undefined || piece.fresh || opensAnother(piece, near(last.text), judge, context, limits)) {
      blocks.push({ text: piece.text, item: piece.item });
    } else last.text += `${/[。!?:;,]$/u.test(last.text) ? '' : ','}${piece.text}`;
  }
  return blocks;
}
