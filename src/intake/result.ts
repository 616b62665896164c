/** Making readings: the parts of the result that every path fills in alike. */

import type { MaskedText } from './personal.ts';
import type { CommandWords, Intent, Matter, Missing, Reading } from './reading.ts';

export interface Outcome {
  readonly intent: Intent;
  readonly confidence: number;
  readonly cases?: readonly Matter[];
  readonly command?: CommandWords | null;
  readonly parts?: readonly Outcome[];
  readonly bareNumber?: number | null;
  readonly bareWord?: boolean;
}

const ORDER: readonly Missing[] = ['place', 'matter', 'category'];

function missingOf(cases: readonly Matter[]): Missing[] {
  const all = new Set(cases.flatMap((one) => one.missing));
  return ORDER.filter((one) => all.has(one));
}

/** The whole reading; a part of a mixed message carries no text of its own beside the whole one's. */
export function reading(outcome: Outcome, text: MaskedText): Reading {
  const cases = outcome.cases ?? [];
  return {
    intent: outcome.intent,
    confidence: Math.round(outcome.confidence * 100) / 100,
    cases,
    command: outcome.command ?? null,
    parts: (outcome.parts ?? []).map((part) => reading(part, text)),
    missing: missingOf(cases),
    pii: text.pii,
    masked: text.masked,
    personal: text.personal,
    bareNumber: outcome.bareNumber ?? null,
    bareWord: outcome.bareWord ?? false,
  };
}

/** Several outcomes of one message: alike they are one, unlike they are `mixed`; an emergency outranks all. */
export function combine(outcomes: readonly Outcome[]): Outcome | null {
  const [first, ...others] = outcomes;
  if (first === undefined) return null;
  if (others.length === 0) return first;
  const cases = outcomes.flatMap((one) => one.cases ?? []);
  const confidence = Math.min(...outcomes.map((one) => one.confidence));
  if (outcomes.some((one) => one.intent === 'emergency'))
    return { intent: 'emergency', confidence: 0.95, cases };
  if (others.every((one) => one.intent === first.intent)) {
    if (first.command === null || first.command === undefined) return { ...first, confidence, cases };
  }
  return { intent: 'mixed', confidence, cases, parts: outcomes };
}
