/** 改类 teaches: what a dispatcher reclassified is remembered, said so, and can be taken back. */
import type { Case } from '../domain/case.ts';
import type { Command } from '../domain/command.ts';
import { briefOf, type Decision, refuse } from '../domain/decide/work.ts';
import { standing } from '../domain/rights.ts';
import { isRecognisable, privacy } from '../intake/classify/index.ts';
import { normalise } from '../intake/normalise.ts';
import { correctionFact, correctionKey } from './correction-facts.ts';
import type { Round } from './round.ts';

/**
 * May this reclassification be remembered? Never from what is private: the words of such a case stay in it.
 * Held against the new category too, since the old one may have hidden that the matter is somebody's own.
 */
export function teaches(round: Round, c: Case, { name, category }: Pick<Command, 'name' | 'category'>) {
  if (name !== 'reclassify' || category === null || c.sensitive || c.protected) return false;
  const words = normalise(c.summary);
  const found = privacy(words, category, round.turn.policy.taxonomy);
  const hidden = found.sensitive || found.protected || found.discipline || found.privateFact;
  return !hidden && isRecognisable(words);
}

/** In the same change as the reclassification itself; a second one of the case takes the place of the first. */
export function remember(round: Round, c: Case, command: Command, decision: Decision): void {
  const { name, category, teaches: taught } = command;
  if (!decision.ok || name !== 'reclassify' || category === null) return;
  const { number, summary: text } = c;
  round.facts[correctionKey(number)] = taught
    ? correctionFact({ number, text, category, by: round.turn.who, at: round.now })
    : null;
}

/** 撤销改类 42: the case keeps its category, its words decide nothing any more. */
export function takeBack(round: Round, c: Case): void {
  const s = standing(round.turn.policy, c, round.actor);
  if (!s.dispatcher && !s.secretary) {
    const params = { command: 'reclassify', number: c.number, turnTo: 'dispatcher' } as const;
    round.refuse(refuse('not_for_you', params).refusal);
    return;
  }
  round.facts[correctionKey(c.number)] = null;
  round.audit.push({
    at: round.now,
    by: round.turn.who,
    what: 'correction_removed',
    case: c.number,
    detail: {},
  });
  const params = { command: 'untaught', brief: briefOf(c), until: null };
  round.whisper('notice', { template: 'done', params }, c.number);
}
