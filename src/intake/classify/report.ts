import type { Taxonomy } from '../../domain/category.ts';
import { compiled } from './compile.ts';
import { danger } from './danger.ts';
import { type Evidence, evidence } from './evidence.ts';

/**
 * How surely a sentence brings a matter that needs an answer: a problem, stated plainly or with
 * irony, or a question about a matter of ours. Everyday chatter is 0 or near it. 0…1.
 */
export function reportScore(text: string, taxonomy: Taxonomy): number {
  if (danger(text)) return 0.97;
  const found = evidence(text, compiled(taxonomy));
  return found === null ? 0 : soften(weigh(found));
}

function weigh(found: Evidence): number {
  const { complain, request, ask, place, chat } = found.cues;
  const problem = largest(found.problem, found.against);
  const topic = Math.min(largest(found.topic, null), 4);
  const cues =
    Math.min(complain, 4) + Math.min(request, 4) + Math.min(ask, 2) * 0.6 + Math.min(place, 2) * 0.6;
  const carried = problem > 0 || topic > 0 ? 0.55 : 0.45;
  return problem * 0.8 + topic * 0.5 + cues * carried - chat;
}

function largest(list: Float64Array, against: Float64Array | null): number {
  let best = 0;
  for (let i = 0; i < list.length; i += 1) {
    const value = (list[i] ?? 0) - (against ? 0.5 * Math.min(against[i] ?? 0, 5) : 0);
    if ((list[i] ?? 0) > 0 && value > best) best = value;
  }
  return best;
}

/** Half at 3.2: what one clear statement of a problem weighs with nothing for or against it. */
function soften(weight: number): number {
  return weight <= 0 ? 0 : 1 - 2 ** (-weight / 3.2);
}
