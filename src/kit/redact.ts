/** Keeps secrets out of whatever leaves an adapter as words: logs, health, send results, errors. */
import type { AdapterLog } from './parts.ts';

export type Redact = (text: string) => string;

const REMOVED = '[removed]';
/** Tokens of the last hours, where a platform gives new ones while it runs. */
const MOST_LEARNT = 50;
/** Shorter ones would take ordinary words apart. */
const SHORTEST_LEARNT = 6;
/** Fields of a log lie flatter; what is deeper is a client's whole request. */
const DEEPEST = 4;

export class Redactor {
  readonly #given: readonly string[];
  #learnt: readonly string[] = [];

  /** @param secrets empty ones are passed over */
  constructor(...secrets: readonly string[]) {
    this.#given = secrets.filter((secret) => secret !== '').flatMap(formsOf);
  }

  /** Secrets that the platform gave us while running. */
  learn(secret: string): void {
    if (secret.length < SHORTEST_LEARNT) return;
    const forms = formsOf(secret);
    const others = this.#learnt.filter((one) => !forms.includes(one));
    this.#learnt = [...others, ...forms].slice(-MOST_LEARNT);
  }

  /**
   * All are looked for in the words as they came, and what they cover is taken out together: replaced one after
   * the other, the end of a secret would be left where it overlaps with another.
   */
  readonly clean: Redact = (text) => {
    const spans = [...this.#given, ...this.#learnt]
      .flatMap((secret) => spansOf(secret, text))
      .toSorted((a, b) => a.from - b.from);
    let clean = '';
    let end = 0;
    for (const { from, to } of spans) {
      if (from >= end) clean += `${text.slice(end, from)}${REMOVED}`;
      end = Math.max(end, to);
    }
    return clean + text.slice(end);
  };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Also where it overlaps with itself. */
function spansOf(secret: string, text: string): readonly Span[] {
  const spans: Span[] = [];
  for (let from = text.indexOf(secret); from !== -1; from = text.indexOf(secret, from + 1)) {
    spans.push({ from, to: from + secret.length });
  }
  return spans;
}

/** As it is, as it stands in an address, and in JSON. */
function formsOf(secret: string): readonly string[] {
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [...new Set([secret, encodeURIComponent(secret.toWellFormed()), inJson])];
}

export function redactedLog(log: AdapterLog, clean: Redact): AdapterLog {
  const fieldsOf = (fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> =>
    Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, cleaned(value, clean, 1)]));
  return {
    info: (message, fields) => log.info(clean(message), fieldsOf(fields)),
    warn: (message, fields) => log.warn(clean(message), fieldsOf(fields)),
    error: (message, fields) => log.error(clean(message), fieldsOf(fields)),
  };
}

/** Of an error its words alone: its other properties hold whatever its maker put there. */
function cleaned(value: unknown, clean: Redact, depth: number): unknown {
  if (typeof value === 'string') return clean(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return clean(`${value.name}: ${value.message}`);
  if (depth >= DEEPEST || ArrayBuffer.isView(value)) return '…';
  if (Array.isArray(value)) return value.map((one) => cleaned(one, clean, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [clean(key), cleaned(inner, clean, depth + 1)]),
  );
}
