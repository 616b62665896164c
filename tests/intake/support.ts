/** What the tables of situations share: a context, and a short way to say what is expected. */
import { expect } from 'vitest';
import type { Role } from '../../src/domain/roster.ts';
import type { IntakeContext, Intent, Matter, Reading } from '../../src/intake/reading.ts';
import { understand } from '../../src/intake/understand.ts';
import { shippedTaxonomy } from '../../src/taxonomy/index.ts';

/** Monday, 2 November 2026. */
export const MONDAY = '2026-11-02T08:30';

export function context(role: Role | readonly Role[], over: Partial<IntakeContext> = {}): IntakeContext {
  const roles: readonly Role[] = typeof role === 'string' ? [role] : role;
  return {
    roles,
    mentionsBot: false,
    quoteText: null,
    at: MONDAY,
    roster: null,
    taxonomy: shippedTaxonomy,
    direct: false,
    ...over,
  };
}

export const head = (text: string, over: Partial<IntakeContext> = {}): Reading =>
  understand(text, context('neighbor_head', over));
export const officer = (text: string, over: Partial<IntakeContext> = {}): Reading =>
  understand(text, context('officer', over));

export type ExpectedCase = Partial<Matter>;

/** One row: the text, the intent, the cases with the fields that matter. */
export type Situation = readonly [text: string, intent: Intent, ...cases: ExpectedCase[]];

export function expectReading(reading: Reading, intent: Intent, cases: readonly ExpectedCase[]): void {
  expect({ intent: reading.intent, cases: reading.cases }).toMatchObject({ intent, cases });
}
