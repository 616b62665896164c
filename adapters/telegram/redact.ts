/** Takes secrets out of everything that leaves the adapter as words: logs, health, send results, errors. */
import type { TelegramConfig, TelegramLog } from './config.ts';

export type Redact = (text: string) => string;

const REMOVED = '[removed]';

/** Also a token's second half alone, since an encoded colon would hide the whole. */
export function redactor({
  token,
  webhook,
  proxy,
}: Pick<TelegramConfig, 'token' | 'webhook' | 'proxy'>): Redact {
  const password = proxy === null ? '' : decodeURIComponent(new URL(proxy).password);
  const secrets = [token, token.slice(token.indexOf(':') + 1), webhook?.secret ?? '', password]
    .filter((secret) => secret !== '')
    .sort((a, b) => b.length - a.length);
  return (text) => secrets.reduce((left, secret) => left.replaceAll(secret, REMOVED), text);
}

export function redactedLog(log: TelegramLog, redact: Redact): TelegramLog {
  const clean = (fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [key, typeof value === 'string' ? redact(value) : value]),
    );
  return {
    info: (message, fields) => log.info(redact(message), clean(fields)),
    warn: (message, fields) => log.warn(redact(message), clean(fields)),
    error: (message, fields) => log.error(redact(message), clean(fields)),
  };
}
