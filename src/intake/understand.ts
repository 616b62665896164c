/** The one door of the intake: what does this message mean? */
import { classify, danger, isQuestion, privacy, reportScore } from './classify/index.ts';
import type { Judge } from './judge.ts';
import { read } from './reader.ts';
import type { IntakeContext, Reading } from './reading.ts';
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
