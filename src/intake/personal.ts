/** Everything personal in a text, masked in one pass: numbers by the kernel, persons by their words. */
import { findPersonal, replaceSpans } from '../kernel/masking.ts';
import { findPersons } from './names.ts';
import { type PersonalData, PII_KINDS, type PiiKind } from './reading.ts';

export interface MaskedText {
  readonly masked: string;
  readonly personal: readonly PersonalData[];
  readonly pii: readonly PiiKind[];
}

/** Masks the numbers and names in `text`, which is clean. */
export function maskAll(text: string): MaskedText {
  const numbers = findPersonal(text);
  const persons = findPersons(text);
  if (numbers.length === 0 && persons.kinds.length === 0) return { masked: text, personal: [], pii: [] };
  let masked = replaceSpans(text, numbers);
  for (const person of persons.personal) masked = masked.replaceAll(person.original, person.masked);
  const personal = [
    ...numbers.map(({ kind, original, masked: shown }): PersonalData => ({ kind, original, masked: shown })),
    ...persons.personal,
  ];
  const kinds = new Set<PiiKind>([...numbers.map((number) => number.kind), ...persons.kinds]);
  return { masked, personal, pii: PII_KINDS.filter((kind) => kinds.has(kind)) };
}
