/** Keeps the app's secret, tenant tokens and connection tickets out of whatever leaves the adapter as words. */
import type { FeishuLog } from './config.ts';

const REMOVED = '[removed]';
/** Tokens of the last hours; a tenant token lives for two. */
const MOST_LEARNT = 50;

export class Redactor {
  readonly #secret: string;
  #learnt: readonly string[] = [];

  constructor(secret: string) {
    this.#secret = secret;
  }

  /** Secrets that Feishu gave us while running. */
  learn(secret: string): void {
    if (secret.length < 6 || this.#learnt.includes(secret)) return;
    this.#learnt = [...this.#learnt, secret].slice(-MOST_LEARNT);
  }

  readonly clean = (text: string): string =>
    [this.#secret, ...this.#learnt]
      .toSorted((a, b) => b.length - a.length)
      .reduce((left, secret) => left.replaceAll(secret, REMOVED), text);
}

export function redactedLog(log: FeishuLog, { clean }: Redactor): FeishuLog {
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
