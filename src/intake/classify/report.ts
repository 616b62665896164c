import type { Taxonomy } from '../../domain/category.ts';
import { compiled } from './compile.ts';
import { danger } from './danger.ts';
import { type Evidence, evidence } from './evidence.ts';
import { isChainLetter, isTold } from './guards.ts';
import { liken } from './likeness.ts';

/**
 * How surely a sentence brings a matter that needs an answer: a problem, stated plainly or with
 * irony, or a question about a matter of ours. Everyday chatter is near 0. 0…1; in a group 0.5
 * and above is a report, where the bot was addressed 0.2 (the curve is in docs/understanding.md).
 */
export function reportScore(text: string, taxonomy: Taxonomy): number {
  const book = compiled(taxonomy);
  const found = evidence(text, book);
  if (danger(text)) return 0.97;
  if (found === null || isChainLetter(text) || isTold(text)) return 0;
  const like = largest(liken(text, book.likeness), null);
  return logistic(STEEPNESS * weigh(found, like, text.length));
}

/** Spreads the scores so that 0.2, where the bot is addressed, takes in bare titles of complaints. */
const STEEPNESS = 0.6;

/**
 * Fitted by logistic regression on sentences of our own and on public titles against everyday
 * chatter, with a floor under each weight, then rounded. A clear statement of a problem passes
 * alone; a mere subject needs a place, a complaint or a request beside it.
 */
function weigh(found: Evidence, like: number, length: number): number {
  const { complain, request, ask, place, chat } = found.cues;
  const problem = largest(found.problem, found.against);
  const topic = largest(found.topic, null);
  const hint = largest(found.hint, null);
  const around = topic > 0 || hint > 0.7 ? Math.min(complain + request + 0.7 * ask + place, 5) : 0;
  return (
    1.1 * Math.min(problem, 7) +
    (problem >= 3.9 ? 0.3 : 0) +
    0.7 * Math.min(topic, 4) +
    0.65 * Math.min(hint, 3) +
    0.5 * Math.min(found.trouble, 3) +
    0.35 * Math.min(complain, 4) +
    0.5 * Math.min(request, 4) +
    0.33 * Math.min(ask, 3) +
    1.4 * Math.min(place, 3) +
    0.7 * around +
    0.22 * Math.min(like, 14) -
    1.4 * Math.min(chat, 6) -
    1.1 * Math.min(Math.max(length - 30, 0) / 30, 2) -
    8.1
  );
}

function largest(list: Float64Array, against: Float64Array | null): number {
  let best = 0;
  for (let i = 0; i < list.length; i += 1) {
    const value = list[i] ?? 0;
    if (value > best) best = Math.max(best, against ? value - 0.5 * Math.min(against[i] ?? 0, 5) : value);
  }
  return best;
}

function logistic(weight: number): number {
  return 1 / (1 + Math.exp(-weight));
}
