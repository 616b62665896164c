/** Keeps secrets out of whatever leaves an adapter as words: logs, health, send results, errors. */
import type { AdapterLog } from './parts.ts';

export type Redact = (text: string) => string;

const REMOVED = '[removed]';
/** Tokens of the last hours, where a platform gives new ones while it runs. */
const MOST_LEARNT = 50;
/** Shorter ones would take ordinary words apart. */
const SHORTEST_LEARNT = 6;

export class Redactor {
  readonly #given: readonly string[];
  #learnt: readonly string[] = [];

  /** @param secrets empty ones are passed over */
  constructor(...secrets: readonly string[]) {
    this.#given = secrets.filter((secret) => secret !== '');
  }

  /** Secrets that the platform gave us while running. */
  learn(secret: string): void {
    if (secret.length < SHORTEST_LEARNT || this.#learnt.includes(secret)) return;
    this.#learnt = [...this.#learnt, secret].slice(-MOST_LEARNT);
  }

  /** The longest first, so that no half of one is left. */
  readonly clean: Redact = (text) =>
    [...this.#given, ...this.#learnt]
      .toSorted((a, b) => b.length - a.length)
      .reduce((left, secret) => left.replaceAll(secret, REMOVED), text);
}

export function redactedLog(log: AdapterLog, clean: Redact): AdapterLog {
  const fieldsOf = (fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [key, typeof value === 'string' ? clean(value) : value]),
    );
  return {
    info: (message, fields) => log.info(clean(message), fieldsOf(fields)),
    warn: (message, fields) => log.warn(clean(message), fieldsOf(fields)),
    error: (message, fields) => log.error(clean(message), fieldsOf(fields)),
  };
}
