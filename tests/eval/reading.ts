import type { Role } from '../../src/domain/roster.ts';
import type { IntakeContext, Reading } from '../../src/intake/reading.ts';
import { understand } from '../../src/intake/understand.ts';
import { shippedTaxonomy } from '../../src/taxonomy/index.ts';

export function contextOf(role: Role = 'neighbor_head', mentionsBot = false): IntakeContext {
  return {
    roles: [role],
    mentionsBot,
    quoteText: null,
    at: null,
    roster: null,
    taxonomy: shippedTaxonomy,
    direct: false,
  };
}

export function readAs(text: string, role: Role = 'neighbor_head', mentionsBot = false): Reading {
  return understand(text, contextOf(role, mentionsBot));
}

const OPENING: ReadonlySet<string> = new Set(['report', 'emergency', 'consult', 'mixed']);

/** Does the reading open a case? */
export function opens(reading: Reading): boolean {
  return OPENING.has(reading.intent) && reading.cases.length > 0;
}
