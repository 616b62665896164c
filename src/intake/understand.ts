/** The one door of the intake: what does this message mean? */
import { type Answer, answerWith } from './answer.ts';
import { classify, danger, isQuestion, privacy, reportScore } from './classify/index.ts';
import type { Judge } from './judge.ts';
import { read } from './reader.ts';
import type { IntakeContext, Missing, Reading } from './reading.ts';
import { DEFAULT_THRESHOLDS, type Thresholds } from './thresholds.ts';

/** The shipped classifier. */
export const JUDGE: Judge = { classify, danger, isQuestion, privacy, reportScore };

/** Reads one message in its context. Never throws; linear in the first 4,000 characters. */
export function understand(
  text: string,
  context: IntakeContext,
  limits: Thresholds = DEFAULT_THRESHOLDS,
): Reading {
  return read(text, context, JUDGE, limits);
}

/** Reads the answer to the bot's one question back; null where the message is no answer to it. */
export function readAnswer(text: string, missing: readonly Missing[], context: IntakeContext): Answer | null {
  return answerWith(JUDGE, text, missing, context);
}
