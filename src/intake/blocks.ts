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

/** A clause of another field with a place of its own is another matter, even after a comma. */
function opensAnother(
  piece: Piece,
  before: string,
  judge: Judge,
  context: IntakeContext,
  limits: Thresholds,
): boolean {
  const ends = /[。!?]$/u.test(before);
  const placed = OWN_PLACE.test(piece.text) || findLandmarks(piece.text).some((landmark) => landmark.named);
  if (!ends && !placed) return false;
  const own = stands(piece.text, judge, context, limits);
  if (own !== null && reporterWords(before)?.pointsBack === true) return true;
  const other = own === null ? null : stands(before, judge, context, limits);
  return (
    own !== null && other !== null && main(own) !== main(other) && own !== 'danger' && other !== 'danger'
  );
}

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
    if (last === undefined || piece.fresh || opensAnother(piece, last.text, judge, context, limits)) {
      blocks.push({ text: piece.text, item: piece.item });
    } else last.text += `${/[。!?:;,]$/u.test(last.text) ? '' : ','}${piece.text}`;
  }
  return blocks;
}
