/** The secretary's word on the decisions that a recorder entered. */
import type { CommandWords } from '../intake/reading.ts';
import type { Prompt } from '../store/port.ts';
import type { Round } from './round.ts';
import { runOn } from './running.ts';

interface DecisionLine {
  readonly number: string;
  readonly words: CommandWords;
}

const linesOf = (prompt: Prompt): readonly DecisionLine[] => prompt.payload.lines as DecisionLine[];

/** 同意 42: that line alone; the others wait on. A request on 42 that waits as well is not meant by it. */
export function decisionNamed(round: Round, prompt: Prompt): boolean {
  const { intent, command } = round.turn.reading;
  if (intent !== 'decide_extension' && intent !== 'decide_deferral') return false;
  const meant = (line: DecisionLine): boolean => {
    const c = round.case(line.number);
    if (c === null || c.extension !== null || c.deferral !== null) return false;
    return (command?.refs ?? []).some((ref) => ref === c.number || ref === String(c.serial));
  };
  const chosen = linesOf(prompt).filter(meant);
  if (chosen.length === 0) return false;
  const rest = linesOf(prompt).filter((line) => !chosen.includes(line));
  if (rest.length === 0) round.close(prompt);
  else round.ask({ ...prompt, payload: { lines: rest } });
  round.touched = true;
  if (command?.extra.agree === true) decisions(round, chosen);
  return true;
}

/** All together, confirmed once. */
export const decisionsMade = (round: Round, prompt: Prompt): void => decisions(round, linesOf(prompt));

function decisions(round: Round, lines: readonly DecisionLine[]): void {
  for (const { number, words } of lines) {
    const c = round.case(number);
    if (c !== null) runOn(round, { ...round.turn.reading, command: words }, 'decide', c);
  }
}
