/** Which words of the configuration are secrets. */
import type { Redact } from '@huiyin/core/kit';
import { Redactor } from '@huiyin/core/kit';
import type { TelegramConfig } from './config.ts';

/** Also a token's second half alone, since an encoded colon would hide the whole. */
export function redactor({
  token,
  webhook,
  proxy,
}: Pick<TelegramConfig, 'token' | 'webhook' | 'proxy'>): Redact {
  const password = proxy === null ? '' : decodeURIComponent(new URL(proxy).password);
  return new Redactor(token, token.slice(token.indexOf(':') + 1), webhook?.secret ?? '', password).clean;
}
